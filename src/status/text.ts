import { createHash } from 'node:crypto'

/** A text that GitHub accepts, and what had to be changed for that, a sentence each. */
export type Fitted = { text: string; notes: string[] }

const DESCRIPTION_LENGTH = 140
const CONTEXT_LENGTH = 255

/**
 * Runs of 4-byte characters, which GitHub rejects (`doesn't accept 4-byte Unicode`), together with
 * the joiners and variation selectors that shape them. One class and no nesting: it takes linear
 * time.
 */
const SHAPED = /[\u200d\ufe0f\u{10000}-\u{10ffff}]+/gu
const FOUR_BYTES = /[\u{10000}-\u{10ffff}]/u

/**
 * One line without 4-byte characters, control characters, lone surrogates and doubled white space.
 */
function acceptable(text: string): string {
  return text
    .replace(/\p{Cs}/gu, ' ') // first: the halves around a removed character would form a new one
    .replace(SHAPED, (run) => (FOUR_BYTES.test(run) ? '' : run))
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

function notesOn(name: string, before: string, after: string): string[] {
  const notes: string[] = []
  if (FOUR_BYTES.test(before.replace(/\p{Cs}/gu, ' '))) {
    notes.push(`4-byte characters were removed from the ${name}: GitHub rejects them.`)
  }
  if (after.length !== acceptable(before).length) {
    notes.push(`The ${name} was cut to ${after.length} characters.`)
  }
  return notes
}

/** At most 140 characters, cut with an ellipsis between two characters as a reader counts them. */
export function fitDescription(raw: string): Fitted {
  const whole = acceptable(raw)
  const text = whole.length > DESCRIPTION_LENGTH ? cut(whole, DESCRIPTION_LENGTH) : whole
  return { text, notes: notesOn('description', raw, text) }
}

function cut(whole: string, length: number): string {
  let text = ''
  for (const { segment } of new Intl.Segmenter().segment(whole)) {
    if (text.length + segment.length >= length) break
    text += segment
  }
  return `${text.trimEnd()}…`
}

/**
 * At most 255 characters; a longer name ends in a hash of the whole, so that two long names never
 * meet.
 */
export function fitContext(raw: string): Fitted {
  const whole = acceptable(raw)
  const text = whole.length > CONTEXT_LENGTH ? cutName(whole, raw) : whole
  return { text, notes: notesOn('context', raw, text) }
}

function cutName(whole: string, raw: string): string {
  const tail = `…${createHash('sha256').update(raw).digest('hex').slice(0, 12)}`
  return whole.slice(0, CONTEXT_LENGTH - tail.length) + tail
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
  const quoted = names.slice(0, most).map((name) => quote(name, 255))
  const more = names.length - quoted.length
  return quoted.join(', ') + (more > 0 ? ` and ${more} more` : '')
}
