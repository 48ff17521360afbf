import { type Env, raw } from '../publish/mode.ts'
import type { Job } from '../status/link.ts'
import { STATES, type State } from '../status/state.ts'
import { quote } from '../status/text.ts'

/** Where requests go, and as whom. */
export type Access = { repository: string; token: string; apiUrl: string }

/** What a reading gives: the values, or every problem there is, a sentence each. */
export type Read<T> = { values: T } | { problems: string[] }

export type Reader = ReturnType<typeof reader>

/** Reads inputs one by one and gathers what is wrong with them, so that all of it is reported at once. */
export function reader(env: Env) {
  const problems: string[] = []

  function wrong(name: string, expected: string): void {
    const value = raw(env, name)
    problems.push(
      `Input \`${name}\` is ${value === '' ? 'empty' : quote(value)}: expected ${expected}.`,
    )
  }

  function number(
    name: string,
    unset: number,
    expected: string,
    isRight: (value: number) => boolean,
  ): number {
    const value = raw(env, name)
    const read = value === '' ? unset : /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
    if (!isRight(read)) wrong(name, expected)
    return read
  }

  return {
    env,
    problems,
    wrong,
    number,
    text: (name: string) => raw(env, name),
    flag(name: string, unset: boolean): boolean {
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
    /** The value of JSON, null for none, or undefined where it is wrong. */
    json(name: string): unknown {
      const value = raw(env, name)
      try {
        return value === '' ? null : JSON.parse(value)
      } catch {
        return void wrong(name, 'JSON')
      }
    },
    /** The values, or the problems where there are any. */
    result<T>(values: T): Read<T> {
      return problems.length > 0 ? { problems } : { values }
    },
  }
}

/** The inputs `repository`, `token` and `api_url`, which all four actions have. */
export function readAccess(read: Reader): Access {
  const repository = read.text('repository') || (read.env.GITHUB_REPOSITORY ?? '')
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || /(^|\/)\.{1,2}(\/|$)/.test(repository)) {
    read.wrong('repository', 'owner/name')
  }
  const token = readToken(read)
  if (token === '') read.wrong('token', 'a token that may use commit statuses, such as the default')
  else if (!/^[\x21-\x7e]+$/.test(token)) {
    read.problems.push(
      'Input `token` holds characters that no token has: expected one line of printable ASCII.',
    )
  }
  const apiUrl = (read.text('api_url') || (read.env.GITHUB_API_URL ?? '')).replace(/\/+$/, '')
  const url = parseUrl(apiUrl)
  if (url !== undefined && (url.username !== '' || url.password !== '')) {
    read.problems.push(
      'Input `api_url` holds a name or a password: expected an address without them; give the `token`.',
    )
  } else if (url === undefined || url.search !== '' || url.hash !== '') {
    read.wrong(
      'api_url',
      'the address of a REST API, such as https://api.github.com or https://HOST/api/v3',
    )
  }
  return { repository, token, apiUrl }
}

/** The token; the job's own where `token` is given but empty. */
export function readToken(read: Reader): string {
  return read.text('token') || read.text('job_token')
}

/** Whether an address is of the REST API of Gitea or Forgejo. */
export function isGiteaApi(apiUrl: string): boolean {
  return apiUrl.endsWith('/api/v1')
}

/** This very job, by the environment and the wired input `check_run_id`. */
export function readJob(read: Reader): Job {
  const id = read.text('check_run_id')
  const isId = /^\d{0,20}$/.test(id)
  if (!isId) read.wrong('check_run_id', 'the digits of a job id (leave this input to its default)')
  const run = read.env.GITHUB_RUN_ID ?? ''
  return {
    server: (read.env.GITHUB_SERVER_URL ?? '').replace(/\/+$/, ''),
    repository: read.env.GITHUB_REPOSITORY ?? '',
    run: /^\d{1,20}$/.test(run) ? run : '',
    job: isId ? id : '',
  }
}

/** The http or https address that a text is. */
export function parseUrl(text: string): URL | undefined {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined
}
