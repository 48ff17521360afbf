import type { CheckRun } from '../github/check-runs.ts'
import type { WorkflowRun } from '../github/workflow-runs.ts'
import { listed, quote } from '../status/text.ts'
import { type Finding, outcomeOfCheckRun } from './outcome.ts'

/** The workflow runs of the commit: undefined before they are read. */
export type Runs = readonly WorkflowRun[] | 'unreadable' | undefined

/**
 * What a newer run makes of a job that fails: undefined if that run replaces it, pending if that
 * run can still replace it, else the failure.
 * @param current what counts in each suite, whatever its name
 */
export function afterNewerRuns(
  failing: Finding,
  current: readonly CheckRun[],
  runs: Runs,
): Finding | undefined {
  const { run: job } = failing
  if (runIdOf(job) === undefined) return failing
  if (runs === undefined) return hasRival(job, current) ? { ...failing, asks: 'runs' } : failing

  const isPassed = current.some((one) => isSuccessor(one, job) && passes(one))
  const why = (reason: string) =>
    isPassed
      ? { ...failing, why: `${quote(job.name, 255)} passed in a newer run${reason}.` }
      : failing
  if (runs === 'unreadable') {
    return why(', but telling whether that one replaces it takes `actions: read`')
  }
  const newer = newerRuns(failing, runs).map((run) => compare(job, run, current))
  if (newer.some(({ isWhole }) => isWhole)) return undefined
  if (newer.some(({ isOpen }) => isOpen)) return { ...failing, outcome: 'pending' }
  const lacking = newer.flatMap((one) => one.lacking)
  return lacking.length > 0
    ? why(`, but ${listed(lacking, 3)} did not run there, so the older result counts`)
    : why(
        ', but one of another workflow, event, branch or pull request, so the older result counts',
      )
}

const JOB_PAGE = /\/actions\/runs\/(\d{1,16})\/job\/(\d{1,16})$/

/**
 * The run that a job links to. A check run that somebody made with a job's token lands in any suite
 * of the commit, but does not link to a job of its own id.
 */
function runIdOf({ id, isOfActions, details_url }: CheckRun): number | undefined {
  const [, run, job] = JOB_PAGE.exec(details_url) ?? []
  return isOfActions && Number(job) === id ? Number(run) : undefined
}

function passes(run: CheckRun): boolean {
  return outcomeOfCheckRun(run) === 'passing'
}

/** Whether a job of another suite is newer and ran, or will. */
function isSuccessor(one: CheckRun, job: CheckRun): boolean {
  const isNewer = one.suite !== job.suite && one.name === job.name && one.id > job.id
  return isNewer && runIdOf(one) !== undefined && !['skipped', 'neutral'].includes(one.conclusion)
}

/** Whether a newer run has another result, or could still have one. */
function hasRival(job: CheckRun, current: readonly CheckRun[]): boolean {
  const isOpen = (one: CheckRun) =>
    one.suite !== job.suite && one.id > job.id && one.status !== 'completed'
  const names = new Set(current.filter(({ suite }) => suite === job.suite).map(({ name }) => name))
  return current.some(
    (one) =>
      (isSuccessor(one, job) && outcomeOfCheckRun(one) !== 'failing') ||
      (isOpen(one) && runIdOf(one) !== undefined && names.has(one.name)),
  )
}

const FOR_PULL_REQUESTS = ['pull_request', 'pull_request_target']

/** Newer runs for the same thing. For a job that was cancelled the event does not matter. */
function newerRuns({ run: job, isCancelled }: Finding, runs: readonly WorkflowRun[]) {
  const older = runs.find(({ id, suite }) => id === runIdOf(job) && suite === job.suite)
  return runs.filter(({ id, subject, event }) => {
    if (older?.subject === undefined || older.subject !== subject || id <= older.id) return false
    return isCancelled || (event === older.event && FOR_PULL_REQUESTS.includes(event))
  })
}

/** What a newer run lacks of what ran beside the job, and whether that can still come. */
function compare(job: CheckRun, newer: WorkflowRun, current: readonly CheckRun[]) {
  const theirs = current.filter((one) => one.suite === newer.suite && runIdOf(one) === newer.id)
  const ours = current.filter((one) => one.suite === job.suite && runIdOf(one) === runIdOf(job))
  const successors = theirs.filter(({ name }) => name === job.name)
  const isRun = successors.every((one) => isSuccessor(one, job))

  const skipped = new Set(theirs.filter(hasNotRun).map(({ name }) => name))
  const there = new Set(theirs.map(({ name }) => name))
  const ran = ours.filter((one) => one === job || !hasNotRun(one)).map(({ name }) => name)
  const lacking = [...new Set(ran)].filter((name) => skipped.has(name) || !there.has(name))
  const isOver = newer.isOver && theirs.every(({ status }) => status === 'completed')
  return {
    lacking,
    isWhole: isRun && lacking.length === 0,
    isOpen: isRun && !isOver && lacking.every((name) => !there.has(name)),
  }
}

function hasNotRun({ conclusion }: CheckRun): boolean {
  return conclusion === 'skipped'
}
