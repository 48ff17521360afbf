import { expect, test } from '@jest/globals'
import { DOCUMENTS, find, prose, read } from './documents.ts'

/** Turns of phrase that no native editor would leave, with what is written instead. */
const HABITS: [habit: RegExp, instead: string][] = [
  [/\bbut for\b/i, 'except'],
  [/\b(may|who may) (write|publish|do|load|read|run|start|see|add)\b/, 'can, is allowed to'],
  [/\b(one|a name|a line|a job|a look) a (line|look|job|retry)\b/i, 'one per line'],
  [/\bthis very\b/i, 'this'],
  [/\bis none\b/i, 'does not exist'],
  [/\b(comes?|came) to nothing\b/i, 'is empty'],
  [/\bafresh\b/i, 'again'],
  [/\bthereby\b/i, ''],
  [/\bforesaw\b/i, 'unexpected'],
  [/\bthe sign is\b/i, 'you will see'],
  [/\bbugs and wishes\b/i, 'Found a bug or missing a feature?'],
  [/\blicence\b/i, 'license'],
]

const texts = [...DOCUMENTS, ...find('examples/**/*.yml', '{.,combined,list,sweep}/action.yml')]

test.each(texts)('%s has none of the habits', (path) => {
  const text = path.endsWith('.md') ? prose(read(path)) : read(path)
  const found = HABITS.flatMap(([habit, instead]) =>
    [...text.matchAll(new RegExp(`.{0,30}${habit.source}.{0,30}`, `g${habit.flags}`))].map(
      ([line]) => ({ line, instead }),
    ),
  )
  expect(found).toEqual([])
})

test.each(DOCUMENTS)('%s names no one who wrote it, and no machine', (path) => {
  expect(read(path)).not.toMatch(/\/(work|tmp|home)\/|localhost:\d/)
})
