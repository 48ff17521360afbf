import { COMBINED_ONCE, LAST_READING, upTo } from '../github/budgets.ts'
import { isLasting } from '../github/cause.ts'
import { connect, type GitHub } from '../github/connect.ts'
import type { Result } from '../github/request.ts'
import { readPull } from '../github/resolve-ref.ts'
import { sleep } from '../github/retry.ts'
import { shownStatus } from '../github/status.ts'
import { acceptInputs, type Problem, report } from '../runner/report.ts'
import { type Runner, setOutputs } from '../runner/toolkit.ts'
import { duration } from '../status/description.ts'
import { isSha } from '../status/event-commit.ts'
import { quote } from '../status/text.ts'
import { describeVerdict } from './describe.ts'
import { type CombinedInputs, readCombined } from './inputs.ts'
import { nothingKnown, type Reading, readAndJudge, type Subject } from './reading.ts'
import { literal, requiredTable, summaryTable } from './summary.ts'

/** Reads the combined status of a ref, waits for it, and fails unless it is success, as asked. */
export async function combined(runner: Runner): Promise<void> {
  const inputs = acceptInputs(runner, readCombined(runner.env, runner.payload))
  if (inputs === undefined) return

  const { timeout, repository, requireSuccess } = inputs
  const end = Date.now() + timeout
  const budget = timeout === 0 ? COMBINED_ONCE : upTo(timeout + LAST_READING)
  const github = connect(inputs, runner, budget)
  const subject = await subjectOf(github, inputs)
  if ('failure' in subject) return report(runner, 'fail', [subject.failure])

  const { reading, problem } = await watch(runner, github, subject.value, inputs, end)
  const commit = reading?.sha || subject.value.ref
  const name = quote(`${repository}@${isSha(commit) ? commit.slice(0, 7) : commit}`, 300)
  if (reading !== undefined) await publishReading(runner, reading, name, subject.value)
  if (problem !== undefined) return report(runner, 'fail', [problem])
  if (reading === undefined) return

  const { verdict } = reading
  const isUp = timeout > 0 && verdict.isOpen && Date.now() >= end
  const line = `The combined status of ${name} is ${verdict.state}. ${timeUp(isUp, timeout)}${describeVerdict(verdict, inputs)}`
  if (requireSuccess && verdict.state !== 'success') runner.fail(line)
  else runner.info(line)
}

function timeUp(isUp: boolean, timeout: number): string {
  return isUp ? `The time is up after ${duration(timeout)}. ` : ''
}

/** The ref and the branch. The head of a pull request and its base take one request together. */
async function subjectOf(
  github: GitHub,
  { ref, requiredBy }: CombinedInputs,
): Promise<Result<Subject>> {
  const number = 'pullRequest' in ref ? ref.pullRequest : requiredBy?.pullRequest
  const pull = number === undefined ? undefined : await readPull(github, number)
  if (pull !== undefined && 'failure' in pull) return pull

  const { sha = '', base = '' } = pull?.value ?? {}
  const named = 'ref' in ref ? ref.ref : { sha, ...ref }.sha
  return { value: { ref: named, branch: requiredBy && (requiredBy.branch ?? base) } }
}

async function publishReading(
  runner: Runner,
  { sha, verdict }: Reading,
  name: string,
  { branch }: Subject,
): Promise<void> {
  const { state, checkRuns, failing, pending, required } = verdict
  const statuses = verdict.statuses.map(shownStatus)
  const unmet = required.filter(({ became }) => became === 'missing').map(({ context }) => context)
  const missing = new Set([...unmet, ...verdict.missing.map(({ line }) => line)])
  const total_count = statuses.length + checkRuns.length
  const check_runs = checkRuns.map(({ name, status, conclusion, details_url }) => {
    return { name, status, conclusion, details_url }
  })
  const names = { failing, pending, missing: [...missing] }
  setOutputs(runner, { state, sha, total_count, ...names, statuses, check_runs })

  let summary = `### Combined status of ${literal(name)}: ${state}\n\n${summaryTable(verdict)}`
  if (branch !== undefined) {
    const asked = required.map(({ context, app }) => ({ context, app }))
    setOutputs(runner, { required: asked })
    summary += `\n#### Required by ${literal(branch)}\n\n${requiredTable(required)}`
  }
  await runner.summarize(summary)
}

/** The last reading, if one succeeded, and what ended the wait before its time. */
type Watched = { reading: Reading | undefined; problem: Problem | undefined }

/**
 * Reads again and again until there is nothing to wait for, or the time is up.
 * @param end when the time is up, in milliseconds since 1970
 */
async function watch(
  runner: Runner,
  github: GitHub,
  subject: Subject,
  inputs: CombinedInputs,
  end: number,
): Promise<Watched> {
  const known = nothingKnown(subject, inputs)
  const cancelled = runner.cancelled().then(() => 'cancelled' as const)
  let reading: Reading | undefined
  let line = ''

  for (;;) {
    const read = await Promise.race([readAndJudge(runner, github, inputs, known), cancelled])
    if (read === 'cancelled') return { reading, problem: cancellation(line) }
    const problem = 'failure' in read ? read.failure : undefined
    reading = 'value' in read ? read.value : reading

    const left = end - Date.now()
    if (left <= 0 || isOver(read, inputs)) return { reading, problem }

    line = say(runner, line, lineOf(read, inputs))
    const woken = await Promise.race([sleep(Math.min(inputs.interval, left)), cancelled])
    if (woken === 'cancelled') return { reading, problem: cancellation(line) }
  }
}

/**
 * Whether waiting on cannot change the result. What can pass was retried as long as that helps; a
 * limit ends up here only if it lasts longer than the wait.
 */
function isOver(read: Result<Reading>, { requireSuccess }: CombinedInputs): boolean {
  if ('failure' in read) return read.failure.cause === 'limit' || isLasting(read.failure.cause)
  const { isOpen, state } = read.value.verdict
  return !isOpen || (requireSuccess && state === 'failure')
}

/** Says what it waits for, if that has changed. */
function say(runner: Runner, before: string, line: string): string {
  if (line !== before) runner.info(`Waiting. ${line}`)
  return line
}

function lineOf(read: Result<Reading>, inputs: CombinedInputs): string {
  return 'failure' in read ? read.failure.message : describeVerdict(read.value.verdict, inputs)
}

function cancellation(line: string): Problem {
  if (line === '') return { message: 'Cancelled before the combined status was read.' }
  return { message: `Cancelled while waiting. ${line}` }
}
