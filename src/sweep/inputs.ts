import { type Access, readAccess } from '../runner/access.ts'
import { type Env, inputText, jobOf } from '../runner/env.ts'
import { COMMON, checkNames, type InputNames } from '../runner/input-names.ts'
import {
  type Checked,
  checked,
  type Inputs,
  inputsOf,
  problemWith,
  strictText,
} from '../runner/inputs.ts'
import { isSha } from '../status/event-commit.ts'
import { at } from '../status/json.ts'
import type { Place } from '../status/link.ts'
import { CONCLUSIONS } from '../status/state.ts'
import { quote } from '../status/text.ts'

/**
 * A run that has ended. `run` is its id, on Gitea and Forgejo its number; `endedAt` is in
 * milliseconds since 1970. Its pages are in one of `places`.
 */
export type SweepInputs = Access & {
  run: string
  sha: string
  conclusion: string
  endedAt: number
  places: Place[]
}

const NAMES: InputNames = {
  own: {
    ...COMMON.own,
    run_id: 'event',
    sha: 'event',
    conclusion: 'event',
  },
  others: {
    ...COMMON.others,
    run_id: 'run workflowrunid',
    sha: 'commit headsha',
    conclusion: 'status state',
  },
}

/** What says which run has ended, and how: each is given, or that of the event's run. */
const FIELDS = {
  run: {
    input: 'run_id',
    expected: 'the id of a run that has ended',
    isRight: (value: string) => /^\d{1,20}$/.test(value),
  },
  sha: {
    input: 'sha',
    expected: "the 40 hexadecimal digits of the run's commit",
    isRight: (value: string) => isSha(value),
  },
  conclusion: {
    input: 'conclusion',
    expected: `how the run ended: ${CONCLUSIONS.join(', ')}`,
    isRight: (value: string) => CONCLUSIONS.includes(value),
  },
}

type Field = keyof typeof FIELDS

/**
 * Reads and checks every input of `sweep`.
 * @param now milliseconds since 1970: a run that the event says nothing about has ended by now
 */
export function readSweep(env: Env, payload: unknown, now: number): Checked<SweepInputs> {
  const inputs = inputsOf(env)
  checkNames(inputs, NAMES)
  const access = readAccess(inputs)
  const own = jobOf(env)
  const event = env.GITHUB_EVENT_NAME ?? ''
  const ended = event === 'workflow_run' ? endedRun(payload, own.platform.hasJobIds) : undefined

  const run = readField(inputs, 'run', ended)
  // The event's values serve only for the event's own run.
  const isOfEvent = run === ended?.run
  const sha = readField(inputs, 'sha', ended, isOfEvent).toLowerCase()
  const conclusion = readField(inputs, 'conclusion', ended, isOfEvent)
  const isAsked = Object.values(FIELDS).some(
    ({ input }) => inputText(inputs.env, input) === 'event',
  )
  if (isAsked && ended === undefined) inputs.problems.push(noRun(event))

  const endedAt = (isOfEvent && ended?.endedAt) || now
  const places = [own.repository, access.repository].map((repository) => ({ ...own, repository }))
  return checked(inputs, { ...access, run, sha, conclusion, endedAt, places })
}

function readField(
  inputs: Inputs,
  field: Field,
  ended: EndedRun | undefined,
  isOfEvent = true,
): string {
  const { input, expected, isRight } = FIELDS[field]
  const given = strictText(inputs, input, "'event'", `\`event\`, or ${expected}`)
  if (given === '' || (given === 'event' && ended === undefined)) return ''
  const value = given === 'event' && isOfEvent ? (ended?.[field] ?? '') : given
  if (!isRight(value)) inputs.problems.push(problemWith(input, value, expected))
  return value
}

function noRun(event: string): string {
  return `The event ${quote(event)} does not name a run that has ended: use this action in a workflow on \`workflow_run\` with \`types: [completed]\`, or set \`run_id\`, \`sha\` and \`conclusion\`.`
}

type EndedRun = Record<Field, string> & { endedAt: number }

/**
 * The run that a `workflow_run` event says has ended, or undefined if it says nothing of the kind.
 * On Gitea and Forgejo a run is called by its number.
 */
function endedRun(payload: unknown, hasIds: boolean): EndedRun | undefined {
  if (at(payload, 'action') !== 'completed') return undefined
  const field = (name: string) => {
    const value = at(payload, `workflow_run.${name}`)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  return {
    run: field(hasIds ? 'id' : 'run_number'),
    sha: field('head_sha'),
    conclusion: field('conclusion'),
    endedAt: Date.parse(field('updated_at')),
  }
}
