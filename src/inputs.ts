import { type Commit, commitOf, isSha } from './commit.js'
import { contextsOf } from './context.js'
import { describe, describeRollUp } from './description.js'
import { type Env, raw } from './intent.js'
import type { Job } from './link.js'
import { type Choices, type JobResult, rollUp, STATES, type State, stateOf, WORDS } from './state.js'
import { type Fitted, fitDescription, quote } from './text.js'

/** Where requests go, and as whom. */
export type Access = { repository: string; token: string; apiUrl: string }

/** What is published once: the state, and the description where the user gives none. */
export type Once = { state: State; description: string }

export type PublishInputs = Access & {
  /** Undefined where the status follows the job. */
  once: Once | undefined
  contexts: Fitted[]
  description: Fitted | undefined
  targetUrl: string | undefined
  commit: Commit
  choices: Choices
  failOnError: boolean
  job: Job
}

/** What a reading gives: the values, or every problem there is, a sentence each. */
export type Read<T> = { values: T } | { problems: string[] }

/** Reads and checks every input of the root action. @param payload the event, for the commit it is about */
export function readPublish(env: Env, payload: unknown): Read<PublishInputs> {
  const read = reader(env)
  read.flag('enabled')
  const choices: Choices = {
    cancelled: read.state('cancelled_state', 'error'),
    skipped: read.state('skipped_state', 'success'),
  }
  const access = readAccess(read)
  const job = readJob(read)
  const contexts = contextsOf(env.INPUT_CONTEXT ?? '', {
    workflow: env.GITHUB_WORKFLOW ?? '',
    job: env.GITHUB_JOB ?? '',
    matrix: read.json('matrix'),
  })
  if (contexts.length === 0) read.wrong('context', 'text that is left when 4-byte characters are taken out')
  const description = fitDescription(raw(env, 'description'))
  const values: PublishInputs = {
    ...access,
    once: readOnce(read, choices),
    contexts,
    description: description.text === '' ? undefined : description,
    targetUrl: readTargetUrl(read),
    commit: readCommit(read, env, payload),
    choices,
    failOnError: read.flag('fail_on_error'),
    job,
  }
  return read.problems.length > 0 ? { problems: read.problems } : { values }
}

/** What `post` reads again: values that later steps have given, and the job's result. */
export type LateInputs = {
  token: string
  /** The job's result as the platform names it; empty where it does not say. */
  word: string
  contexts: Fitted[]
  description: Fitted | undefined
  targetUrl: string | undefined
  job: Job
  problems: string[]
}

export function readLate(env: Env): LateInputs {
  const read = reader(env)
  const description = fitDescription(raw(env, 'description'))
  return {
    token: raw(env, 'token') || raw(env, 'job_token'),
    word: raw(env, 'job_status').toLowerCase(),
    contexts:
      raw(env, 'context') === '' ? [] : contextsOf(env.INPUT_CONTEXT ?? '', { workflow: '', job: '', matrix: null }),
    description: description.text === '' ? undefined : description,
    targetUrl: readTargetUrl(read),
    job: readJob(read),
    problems: read.problems,
  }
}

type Reader = ReturnType<typeof reader>

function reader(env: Env) {
  const problems: string[] = []
  const wrong = (name: string, expected: string) => {
    const value = raw(env, name)
    problems.push(`Input \`${name}\` is ${value === '' ? 'empty' : quote(value)}: expected ${expected}.`)
  }
  return {
    env,
    problems,
    wrong,
    text: (name: string) => raw(env, name),
    flag(name: string, unset = true): boolean {
      const value = raw(env, name).toLowerCase()
      if (!['', 'true', 'false'].includes(value)) wrong(name, '`true` or `false`')
      return value === '' ? unset : value === 'true'
    },
    state(name: string, unset: State): State {
      const value = raw(env, name).toLowerCase()
      const state = STATES.find((candidate) => candidate === value)
      if (state === undefined && value !== '') wrong(name, `one of ${STATES.join(', ')}`)
      return state ?? unset
    },
    json(name: string): unknown {
      const value = raw(env, name)
      try {
        return value === '' ? null : JSON.parse(value)
      } catch {
        wrong(name, 'JSON')
        return null
      }
    },
  }
}

