import { createHash } from 'node:crypto'

/** A text that GitHub accepts, and what had to be changed for that, a sentence each. */
export type Fitted = { text: string; notes: string[] }

const DESCRIPTION_LENGTH = 140
const CONTEXT_LENGTH = 255

/**
 * Runs of 4-byte characters, which GitHub rejects, with the joiners and variation selectors that
 * shape them. One class and no nesting: it takes linear time.
 */
const SHAPED = /[\u200d\ufe00-\ufe0f\u{10000}-\u{10ffff}]+/gu
const FOUR_BYTES = /[\u{10000}-\u{10ffff}]/u

/**
 * One line without control characters, lone surrogates and doubled white space.
 * @param replace what becomes of a run of 4-byte characters
 */
function acceptable(text: string, replace: (run: string) => string): string {
  return text
    .replace(/\p{Cs}/gu, ' ') // first: the halves around a removed character would form a new one
    .replace(SHAPED, (run) => (FOUR_BYTES.test(run) ? replace(run) : run))
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

/** At most 140 characters, cut with an ellipsis between two characters as a reader counts them. */
export function fitDescription(raw: string): Fitted {
  const whole = acceptable(raw, () => '')
  const isCut = whole.length > DESCRIPTION_LENGTH
  const text = isCut ? cut(whole, DESCRIPTION_LENGTH) : whole
  const notes: string[] = []
  if (hasFourBytes(raw)) {
    notes.push('4-byte characters were removed from the description: GitHub rejects them.')
  }
  if (isCut) notes.push(`The description was cut to ${text.length} characters.`)
  return { text, notes }
}

function hasFourBytes(text: string): boolean {
  return FOUR_BYTES.test(text.replace(/\p{Cs}/gu, ' '))
}

function cut(whole: string, length: number): string {
  let text = ''
  for (const { segment } of new Intl.Segmenter().segment(whole)) {
    if (text.length + segment.length >= length) break
    text += segment
  }
  return `${text.trimEnd()}…`
}

const PLAIN = /^[\x20-\x7e]*$/

/**
 * A name as GitHub accepts it, of any length. 4-byte characters become their code points, so that
 * two names that differ stay two: `🐧 Build` is `U+1F427 Build`.
 */
export function acceptableName(raw: string): string {
  if (PLAIN.test(raw) && !raw.includes('  ')) return raw.trim()
  return acceptable(raw, (run) => Array.from(run, codePoint).join(''))
}

/** Six digits for U+10xxx: a digit that follows must not turn it into a character of U+10xxxx. */
function codePoint(character: string): string {
  const point = character.codePointAt(0) ?? 0
  if (point <= 0xffff) return ''
  return `U+${point
    .toString(16)
    .toUpperCase()
    .padStart(point < 0x11000 ? 6 : 5, '0')}`
}

/** A name as published: if longer than 255 characters, cut, with a hash to tell it apart. */
export function publishedName(raw: string): string {
  const whole = acceptableName(raw)
  if (whole.length <= CONTEXT_LENGTH) return whole
  const tail = `…${createHash('sha256').update(whole).digest('hex').slice(0, 12)}`
  return whole.slice(0, CONTEXT_LENGTH - tail.length) + tail
}

export function fitContext(raw: string): Fitted {
  const text = publishedName(raw)
  if (text === raw.trim()) return { text, notes: [] }
  const reasons = [
    ...(hasFourBytes(raw) ? ['GitHub rejects 4-byte characters'] : []),
    ...(acceptableName(raw).length > CONTEXT_LENGTH
      ? [`GitHub allows ${CONTEXT_LENGTH} characters`]
      : []),
  ]
  const why = reasons.join(', and ') || 'a name is one line with single spaces'
  return {
    text,
    notes: [`The context ${quote(raw)} becomes ${quote(text, CONTEXT_LENGTH)}: ${why}.`],
  }
}

/** Foreign text on one line of at most `length` characters, to be quoted in a message. */
export function quote(text: string, length = 100): string {
  const line = text
    .slice(0, 4 * length)
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .trim()
  const isLong = line.length > length || text.length > 4 * length
  return `"${isLong ? `${line.slice(0, length).toWellFormed()}…` : line}"`
}

/** `"a", "b" and 3 more`: the first names of a list, quoted. */
export function listed(names: readonly string[], most = 20): string {
  return joined(
    names.map((name) => quote(name, 255)),
    most,
  )
}

/** Characters of a list: an annotation holds 4,096, and can hold several lists. */
const LONGEST_LIST = 800

/** `a, b and 3 more`: as many texts as fit into `length` characters, but at least one. */
export function joined(texts: readonly string[], most = 20, length = LONGEST_LIST): string {
  const textOf = (shown: number) => {
    const more = texts.length - shown
    return texts.slice(0, shown).join(', ') + (more > 0 ? ` and ${more} more` : '')
  }
  let shown = Math.min(texts.length, most)
  while (shown > 1 && textOf(shown).length > length) shown--
  return textOf(shown)
}
