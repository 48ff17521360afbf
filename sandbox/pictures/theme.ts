import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export const THEMES = ['light', 'dark'] as const
export type ThemeName = (typeof THEMES)[number]

export type Theme = ReturnType<typeof themeOf>

type Octicons = Record<string, { heights: Record<string, { path: string }> }>

const require = createRequire(import.meta.url)
const octicons: Octicons = require('@primer/octicons/build/data.json')
const FUNCTIONAL = '@primer/primitives/dist/css/functional'

/** GitHub's colours and font, by their names in Primer. https://primer.style/product/primitives/color */
export function themeOf(name: ThemeName) {
  const value = reader(`${FUNCTIONAL}/themes/${name}.css`)
  return {
    name,
    background: value('bgColor-default'),
    tile: value('bgColor-muted'),
    border: value('borderColor-default'),
    line: value('borderColor-muted'),
    text: value('fgColor-default'),
    muted: value('fgColor-muted'),
    success: value('fgColor-success'),
    danger: value('fgColor-danger'),
    attention: value('fgColor-attention'),
    font: reader(`${FUNCTIONAL}/typography/typography.css`)('fontStack-sansSerif'),
  }
}

/** The path of an icon, 16 by 16. https://primer.style/octicons */
export function iconPath(name: string): string {
  const path = octicons[name]?.heights['16']?.path
  if (path === undefined) throw new Error(`no octicon is called ${name}`)
  return path
}

/** Reads the custom properties of a stylesheet. */
function reader(module: string): (property: string) => string {
  const css = readFileSync(require.resolve(module), 'utf8')
  return (property) => {
    const found = new RegExp(`--${property}: ([^;]+);`).exec(css)?.[1]
    if (found === undefined) throw new Error(`${module} has no ${property}`)
    return found
  }
}
