import { expect, test } from '@jest/globals'
import { startProxy } from '../../sandbox/api/proxy.ts'
import { type Fault, startSandbox } from '../../sandbox/api/server.ts'
import type { StageResult } from '../../sandbox/runner/stage-runner.ts'
import {
  CERTIFICATE,
  HOST,
  inScene,
  REPOSITORY,
  type Scene,
  type SceneOptions,
  TOKEN,
  tls,
} from '../support/faults.ts'

/** What would give the token away, in the forms that it may take. */
const FORMS = [
  TOKEN.slice(4, 24),
  TOKEN.slice(-20),
  encodeURIComponent(TOKEN),
  Buffer.from(TOKEN).toString('base64').slice(0, 40),
  Buffer.from(TOKEN).toString('hex').slice(0, 40),
]

/** Everything that a stage leaves behind, but the command that asks the runner to mask. */
function traces({
  stdout,
  stderr,
  log,
  annotations,
  outputs,
  state,
  summary,
  files,
}: StageResult): string {
  const written = stdout
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n')
  return [
    written,
    stderr,
    log,
    JSON.stringify([annotations, outputs, state]),
    summary,
    ...Object.values(files),
  ].join('\n')
}

function expectNoToken(results: readonly StageResult[]) {
  expect(results.length).toBeGreaterThan(0)
  for (const result of results) {
    expect(result.stderr).toBe('')
    const text = traces(result)
    for (const form of FORMS) expect(text).not.toContain(form)
  }
}

/** A job that is followed and one that publishes once, with the same thing going wrong in each stage. */
async function bothWays(
  options: SceneOptions,
  act: (scene: Scene, results: StageResult[]) => void = () => {},
) {
  for (const state of ['job', 'success']) {
    await inScene({ ...options, with: { state, ...options.with } }, async (scene) => {
      const results = Object.values(await scene.job.run({ main: true, jobStatus: 'failure' }))
      expectNoToken(results.filter((result) => result !== undefined))
      expect(scene.job.state).toEqual(expect.not.objectContaining({ token: expect.anything() }))
      act(scene, scene.job.results)
    })
  }
}

