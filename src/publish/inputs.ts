import {
  type Access,
  isGiteaApi,
  parseUrl,
  type Read,
  type Reader,
  readAccess,
  reader,
  readJob,
  readToken,
} from '../runner/reader.ts'
import { type Commit, commitOf, endedRun, isSha, type Ref } from '../status/commit.ts'
import { contextsOf, type JobIdentity, linesOf } from '../status/context.ts'
import { describe, describeRollUp } from '../status/description.ts'
import { isRecord } from '../status/json.ts'
import type { Job, Place } from '../status/link.ts'
import {
  type Choices,
  CONCLUSIONS,
  type JobResult,
  rollUp,
  type State,
  stateOf,
  WORDS,
} from '../status/state.ts'
import { type Fitted, fitDescription, quote } from '../status/text.ts'
import { type Env, raw } from './mode.ts'

/** What is published once: the state, and the description where the user gives none. */
export type Once = { state: State; description: string }

export type PublishInputs = Access & {
  /** Undefined where the status follows the job. */
  once: Once | undefined
  contexts: Fitted[]
  /** Its text is empty where none is given. */
  description: Fitted
  targetUrl: string | undefined
  commit: Commit
  choices: Choices
  failOnError: boolean
  job: Job
}

/** Reads and checks every input of the root action. @param payload the event, for the commit it is about */
export function readPublish(env: Env, payload: unknown): Read<PublishInputs> {
  const read = reader(env)
  read.flag('enabled', true)
  const choices: Choices = {
    cancelled: read.state('cancelled_state', 'error'),
    skipped: read.state('skipped_state', 'success'),
  }
  const access = readAccess(read)
  const job = readJob(read)
  const contexts = contextsOf(env.INPUT_CONTEXT ?? '', readIdentity(read))
  if (contexts.some(({ text }) => text === '')) {
    read.wrong(
      'context',
      'names of which something is left without 4-byte characters, which GitHub refuses',
    )
  }
  return read.result({
    ...access,
    once: readOnce(read, choices),
    contexts,
    description: fitDescription(raw(env, 'description')),
    targetUrl: readTargetUrl(read),
    commit: readCommit(read, payload),
    choices,
    failOnError: read.flag('fail_on_error', true),
    job,
  })
}

/** What `post` reads again: values that later steps have given, and the job's result. */
export type LateInputs = {
  token: string
  /** The job's result as the platform names it; empty where it does not say. */
  word: string
  contexts: Fitted[]
  /** Its text is empty where none is given. */
  description: Fitted
  targetUrl: string | undefined
  job: Job
  problems: string[]
}

export function readLate(env: Env): LateInputs {
  const read = reader(env)
  return {
    token: readToken(read),
    word: raw(env, 'job_status').toLowerCase(),
    contexts:
      raw(env, 'context') === ''
        ? []
        : contextsOf(env.INPUT_CONTEXT ?? '', { workflow: '', job: '', matrix: null }),
    description: fitDescription(raw(env, 'description')),
    targetUrl: readTargetUrl(read),
    job: readJob(reader(env)),
    problems: read.problems,
  }
}

function readTargetUrl(read: Reader): string | undefined {
  const value = read.text('target_url')
  if (value === '') return undefined
  const url = parseUrl(value)
  if (url === undefined) read.wrong('target_url', 'an address that starts with http:// or https://')
  return url !== undefined && /^https?:\/\/\w[\x21-\x7e]*$/i.test(value) ? value : url?.href
}

function readIdentity(read: Reader): JobIdentity {
  const { GITHUB_WORKFLOW: workflow = '', GITHUB_JOB: job = '' } = read.env
  return { workflow, job, matrix: read.json('matrix') }
}

function readCommit(read: Reader, payload: unknown): Commit {
  const sha = read.text('sha')
  if (sha !== '') {
    if (!isSha(sha)) read.wrong('sha', 'the 40 hexadecimal digits of a commit')
    return { sha: sha.toLowerCase() }
  }
  return readEventCommit(read, 'sha', payload)
}

/** The event's commit, for an input that is left empty. */
function readEventCommit(read: Reader, input: string, payload: unknown): Commit {
  const event = read.env.GITHUB_EVENT_NAME ?? ''
  const commit = commitOf(event, payload, read.env.GITHUB_SHA ?? '')
  if (!('lacks' in commit)) return commit
  const example = `\`${input}: \${{ github.event.EXAMPLE.sha }}\``
  read.wrong(
    input,
    `a commit, since the event ${quote(event)} does not say which (it lacks ${commit.lacks}); write ${example}`,
  )
  return { none: 'not known' }
}

function readOnce(read: Reader, choices: Choices): Once | undefined {
  const state = read.text('state').toLowerCase()
  const needs = read.text('needs')
  if (state === '') {
    read.wrong('state', 'a state or a result; the expression that was given for it came to nothing')
  } else if (state !== 'job' && stateOf(state, choices) === undefined) {
    read.wrong('state', `job, or one of ${WORDS.join(', ')}`)
  } else if (needs !== '' && state !== 'job') {
    read.wrong('state', 'no `state` of its own beside `needs`, which decides it')
  }
  if (needs !== '') return readNeeds(read, choices)
  if (state === 'job') {
    const status = read.text('job_status').toLowerCase()
    if (stateOf(status, choices) === undefined) {
      read.wrong(
        'job_status',
        `the job's status; write \`job_status: \${{ job.status }}\` in this step`,
      )
    }
    return undefined
  }
  return { state: stateOf(state, choices) ?? 'error', description: describe(state) }
}

