import { readdirSync } from 'node:fs'
import { afterAll, describe, expect, test } from '@jest/globals'
import { runs, usedBy } from './examples.js'
import { byContext, cleanUp, EXAMPLES, type Played, play, type Run } from './play.js'

afterAll(cleanUp)

const matching = (wanted: readonly (string | RegExp)[]) =>
  wanted.map((one) => (typeof one === 'string' ? expect.stringContaining(one) : expect.stringMatching(one)))

function check(run: Run, played: Played) {
  const order = run.parallel ? byContext : (lines: readonly string[]) => lines
  const failed = Object.values(run.jobs).includes('failure')
  const seen = {
    shows: order(played.shows),
    elsewhere: played.elsewhere,
    jobs: played.jobs,
    exitCode: played.exitCode,
    ...(run.outputs && { outputs: played.outputs }),
    ...(run.requests && { requests: played.requests }),
    warnings: played.warnings,
    errors: played.errors,
  }
  const wanted = {
    shows: order(run.shows),
    elsewhere: [],
    jobs: run.jobs,
    exitCode: failed ? 1 : 0,
    ...(run.outputs && {
      outputs: expect.objectContaining(
        Object.fromEntries(
          Object.entries(run.outputs).map(([step, outputs]) => [step, expect.objectContaining(outputs)]),
        ),
      ),
    }),
    ...(run.requests && { requests: run.requests }),
    warnings: matching(run.warnings ?? []),
    errors: matching(run.errors ?? []),
  }
  try {
    expect(seen).toEqual(wanted)
    for (const line of run.log ?? []) expect(played.log).toMatch(line)
  } catch (error) {
    if (error instanceof Error) error.message += `\n\nact's log:\n${played.log}`
    throw error
  }
}

test('every example is run', () => {
  const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yml'))
  expect([...Object.keys(runs), ...Object.keys(usedBy)].sort()).toEqual(files.sort())
  expect(Object.keys(runs)).toEqual(expect.arrayContaining(Object.values(usedBy)))
})

describe.each(Object.entries(runs))('%s', (name, all) => {
  for (const run of all) {
    test.concurrent(run.when ?? 'as it is', async () => check(run, await play(name, run)))
  }
})
