import { LIST } from './github/budgets.ts'
import { connect } from './github/connect.ts'
import { listStatuses } from './github/list-statuses.ts'
import { resolveRef } from './github/resolve-ref.ts'
import { type Status, shownStatus } from './github/status.ts'
import { type Access, readAccess } from './runner/access.ts'
import type { Env } from './runner/env.ts'
import { COMMON, checkNames, type InputNames } from './runner/input-names.ts'
import {
  type Checked,
  checked,
  type Inputs,
  inputsOf,
  number,
  strictText,
  wrong,
} from './runner/inputs.ts'
import { readRef } from './runner/ref.ts'
import { acceptInputs, report } from './runner/report.ts'
import { type Runner, setOutputs } from './runner/toolkit.ts'
import { nameKey } from './status/context.ts'
import { isSha, type Ref } from './status/event-commit.ts'
import { quote } from './status/text.ts'

/** Reads the status history of a ref, newest first, as far as the limit asks. */
export async function list(runner: Runner): Promise<void> {
  const inputs = acceptInputs(runner, readList(runner.env, runner.payload))
  if (inputs === undefined) return

  const { context, limit, repository, platform } = inputs
  const github = connect(inputs, runner, LIST)
  const ref = await resolveRef(github, inputs.ref)
  if ('failure' in ref) return report(runner, 'fail', [ref.failure])

  const asked = nameKey(context, platform)
  const isAsked = (status: Status) => asked === '*' || nameKey(status.context, platform) === asked
  const read = await listStatuses(
    github,
    ref.value,
    (statuses) => statuses.filter(isAsked).length >= limit,
  )
  if (read.failure !== undefined) return report(runner, 'fail', [read.failure])

  const statuses = read.statuses.filter(isAsked).slice(0, limit)
  const commit = isSha(ref.value) ? ref.value.slice(0, 7) : ref.value
  const count = `${statuses.length} ${statuses.length === 1 ? 'status' : 'statuses'}`
  runner.info(`Read ${count} of ${quote(`${repository}@${commit}`, 300)}.`)
  setOutputs(runner, {
    count: statuses.length,
    state: statuses[0]?.state ?? '',
    statuses: statuses.map(shownStatus),
  })
}

const NAMES: InputNames = {
  own: {
    ...COMMON.own,
    ref: 'event',
    context: '*',
    limit: '100',
  },
  others: {
    ...COMMON.others,
    ref: 'sha commit',
    limit: 'perpage',
  },
}

const LARGEST_LIMIT = 100_000

type ListInputs = Access & {
  ref: Ref
  /** `*` for all. */
  context: string
  limit: number
}

function readList(env: Env, payload: unknown): Checked<ListInputs> {
  const inputs = inputsOf(env)
  checkNames(inputs, NAMES)
  const access = readAccess(inputs)
  const isRight = (value: number) => Number.isInteger(value) && value >= 1 && value <= LARGEST_LIMIT
  const expected = `a whole number from 1 to ${LARGEST_LIMIT}`

  return checked(inputs, {
    ...access,
    ref: readRef(inputs, payload, access),
    context: readContext(inputs),
    limit: number(inputs, 'limit', 100, expected, isRight),
  })
}

function readContext(inputs: Inputs): string {
  const expected = 'one name, or `*` for all'
  const context = strictText(inputs, 'context', "'*'", expected)
  if (context !== '*' && context.includes('*')) wrong(inputs, 'context', expected)
  return context
}