function readNeeds(read: Reader, choices: Choices): Once {
  const needs = read.json('needs')
  const jobs = isRecord(needs) && !Array.isArray(needs) ? Object.entries(needs) : []
  if (jobs.length === 0 && needs !== undefined) {
    read.wrong(
      'needs',
      `the results of the jobs before; write \`needs: \${{ toJSON(needs) }}\` in a job that has \`needs\``,
    )
  }
  const results = jobs.map(([job, value]): JobResult => {
    const word = isRecord(value) && typeof value.result === 'string' ? value.result : ''
    const state = stateOf(word, choices)
    if (state === undefined) {
      const expected = `one of ${WORDS.join(', ')}`
      read.problems.push(
        `Input \`needs\` has ${quote(word)} as the result of ${quote(job)}: expected ${expected}.`,
      )
    }
    return { job, word, state: state ?? 'error' }
  })
  const { state, counting } = rollUp(results)
  return { state, description: describeRollUp(state, counting) }
}

export type CombinedInputs = Access & {
  ref: Ref
  /** Names and globs, as they were given; empty for all contexts. */
  picks: string[]
  timeout: number
  interval: number
  requireSuccess: boolean
  job: Job
  /** The names, in lower case, that this job's own status has by default: ours, and that of Gitea's own. */
  ownContexts: string[]
}

/** Reads and checks every input of `combined`. Times are in milliseconds. */
export function readCombined(env: Env, payload: unknown): Read<CombinedInputs> {
  const read = reader(env)
  const minutes = read.number(
    'timeout_minutes',
    0,
    'a number of minutes from 0 to 4320',
    (value) => value <= 4320,
  )
  const seconds = read.number(
    'interval_seconds',
    15,
    'a number of seconds above 0, up to 3600',
    (value) => value > 0 && value <= 3600,
  )
  const access = readAccess(read)
  return read.result({
    ...access,
    ref: readRef(read, access, payload),
    picks: linesOf(env.INPUT_CONTEXTS ?? ''),
    timeout: minutes * 60_000,
    interval: seconds * 1000,
    requireSuccess: read.flag('require_success', false),
    job: readJob(read),
    ownContexts: contextsOf('', readIdentity(read))
      .flatMap(({ text }) => [text, `${text} (${env.GITHUB_EVENT_NAME})`])
      .map((name) => name.toLowerCase()),
  })
}

export type ListInputs = Access & { ref: Ref; context: string; limit: number }

/** Reads and checks every input of `list`. */
export function readList(env: Env, payload: unknown): Read<ListInputs> {
  const read = reader(env)
  const isRight = (value: number) => Number.isInteger(value) && value >= 1 && value <= 100_000
  const access = readAccess(read)
  return read.result({
    ...access,
    ref: readRef(read, access, payload),
    context: read.text('context'),
    limit: read.number('limit', 100, 'a whole number from 1 to 100000', isRight),
  })
}

/** A run that has ended; `endedAt` is in milliseconds since 1970. Its pages are in one of `places`. */
export type SweepInputs = Access & {
  run: string
  sha: string
  conclusion: string
  endedAt: number
  places: Place[]
}

/** Reads and checks every input of `sweep`: given, or those of the run that the event `workflow_run` is about. */
export function readSweep(env: Env, payload: unknown, now: number): Read<SweepInputs> {
  const read = reader(env)
  const access = readAccess(read)
  const { server, repository } = readJob(read)
  const event = env.GITHUB_EVENT_NAME ?? ''
  const ended = event === 'workflow_run' ? endedRun(payload) : undefined
  if (
    ended === undefined &&
    ['run_id', 'sha', 'conclusion'].every((name) => read.text(name) === '')
  ) {
    const problem = `The event ${quote(event)} names no run that has ended: use this action in a workflow on \`workflow_run\` with \`types: [completed]\`, or give \`run_id\`, \`sha\` and \`conclusion\`.`
    return { problems: [...read.problems, problem] }
  }
  const isOfEvent = ['', ended?.run].includes(read.text('run_id'))
  const value = (
    name: string,
    ofEvent: string | undefined,
    isRight: (text: string) => boolean,
    expected: string,
  ) => {
    const text = read.text(name) || (isOfEvent ? (ofEvent ?? '') : '')
    if (!isRight(text)) read.wrong(name, expected)
    return text
  }
  const isConclusion = (text: string) => CONCLUSIONS.includes(text)
  return read.result({
    ...access,
    run: value(
      'run_id',
      ended?.run,
      (text) => /^\d{1,20}$/.test(text),
      'the id of a run that has ended',
    ),
    sha: value(
      'sha',
      ended?.sha,
      isSha,
      "the 40 hexadecimal digits of the run's commit",
    ).toLowerCase(),
    conclusion: value(
      'conclusion',
      ended?.conclusion,
      isConclusion,
      `how it ended: ${CONCLUSIONS.join(', ')}`,
    ),
    endedAt: isOfEvent && ended !== undefined && !Number.isNaN(ended.endedAt) ? ended.endedAt : now,
    places: [repository, access.repository].map((name) => ({ server, repository: name })),
  })
}

function readRef(read: Reader, { apiUrl }: Access, payload: unknown): Ref {
  const given = read.text('ref')
  if (given === '') return readEventCommit(read, 'ref', payload)
  if (/[\p{Cc}\p{Cs}\s]|^\.{1,2}$/u.test(given))
    read.wrong('ref', 'a SHA, branch or tag, without white space')
  // Gitea knows branches and tags by their plain names only.
  return { ref: given.replace(isGiteaApi(apiUrl) ? /^refs\/(heads\/|tags\/)?/ : /^refs\//, '') }
}
