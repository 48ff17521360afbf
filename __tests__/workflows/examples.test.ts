import { readdirSync } from 'node:fs'
import { afterAll, describe, expect, test } from '@jest/globals'
import { expectRun } from './check.ts'
import { runs, usedBy } from './examples.ts'
import { cleanUp, EXAMPLES, play } from './play.ts'

afterAll(cleanUp)

test('every example is run', () => {
  const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yml'),
  )
  expect([...Object.keys(runs), ...Object.keys(usedBy)].sort()).toEqual(files.sort())
  expect(Object.keys(runs)).toEqual(expect.arrayContaining(Object.values(usedBy)))
})

describe.each(Object.entries(runs))('%s', (name, all) => {
  for (const run of all) {
    test.concurrent(run.when ?? 'as it is', () => expectRun(run, () => play(name, run)))
  }
})
