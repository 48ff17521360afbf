import { type Env, inputText } from '../runner/env.ts'

/** What the step does; `unknown` until the job's steps have run. */
type Mode = 'off' | 'follow' | 'once' | 'unknown'

/** The mode, told by inputs that every stage can read without loading anything else. */
export function modeOf(env: Env): Mode {
  if (inputText(env, 'enabled').toLowerCase() === 'false') return 'off'

  const [state, needs, statuses] = ['state', 'needs', 'statuses'].map((name) =>
    inputText(env, name).toLowerCase(),
  )
  if (state === '' || needs === '' || statuses === '') return 'unknown'
  return state === 'job' && needs === 'none' && statuses === 'none' ? 'follow' : 'once'
}

/** The inputs that decide which commit it is. */
const COMMIT = ['sha', 'pull_request', 'repository', 'api_url']

/** The inputs that decide what is opened, and where. */
const OPENING = ['enabled', 'state', 'needs', 'statuses', 'context', 'matrix', ...COMMIT]

/** Whether finding the commit, a pull request's head, takes a request, which pre has to make. */
export function takesRequest(env: Env): boolean {
  if (!['', 'none'].includes(inputText(env, 'pull_request'))) return true
  return env.GITHUB_EVENT_NAME === 'issue_comment' && inputText(env, 'sha') === 'event'
}

/** While this stays the same, main has nothing to add to what pre opened. */
export function fingerprintOf(env: Env): string {
  return hashOf(env, OPENING)
}

/** While this stays the same, the commit is the one that was found before. */
export function commitKeyOf(env: Env): string {
  return hashOf(env, COMMIT)
}

function hashOf(env: Env, names: readonly string[]): string {
  return shortHash(JSON.stringify(names.map((name) => inputText(env, name))))
}

/** Where the step is: in post, a composite inside another gets the outer one's path and inputs. */
export function placeOf(env: Env): string {
  const path = env.GITHUB_ACTION_PATH ?? ''
  return path === '' ? '' : shortHash(path)
}

/** Tells two texts apart. It guards nothing: `node:crypto` would take 10 ms to load. */
function shortHash(text: string): string {
  let [one, other] = [5381, 52711]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    one = Math.imul(one, 33) ^ code
    other = Math.imul(other, 65599) ^ code
  }
  return (one >>> 0).toString(36) + (other >>> 0).toString(36)
}
