import { groupOf, type Row } from '../demo/rows.ts'
import { cutToFit, escapeXml, widthOf } from './svg.ts'
import { iconPath, type Theme } from './theme.ts'

export const WIDTH = 400

const ROW = 34
const PADDING = 4
const TEXT_LEFT = 72
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

function rowLine({ state, context, description, publisher }: Row, theme: Theme): Block {
  const room = WIDTH - TEXT_LEFT - MARGIN
  const name = cutToFit(context, room, 14)
  const text = cutToFit(description, room - widthOf(name, 14) - 8, 13)
  const svg = [
    stateIcon(state, theme),
    avatar(publisher, theme),
    `<text x="${TEXT_LEFT}" y="22"><tspan class="name">${escapeXml(name)}</tspan>`,
    `<tspan dx="8" class="small muted">${escapeXml(text)}</tspan></text>`,
  ]
  return { svg: svg.join(''), height: ROW }
}

function stateIcon(state: string, theme: Theme): string {
  const looks = {
    failing: ['x-circle-fill', theme.danger],
    pending: ['dot-fill', theme.attention],
    successful: ['check-circle-fill', theme.success],
  } as const
  const [name, colour] = looks[groupOf(state)]
  return icon(name, MARGIN, 9, colour)
}

/** A tile in place of the publisher's avatar. */
function avatar(publisher: string, theme: Theme): string {
  const name = publisher === 'github-actions[bot]' ? 'workflow' : 'shield-check'
  const tile = `<rect x="42.5" y="7.5" width="19" height="19" rx="5" fill="${theme.tile}" stroke="${theme.line}"/>`
  return `${tile}<g transform="translate(46 11) scale(0.75)" fill="${theme.muted}">${iconPath(name)}</g>`
}

const icon = (name: string, x: number, y: number, colour: string) =>
  `<g transform="translate(${x} ${y})" fill="${colour}">${iconPath(name)}</g>`
