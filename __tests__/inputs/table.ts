import { type Action, HEAD, type Setup, SHA } from '../support/job.ts'

export type Row = {
  /** Values that are refused in main, before any request. */
  wrong: string[]
  /** What the error says was expected. */
  expects: RegExp
  /** A right value. */
  right: string
  /** What an empty one is: the default, or an error that names the value to write. */
  empty?: RegExp
  /** The step's other inputs. */
  beside?: Record<string, string>
}
type Table = Record<string, Row>

const NO_NUMBERS = 'soon -1 +1 1e3 0x10 NaN Infinity 1,5 .5 5. ١'.split(' ')
const FLAG = /`?true`?.*`?false`?/
const STATES = /failure.*error.*pending.*success|success.*pending.*failure/
const REF = /SHA.*branch.*tag/

const access: Table = {
  repository: {
    wrong: ['name', 'owner/', 'owner/name/more', 'owner name/x', 'owner/..', '../name', 'a/b?c'],
    expects: /owner\/name/,
    right: 'octo-org/octo-repo',
    empty: /github\.repository/,
  },
  api_url: {
    wrong: ['api.github.com', 'ftp://api.github.com', 'https://x?y=z', 'https://x#y'],
    expects: /address/,
    right: `\${{ github.api_url }}`,
    empty: /github\.api_url/,
  },
}
const flag = { expects: FLAG, wrong: ['yes', '0', 'on', '1'], right: 'true' }
const ref: Row = {
  wrong: ['a b', 'refs/..', 'a/../b'],
  expects: REF,
  right: SHA,
  empty: /event/,
}

export const TABLES: Record<Action, Table> = {
  publish: {
    ...access,
    state: {
      wrong: ['green', 'jobs', '__proto__', 'constructor'],
      expects: /job.*timed_out/s,
      right: 'job',
      empty: /'job'/,
    },
    needs: {
      wrong: ['{}', '[]', 'null', '"success"', '7', 'success'],
      expects: /needs/,
      right: 'none',
      empty: /'none'/,
    },
    pull_request: {
      wrong: ['x', '0', '-7', '7.5', '#7', '1e3'],
      expects: /number/,
      right: 'none',
      empty: /'none'/,
    },
    sha: {
      wrong: ['main', '6dcb09b', 'a'.repeat(39), 'a'.repeat(41), 'g'.repeat(40)],
      expects: /40 hex/,
      right: SHA,
      empty: /'event'/,
    },
    context: {
      wrong: ['\u0001'],
      expects: /control/,
      right: 'CI / build',
      empty: /'job'/,
    },
    cancelled_state: { wrong: ['cancelled', 'neutral', 'red'], expects: STATES, right: 'error' },
    skipped_state: { wrong: ['skipped', 'red'], expects: STATES, right: 'error' },
    fail_on_error: flag,
    require_success: { ...flag, right: 'false' },
    enabled: flag,
    job_status: {
      wrong: ['green'],
      expects: /job\.status/,
      right: 'success',
      empty: /job\.status/,
    },
    matrix: { wrong: ['{"node":', 'undefined'], expects: /JSON/, right: 'null' },
  },
  combined: {
    ...access,
    ref,
    timeout_minutes: { wrong: [...NO_NUMBERS, '4320.1'], expects: /minutes.*4320/, right: '0' },
    interval_seconds: {
      wrong: [...NO_NUMBERS, '0.9', '3601'],
      expects: /seconds.*3600/,
      right: '1',
    },
    require_success: { ...flag, right: 'false' },
    check_runs: { ...flag, right: 'false' },
    required_by: { wrong: ['a b', 'v*', '..'], expects: /branch/, right: 'none', empty: /'none'/ },
  },
  list: {
    ...access,
    ref,
    context: { wrong: ['a*', '**'], expects: /one name/, right: '*', empty: /'\*'/ },
    limit: { wrong: [...NO_NUMBERS, '0', '1.5', '100001'], expects: /1.*100,?000/, right: '100' },
  },
  sweep: {
    ...access,
    run_id: {
      wrong: ['x', '-1', '1.0', '1'.repeat(21)],
      expects: /run/,
      right: '7',
      empty: /'event'/,
    },
    sha: {
      wrong: ['main', SHA.slice(1), `${SHA}0`],
      expects: /40 hex/,
      right: HEAD,
      empty: /'event'/,
    },
    conclusion: {
      wrong: ['failed', 'pending', 'null'],
      expects: /success.*failure/,
      right: 'failure',
      empty: /'event'/,
    },
  },
}

const ended = {
  action: 'completed',
  workflow_run: {
    id: 7,
    head_sha: HEAD,
    conclusion: 'failure',
    updated_at: '2026-11-20T10:00:00Z',
  },
}
/** The setup of a job whose step uses an action. */
export const setupOf = (action: Action): Setup => ({
  action,
  ...(action === 'sweep' && { event: { name: 'workflow_run', payload: ended } }),
})

export const rows = Object.entries(TABLES).flatMap(([action, table]) =>
  Object.entries(table).map(([input, row]) => ({ action: action as Action, input, ...row })),
)
export const ofPublish = rows.filter(({ action }) => action === 'publish')

/** An input that is read, or decides, only without another: their wrong values are not given together. */
const APART: Record<string, string> = { pull_request: 'sha', job_status: 'needs' }

/** Wrong values of all inputs of an action, given at once: the first of each, the second, and so on. */
export function columnsOf(action: Action) {
  const table = TABLES[action]
  const first = (input: string) => table[APART[input] ?? '']?.wrong.length ?? 0
  const given = Object.entries(table).flatMap(([input, { wrong }]) =>
    wrong.map((value, index) => ({ input, value, column: first(input) + index })),
  )
  const columns = Map.groupBy(given, ({ column }) => column).values()
  return [...columns].map((ofColumn) => {
    const what = ofColumn.map(({ input, value }) => `${input} ${JSON.stringify(value)}`)
    return { what: `${action}: ${what.join(', ')}`, action, given: ofColumn }
  })
}
