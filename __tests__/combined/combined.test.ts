import { describe, expect, test } from '@jest/globals'
import {
  type Bench,
  HEAD,
  JOB_LINK,
  REPOSITORY,
  RUN_LINK,
  type Setup,
  SHA,
  TOKEN,
} from '../support/job.ts'
import {
  errors,
  json,
  looks,
  many,
  put,
  read,
  type States,
  startReading,
} from '../support/reading.ts'

const OTHER_JOB = `${RUN_LINK}/job/51725241955`
const start = (setup: Parameters<typeof startReading>[1] = {}) => startReading('combined', setup)

describe('the state', () => {
  test.each<[string, States, object, string]>([
    [
      'success',
      { a: 'success', b: 'success' },
      { state: 'success', total_count: '2' },
      'All are successful.',
    ],
    [
      'pending',
      { a: 'success', b: 'pending' },
      { state: 'pending', pending: '["b"]' },
      'Pending: "b".',
    ],
    [
      'failure',
      { a: 'failure', b: 'pending' },
      { state: 'failure', failing: '["a"]', pending: '["b"]' },
      '"a"',
    ],
    [
      'error',
      { a: 'error', b: 'success' },
      { state: 'failure', failing: '["a"]' },
      'Failing: "a".',
    ],
    [
      'nothing there',
      {},
      { state: 'pending', total_count: '0', pending: '[]' },
      'There is no status at all.',
    ],
  ])('%s', async (_, statuses, outputs, line) => {
    const result = await read(await start({ statuses }))
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { sha: SHA, missing: '[]', ...outputs },
    })
    expect(result.log).toContain(line)
  })

  test('the newest of a context counts, whatever the case of its name', async () => {
    const bench = await start({ statuses: { CI: 'failure', other: 'success' } })
    put(bench, { ci: 'success' })
    const { outputs } = await read(bench)
    expect(outputs).toMatchObject({ state: 'success', total_count: '2' })
  })

  test('so it is where a server gives both', async () => {
    const bench = await start()
    const status = (id: number, context: string, state: string) => ({
      id,
      context,
      state,
      created_at: `${id}`,
    })
    const statuses = [
      status(1, 'CI', 'failure'),
      status(2, 'ci', 'success'),
      status(3, 'x', 'success'),
    ]
    bench.sandbox.fault({
      answer: { status: 200, body: { state: 'failure', sha: SHA, total_count: 2, statuses } },
    })
    const { outputs } = await read(bench)
    expect(outputs).toMatchObject({ state: 'success', total_count: '2' })
  })

  test('the statuses have the field names and values of the API', async () => {
    const bench = await start()
    put(bench, { ci: 'success' }, { description: 'All good', target_url: 'https://ci.example/1' })
    const [stored] = bench.sandbox.github.statuses(REPOSITORY, SHA)
    const { id, created_at, updated_at } = stored ?? {}
    const texts = {
      state: 'success',
      context: 'ci',
      description: 'All good',
      target_url: 'https://ci.example/1',
    }
    expect(json(await read(bench), 'statuses')).toEqual([{ id, ...texts, created_at, updated_at }])
  })
})

