import type { Moment } from '../demo/play.ts'
import { card, escapeXml, stack, WIDTH } from './card.ts'
import { type Theme, type ThemeName, themeOf } from './theme.ts'

const CAPTION = 28
const GAP = 10

/** An SVG of what a commit shows at several moments, each under a caption. */
export function draw(title: string, moments: readonly Moment[], name: ThemeName): string {
  const theme = themeOf(name)
  const blocks = moments.flatMap(({ when, rows }, index) => {
    const gap = { svg: '', height: index === 0 ? 0 : GAP }
    return [gap, caption(when), card(rows, theme)]
  })
  const { svg, height } = stack(blocks)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">
<title id="title">${escapeXml(title)}</title>
<desc id="desc">${escapeXml(moments.map(describe).join('. '))}.</desc>
<style>${stylesheet(theme)}</style>
${svg}
</svg>
`
}

/** A moment in words: `Job starts: CI / test is pending, In progress`. */
export function describe({ when, rows }: Moment): string {
  const told = rows.map(
    ({ state, context, description }) => `${context} is ${state}, ${description}`,
  )
  return `${capitalised(when)}: ${told.join('; ')}`
}

const caption = (when: string) => ({
  svg: `<text x="1" y="18" class="caption">${escapeXml(capitalised(when))}</text>`,
  height: CAPTION,
})

const stylesheet = ({ font, text, muted }: Theme) =>
  `text{font-family:${font};font-size:14px;fill:${text}}.name,.caption{font-weight:600}.small{font-size:13px}.muted,.caption{fill:${muted}}`

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
