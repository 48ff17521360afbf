import type { CheckRun, Suite } from '../github/check-runs.ts'
import { type Choice, hasGlob, isIgnored } from './names.ts'
import { type Finding, findingOf, type Outcome, outcomeOfCheckRun } from './outcome.ts'
import { afterNewerRuns } from './replaced.ts'
import { groupsOf } from './suites.ts'
import type { Read } from './verdict.ts'

/**
 * What each check run that counts says: one for each name, and workflows without check runs if not
 * only full names are chosen.
 * @param current what counts in each suite, the job's own and what is ignored too
 */
export function findingsOf(
  checkRuns: readonly CheckRun[],
  current: readonly CheckRun[],
  { checkRuns: all, suites, runs, page }: Read,
  choice: Choice,
): Finding[] {
  const bySuite = groupsOf(current, ({ suite }) => suite)
  const isCurrent = new Set(current)
  const failed = all.filter((one) => outcomeOfCheckRun(one) === 'failing')
  const failures = groupsOf(
    failed.filter(({ name }) => !isIgnored(name, choice)),
    (one) => `${one.suite} ${isCurrent.has(one)}`,
  )
  const findings = checkRuns.flatMap((run) => {
    const now = failures.get(`${run.suite} true`) ?? []
    const before = failures.get(`${run.suite} false`) ?? []
    const finding = findingOf(run, now, before, suites, choice)
    const isFinal = finding.outcome !== 'failing' || finding.asks !== undefined
    return isFinal ? finding : (afterNewerRuns(finding, bySuite, runs) ?? [])
  })
  const idle = hasGlob(choice) ? idleSuites(suites ?? [], all, page) : []
  const isCounted = ({ run }: Finding) => !isIgnored(run.name, choice)
  return [...worstOfNames(findings), ...idle.filter(isCounted)]
}

const WORST_FIRST: readonly Outcome[] = ['failing', 'pending', 'passing']

/**
 * One for each name: of several suites the worst, since two workflows can have a job of one name.
 */
function worstOfNames(findings: readonly Finding[]): Finding[] {
  const rank = ({ outcome }: Finding) => WORST_FIRST.indexOf(outcome)
  const groups = [...groupsOf(findings, ({ run }) => run.name).values()]
  return groups.map((group) =>
    group.reduce((one, other) => (rank(other) < rank(one) ? other : one)),
  )
}

/**
 * Runs of workflows that have no check runs and failed or wait: those that could not start, or that
 * somebody has to approve. They are called by their page.
 * @param commit the page of the commit
 */
function idleSuites(
  suites: readonly Suite[],
  runs: readonly CheckRun[],
  commit: string,
): Finding[] {
  const started = new Set(runs.map(({ suite }) => suite))
  return suites
    .filter(({ id, isOfActions }) => isOfActions && !started.has(id))
    .map((suite) => {
      const page = `${commit}/checks?check_suite_id=${suite.id}`
      const times = { started_at: '', completed_at: '' }
      return { ...suite, ...times, id: 0, suite: suite.id, name: page, details_url: page }
    })
    .filter(({ conclusion }) => conclusion !== 'cancelled')
    .map((run) => ({ run, outcome: outcomeOfCheckRun(run), isCancelled: false }))
    .filter(({ outcome }) => outcome !== 'passing')
}
