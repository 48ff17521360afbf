import { SHA_FIELD } from '../../src/status/commit.ts'
import { STATES, stateOf, WORDS } from '../../src/status/state.ts'
import { code, table } from './parts.ts'

/** What the action does unless `cancelled_state` or `skipped_state` is set. */
const DEFAULTS = { cancelled: 'error', skipped: undefined } as const

/** Result words by the state that they become. */
export function wordsTable(): string {
  const rows = STATES.map((state) => {
    const words = WORDS.filter((word) => stateOf(word, DEFAULTS) === state)
    return [code(state), words.map(code).join(', ')]
  })
  return table(['State', 'Result words'], rows)
}

/** Events by the commit that they are about. The last three rows are the branches of `commitOf`. */
export function eventsTable(): string {
  const fields = Map.groupBy(Object.keys(SHA_FIELD), (event) => SHA_FIELD[event])
  const rows = [...fields].map(([field = '', events]) => [
    events.map(code).join(', '),
    code(`github.event.${field}`),
  ])
  return table(
    ['Event', 'Commit'],
    [
      ...rows,
      [code('issue_comment'), 'on a pull request, its head; on an issue, `GITHUB_SHA`'],
      [code('push'), '`GITHUB_SHA`; none if the branch or tag was deleted'],
      ['all others', '`GITHUB_SHA`'],
    ],
  )
}
