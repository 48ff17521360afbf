import { type Api, connect, type Status } from '../github/api.ts'
import { isLasting } from '../github/trouble.ts'
import { type CombinedInputs, readCombined } from '../publish/inputs.ts'
import { setJsonOutput } from '../publish/report.ts'
import type { Runner } from '../runner/runner.ts'
import { isPageOf } from '../status/link.ts'
import { quote } from '../status/text.ts'
import { literal, statusTable } from './summary.ts'
import { describeVerdict, judge, type Verdict } from './verdict.ts'

/** What one look at a ref has shown. */
type Look = { sha: string; verdict: Verdict<Status> }

/** The last look, if one succeeded, and what ended the watch before its time. */
type Watch = { look: Look | undefined; broken?: string }

const NOT_READ = 'Cancelled before the combined status was read.'
const BUDGET = 60_000
/** What the last look of a wait, at its very end, may take. */
const LAST_LOOK = 10_000

/** Reads the combined status of a ref; waits for it, and fails where it is not success, if that is asked for. */
export async function combined(runner: Runner): Promise<void> {
  const read = readCombined(runner.env, runner.payload)
  if ('problems' in read) return runner.fail(read.problems.join('\n'))
  const inputs = read.values
  runner.mask(inputs.token)
  const end = Date.now() + inputs.timeout
  const api = connect(inputs, end + (inputs.timeout === 0 ? BUDGET : LAST_LOOK), runner)
  const ref = await api.resolve(inputs.ref)
  if ('failure' in ref) return runner.fail(ref.failure.message)

  const { look, broken } = await watch(runner, api, ref.value, inputs, end)
  const name = quote(`${inputs.repository}@${ref.value}`, 300)
  if (look !== undefined) await report(runner, look, name)
  if (broken !== undefined) return runner.fail(broken)
  if (look === undefined) return
  const said = `The combined status of ${name} is ${look.verdict.state}. ${describeVerdict(look.verdict)}`
  if (inputs.requireSuccess && look.verdict.state !== 'success') runner.fail(said)
  else runner.info(said)
}

/** Looks again and again until there is nothing to wait for, or the time is up. */
async function watch(
  runner: Runner,
  api: Api,
  ref: string,
  inputs: CombinedInputs,
  end: number,
): Promise<Watch> {
  const { picks, interval, requireSuccess } = inputs
  const cancelled = runner.cancelled().then(() => ({ cancelled: true }) as const)
  let look: Look | undefined
  let said = ''
  for (;;) {
    const read = await Promise.race([api.combined(ref), cancelled])
    if ('cancelled' in read)
      return { look, broken: said ? `Cancelled while waiting. ${said}` : NOT_READ }
    const left = end - Date.now()
    let line: string
    if ('failure' in read) {
      const { cause, message } = read.failure
      // What can pass was tried again as long as that helps; a limit comes here only if it lasts longer than the wait.
      if (left <= 0 || cause === 'limit' || isLasting(cause)) return { look, broken: message }
      line = message
    } else {
      const verdict = judge(read.value.statuses, picks, (status) => isOwn(status, inputs))
      look = { sha: read.value.sha, verdict }
      if (left <= 0 || !verdict.isOpen || (requireSuccess && verdict.state === 'failure'))
        return { look }
      line = describeVerdict(verdict)
    }
    if (line !== said) runner.info(`Waiting. ${line}`)
    said = line
    const woken = await Promise.race([sleep(Math.min(interval, left)), cancelled])
    if (woken !== undefined) return { look, broken: `Cancelled while waiting. ${said}` }
  }
}

/** Whether a status is the one of this very job, which cannot end while it waits for itself. */
function isOwn({ target_url, context }: Status, { job, ownContexts }: CombinedInputs): boolean {
  // Gitea's own statuses have links without a host.
  const link = target_url.startsWith('/') ? job.server + target_url : target_url
  return isPageOf(link, job) && (job.job !== '' || ownContexts.includes(context.toLowerCase()))
}

async function report(runner: Runner, { sha, verdict }: Look, name: string): Promise<void> {
  const { state, statuses, missing } = verdict
  runner.setOutput('state', state)
  runner.setOutput('sha', sha)
  runner.setOutput('total_count', String(statuses.length))
  for (const key of ['failing', 'pending', 'missing', 'statuses'] as const)
    setJsonOutput(runner, key, verdict[key])
  await runner.summarize(
    `### Combined status of ${literal(name)}: ${state}\n\n${statusTable(statuses, missing)}`,
  )
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
