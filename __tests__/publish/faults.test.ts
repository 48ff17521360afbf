import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { type Proxied, type ProxyOptions, startProxy } from '../../sandbox/api/proxy.ts'
import { type Fault, type Sandbox, startSandbox } from '../../sandbox/api/server.ts'
import type { Job, StageResult } from '../../sandbox/runner/stage-runner.ts'
import {
  annotated,
  CERTIFICATE,
  HOST,
  inScene,
  REPOSITORY,
  retries,
  type Scene,
  type SceneOptions,
  SHA,
  tls,
} from '../support/faults.ts'

// Most of the time here is spent waiting: the tests run side by side, the longest first. Jest does that only for those
// of one `describe`, so there is none.

const PATH = `/repos/${REPOSITORY}/statuses/${SHA}`
const CONTEXT = 'CI / build'
/** Seconds for a process to start and to end on a busy machine. */
const SLACK = 8
const LONG = 100_000

const inSeconds = (seconds: number) => String(Math.ceil(Date.now() / 1000) + seconds)
const html = (text: string) =>
  `<html>\n<head><title>${text}</title></head><body>${text}</body></html>`
const answers = (
  status: number,
  body: string | object = '',
  headers: Record<string, string> = {},
): Fault => ({
  answer: { status, headers, body },
})
const SECONDARY = {
  message:
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
}
const PRIMARY = { message: 'API rate limit exceeded for installation ID 12345678.' }
const SUCCESS = { id: 1, state: 'success' }

