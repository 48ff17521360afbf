import { type Api, type Combined, connect, type Status } from './api.js'
import { describeVerdict, judge, pick, type Verdict } from './gate.js'
import { type CombinedInputs, readCombined } from './inputs.js'
import { isPageOf } from './link.js'
import { setJsonOutput } from './report.js'
import type { Runner } from './runner.js'
import { statusTable } from './summary.js'
import { quote } from './text.js'
import { isLasting } from './trouble.js'

/** What one look at a ref has shown. */
type Look = Combined & { verdict: Verdict }

/** The last look, if one succeeded, and what ended the watch before its time. */
type Watch = { look: Look | undefined; broken?: string }

const SHORTEST_BUDGET = 60_000

/** Reads the combined status of a ref; waits for it, and fails where it is not success, if that is asked for. */
export async function combined(runner: Runner): Promise<void> {
  const read = readCombined(runner.env, runner.payload)
  if ('problems' in read) return runner.fail(read.problems.join('\n'))
  const inputs = read.values
  runner.mask(inputs.token)
  const end = Date.now() + inputs.timeout
  const api = connect(inputs, Math.max(end, Date.now() + SHORTEST_BUDGET), runner)
  const ref = await api.resolve(inputs.ref)
  if ('failure' in ref) return runner.fail(ref.failure.message)

  const { look, broken } = await watch(runner, api, ref.value, inputs, end)
  if (look !== undefined) await report(runner, look, inputs.picks)
  const name = `${inputs.repository}@${ref.value}`
  if (broken !== undefined) return runner.fail(broken)
  if (look === undefined) return
  const said = `The combined status of ${quote(name, 300)} is ${look.verdict.state}. ${describeVerdict(look.verdict)}`
  if (inputs.requireSuccess && look.verdict.state !== 'success') runner.fail(said)
  else runner.info(said)
}

/** Looks again and again until there is nothing to wait for, or the time is up. */
async function watch(runner: Runner, api: Api, ref: string, inputs: CombinedInputs, end: number): Promise<Watch> {
  const { picks, interval, requireSuccess } = inputs
  const cancelled = runner.cancelled().then(() => ({ cancelled: true }) as const)
  let look: Look | undefined
  let said = ''
  for (;;) {
    const read = await Promise.race([api.combined(ref), cancelled])
    if ('cancelled' in read) return { look, broken: 'Cancelled before the combined status was read.' }
    const left = end - Date.now()
    let line: string
    if ('failure' in read) {
      line = read.failure.message
      if (left <= 0 || isLasting(read.failure.cause)) return { look, broken: line }
    } else {
      const verdict = judge(read.value.statuses, picks, (status) => isOwn(status, inputs))
      look = { ...read.value, verdict }
      line = describeVerdict(verdict)
      if (left <= 0 || !verdict.isOpen || (requireSuccess && verdict.state === 'failure')) return { look }
    }
    if (line !== said) runner.info(`Waiting. ${line}`)
    said = line
    const woken = await Promise.race([sleep(Math.min(interval, left)), cancelled])
    if (woken !== undefined) return { look, broken: `Cancelled while waiting. ${line}` }
  }
}

/** Whether a status is the one of this very job, which cannot end while it waits for itself. */
function isOwn({ target_url, context }: Status, { job, ownContexts }: CombinedInputs): boolean {
  return isPageOf(target_url, job) && (job.job !== '' || ownContexts.includes(context))
}

async function report(runner: Runner, { sha, statuses, verdict }: Look, picks: string[]): Promise<void> {
  const picked = pick(statuses, picks)
  runner.setOutput('state', verdict.state)
  runner.setOutput('sha', sha)
  runner.setOutput('total_count', String(picked.length))
  for (const name of ['failing', 'pending', 'missing'] as const) setJsonOutput(runner, name, verdict[name])
  setJsonOutput(runner, 'statuses', picked)
  await runner.summarize(`### Combined status: ${verdict.state}\n\n${statusTable(picked, verdict.missing)}`)
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