describe('pages', () => {
  test.each([
    ['with a Link header', true],
    ['without', false],
  ])('a failure on page 8 of 8, %s', async (_, combinedLink) => {
    const bench = await start({
      sandbox: { combinedLink },
      statuses: { ...many(749), last: 'failure' },
    })
    const { outputs } = await read(bench)
    expect(outputs).toMatchObject({ state: 'failure', total_count: '750', failing: '["last"]' })
    expect(looks(bench).map(({ query }) => query.page)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
    ])
  })

  test('1,000 contexts take ten requests', async () => {
    const bench = await start({ statuses: many(1_000) })
    const result = await read(bench)
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '1000' })
    expect(json<unknown[]>(result, 'statuses')).toHaveLength(1_000)
    expect(bench.sandbox.requests).toHaveLength(10)
  })

  test('a link to another host is not followed: the next page is asked for where the first was', async () => {
    const bench = await start({ statuses: many(150, 'pending') })
    put(bench, { c120: 'failure' })
    const link = '<https://evil.example/steal?page=2>; rel="next"'
    bench.sandbox.fault({ answer: { status: 200, headers: { link }, body: firstPage(bench) } })
    const { outputs } = await read(bench)
    expect(outputs).toMatchObject({ total_count: '150', failing: '["c120"]' })
    expect(new Set(bench.sandbox.requests.map(({ host }) => host)).size).toBe(1)
  })

  test('a branch that moves on between two pages gives no mixture', async () => {
    const bench = await start({
      with: { ref: 'main' },
      declared: { branches: { main: SHA } },
      statuses: many(150),
    })
    bench.sandbox.fault({ path: /status$/, after: 1, reset: true })
    const moved = () => bench.sandbox.github.repository(REPOSITORY, { branches: { main: HEAD } })
    const { outputs } = await read(bench, {
      onLine: (line) => line.includes('Trying again') && moved(),
    })
    expect(outputs).toMatchObject({ sha: SHA, total_count: '150' })
  })

  test('a status that moves to another page meanwhile is not lost', async () => {
    const bench = await start({ statuses: { ...many(100), hidden: 'failure', ...many(150) } })
    bench.sandbox.fault({ path: /status$/, after: 1, reset: true })
    // The newest comes last: what was first on page 2 slips to page 1, which has been read by then.
    const update = () => put(bench, { c0: 'success' })
    const { outputs } = await read(bench, {
      onLine: (line) => line.includes('Trying again') && update(),
    })
    expect(outputs).toMatchObject({ state: 'failure', failing: '["hidden"]', total_count: '151' })
  })
})

/** What the sandbox answers to the first look. */
function firstPage({ sandbox }: Bench): object {
  const url = `/repos/${REPOSITORY}/commits/${SHA}/status?per_page=100`
  const headers = { 'user-agent': 'test', authorization: `token ${TOKEN}` }
  return JSON.parse(sandbox.github.handle({ method: 'GET', url, headers, body: '' }).body)
}