/** That a stage says one thing, a failure with these parts. */
function expectFailure(
  result: StageResult | undefined,
  level: 'warning' | 'error',
  says: readonly string[],
) {
  expect(result?.exitCode).toBe(level === 'error' ? 1 : 0)
  expect(result?.annotations).toHaveLength(1)
  const text = result ? annotated(result) : ''
  expect(text).toContain(`${level}: Could not publish "${CONTEXT}" on ${REPOSITORY}@6dcb09b: `)
  for (const part of says) expect(text).toContain(part)
  expect(text).not.toMatch(/undefined|NaN|\[object|report it/)
}

/** That a stage waited for so many seconds, and ended when its work was done. */
function expectSeconds({ durationMs }: StageResult, least: number, most: number) {
  expect(durationMs / 1000).toBeGreaterThan(least)
  expect(durationMs / 1000).toBeLessThan(most + SLACK)
}

const publish = (options: SceneOptions, act: (main: StageResult, scene: Scene) => unknown) =>
  inScene({ with: { state: 'success' }, ...options }, async (scene) =>
    act(await scene.job.stage('main'), scene),
  )

const isPublished = { exitCode: 0, annotations: [], stderr: '', outputs: { published: 'true' } }

async function follow(job: Job, jobStatus: 'success' | 'failure' | 'cancelled' = 'success') {
  const { pre, main, post } = await job.run({ jobStatus })
  if (!pre || !main || !post) throw new Error('a stage did not run')
  return { pre, main, post }
}

// A stage ends within its budget.

test.concurrent(
  'main, 60 s: a server that stays down',
  () =>
    publish(
      { faults: [{ ...answers(502, html('Bad Gateway')), times: 99 }] },
      (main, { sandbox, shown }) => {
        expectFailure(main, 'error', [
          'answered 502 "Bad Gateway"',
          'for as long as this stage may try',
        ])
        expect(sandbox.requests).toHaveLength(retries(main).length + 1)
        expect(sandbox.requests.length).toBeGreaterThanOrEqual(6)
        expect(shown()).toEqual({})
        expectSeconds(main, 15, 60)
      },
    ),
  LONG,
)

test.concurrent(
  'post of a cancelled job, 60 s: a server that hangs',
  () =>
    inScene({ faults: [{ hang: true, after: 1, times: 99 }] }, async ({ job, sandbox, shown }) => {
      const { post } = await follow(job, 'cancelled')
      expectFailure(post, 'error', ['ETIMEDOUT', 'no answer within'])
      expect(sandbox.requests.length).toBeGreaterThanOrEqual(6)
      expect(shown()).toEqual({ [CONTEXT]: 'pending' })
      expectSeconds(post, 45, 60)
    }),
  LONG,
)

test.concurrent(
  'post, 240 s: a secondary limit that does not say for how long, which means 60 s and up to a quarter more',
  () =>
    inScene(
      { faults: [{ ...answers(403, SECONDARY), method: 'POST', after: 1 }] },
      async ({ job, shown }) => {
        const { post } = await follow(job)
        expect(retries(post)).toEqual([
          expect.stringMatching(/met 403 "You have exceeded .* in (6\d|7[0-5])\.\d s, at /),
        ])
        expect(post).toMatchObject({ exitCode: 0, annotations: [] })
        expect(shown()).toEqual({ [CONTEXT]: 'success' })
        expectSeconds(post, 60, 75)
      },
    ),
  LONG,
)

test.concurrent.each<[string, (gone: string) => SceneOptions, string[]]>([
  ['nobody listens', (gone) => ({ apiUrl: () => gone }), ['ECONNREFUSED', 'Check `api_url`']],
  [
    'the server hangs',
    () => ({ faults: [{ hang: true, times: 2 }] }),
    ['no answer within', 'the network'],
  ],
  [
    'the proxy is not there',
    (gone) => ({ apiUrl: () => `http://${HOST}`, env: { http_proxy: gone } }),
    [`the proxy did not connect to ${HOST}`, 'ECONNREFUSED', 'Check `https_proxy`', '`no_proxy`'],
  ],
  [
    'a name that only the proxy knows is in no_proxy',
    (gone) => ({
      apiUrl: () => `http://${HOST}`,
      env: { http_proxy: gone, no_proxy: `other.test, ${HOST}` },
    }),
    [`${HOST} gave no whole answer`, 'getaddrinfo'],
  ],
])(
  'pre, 20 s: %s; main tries again',
  async (_, optionsFor, says) => {
    const gone = await startSandbox()
    await gone.close()
    await inScene(optionsFor(gone.url), async ({ job, sandbox, shown }) => {
      const pre = await job.stage('pre')
      expectFailure(pre, 'warning', [...says, 'Main tries again.'])
      expect(retries(pre).length).toBeGreaterThanOrEqual(1)
      expectSeconds(pre, 5, 20)
      expect(shown()).toEqual({})

      job.contexts.env = {}
      job.contexts.github.api_url = sandbox.url
      expect(await job.stage('main')).toMatchObject(isPublished)
      expect(await job.stage('post')).toMatchObject({ exitCode: 0, annotations: [] })
      expect(shown()).toEqual({ [CONTEXT]: 'success' })
    })
  },
  LONG,
)

test.concurrent(
  'a proxy that says nothing is given up as a server is',
  async () => {
    const silent = createServer(() => {})
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    const { port } = silent.address() as { port: number }
    await inScene(
      { apiUrl: () => `http://${HOST}`, env: { http_proxy: `http://127.0.0.1:${port}` } },
      async ({ job }) => {
        const pre = await job.stage('pre')
        expectFailure(pre, 'warning', ['no answer within'])
        expectSeconds(pre, 15, 20)
      },
    )
    silent.close()
  },
  LONG,
)

test.concurrent('a wait that does not fit in is not begun, and the next stage tries afresh', () =>
  inScene(
    { faults: [answers(503, '', { 'retry-after': '20' })] },
    async ({ job, sandbox, shown, stored }) => {
      const { pre, main } = await follow(job)
      expectFailure(pre, 'warning', [
        'answered 503, and another attempt is possible at ',
        '(in 20s)',
      ])
      expect(retries(pre)).toEqual([])
      expectSeconds(pre, 0, 1)
      expect(main).toMatchObject(isPublished)
      expect(stored()).toEqual(['pending', 'success'])
      expect(shown()).toEqual({ [CONTEXT]: 'success' })
      expect(sandbox.requests).toHaveLength(4)
    },
  ))

type Passing = {
  when: string
  faults: Fault[]
  /** What the log says of each further attempt. */
  met: (string | RegExp)[]
  /** How many statuses were stored: one whose answer got lost is another one. */
  stored?: number
  /** Seconds, at least and at most. */
  takes?: [number, number]
}

// What passes is tried again, with a line in the log for each attempt.

const jitter = [0.5, 1] as [number, number]
test.concurrent.each<Passing>([
  {
    when: 'a hang',
    faults: [{ hang: true }],
    met: ['ETIMEDOUT "no answer within 10 s"'],
    takes: [10, 11],
  },
  {
    when: 'a byte now and then',
    faults: [{ trickle: 50 }],
    met: ['ETIMEDOUT "no answer within 10 s"'],
    stored: 2,
    takes: [10, 11],
  },
  {
    when: 'an endless body',
    faults: [{ endless: true }],
    met: ['ETIMEDOUT "no answer within 10 s"'],
    takes: [10, 11],
  },
  {
    when: 'three in a row',
    faults: [answers(500), answers(503), { reset: true }],
    met: [/500 ""/, /503 ""/, 'ECONNRESET'],
    takes: [3.5, 7],
  },
  {
    when: 'a used-up limit that ends soon',
    faults: [
      answers(403, PRIMARY, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(12) }),
    ],
    met: ['403 "API rate limit exceeded'],
    takes: [1, 15],
  },
  { when: 'a slow answer', faults: [{ slow: 3000 }], met: [], takes: [3, 3] },
  {
    when: '502 of a proxy',
    faults: [answers(502, html('Bad Gateway'))],
    met: ['502 "Bad Gateway"'],
    takes: jitter,
  },
  {
    when: '502 of a server',
    faults: [answers(502, { message: 'Server Error' })],
    met: ['502 "Server Error"'],
  },
  { when: '408', faults: [answers(408)], met: ['408'], takes: jitter },
  {
    when: 'a reset before anything is stored',
    faults: [{ reset: true }],
    met: ['ECONNRESET'],
    takes: jitter,
  },
  {
    when: 'a reset after it was stored',
    faults: [{ resetAfter: true }],
    met: ['ECONNRESET'],
    stored: 2,
  },
  { when: 'a body that is cut', faults: [{ cut: true }], met: ['ECONNRESET "aborted"'], stored: 2 },
  {
    when: 'a huge body',
    faults: [answers(201, 'x'.repeat(10_000_001))],
    met: ['EMSGSIZE "an answer of more than 2000000 bytes"'],
  },
  { when: '429', faults: [answers(429)], met: ['429'], takes: jitter },
  {
    when: '429 with retry-after',
    faults: [answers(429, '', { 'retry-after': '2' })],
    met: ['429'],
    takes: [2, 3],
  },
  {
    when: '403 with retry-after',
    faults: [answers(403, '', { 'retry-after': '2' })],
    met: ['403'],
    takes: [2, 3],
  },
  {
    when: 'retry-after as a date',
    faults: [
      answers(429, '', {
        date: 'Sat, 21 Nov 2026 10:00:00 GMT',
        'retry-after': 'Sat, 21 Nov 2026 10:00:03 GMT',
      }),
    ],
    met: ['429'],
    takes: [3, 4],
  },
  {
    when: '403 that speaks of a limit',
    faults: [answers(403, PRIMARY)],
    met: ['403 "API rate limit'],
    takes: jitter,
  },
  {
    when: 'a secondary limit with retry-after',
    faults: [answers(403, SECONDARY, { 'retry-after': '1' })],
    met: ['403 "You have exceeded a secondary rate limit.'],
    takes: [1, 2],
  },
  {
    when: 'a hostile reason, in one line',
    faults: [answers(500, { message: '\n::error::owned\r\n##[error]owned' })],
    met: ['500 "::error::owned # #[error]owned"'],
  },
])('tried again: $when', ({ faults, met, stored = 1, takes = [0, 1] }) =>
  publish({ faults }, (main, { sandbox, shown, ...scene }) => {
    expect(main).toMatchObject({
      ...isPublished,
      outputs: { published: 'true', state: 'success', sha: SHA },
    })
    expect(shown()).toEqual({ [CONTEXT]: 'success' })
    expect(scene.stored()).toHaveLength(stored)
    expect(sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array.from({ length: met.length + 1 }, () => `POST ${PATH}`),
    )
    const lines = retries(main)
    expect(lines).toHaveLength(met.length)
    for (const [index, reason] of met.entries()) {
      expect(lines[index]).toMatch(reason)
      expect(lines[index]).toContain(`POST ${PATH}: attempt ${index + 1} met `)
      expect(lines[index]).toMatch(/\. Trying again in \d+\.\d s, at \d\d:\d\d:\d\d UTC\.$/)
    }
    expectSeconds(main, ...takes)
  }),
)

// What does not pass fails at once.

const notOurs = 'which is not the answer of a statuses API'
test.concurrent.each<{ when: string; faults: Fault[]; says: string[]; requests?: number }>([
  {
    when: '400',
    faults: [answers(400, { message: 'Problems parsing JSON' })],
    says: ['400 "Problems parsing JSON"'],
  },
  {
    when: '401',
    faults: [answers(401, { message: 'Bad credentials' })],
    says: ['the token is not valid', '`token`'],
  },
  { when: '403 without a word', faults: [answers(403)], says: ['answered 403. The server'] },
  {
    when: '403 of a firewall',
    faults: [answers(403, html('Blocked'))],
    says: ['answered 403 "Blocked". '],
  },
  {
    when: '404',
    faults: [answers(404, { message: 'Not Found' })],
    says: [`${REPOSITORY} was not found`],
  },
  { when: '410', faults: [answers(410, { message: 'Gone' })], says: ['410 "Gone"'] },
  {
    when: '422',
    faults: [answers(422, { message: 'Validation Failed' })],
    says: ['422 "Validation Failed"'],
  },
  { when: '451', faults: [answers(451, { message: 'Blocked' })], says: ['451 "Blocked"'] },
  { when: 'a status beyond all', faults: [answers(999)], says: ['answered 999'] },
  {
    when: 'the unknown commit of Gitea',
    faults: [answers(500, { message: `GetCommit[${SHA}]: object does not exist` })],
    says: [`the commit is not in ${REPOSITORY}`],
  },
  {
    when: 'a limit that ends in an hour',
    faults: [
      answers(403, PRIMARY, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(3600) }),
    ],
    says: ['the rate limit of the token is used up', 'another attempt is possible at ', '(in 5'],
  },
  {
    when: 'a limit that ends in an hour, by a server whose clock is a day ahead',
    faults: [
      answers(429, PRIMARY, {
        date: new Date(Date.now() + 86_400_000).toUTCString(),
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': inSeconds(90_000),
      }),
    ],
    says: ['used up', '(in 1h'],
  },
  {
    when: '429 with an hour of retry-after',
    faults: [answers(429, '', { 'retry-after': '3600' })],
    says: ['rate limit', '(in 1h)'],
  },
  {
    when: 'a secondary limit that does not say for how long',
    faults: [answers(403, SECONDARY)],
    says: ['statuses are written too fast', '(in 1m)'],
  },
  {
    when: '301 to another scheme',
    faults: [{ redirect: `https://127.0.0.1${PATH}`, status: 301 }],
    says: ['answered 301', `redirects to "https://127.0.0.1${PATH}"`, 'Correct `api_url`'],
  },
  { when: '302', faults: [{ redirect: '/elsewhere', status: 302 }], says: ['302', '"/elsewhere"'] },
  { when: '303', faults: [{ redirect: '/elsewhere', status: 303 }], says: ['303', '"/elsewhere"'] },
  {
    when: 'a redirect without end',
    faults: [{ redirect: PATH, times: 99 }],
    says: ['answered 307', `"${PATH}"`],
    requests: 4,
  },
  { when: '200 in place of 201', faults: [answers(200, SUCCESS)], says: ['answered 200', notOurs] },
  { when: '204', faults: [answers(204)], says: ['answered 204', notOurs] },
  {
    when: '201 with another state',
    faults: [answers(201, { ...SUCCESS, state: 'pending' })],
    says: ['201', notOurs],
  },
  {
    when: '201 without an id',
    faults: [answers(201, { state: 'success' })],
    says: ['201', notOurs],
  },
  { when: '201 with a list', faults: [answers(201, [SUCCESS])], says: ['201', notOurs] },
  {
    when: '201 with null',
    faults: [answers(201, 'null', { 'content-type': 'application/json' })],
    says: [notOurs],
  },
  {
    when: '201 with half a body',
    faults: [answers(201, '{"state":"suc', { 'content-type': 'application/json' })],
    says: ['201 "{"state":"suc"', notOurs],
  },
  {
    when: '201 with a web page',
    faults: [answers(201, html('Welcome'))],
    says: ['201 "Welcome"', notOurs],
  },
  {
    when: 'errors of types that nobody expects',
    faults: [
      answers(422, {
        message: { a: 1 },
        errors: [null, 7, { message: { b: 2 } }, { code: ['x'] }],
      }),
    ],
    says: ['answered 422'],
  },
])('fails at once: $when', ({ faults, says, requests = 1 }) =>
  publish({ faults }, (main, { sandbox, shown }) => {
    expectFailure(main, 'error', says)
    expect(main.outputs).toMatchObject({ published: 'false', id: '', context: '' })
    expect(retries(main)).toEqual([])
    expect(sandbox.requests).toHaveLength(requests)
    expect(shown()).toEqual({})
    expectSeconds(main, 0, 1)
  }),
)

