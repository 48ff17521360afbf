import { expect, test } from '@jest/globals'
import { type Seen, standingOf } from '../../src/publish/standing.ts'

const RUNS = 'https://github.com/octo-org/octo-repo/actions/runs'
const ours = { server: 'https://github.com', repository: 'octo-org/octo-repo', run: '7', job: '70' }
const [OLDER, OURS, NEWER] = [6, 7, 8].map((run) => `${RUNS}/${run}/job/${run}0`) as [
  string,
  string,
  string,
]

/** A commit's statuses of one context, newest first, as `state link`; ids count down to 1. */
function history(...statuses: [state: string, link: string, login?: string][]): Seen[] {
  return statuses.map(([state, target_url, login = 'bot'], index) => ({
    id: statuses.length - index,
    context: 'CI / build',
    state,
    description: '',
    target_url,
    creator: { login },
  }))
}

test.each<[what: string, seen: Seen[], standing: string, putBack?: string[]]>([
  ['nothing', [], 'free'],
  ['our own pending', history(['pending', OURS]), 'free'],
  ['our own over an older result', history(['pending', OURS], ['success', OLDER]), 'free'],
  ['an older result over our own', history(['success', OLDER], ['pending', OURS]), 'free'],
  ['a newer pending', history(['pending', NEWER], ['pending', OURS]), 'left'],
  ['a newer result', history(['failure', NEWER], ['pending', OURS]), 'left'],
  ['our pending over a newer one', history(['pending', OURS], ['pending', NEWER]), 'left'],
  ['an older status over a newer result', history(['pending', OLDER], ['failure', NEWER]), 'left'],
  [
    'our pending over a newer result',
    history(['pending', OURS], ['failure', NEWER]),
    'covered failure',
  ],
  [
    'our result over a newer pending',
    history(['success', OURS], ['pending', NEWER]),
    'covered pending',
  ],
  [
    'our result over a newer one',
    history(['success', OURS], ['error', NEWER], ['pending', NEWER]),
    'covered error',
  ],
  [
    'our pending over what another account says',
    history(['pending', OURS], ['success', NEWER, 'mallory']),
    'free',
  ],
  ['our result over a state that is none', history(['success', OURS], ['warning', NEWER]), 'left'],
  [
    'a pending that we have put back',
    history(['pending', NEWER], ['success', OURS], ['pending', NEWER]),
    'left',
    ['3'],
  ],
  [
    'a pending that we have put back over its result',
    history(['pending', NEWER], ['failure', NEWER], ['success', OURS], ['pending', NEWER]),
    'covered failure',
    ['4'],
  ],
])('over %s', (_, seen, expected, putBack = []) => {
  const standing = standingOf('ci / BUILD', seen, ours, new Set(putBack))
  expect(standing.is === 'covered' ? `covered ${standing.status.state}` : standing.is).toBe(
    expected,
  )
})

test('another context does not count', () => {
  expect(standingOf('other', history(['failure', NEWER]), ours)).toEqual({ is: 'free' })
})