/** A server that says the token back, wherever it can. */
const echo = (status: number, headers: Record<string, string> = {}): Fault => ({
  answer: {
    status,
    headers: { 'x-token': TOKEN, ...headers },
    body: {
      message: `Resource not accessible by integration: token ${TOKEN}`,
      errors: [
        { message: `Bearer ${TOKEN}` },
        { resource: TOKEN, field: 'x', code: `${'y'.repeat(260)}${TOKEN}` },
      ],
      state: 'success',
    },
  },
  times: 99,
})
const fork = {
  name: 'pull_request',
  payload: {
    pull_request: {
      head: { sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e', repo: { id: 1 } },
      base: { repo: { id: 2 } },
    },
  },
}

test.concurrent.each<[string, SceneOptions]>([
  ['all is well', {}],
  ['debug logging is on', { env: { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' } }],
  ['every attempt is said', { faults: [{ ...echo(500), times: 3 }] }],
  ['the token is not known', { token: `${TOKEN}unknown` }],
  ['it may only read', { access: { statuses: 'read' } }],
  ['it may only read, on a fork', { access: { statuses: 'read' }, event: fork }],
  ['the repository is unknown', { with: { repository: 'octo-org/unknown' } }],
  ['the commit is unknown', { with: { sha: '0'.repeat(40) } }],
  [
    'every input is wrong',
    {
      with: { sha: 'x', repository: 'x', target_url: 'x', api_url: 'x', needs: '[', context: '😀' },
    },
  ],
  ['the token holds a line break', { with: { token: `${TOKEN}\n${TOKEN}` } }],
  ['a server says it back in a refusal', { faults: [echo(403)] }],
  ['a server says it back in a 422', { faults: [echo(422)] }],
  ['a server says it back in a 401', { faults: [echo(401)] }],
  ['a server says it back in a limit', { faults: [echo(429, { 'retry-after': '3600' })] }],
  ['a server says it back in a 200', { faults: [echo(200)] }],
  [
    'a server says it back in a redirect',
    { faults: [echo(301, { location: `https://elsewhere.test/?${TOKEN}` })] },
  ],
  [
    'a server says it back as text',
    { faults: [{ answer: { status: 403, body: `No ${TOKEN}` }, times: 99 }] },
  ],
  [
    'a server says it back as a page',
    { faults: [{ answer: { status: 403, body: `<title>${TOKEN}</title>` }, times: 99 }] },
  ],
  ['the certificate is not trusted', { github: { tls } }],
  ['the event is no object', { event: { name: 'push', payload: [TOKEN.length] } }],
])('nothing shows the token where %s', (_, options) =>
  bothWays(options, ({ sandbox }) => {
    for (const { path, query, body } of sandbox.requests) {
      expect(JSON.stringify([path, query, body])).not.toContain(TOKEN)
    }
  }),
)

test.concurrent('a late token that no header can hold shows nothing, and is not tried twice', () =>
  inScene({ with: { token: `\${{ env.LATE || github.token }}` } }, async ({ job, shown }) => {
    await job.stage('pre')
    job.contexts.env.LATE = `${TOKEN}\n${TOKEN}`
    const post = await job.stage('post')
    expectNoToken(job.results)
    expect(post.annotations).toEqual([
      { level: 'error', message: expect.stringContaining('Check what is given for `token`') },
    ])
    expect(post.durationMs).toBeLessThan(8000)
    expect(Object.values(shown())).toEqual(['pending'])
  }))

test.concurrent('the token is masked before anything else is written', () =>
  inScene({ with: { state: 'success' }, faults: [{ ...echo(500), times: 1 }] }, async ({ job }) => {
    const { stdout } = await job.stage('main')
    expect(stdout.split('\n')[0]).toBe(`::add-mask::${TOKEN}`)
  }))

test.concurrent.each<[string, (elsewhere: string) => Fault]>([
  ['a write', (elsewhere) => ({ redirect: `${elsewhere}/repos/${REPOSITORY}`, times: 99 })],
  [
    'a read',
    (elsewhere) => ({
      redirect: `${elsewhere}/repos/${REPOSITORY}`,
      method: 'GET',
      status: 302,
      times: 99,
    }),
  ],
  ['a redirect of the same host', (elsewhere) => ({ redirect: elsewhere, after: 1, times: 99 })],
])('no other host hears of %s', async (_, faultTo) => {
  const elsewhere = await startSandbox()
  try {
    await bothWays({ faults: [faultTo(elsewhere.url)] })
    expect(elsewhere.requests).toEqual([])
  } finally {
    await elsewhere.close()
  }
})

test.concurrent('a proxy hears of the host alone', async () => {
  let port = 0
  const proxy = await startProxy({ resolve: () => ({ host: '127.0.0.1', port }) })
  const options: SceneOptions = {
    github: { tls },
    env: { https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: CERTIFICATE },
    apiUrl: (sandbox) => {
      port = sandbox.port
      return `https://${HOST}`
    },
  }
  try {
    await bothWays(options, ({ sandbox }) => {
      for (const { headers } of sandbox.requests) expect(headers.authorization).toContain(TOKEN)
    })
    expect(new Set(proxy.requests.map(({ method }) => method))).toEqual(new Set(['CONNECT']))
    expect(JSON.stringify(proxy.requests)).not.toContain(TOKEN)
  } finally {
    await proxy.close()
  }
})

test.concurrent('the search finds a token', () =>
  inScene({ with: { state: 'success', description: TOKEN } }, async ({ job }) => {
    const main = await job.stage('main')
    expect(() => expectNoToken([main])).toThrow()
  }))
