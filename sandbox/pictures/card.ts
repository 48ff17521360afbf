import { groupOf, type Row } from '../demo/rows.ts'
import { iconPath, type Theme } from './theme.ts'

export const WIDTH = 400

const ROW = 34
const PADDING = 4
const MARGIN = 16

type Block = { svg: string; height: number }

/** Rows as the merge box of a pull request lists them; its top is at 0. */
export function card(rows: readonly Row[], theme: Theme): Block {
  const { svg, height } = stack(rows.map((row) => rowLine(row, theme)))
  const outer = height + 2 * PADDING
  const frame = `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${outer - 1}" rx="6" fill="${theme.background}" stroke="${theme.border}"/>`
  return { svg: `${frame}<g transform="translate(0 ${PADDING})">${svg}</g>`, height: outer }
}

/** Blocks below each other. */
export function stack(blocks: readonly Block[]): Block {
  let height = 0
  const placed = blocks.map((block) => {
    const svg = `<g transform="translate(0 ${height})">${block.svg}</g>`
    height += block.height
    return svg
  })
  return { svg: placed.join('\n'), height }
}

function rowLine({ state, context, description }: Row, theme: Theme): Block {
  const looks = {
    failing: ['x-circle-fill', theme.danger],
    pending: ['dot-fill', theme.attention],
    successful: ['check-circle-fill', theme.success],
  } as const
  const [name, colour] = looks[groupOf(state)]
  const svg = [
    `<g transform="translate(${MARGIN} 9)" fill="${colour}">${iconPath(name)}</g>`,
    `<rect x="42.5" y="7.5" width="19" height="19" rx="5" fill="${theme.tile}" stroke="${theme.line}"/>`,
    `<g transform="translate(46 11) scale(0.75)" fill="${theme.muted}">${iconPath('workflow')}</g>`,
    `<text x="72" y="22"><tspan class="name">${escapeXml(context)}</tspan>`,
    `<tspan dx="8" class="small muted">${escapeXml(description)}</tspan></text>`,
  ]
  return { svg: svg.join(''), height: ROW }
}

export const escapeXml = (text: string) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
