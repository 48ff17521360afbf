/** What a link of a status has to be. */
export const ADDRESS =
  'an address that starts with http:// or https:// and has at most 2,000 characters'

/** State over 128 KiB keeps the later stages from starting. */
const LONGEST = 2_000

export function withoutSlashes(text: string): string {
  let end = text.length
  while (text.charAt(end - 1) === '/') end--
  return text.slice(0, end)
}

/** The http or https address that a text is, or undefined. */
export function parseUrl(text: string): URL | undefined {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
}

/** A link that can be published: as given if plain ASCII; undefined if it is wrong. */
export function targetUrlOf(value: string): string | undefined {
  if (value === '') return ''
  const url = parseUrl(value)
  if (url === undefined || url.href.length > LONGEST) return undefined
  return /^https?:\/\/\w[\x21-\x7e]*$/i.test(value) ? value : url.href
}

/** An address, even one that does not parse, without the name and password in it. */
export function withoutPassword(address: string): string {
  return address.replace(/^([a-z]*:?\/+)?.*@/is, '$1***@')
}