test.concurrent('warns, where the user says so', () =>
  publish({ with: { state: 'success', fail_on_error: 'false' }, faults: [answers(404)] }, (main) =>
    expectFailure(main, 'warning', ['was not found']),
  ))

test.concurrent('of several contexts a refusal keeps none from being tried, a bad token all of them', async () => {
  const several = { state: 'success', context: 'one\ntwo\nthree' }
  await publish(
    { with: several, faults: [answers(422, { message: 'Validation Failed' })] },
    (main, { shown }) => {
      expect(main.outputs).toMatchObject({ published: 'false', context: '\ntwo\nthree' })
      expect(shown()).toEqual({ two: 'success', three: 'success' })
    },
  )
  await publish({ with: several, faults: [answers(401)] }, (main, { sandbox }) => {
    expect(main.annotations).toHaveLength(1)
    expect(sandbox.requests).toHaveLength(1)
  })
})

// Redirects.

test.concurrent('a redirect of a repository that moved is followed, with the write in it', () =>
  inScene(
    { with: { state: 'success', repository: 'octo-org/old-name' } },
    async ({ job, sandbox, shown }) => {
      sandbox.github.repository('octo-org/old-name', { movedTo: REPOSITORY })
      expect(await job.stage('main')).toMatchObject(isPublished)
      expect(sandbox.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
        'POST 307',
        'POST 201',
      ])
      expect(shown()).toEqual({ [CONTEXT]: 'success' })
    },
  ))

