import { createHash } from 'node:crypto'

/** A text as GitHub accepts it, and what had to be changed for that, a sentence each. */
export type Fitted = { text: string; notes: string[] }

const DESCRIPTION_LENGTH = 140
const CONTEXT_LENGTH = 255

/** GitHub answers 422 `doesn't accept 4-byte Unicode`; joiners and variation selectors go with the character they shape. */
const FOUR_BYTES = /(?:[\u200d\ufe0f]*[\u{10000}-\u{10ffff}])+[\u200d\ufe0f]*/gu

/** One line without 4-byte characters, control characters, lone surrogates and doubled white space. */
function accepted(text: string): string {
  return text
    .replace(/\p{Cs}/gu, ' ') // first: the halves around a character that is left out would make a new one
    .replace(FOUR_BYTES, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

function notesOn(name: string, before: string, after: string): string[] {
  const notes: string[] = []
  if (before.match(FOUR_BYTES))
    notes.push(`4-byte characters were left out of the ${name}: GitHub refuses them.`)
  if (after.length !== accepted(before).length)
    notes.push(`The ${name} was cut to ${after.length} characters.`)
  return notes
}

/** A description of at most 140 characters, cut with an ellipsis between two characters as a reader counts them. */
export function fitDescription(raw: string): Fitted {
  const whole = accepted(raw)
  let text = whole
  if (whole.length > DESCRIPTION_LENGTH) {
    text = ''
    for (const { segment } of new Intl.Segmenter().segment(whole)) {
      if (text.length + segment.length >= DESCRIPTION_LENGTH) break
      text += segment
    }
    text = `${text.trimEnd()}…`
  }
  return { text, notes: notesOn('description', raw, text) }
}

/** A context of at most 255 characters; a longer one ends in a hash of the whole, so that two long names never meet. */
export function fitContext(raw: string): Fitted {
  const whole = accepted(raw)
  const tail = () => `…${createHash('sha256').update(raw).digest('hex').slice(0, 12)}`
  const text = whole.length > CONTEXT_LENGTH ? whole.slice(0, CONTEXT_LENGTH - 13) + tail() : whole
  return { text, notes: notesOn('context', raw, text) }
}

/** Foreign text on one line of at most `length` characters, to be quoted in a message. */
export function quote(text: string, length = 100): string {
  const line = text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').trim()
  return `"${line.length > length ? `${line.slice(0, length).toWellFormed()}…` : line}"`
}
