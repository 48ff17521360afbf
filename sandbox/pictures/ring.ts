import type { groupOf } from '../demo/rows.ts'
import { iconPath, type Theme } from './theme.ts'

type Size = { group: ReturnType<typeof groupOf>; length: number }

/** Space between two parts, as a percentage of the ring. */
const GAP = 3

/** The icon of the heading, 32 by 32: a green disc, or a ring with a part for each group of checks. */
export function ring(sizes: readonly Size[], theme: Theme): string {
  const isGreen = sizes.every(({ group }) => group === 'successful')
  return isGreen ? disc(theme) : parts(sizes, theme)
}

function disc({ successEmphasis, onEmphasis }: Theme): string {
  const check = `<g transform="translate(8 8)" fill="${onEmphasis}">${iconPath('check')}</g>`
  return `<circle cx="16" cy="16" r="16" fill="${successEmphasis}"/>${check}`
}

function parts(sizes: readonly Size[], theme: Theme): string {
  const colours = {
    failing: theme.dangerEmphasis,
    pending: theme.attentionEmphasis,
    successful: theme.successEmphasis,
  }
  const total = sizes.reduce((sum, { length }) => sum + length, 0)
  const gap = sizes.length > 1 ? GAP : 0
  let start = 0
  const arcs = sizes.map(({ group, length }) => {
    const part = (length / total) * 100
    const dashes = `stroke-dasharray="${round(part - gap)} ${round(100 - part + gap)}" stroke-dashoffset="${round(-start)}"`
    start += part
    return `<circle cx="16" cy="16" r="13" pathLength="100" stroke="${colours[group]}" ${dashes}/>`
  })
  return `<g fill="none" stroke-width="5" transform="rotate(-90 16 16)">${arcs.join('')}</g>`
}

const round = (value: number) => Math.round(value * 100) / 100