test.concurrent.each([301, 302, 307, 308] as const)(
  'a redirect to another host gets no token: %i',
  async (status) => {
    const other = await startSandbox()
    const fault = (method: string, after: number): Fault => ({
      redirect: `${other.url}${PATH}`,
      status,
      method,
      after,
      times: 9,
    })
    await publish({ faults: [fault('POST', 0)] }, (main, { sandbox }) => {
      expectFailure(main, 'error', [
        `answered ${status} and redirects to "${other.url}${PATH}"`,
        'another host',
      ])
      expect(sandbox.requests).toHaveLength(1)
    })
    await inScene({ faults: [fault('GET', 0)] }, async ({ job, shown }) => {
      const { post } = await follow(job)
      expect(post.log).toContain('redirects to')
      expect(shown()).toEqual({ [CONTEXT]: 'success' })
    })
    expect(other.requests).toEqual([])
    await other.close()
  },
)

// Proxies.

/** Publishes once through a proxy that alone knows where the API is. */
async function through(
  options: SceneOptions & {
    credentials?: string
    address?: (port: string) => string
    proxy?: Partial<ProxyOptions>
  },
  act: (main: StageResult, asked: Proxied[], scene: Scene) => void,
) {
  const { credentials, address, proxy: settings, ...rest } = options
  const secure = rest.github?.tls !== undefined
  let to = { host: '127.0.0.1', port: 0 }
  const proxy = await startProxy({
    resolve: (host) => (host === HOST ? to : undefined),
    ...(credentials && { credentials }),
    ...settings,
  })
  const variable = secure ? 'https_proxy' : 'http_proxy'
  const env = { [variable]: address?.(new URL(proxy.url).host) ?? proxy.url, ...rest.env }
  const apiUrl = (sandbox: Sandbox) => {
    to = { ...to, port: sandbox.port }
    return rest.apiUrl?.(sandbox) ?? `${secure ? 'https' : 'http'}://${HOST}`
  }
  try {
    await publish({ ...rest, env, apiUrl }, (main, scene) => act(main, proxy.requests, scene))
  } finally {
    await proxy.close()
  }
}