function readAccess(read: Reader): Access {
  const repository = read.text('repository') || (read.env.GITHUB_REPOSITORY ?? '')
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || /(^|\/)\.{1,2}(\/|$)/.test(repository)) {
    read.wrong('repository', 'owner/name')
  }
  const token = read.text('token') || read.text('job_token')
  if (token === '') read.wrong('token', 'a token that may write commit statuses, such as the default')
  else if (!/^[\x21-\x7e]+$/.test(token)) {
    read.problems.push('Input `token` holds characters that no token has: expected one line of printable ASCII.')
  }
  const apiUrl = (read.text('api_url') || (read.env.GITHUB_API_URL ?? '')).replace(/\/+$/, '')
  const url = parseUrl(apiUrl)
  if (url === undefined || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    read.wrong('api_url', 'the address of a REST API, such as https://api.github.com or https://HOST/api/v3')
  }
  return { repository, token, apiUrl }
}

function readJob(read: Reader): Job {
  const id = read.text('check_run_id')
  if (!/^\d{0,20}$/.test(id)) read.wrong('check_run_id', 'the digits of a job id (leave this input to its default)')
  return {
    server: (read.env.GITHUB_SERVER_URL ?? '').replace(/\/+$/, ''),
    repository: read.env.GITHUB_REPOSITORY ?? '',
    run: /^\d{1,20}$/.test(read.env.GITHUB_RUN_ID ?? '') ? (read.env.GITHUB_RUN_ID ?? '') : '',
    job: id,
  }
}

function readTargetUrl(read: Reader): string | undefined {
  const value = read.text('target_url')
  if (value === '') return undefined
  const url = parseUrl(value)
  if (url === undefined) read.wrong('target_url', 'an address that starts with http:// or https://')
  return /^[\x21-\x7e]+$/.test(value) ? value : url?.href
}

function parseUrl(text: string): URL | undefined {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
}

function readCommit(read: Reader, env: Env, payload: unknown): Commit {
  const sha = read.text('sha')
  if (sha !== '') {
    if (!isSha(sha)) read.wrong('sha', 'the 40 hexadecimal digits of a commit')
    return { sha: sha.toLowerCase() }
  }
  const event = env.GITHUB_EVENT_NAME ?? ''
  const commit = commitOf(event, payload, env.GITHUB_SHA ?? '')
  if (!('lacks' in commit)) return commit
  read.wrong(
    'sha',
    `a commit to be given, since the event ${quote(event)} does not say which (it lacks ${commit.lacks})`,
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
      read.wrong('job_status', `the job's status; write \`job_status: \${{ job.status }}\` in this step`)
    }
    return undefined
  }
  return { state: stateOf(state, choices) ?? 'error', description: describe(state) }
}

function readNeeds(read: Reader, choices: Choices): Once {
  const needs = read.json('needs')
  const jobs = typeof needs === 'object' && needs !== null && !Array.isArray(needs) ? Object.entries(needs) : []
  const results = jobs.map(([job, value]): JobResult => {
    const word = String((value as { result?: unknown } | null)?.result ?? '')
    const state = stateOf(word, choices)
    if (state === undefined) {
      read.problems.push(
        `Input \`needs\` has ${quote(word)} as the result of ${quote(job)}: expected one of ${WORDS.join(', ')}.`,
      )
    }
    return { job, word, state: state ?? 'error' }
  })
  if (results.length === 0)
    read.wrong(
      'needs',
      `the results of the jobs before; write \`needs: \${{ toJSON(needs) }}\` in a job that has \`needs\``,
    )
  const { state, counting } = rollUp(results)
  return { state, description: describeRollUp(state, counting) }
}
