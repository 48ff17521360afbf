import { type Access, readAccess } from '../runner/access.ts'
import type { Env } from '../runner/env.ts'
import { COMMON_NAMES, checkNames, type InputNames } from '../runner/input-names.ts'
import {
  type Checked,
  checked,
  type Inputs,
  inputsOf,
  problemWith,
  strictText,
} from '../runner/inputs.ts'
import { jobOf } from '../runner/job.ts'
import { isSha } from '../status/event-commit.ts'
import type { Place } from '../status/link.ts'
import { CONCLUSIONS } from '../status/state.ts'
import { quote } from '../status/text.ts'
import { type EndedRun, endedRun } from './ended-run.ts'

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
    run_id: 'event',
    sha: 'event',
    conclusion: 'event',
    repository: '',
    token: '',
    api_url: '',
    job_token: '',
  },
  others: {
    ...COMMON_NAMES,
    run: 'run_id',
    workflowrunid: 'run_id',
    commit: 'sha',
    headsha: 'sha',
    status: 'conclusion',
    state: 'conclusion',
  },
}

/**
 * Reads and checks every input of `sweep`: as given, or of the run that the event `workflow_run` is
 * about.
 * @param now milliseconds since 1970: a run of which the event says nothing has ended by now
 */
export function readSweep(env: Env, payload: unknown, now: number): Checked<SweepInputs> {
  const inputs = inputsOf(env)
  checkNames(inputs, NAMES)
  const access = readAccess(inputs)
  const own = jobOf(env)
  const event = env.GITHUB_EVENT_NAME ?? ''
  const ended = event === 'workflow_run' ? endedRun(payload) : undefined

  const given = readGiven(inputs)
  const isOfEvent = Object.values(given).some((value) => value === 'event')
  if (isOfEvent && ended === undefined) inputs.problems.push(noRun(event))
  const found =
    ended === undefined
      ? undefined
      : { ...ended, run: own.platform.hasJobIds ? ended.run : ended.number }
  const run = resolveRun(inputs, given, found)

  return checked(inputs, {
    ...access,
    ...run,
    endedAt: endOf(run.run, found) ?? now,
    places: [own.repository, access.repository].map((repository) => ({ ...own, repository })),
  })
}

type Given = Pick<SweepInputs, 'run' | 'sha' | 'conclusion'>

const INPUT_OF = { run: 'run_id', sha: 'sha', conclusion: 'conclusion' } as const

const EXPECTED: Given = {
  run: 'the id of a run that has ended',
  sha: "the 40 hexadecimal digits of the run's commit",
  conclusion: `how the run ended: ${CONCLUSIONS.join(', ')}`,
}

function readGiven(inputs: Inputs): Given {
  const read = (name: keyof Given) =>
    strictText(inputs, INPUT_OF[name], "'event'", `\`event\`, or ${EXPECTED[name]}`)
  return { run: read('run'), sha: read('sha'), conclusion: read('conclusion') }
}

function noRun(event: string): string {
  return `The event ${quote(event)} does not name a run that has ended: use this action in a workflow on \`workflow_run\` with \`types: [completed]\`, or set \`run_id\`, \`sha\` and \`conclusion\`.`
}

const IS_RIGHT: Record<keyof Given, (value: string) => boolean> = {
  run: (value) => /^\d{1,20}$/.test(value),
  sha: isSha,
  conclusion: (value) => CONCLUSIONS.includes(value),
}

/** The event's values serve only for the event's own run. */
function resolveRun(inputs: Inputs, given: Given, ended: EndedRun | undefined): Given {
  const isOfEvent = ['event', ended?.run].includes(given.run)
  const resolved = (name: keyof Given) => {
    const value = given[name]
    if (value === '' || (value === 'event' && ended === undefined)) return ''

    const text = value === 'event' && isOfEvent ? (ended?.[name] ?? '') : value
    if (!IS_RIGHT[name](text)) {
      inputs.problems.push(problemWith(INPUT_OF[name], text, EXPECTED[name]))
    }
    return text
  }
  return {
    run: resolved('run'),
    sha: resolved('sha').toLowerCase(),
    conclusion: resolved('conclusion'),
  }
}

function endOf(run: string, ended: EndedRun | undefined): number | undefined {
  const isKnown = ended !== undefined && ended.run === run && !Number.isNaN(ended.endedAt)
  return isKnown ? ended.endedAt : undefined
}