describe('the ref', () => {
  const declared = {
    branches: { main: SHA, 'feature/a/b': HEAD, 'v1.0': SHA },
    tags: { 'v1.0': HEAD, 'rel/2#?%': HEAD },
  }

  test.each([
    ['feature/a/b', HEAD],
    ['refs/heads/feature/a/b', HEAD],
    ['heads/feature/a/b', HEAD],
    ['refs/tags/v1.0', HEAD],
    ['tags/v1.0', HEAD],
    ['v1.0', SHA],
    ['rel/2#?%', HEAD],
    [HEAD, HEAD],
    [HEAD.toUpperCase(), HEAD],
    ['', SHA],
  ])('%j', async (ref, sha) => {
    const bench = await start({ with: { ref }, declared })
    put(bench, { ci: 'success' }, {}, sha)
    expect((await read(bench)).outputs).toMatchObject({ sha, state: 'success' })
  })

  const unknown = ['no/such', 'refs/heads/none', 'f'.repeat(40)]
  const servers: [string, Setup, (ref: string) => object][] = [
    ['GitHub', {}, (ref) => ({ message: `No commit found for SHA: ${ref}`, status: 422 })],
    ['GitHub, as its documents have it', {}, () => ({ message: 'Not Found', status: 404 })],
    [
      'Gitea',
      { base: '/api/v1', sandbox: { dialect: 'gitea' } },
      () => ({ message: '', status: 0 }),
    ],
  ]
  test.each(
    unknown.flatMap((ref) =>
      servers.map(([server, setup, answer]) => ({ ref, server, setup, answer })),
    ),
  )(
    '$ref is not there: $server says so in one sentence that names it',
    async ({ ref, setup, answer }) => {
      const bench = await start({
        with: { ref, timeout_minutes: '1', require_success: 'true' },
        ...setup,
      })
      const { status, ...body } = { status: 0, ...answer(ref) }
      if (status > 0) bench.sandbox.fault({ times: 3, answer: { status, body } })
      const result = await read(bench)
      expect(result).toMatchObject({ conclusion: 'failure', outputs: {}, summary: '' })
      expect(errors(result)).toHaveLength(1)
      const name = ref.replace(setup.base ? /^refs\/heads\// : /^refs\//, '')
      expect(errors(result)[0]).toContain(
        `Could not read the combined status of "${name}": ${REPOSITORY} `,
      )
      expect(errors(result)[0]).toContain('Check `ref`')
    },
  )

  test.each<[string, string, object, string | undefined]>([
    ['push', 'the pushed commit', { deleted: false, after: HEAD }, SHA],
    ['push', 'none, where a branch is deleted', { deleted: true }, undefined],
    ['pull_request', 'its head', { pull_request: { head: { sha: HEAD } } }, HEAD],
    [
      'issue_comment',
      'the head of its pull request',
      { issue: { number: 7, pull_request: {} } },
      HEAD,
    ],
    ['workflow_run', 'the commit of the run', { workflow_run: { head_sha: HEAD } }, HEAD],
    ['schedule', 'GITHUB_SHA', {}, SHA],
  ])('by default, on %s: %s', async (name, _, payload, sha) => {
    const bench = await start({
      event: { name, payload },
      declared: { pulls: { 7: { head: HEAD } } },
    })
    const result = await read(bench)
    expect(result.outputs.sha).toBe(sha)
    if (sha === undefined) {
      expect(errors(result)).toEqual([
        'There is no commit to read: the push deleted the branch or tag. Give `ref`.',
      ])
      expect(bench.requests()).toEqual([])
    }
  })

  test('the head of a pull request that the token may not see is asked for with a permission', async () => {
    const bench = await start({
      event: { name: 'issue_comment', payload: { issue: { number: 7, pull_request: {} } } },
      declared: { pulls: { 7: { head: HEAD } }, private: true },
      permissions: { pull_requests: 'none' },
    })
    expect(errors(await read(bench))[0]).toMatch(
      /head of pull request #7: .*`permissions: \{.*pull-requests: read \}`/,
    )
  })

  test('another repository', async () => {
    const bench = await start({ with: { repository: 'other/place', ref: 'main' } })
    bench.sandbox.github.repository('other/place', { branches: { main: HEAD } })
    bench.sandbox.github.publish('other/place', HEAD, { context: 'ci', state: 'success' })
    expect((await read(bench)).outputs).toMatchObject({ state: 'success', sha: HEAD })
  })
})

describe('contexts', () => {
  const statuses = {
    'CI / build (linux, x64)': 'success',
    'CI / build (windows, x64)': 'failure',
    'c++ [fast]': 'success',
    'a.b': 'success',
    axb: 'failure',
    Coverage: 'success',
  }
  test.each<[string, string, object]>([
    [
      'names, in any case',
      'coverage\nCI / Build (LINUX, x64)',
      { state: 'success', total_count: '2' },
    ],
    [
      'globs',
      'CI / build (*)',
      { state: 'failure', failing: '["CI / build (windows, x64)"]', total_count: '2' },
    ],
    [
      'characters of a regular expression',
      'c++ [fast]\na.b',
      { state: 'success', total_count: '2' },
    ],
    ['a parenthesis alone', '*(*x64)', { state: 'failure', total_count: '2' }],
    [
      'one that is missing',
      'Coverage\nsecurity/*',
      { state: 'pending', missing: '["security/*"]', pending: '[]' },
    ],
    [
      'a failure weighs more than one that is missing',
      'axb\nnone',
      { state: 'failure', missing: '["none"]' },
    ],
    [
      'white space and empty lines',
      '  Coverage  \r\n\r\n a.b\n',
      { state: 'success', total_count: '2' },
    ],
  ])('%s', async (_, contexts, outputs) => {
    const result = await read(await start({ statuses, with: { contexts } }))
    expect(result).toMatchObject({ conclusion: 'success', outputs })
  })
})

describe("this job's own status", () => {
  const gate = { with: { require_success: 'true' } }

  test('is known by its link to this very job, whatever its name, and does not count', async () => {
    const bench = await start({ ...gate, statuses: { other: 'success' } })
    put(bench, { 'my gate': 'pending' }, { target_url: JOB_LINK })
    const result = await read(bench)
    expect(result).toMatchObject({
      conclusion: 'success',
      outputs: { state: 'success', total_count: '1' },
    })
  })

  test('another job of the run does count', async () => {
    const bench = await start({ ...gate, statuses: { other: 'success' } })
    put(bench, { 'CI / build': 'pending' }, { target_url: OTHER_JOB })
    expect(await read(bench)).toMatchObject({
      conclusion: 'failure',
      outputs: { pending: '["CI / build"]' },
    })
  })

  const ghes = { ...gate, checkRunId: null, base: '/api/v3', serverUrl: 'https://ghe.example' }
  const ghesRun = RUN_LINK.replace('https://github.com', 'https://ghe.example')
  test.each<[string, Setup, string, string, boolean]>([
    ['by its name', {}, 'CI / build', ghesRun, true],
    ['in any case', {}, 'ci / BUILD', ghesRun, true],
    ['of a leg of a matrix', { matrix: { os: 'linux' } }, 'CI / build (linux)', ghesRun, true],
    ['not another leg', { matrix: { os: 'linux' } }, 'CI / build (mac)', ghesRun, false],
    ['not another job', {}, 'CI / test', ghesRun, false],
    ['not an older run', {}, 'CI / build', `${ghesRun}0`, false],
  ])(
    'on GitHub Enterprise Server, which gives no id: %s',
    async (_, setup, context, target_url, isOwn) => {
      const bench = await start({ ...ghes, ...setup, statuses: { other: 'success' } })
      put(bench, { [context]: 'pending' }, { target_url })
      expect((await read(bench)).outputs.state).toBe(isOwn ? 'success' : 'pending')
    },
  )

  test('nor does the one that Gitea publishes by itself', async () => {
    const bench = await start({
      ...gate,
      base: '/api/v1',
      sandbox: { dialect: 'gitea' },
      gitea: true,
      serverUrl: 'https://gitea.example',
      statuses: { other: 'success' },
    })
    put(
      bench,
      { 'CI / build (push)': 'pending' },
      { target_url: `/${REPOSITORY}/actions/runs/1658821493/jobs/0` },
    )
    expect(await read(bench)).toMatchObject({
      conclusion: 'success',
      outputs: { total_count: '1' },
    })
  })
})

describe('other servers', () => {
  const gitea: Setup = { base: '/api/v1', sandbox: { dialect: 'gitea' }, gitea: true }

  test.each<[string, States, object]>([
    [
      '`status` in place of `state`',
      { a: 'success', b: 'pending' },
      { state: 'pending', pending: '["b"]' },
    ],
    [
      '`warning` is a failure, `skipped` a success',
      { a: 'skipped', b: 'warning' },
      { failing: '["b"]' },
    ],
    ['`statuses: null`', {}, { state: 'pending', total_count: '0', statuses: '[]' }],
    [
      'pages of 50, of which each counts only itself',
      { bad: 'failure', ...many(120) },
      { state: 'failure' },
    ],
    [
      'names that differ in case are two',
      { CI: 'failure', ci: 'success' },
      { total_count: '2', failing: '["CI"]' },
    ],
  ])('Gitea: %s', async (_, statuses, outputs) => {
    const result = await read(await start({ ...gitea, statuses }))
    expect(result).toMatchObject({ conclusion: 'success', outputs })
  })

  test('Gitea: a branch by its whole name, which that server does not know', async () => {
    const bench = await start({
      ...gitea,
      declared: { branches: { main: SHA } },
      with: { ref: 'refs/heads/main' },
    })
    expect((await read(bench)).outputs).toMatchObject({ sha: SHA })
  })

  test.each<[string, Setup]>([
    ['GitHub Enterprise Server', { base: '/api/v3' }],
    ['Gitea', gitea],
  ])('%s: a failure on the last page', async (_, setup) => {
    const bench = await start({ ...setup, statuses: { ...many(149), last: 'failure' } })
    expect((await read(bench)).outputs).toMatchObject({ state: 'failure', total_count: '150' })
  })

  test('a server from before the combined status: said, and what helps', async () => {
    const bench = await start({ sandbox: { dialect: 'legacy' }, statuses: { ci: 'success' } })
    const result = await read(bench)
    expect(result).toMatchObject({ conclusion: 'failure', outputs: {} })
    expect(errors(result)).toEqual([
      'This server does not know the combined status of a commit, as older ones do not. Use `list` there.',
    ])
  })
})

describe('wrong inputs are all named, before any request', () => {
  test('several at once', async () => {
    const wrong = {
      timeout_minutes: 'soon',
      interval_seconds: '0',
      require_success: 'perhaps',
      ref: 'a b',
      repository: 'x',
    }
    const bench = await start({ with: wrong })
    const result = await read(bench)
    expect(
      errors(result).map((line) => /^Input `(\w+)` is "(.*?)": expected /.exec(line)?.slice(1)),
    ).toEqual(expect.arrayContaining(Object.entries(wrong)))
    expect(errors(result)).toHaveLength(5)
    expect(bench.requests()).toEqual([])
  })

  test('an event that names no commit', async () => {
    const bench = await start({ event: { name: 'pull_request', payload: {} } })
    expect(errors(await read(bench))).toEqual([
      expect.stringMatching(/^Input `ref` is empty: .*"pull_request".*lacks/),
    ])
    expect(bench.requests()).toEqual([])
  })

  test('empty inputs are their defaults', async () => {
    const names = [
      'ref',
      'contexts',
      'timeout_minutes',
      'interval_seconds',
      'require_success',
      'repository',
      'token',
    ]
    const empty = Object.fromEntries([...names, 'api_url'].map((name) => [name, '']))
    expect(await read(await start({ with: empty, statuses: { ci: 'success' } }))).toMatchObject({
      conclusion: 'success',
      outputs: { state: 'success', sha: SHA },
    })
  })
})

describe('the job summary', () => {
  test('shows the table, what needs attention first', async () => {
    const bench = await start({
      statuses: { good: 'success', slow: 'pending' },
      with: { contexts: '*\nnone' },
    })
    put(bench, { bad: 'failure' }, { description: 'a | b', target_url: 'https://ci.example/1' })
    const { summary } = await read(bench)
    expect(summary.split('\n')).toEqual([
      `### Combined status of &#34;octo&#45;org&#47;octo&#45;repo&#64;${SHA}&#34;: failure`,
      '',
      '| Context | State | Description |',
      '| --- | --- | --- |',
      '| [bad](https://ci.example/1) | failure | a &#124; b |',
      '| slow | pending |  |',
      '| none | missing |  |',
      '| good | success |  |',
      '',
      '',
    ])
  })

  test('says that there is nothing', async () => {
    expect((await read(await start())).summary).toMatch(
      /: pending\n\nThere is no status at all\.\n/,
    )
  })
})

describe('the size of outputs', () => {
  const texts = {
    description: 'd'.repeat(140),
    target_url: `https://ci.example/${'x'.repeat(200)}`,
  }

  test('what is just below 1 MB in UTF-16 is set', async () => {
    const bench = await start()
    put(bench, many(1_000), texts)
    const result = await read(bench)
    const size = (result.outputs.statuses?.length ?? 0) * 2
    expect(result.conclusion).toBe('success')
    expect(size).toBeGreaterThan(900_000)
    expect(size).toBeLessThan(1_048_576)
  })

  test('what is above is a clear error; the other outputs are there', async () => {
    const bench = await start()
    put(bench, many(1_300), texts)
    const result = await read(bench)
    expect(result.conclusion).toBe('failure')
    expect(errors(result)).toEqual([
      expect.stringMatching(
        /^The output `statuses` would be 1\.\d MB, and the runner takes 1 MB: .*limit/,
      ),
    ])
    expect(result.outputs).toMatchObject({ state: 'success', total_count: '1300', failing: '[]' })
    expect(result.outputs).not.toHaveProperty('statuses')
  })
})
