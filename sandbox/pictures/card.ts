import { groupOf, type Row } from '../demo/rows.ts'
import { ring } from './ring.ts'
import { cutToFit, escapeXml, widthOf } from './svg.ts'
import { iconPath, type Theme } from './theme.ts'

export const WIDTH = 400

const HEADER = 64
const GROUP = 30
const ROW = 34
const PADDING = 8
const TEXT_LEFT = 72
const MARGIN = 16

type Group = ReturnType<typeof groupOf>
type Block = { svg: string; height: number }

const HEADINGS: Record<Group, string> = {
  failing: 'Some checks were not successful',
  pending: 'Some checks haven’t completed yet',
  successful: 'All checks have passed',
}

/** A commit's statuses as the merge box of a pull request lists them; its top is at 0. */
export function card(rows: readonly Row[], theme: Theme): Block {
  const groups = Map.groupBy(rows, ({ state }) => groupOf(state))
  const blocks: Block[] = [header(groups, theme)]
  for (const [group, members] of groups) {
    if (groups.size > 1) blocks.push(groupHeading(group, members.length, theme))
    blocks.push(...members.map((row) => rowLine(row, theme)))
  }
  const { svg, height } = stack(blocks)
  const outer = height + PADDING
  const frame = `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${outer - 1}" rx="6" fill="${theme.background}" stroke="${theme.border}"/>`
  return { svg: frame + svg, height: outer }
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

/** `1 failing, 3 successful checks` */
function countsOf(groups: ReadonlyMap<Group, readonly Row[]>): string {
  const counts = [...groups].map(([group, { length }]) => `${length} ${group}`)
  const total = [...groups.values()].flat().length
  return `${counts.join(', ')} ${total === 1 ? 'check' : 'checks'}`
}

function header(groups: Map<Group, Row[]>, theme: Theme): Block {
  const worst = [...groups.keys()][0] ?? 'pending'
  const sizes = [...groups].map(([group, { length }]) => ({ group, length }))
  const svg = [
    `<g transform="translate(${MARGIN} ${MARGIN})">${ring(sizes, theme)}</g>`,
    `<text x="60" y="29" class="heading">${HEADINGS[worst]}</text>`,
    `<text x="60" y="48" class="small muted">${countsOf(groups)}</text>`,
    `<path d="M1 ${HEADER}.5H${WIDTH - 1}" stroke="${theme.line}"/>`,
  ]
  return { svg: svg.join('\n'), height: HEADER + PADDING }
}

function groupHeading(group: Group, count: number, theme: Theme): Block {
  const svg = [
    icon('chevron-down', MARGIN, 7, theme.muted),
    `<text x="40" y="19.5" class="small muted">${count} ${group} ${count === 1 ? 'check' : 'checks'}</text>`,
  ]
  return { svg: svg.join(''), height: GROUP }
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