const trusted = { NODE_EXTRA_CA_CERTS: CERTIFICATE }

test.concurrent.each<[string, Parameters<typeof through>[0]]>([
  ['https_proxy', { github: { tls }, env: trusted }],
  ['http_proxy', {}],
  ['an address without a scheme', { address: (host) => host }],
  [
    'a name and a password',
    {
      credentials: 'me:pa ss',
      address: (host) => `http://me:pa%20ss@${host}`,
      github: { tls },
      env: trusted,
    },
  ],
])('through a proxy: %s', (_, options) =>
  through(options, (main, asked, { sandbox, shown }) => {
    expect(main).toMatchObject({ ...isPublished, stderr: expect.anything() })
    expect(asked).toEqual([expect.objectContaining({ method: 'CONNECT', host: HOST, status: 200 })])
    expect(sandbox.requests.map(({ host }) => host.replace(/:80$/, ''))).toEqual([HOST])
    expect(shown()).toEqual({ [CONTEXT]: 'success' })
    expect(main.stdout + main.stderr).not.toMatch(/pa( |%20)ss/)
  }),
)

test.concurrent('past a proxy: no_proxy', () =>
  through(
    { apiUrl: ({ port }) => `http://0.0.0.0:${port}`, env: { no_proxy: 'x.test,0.0.0.0' } },
    (main, asked) => {
      expect(main).toMatchObject(isPublished)
      expect(asked).toEqual([])
    },
  ))

