import { describe, expect, test } from '@jest/globals'
import { readCombined, readList, readSweep } from '../src/publish/inputs.ts'
import type { Env } from '../src/publish/mode.ts'

const SHA = '6dcb09b5b57875f334f61aebed695e2e4193db5e'
const runner: Env = {
  GITHUB_REPOSITORY: 'octo-org/octo-repo',
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_SHA: SHA,
  INPUT_JOB_TOKEN: 't0ken',
}

const given = (inputs: Record<string, string>): Env => ({
  ...runner,
  ...Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  ),
})

const READERS = {
  combined: (inputs: Record<string, string>) => readCombined(given(inputs), {}),
  list: (inputs: Record<string, string>) => readList(given(inputs), {}),
  sweep: (inputs: Record<string, string>) =>
    readSweep(given({ run_id: '7', sha: SHA, conclusion: 'stale', ...inputs }), {}, 0),
}
type Action = keyof typeof READERS

const NO_NUMBERS = [
  'soon',
  '-1',
  '+1',
  '1e3',
  '0x10',
  'NaN',
  'Infinity',
  '1,5',
  '.5',
  '5.',
  '1 2',
  '١',
]

describe('one sentence for each wrong input, with its value and what was expected', () => {
  const tables: [Action, string, string[], string][] = [
    [
      'combined',
      'timeout_minutes',
      [...NO_NUMBERS, '4320.1'],
      'a number of minutes from 0 to 4320',
    ],
    [
      'combined',
      'interval_seconds',
      [...NO_NUMBERS, '0', '0.0', '3601'],
      'a number of seconds above 0, up to 3600',
    ],
    ['combined', 'require_success', ['yes', '1', 'on'], '`true` or `false`'],
    ['combined', 'check_run_id', ['x', '-1'], 'the digits of a job id'],
    ['combined', 'ref', ['a b', 'a\tb', '.', '..'], 'a SHA, branch or tag, without white space'],
    ['list', 'ref', ['a b', '..'], 'a SHA, branch or tag, without white space'],
    ['list', 'limit', [...NO_NUMBERS, '0', '1.5', '100001'], 'a whole number from 1 to 100000'],
    ['sweep', 'run_id', ['x', '-1', '1.0', '1'.repeat(21)], 'the id of a run that has ended'],
    ['sweep', 'sha', ['main', SHA.slice(1), `${SHA}0`], 'the 40 hexadecimal digits of the run'],
    [
      'sweep',
      'conclusion',
      ['failed', 'Failure', 'pending', 'in_progress', 'null'],
      'how it ended: success, failure, ',
    ],
  ]
  const accesses = (['combined', 'list', 'sweep'] as const).flatMap((action): typeof tables => [
    [action, 'repository', ['octo-repo', '../..', 'a/b/c', 'a/', 'a b/c'], 'owner/name'],
    [action, 'api_url', ['api.github.com', 'ftp://x', 'https://x/?a'], 'the address of a REST API'],
  ])
  const cases = [...tables, ...accesses].flatMap(([action, name, values, expected]) =>
    values.map((value) => ({ action, name, value, expected })),
  )

  test.each(['combined', 'list', 'sweep'] as const)(
    '%s: an address with a password, which is not repeated',
    (action) => {
      expect(READERS[action]({ api_url: 'https://me:hunter2@x' })).toEqual({
        problems: [
          expect.stringMatching(/^Input `api_url` holds a name or a password: (?!.*hunter2)/),
        ],
      })
    },
  )

  test.each(cases)('$action: $name of $value', ({ action, name, value, expected }) => {
    const shown = value.replace(/\s/g, ' ')
    expect(READERS[action]({ [name]: value })).toEqual({
      problems: [expect.stringContaining(`Input \`${name}\` is "${shown}": expected ${expected}`)],
    })
  })

  test.each(Object.keys(READERS) as Action[])(
    '%s: a token that could be no header is not repeated',
    (action) => {
      expect(READERS[action]({ token: 'gh\ns' })).toEqual({
        problems: [expect.stringMatching(/^Input `token` [^"]+\.$/)],
      })
    },
  )
})

test.each(Object.keys(READERS) as Action[])(
  '%s: an address with a password is not repeated',
  (action) => {
    expect(READERS[action]({ api_url: 'https://me:pw@x' })).toEqual({
      problems: [
        expect.stringMatching(/^Input `api_url` holds a name or a password: expected .*\.$/),
      ],
    })
  },
)

describe('right ones', () => {
  test.each<[string, string, object]>([
    ['timeout_minutes', '0', { timeout: 0 }],
    ['timeout_minutes', '0.5', { timeout: 30_000 }],
    ['timeout_minutes', '4320', { timeout: 259_200_000 }],
    ['timeout_minutes', '', { timeout: 0 }],
    ['timeout_minutes', ' 2 ', { timeout: 120_000 }],
    ['interval_seconds', '0.25', { interval: 250 }],
    ['interval_seconds', '3600', { interval: 3_600_000 }],
    ['interval_seconds', '', { interval: 15_000 }],
    ['require_success', 'TRUE', { requireSuccess: true }],
    ['require_success', '', { requireSuccess: false }],
    ['contexts', ' a \r\n\r\nb*\n', { picks: ['a', 'b*'] }],
    ['ref', 'refs/heads/main', { ref: { ref: 'heads/main' } }],
    ['ref', 'refs/tags/v1', { ref: { ref: 'tags/v1' } }],
    ['ref', 'feature/refs/x', { ref: { ref: 'feature/refs/x' } }],
    ['ref', 'a..b', { ref: { ref: 'a..b' } }],
    ['ref', '', { ref: { sha: SHA } }],
    ['api_url', 'https://ghe.example/api/v3/', { apiUrl: 'https://ghe.example/api/v3' }],
  ])('%s of %j', (name, value, values) => {
    expect(READERS.combined({ [name]: value })).toMatchObject({ values })
  })

  test.each([
    ['refs/heads/main', 'main'],
    ['refs/tags/v1', 'v1'],
    ['refs/pull/1/head', 'pull/1/head'],
    ['heads/main', 'heads/main'],
  ])('on Gitea, ref %s is %s', (ref, plain) => {
    expect(READERS.list({ ref, api_url: 'https://gitea.example/api/v1' })).toMatchObject({
      values: { ref: { ref: plain } },
    })
  })
})

describe('the run to sweep', () => {
  const payload = {
    action: 'completed',
    workflow_run: {
      id: 777,
      head_sha: SHA,
      conclusion: 'cancelled',
      updated_at: '2026-11-20T10:00:00Z',
    },
  }
  const NOW = Date.UTC(2026, 10, 21)
  const END = Date.UTC(2026, 10, 20, 10)
  const readAt = (inputs: Record<string, string>, event = 'workflow_run', body: object = payload) =>
    readSweep({ ...given(inputs), GITHUB_EVENT_NAME: event }, body, NOW)

  test.each<[string, Record<string, string>, object]>([
    ['is that of the event', {}, { run: '777', sha: SHA, conclusion: 'cancelled', endedAt: END }],
    [
      'is the same where it is given, too',
      { run_id: '777' },
      { run: '777', conclusion: 'cancelled', endedAt: END },
    ],
    [
      'may have another commit',
      { sha: 'F'.repeat(40) },
      { run: '777', sha: 'f'.repeat(40), endedAt: END },
    ],
    [
      'is another, which has ended by now',
      { run_id: '778', sha: SHA, conclusion: 'failure' },
      { run: '778', conclusion: 'failure', endedAt: NOW },
    ],
  ])('%s', (_, inputs, values) => {
    expect(readAt(inputs)).toMatchObject({ values })
  })

  test('nothing of the event is taken for another run', () => {
    expect(readAt({ run_id: '778' })).toEqual({
      problems: [
        expect.stringMatching(/^Input `sha` is empty/),
        expect.stringMatching(/^Input `conclusion` is empty/),
      ],
    })
  })

  test.each<[string, object]>([
    ['push', {}],
    ['schedule', {}],
    ['workflow_dispatch', payload],
    ['workflow_run', { ...payload, action: 'requested' }],
    ['workflow_run', {}],
    ['', {}],
  ])('%s %j names none', (event, body) => {
    expect(readAt({}, event, body)).toEqual({
      problems: [
        `The event "${event}" names no run that has ended: use this action in a workflow on \`workflow_run\` with \`types: [completed]\`, or give \`run_id\`, \`sha\` and \`conclusion\`.`,
      ],
    })
  })

  test('what is given for none is completed', () => {
    expect(readAt({ run_id: '7' }, 'schedule', {})).toEqual({
      problems: [
        expect.stringMatching(/^Input `sha` is empty/),
        expect.stringMatching(/^Input `conclusion` is empty/),
      ],
    })
  })
})
