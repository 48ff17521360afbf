import { expect } from '@jest/globals'
import { byContext, type Played, type Run } from './play.ts'

const matching = (wanted: readonly (string | RegExp)[]) =>
  wanted.map((one) =>
    typeof one === 'string' ? expect.stringContaining(one) : expect.stringMatching(one),
  )

const containing = (outputs: NonNullable<Run['outputs']>) =>
  expect.objectContaining(
    Object.fromEntries(
      Object.entries(outputs).map(([step, wanted]) => [step, expect.objectContaining(wanted)]),
    ),
  )

/** What was seen of a run, and what its row says. */
function comparison(run: Run, played: Played) {
  const { shows = [], jobs = {} } = run
  const order = run.parallel ? byContext : (lines: readonly string[]) => lines
  const failed = Object.values(jobs).includes('failure')
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
    shows: order(shows),
    elsewhere: run.elsewhere ?? [],
    jobs,
    exitCode: failed ? 1 : 0,
    ...(run.outputs && { outputs: containing(run.outputs) }),
    ...(run.requests && { requests: run.requests }),
    warnings: matching(run.warnings ?? []),
    errors: matching(run.errors ?? []),
  }
  return { seen, wanted }
}

/** Whether a run came out as its row says. */
export function check(run: Run, played: Played) {
  const { seen, wanted } = comparison(run, played)
  try {
    expect(seen).toEqual(wanted)
    for (const line of run.log ?? []) expect(played.log).toMatch(line)
  } catch (error) {
    if (error instanceof Error) error.message += `\n\nact's log:\n${played.log}`
    throw error
  }
}

/**
 * Plays a run and checks it. On a busy machine act can lose the last lines that a process has
 * written: a run that came out wrong is played once more.
 */
export async function expectRun(run: Run, again: () => Promise<Played>): Promise<void> {
  try {
    check(run, await again())
  } catch {
    check(run, await again())
  }
}