test.concurrent.each<[string, Parameters<typeof through>[0], string[]]>([
  [
    'no password',
    { credentials: 'me:secret' },
    ['the proxy asks for a name and password', '407', 'Set them in `https_proxy`'],
  ],
  [
    'a wrong password',
    { credentials: 'me:secret', address: (host) => `http://me:wrong-password@${host}` },
    ['the proxy asks for a name and password', '407'],
  ],
  [
    'a certificate that is not trusted',
    { github: { tls } },
    [`the certificate of ${HOST} is not trusted`],
  ],
])('a proxy fails at once: %s', (_, options, says) =>
  through(options, (main, asked, { sandbox }) => {
    expectFailure(main, 'error', says)
    expect(main.stdout + main.stderr).not.toContain('wrong-password')
    expect(asked.length).toBeLessThanOrEqual(1)
    expect(sandbox.requests).toEqual([])
    expectSeconds(main, 0, 1)
  }),
)

// Certificates.

const secure = { github: { tls } }
test.concurrent.each<[string, SceneOptions, string[]]>([
  [
    'not trusted',
    secure,
    ['is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)', 'Set NODE_EXTRA_CA_CERTS'],
  ],
  [
    'for another name',
    {
      ...secure,
      env: { NODE_EXTRA_CA_CERTS: CERTIFICATE },
      apiUrl: ({ port }) => `https://localhost:${port}`,
    },
    ['is for another name (ERR_TLS_CERT_ALTNAME_INVALID', 'Check the host in `api_url`'],
  ],
])('a certificate fails at once: %s', (_, options, says) =>
  publish(options, (main, { sandbox }) => {
    expectFailure(main, 'error', says)
    expect(retries(main)).toEqual([])
    expect(sandbox.requests).toEqual([])
    expectSeconds(main, 0, 1)
  }),
)

