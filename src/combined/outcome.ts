import type { CheckRun, Suite } from '../github/check-runs.ts'
import type { Status } from '../github/status.ts'
import { matches } from '../status/context.ts'
import { stateOf } from '../status/state.ts'
import { listed, quote } from '../status/text.ts'
import { type Choice, type Item, isIgnored, matchesAny, namesIn } from './names.ts'
import type { Requirement } from './rules/required.ts'

/** What a status or check run does to the combined state. */
export type Outcome = 'failing' | 'pending' | 'passing'

/** What could decide otherwise, if it were read. */
export type Ask = 'suites' | 'runs'

/** A status or check run, and what it does to the combined state. */
export type Finding = Item & {
  outcome: Outcome
  /** A sentence, if its own word does not say why. */
  why?: string
  asks?: Ask
}

/** Gitea's `skipped` passes; its `warning`, and any state that nobody knows, is a failure. */
export function findingOfStatus(status: Status): Finding {
  const { context: name, state } = status
  if (state === 'pending') return { name, status, outcome: 'pending' }
  return { name, status, outcome: ['success', 'skipped'].includes(state) ? 'passing' : 'failing' }
}

/** A check run, and whether it was cancelled or skipped because others were. */
export type RunFinding = Finding & { run: CheckRun; isCancelled: boolean }

/**
 * What a check run's own word says. Skipped and neutral ones pass, as they do for GitHub's required
 * checks; a word that nobody knows is a failure.
 */
export function outcomeOfCheckRun({ status, conclusion }: CheckRun): Outcome {
  const isCompleted = status === 'completed'
  const word = isCompleted ? conclusion : status
  const state = stateOf(word, { cancelled: 'error', skipped: 'success' })
  if (state === 'pending') return 'pending'
  return isCompleted && state === 'success' ? 'passing' : 'failing'
}

/**
 * What a check run says beside the failures of its run. A job is also skipped because one before it
 * failed or was cancelled, and then it must not pass, unless the user allows it or the run as a
 * whole succeeded (`continue-on-error`). Until a re-run is over, it can be the earlier attempt's.
 * @param failed what failed in its run, in the newest attempt
 * @param before what failed in earlier attempts
 * @param suites undefined before they are read
 */
export function findingOf(
  run: CheckRun,
  failed: readonly CheckRun[],
  before: readonly CheckRun[],
  suites: readonly Suite[] | undefined,
  { allowedSkips = [], platform }: Choice,
): RunFinding {
  const { name } = run
  const outcome = outcomeOfCheckRun(run)
  const own = { name, run, outcome, isCancelled: run.conclusion === 'cancelled' }
  const isSkipped = run.conclusion === 'skipped' && outcome === 'passing' && run.isOfActions
  if (!isSkipped || matchesAny(allowedSkips, name, platform)) return own

  const others = failed.length > 0 ? failed : before
  const suite = suites?.find(({ id }) => id === run.suite)
  const isExcused =
    failed.length > 0 ? suite?.conclusion === 'success' : suite?.status === 'completed'
  if (others.length === 0 || isExcused) return own

  const names = listed(namesIn(others), 3)
  return {
    name,
    run,
    outcome: failed.length > 0 ? 'failing' : 'pending',
    isCancelled: others.every(({ conclusion }) => conclusion === 'cancelled'),
    why: `${quote(name, 255)} was skipped in a run in which ${names} did not succeed: if that is right, add it to \`allowed_skips\`.`,
    ...(suites === undefined ? { asks: 'suites' } : {}),
  }
}

export type Met = Requirement & {
  became: 'success' | 'failure' | 'pending' | 'missing' | 'ignored' | 'this job'
}

/**
 * Why a requirement is not asked for, if so: the job that asks cannot wait for itself, and two runs
 * of it would wait for each other. What another app has to report under its name is asked for.
 * @param own what is the job's own
 */
export function leftOutAs(
  { context, app }: Requirement,
  own: readonly Item[],
  choice: Choice,
): 'ignored' | 'this job' | undefined {
  if (isIgnored(context, choice)) return 'ignored'
  const isOwn = own.some(({ run }) => run?.name === context && (app === null || app === run.app))
  return isOwn ? 'this job' : undefined
}

/**
 * Whether something has the name that is asked for, whoever reported it: its failure counts. GitHub
 * ignores the case of statuses, but not of check runs.
 */
export function isNamed({ context }: Requirement, { name, run }: Item, choice: Choice): boolean {
  if (run !== undefined) return name === context
  if (!choice.platform.hasCheckRuns) return matches(context, name, choice.platform)
  return name.toLowerCase() === context.toLowerCase()
}

/**
 * What became of each requirement. It is missing if nothing is there, at least from its app.
 * @param own what is the job's own
 * @param others what else is there
 * @param findings what counts of it
 */
export function meet(
  requirements: readonly Requirement[],
  own: readonly Item[],
  others: readonly Item[],
  findings: readonly Finding[],
  choice: Choice,
): Met[] {
  const outcomeOf = (one: Requirement): Met['became'] => {
    const isOfName = (item: Item) => isNamed(one, item, choice)
    const outcomes = findings.filter(isOfName).map(({ outcome }) => outcome)
    if (outcomes.includes('failing')) return 'failure'
    const apps = others.filter(isOfName).map(({ status, run }) => (run ?? status)?.app)
    if (one.app === null ? apps.length === 0 : !apps.includes(one.app)) return 'missing'
    return outcomes.includes('pending') ? 'pending' : 'success'
  }
  return requirements.map((one) => ({
    ...one,
    became: leftOutAs(one, own, choice) ?? outcomeOf(one),
  }))
}
