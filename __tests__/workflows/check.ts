import { expect } from '@jest/globals'
import { byContext, type Played, type Run } from './play.ts'

const matching = (wanted: readonly (string | RegExp)[] = []) =>
  wanted.map((one) =>
    typeof one === 'string' ? expect.stringContaining(one) : expect.stringMatching(one),
  )

const containing = (outputs: NonNullable<Run['outputs']>) =>
  expect.objectContaining(
    Object.fromEntries(
      Object.entries(outputs).map(([step, wanted]) => [step, expect.objectContaining(wanted)]),
    ),
  )

/** Whether a run came out as its row says. */
function check(run: Run, { log, ...played }: Played) {
  const { shows = [], elsewhere = [], jobs = {} } = run
  const order = run.parallel ? byContext : (lines: readonly string[]) => lines
  try {
    expect({ ...played, shows: order(played.shows) }).toEqual({
      shows: order(shows),
      elsewhere,
      jobs,
      exitCode: Object.values(jobs).includes('failure') ? 1 : 0,
      outputs: run.outputs ? containing(run.outputs) : expect.anything(),
      requests: run.requests ?? expect.anything(),
      warnings: matching(run.warnings),
      errors: matching(run.errors),
    })
    for (const line of run.log ?? []) expect(log).toMatch(line)
  } catch (error) {
    if (error instanceof Error) error.message += `\n\nact's log:\n${log}`
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
