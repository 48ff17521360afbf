/**
 * Plays every order of events of every small world with the rule of the last word, some minutes long, and says what ends
 * wrong. Words choose worlds: those of a structure, mode, link and trouble that hold them all.
 *
 *     npm run worlds [WORD ...]
 */
import * as rule from '../../src/publish/last-word/last-word.ts'
import { worlds } from './catalogue.ts'
import { report, summarize } from './summary.ts'

const words = process.argv.slice(2)
const chosen = [...worlds()].filter(({ structure, mode, link, trouble }) => {
  const text = [structure, mode, link, trouble].join(', ')
  return words.every((word) => text.includes(word))
})

const summary = summarize(chosen, rule)
process.stdout.write(`${report(summary)}\n`)
if (summary.wrong['not explained'] !== undefined) process.exitCode = 1