test.concurrent('a certificate is trusted by NODE_EXTRA_CA_CERTS', () =>
  publish({ ...secure, env: { NODE_EXTRA_CA_CERTS: CERTIFICATE } }, (main, { shown }) => {
    expect(main).toMatchObject(isPublished)
    expect(shown()).toEqual({ [CONTEXT]: 'success' })
  }))

// A job that is followed.

test.concurrent('following a job, each stage tries again', () =>
  inScene(
    {
      faults: [
        { ...answers(502), method: 'POST' },
        { reset: true, method: 'POST', after: 1 },
        { ...answers(503), method: 'GET' },
      ],
    },
    async ({ job, sandbox, shown, stored }) => {
      const { pre, main, post } = await follow(job, 'failure')
      for (const stage of [pre, main, post])
        expect(stage).toMatchObject({ exitCode: 0, annotations: [] })
      expect([pre, main, post].map((stage) => retries(stage).length)).toEqual([1, 0, 2])
      // The retries may take so long that post looks once more for newer runs.
      expect(sandbox.requests.map(({ method }) => method).join(' ')).toMatch(
        /^POST POST GET GET POST POST( GET)?$/,
      )
      expect(stored()).toEqual(['pending', 'failure'])
      expect(shown()).toEqual({ [CONTEXT]: 'failure' })
    },
  ))

test.concurrent('a status whose answer was lost in pre is settled, though main is skipped', () =>
  inScene({ faults: [{ resetAfter: true }, answers(401)] }, async ({ job, shown }) => {
    expectFailure(await job.stage('pre'), 'warning', ['401', 'Main tries again.'])
    expect(shown()).toEqual({ [CONTEXT]: 'pending' })
    job.contexts.job.status = 'cancelled'
    expect(await job.stage('post')).toMatchObject({ exitCode: 0, annotations: [] })
    expect(shown()).toEqual({ [CONTEXT]: 'error' })
  }))

test.concurrent('what never passes is said by pre as a warning, by main as an error, by post not again', () =>
  inScene({ faults: [{ ...answers(404), times: 99 }] }, async ({ job, sandbox }) => {
    const { pre, main, post } = await follow(job)
    expectFailure(pre, 'warning', ['was not found', 'Main tries again.'])
    expectFailure(main, 'error', ['was not found'])
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(post.log).toContain('was not found')
    // The look asks again by the older route: a 404 may mean that the server knows no other.
    expect(sandbox.requests.map(({ method }) => method).join(' ')).toBe('POST POST GET GET POST')
  }))

test.concurrent.each<[string, Fault, [number, number]]>([
  ['hangs', { hang: true }, [5, 6]],
  ['trickles', { trickle: 50 }, [5, 6]],
  ['is refused', answers(403, { message: 'Resource not accessible by integration' }), [0, 1]],
  ['is limited for long', answers(429, '', { 'retry-after': '100' }), [0, 1]],
  ['finds an object', answers(200, { state: 'success' }), [0, 1]],
  [
    'finds a list of anything',
    answers(200, [null, 1, 'x', {}, { context: 7, target_url: {} }]),
    [0, 1],
  ],
  ['finds a web page', answers(200, html('Welcome')), [0, 1]],
])('a look that %s does not keep post from publishing', (_, fault, takes) =>
  inScene({ faults: [{ ...fault, method: 'GET' }] }, async ({ job, shown }) => {
    const { post } = await follow(job)
    expect(post).toMatchObject({ exitCode: 0, annotations: [], stderr: '' })
    expect(shown()).toEqual({ [CONTEXT]: 'success' })
    expectSeconds(post, ...takes)
  }),
)
