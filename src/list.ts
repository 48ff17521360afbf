import { connect, type Status } from './github/api.ts'
import { readList } from './publish/inputs.ts'
import { setJsonOutput } from './publish/report.ts'
import type { Runner } from './runner/runner.ts'
import { quote } from './status/text.ts'

/** There may be hundreds of pages. */
const BUDGET = 240_000

/** Reads the status history of a ref, newest first, as far as the limit asks. */
export async function list(runner: Runner): Promise<void> {
  const read = readList(runner.env, runner.payload)
  if ('problems' in read) return runner.fail(read.problems.join('\n'))
  const { context, limit } = read.values
  runner.mask(read.values.token)
  const api = connect(read.values, Date.now() + BUDGET, runner)
  const ref = await api.resolve(read.values.ref)
  if ('failure' in ref) return runner.fail(ref.failure.message)

  const isAsked = (status: Status) =>
    context === '' || status.context.toLowerCase() === context.toLowerCase()
  let found = 0
  const statuses = await api.statuses(ref.value, (page) => {
    found += page.filter(isAsked).length
    return found >= limit
  })
  if ('failure' in statuses) return runner.fail(statuses.failure.message)

  const asked = statuses.value.filter(isAsked).slice(0, limit)
  runner.info(
    `${asked.length} statuses of ${quote(`${read.values.repository}@${ref.value}`, 300)}.`,
  )
  runner.setOutput('count', String(asked.length))
  runner.setOutput('state', asked[0]?.state ?? '')
  setJsonOutput(runner, 'statuses', asked)
}
