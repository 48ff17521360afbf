import { type Platform, platformOf } from '../status/platform.ts'
import { parseUrl, withoutSlashes } from '../status/url.ts'
import { type Env, inputText } from './env.ts'
import { type Inputs, strictText, wrong } from './inputs.ts'

/** Where requests go, and as whom. */
export type Access = {
  repository: string
  token: string
  apiUrl: string
  /** That of the API. */
  platform: Platform
  isJobToken: boolean
  /** Whether it is the job's own repository: no other is open to the job's own token. */
  isOwnRepository: boolean
  /** The input that names the commit. */
  commitInput: 'ref' | 'sha'
  /** Whether the job's own token takes over if `token` is refused. */
  hasStandIn?: boolean
}

/** The inputs `repository`, `token` and `api_url`, which all four actions have. */
export function readAccess(inputs: Inputs): Access {
  const repository = readRepository(inputs)
  const before = inputs.problems.length
  const apiUrl = readApiUrl(inputs)
  const isRightUrl = inputs.problems.length === before
  const { token, isJobToken } = tokenOf(inputs.env)
  if (!inputText(inputs.env, 'token')) {
    inputs.notes.push("Input `token` is empty: using the job's own token.")
  }
  checkToken(inputs, token)
  if (isJobToken && token !== '' && isRightUrl && !isOwnApi(apiUrl, inputs.env)) {
    inputs.problems.push(
      "Input `token` is missing: expected a token for `api_url`. The job's own token is sent to the runner's own API only.",
    )
  }
  return {
    repository,
    token,
    apiUrl,
    platform: platformOf(apiUrl),
    isJobToken,
    isOwnRepository: isOwnRepository(repository, inputs.env),
    commitInput: 'INPUT_REF' in inputs.env ? 'ref' : 'sha',
  }
}

/** The token to use, and whether it is the job's own, which is the default of `token` too. */
export function tokenOf(env: Env): { token: string; isJobToken: boolean } {
  const own = inputText(env, 'job_token')
  const token = inputText(env, 'token') || own
  return { token, isJobToken: token === own }
}

/** Whether requests go to the workflow's own repository, which its event is about. */
export function isOfEvent({ isOwnRepository, apiUrl }: Access, env: Env): boolean {
  return isOwnRepository && isOwnApi(apiUrl, env)
}

/** Whether an API is the one that the runner itself belongs to. */
export function isOwnApi(apiUrl: string, env: Env): boolean {
  const own = env.GITHUB_API_URL ?? ''
  const [one, other] = [parseUrl(withoutSlashes(apiUrl)), parseUrl(withoutSlashes(own))]
  return one !== undefined && one.href === other?.href
}

export function isOwnRepository(repository: string, env: Env): boolean {
  return repository.toLowerCase() === (env.GITHUB_REPOSITORY ?? '').toLowerCase()
}

function readRepository(inputs: Inputs): string {
  const repository = strictText(inputs, 'repository', 'github.repository', '`owner/name`')
  const isName = /^[\w.-]+\/[\w.-]+$/.test(repository) && !/(^|\/)\.{1,2}(\/|$)/.test(repository)
  if (repository !== '' && !isName) wrong(inputs, 'repository', '`owner/name`')
  return repository
}

function checkToken(inputs: Inputs, token: string): void {
  if (token === '') {
    wrong(inputs, 'token', 'a token that may use commit statuses, such as the default')
  } else if (!/^[\x21-\x7e]+$/.test(token)) {
    inputs.problems.push(
      'Input `token` contains an invalid character: expected one line of printable ASCII.',
    )
  }
}

function readApiUrl(inputs: Inputs): string {
  const expected =
    'the address of a REST API, such as https://api.github.com or https://HOST/api/v3'
  const apiUrl = withoutSlashes(strictText(inputs, 'api_url', 'github.api_url', expected))
  const url = parseUrl(apiUrl)
  if (url !== undefined && (url.username !== '' || url.password !== '')) {
    inputs.problems.push(
      'Input `api_url` contains a user name or password: expected an address without them; use `token`.',
    )
  } else if (apiUrl !== '' && (url === undefined || url.search !== '' || url.hash !== '')) {
    wrong(inputs, 'api_url', expected)
  }
  return apiUrl
}
