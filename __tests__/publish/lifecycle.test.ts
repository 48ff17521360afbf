import { describe, expect, test } from '@jest/globals'
import {
  HEAD,
  JOB_LINK,
  REPOSITORY,
  RUN_LINK,
  type Setup,
  SHA,
  startJob,
  TOKEN,
} from '../support/job.ts'

const POST = `POST /repos/${REPOSITORY}/statuses/${SHA}`
const LOOK = `GET /repos/${REPOSITORY}/commits/${SHA}/statuses`

/** One write that GitHub refuses for good. */
const refuseOnce = {
  method: 'POST',
  answer: { status: 400, body: { message: 'Problems parsing JSON' } },
}

/** A value that a step between main and post puts out. */
const late = (name: string) => `\${{ steps.late.outputs.${name} }}`

/** Runs pre and main, then a step with the id `late`, then post. */
async function runWithLate(setup: Setup, outputs: Record<string, string>) {
  const job = await startJob(setup)
  await job.stage('pre')
  await job.stage('main')
  job.contexts.steps.late = { outputs }
  return { job, post: await job.stage('post') }
}

describe('a job without inputs', () => {
  test('is pending from its start and gets its result at its end, for two writes and one read', async () => {
    const job = await startJob()
    await job.stage('pre')
    expect(job.requests()).toEqual([POST])
    expect(job.shown()).toEqual({ 'CI / build': 'pending' })
    await job.stage('main')
    expect(job.requests()).toEqual([POST])
    await job.stage('post')
    expect(job.requests()).toEqual([POST, LOOK, POST])
    expect(job.published()).toEqual([
      {
        sha: SHA,
        context: 'CI / build',
        state: 'pending',
        description: 'In progress',
        target_url: JOB_LINK,
      },
      {
        sha: SHA,
        context: 'CI / build',
        state: 'success',
        description: expect.stringMatching(/^Successful in \ds$/),
        target_url: JOB_LINK,
      },
    ])
    expect(job.annotations()).toEqual([])
  })

  test('has its outputs in main, though pre has published', async () => {
    const job = await startJob()
    const { main } = await job.run()
    const [first] = job.sandbox.github.statuses(REPOSITORY, SHA).slice(-1)
    expect(main?.outputs).toEqual({
      state: 'pending',
      context: 'CI / build',
      description: 'In progress',
      target_url: JOB_LINK,
      sha: SHA,
      id: String(first?.id),
      published: 'true',
    })
  })

  test.each<[jobStatus: 'success' | 'failure' | 'cancelled', state: string, description: RegExp]>([
    ['success', 'success', /^Successful in \ds$/],
    ['failure', 'failure', /^Failed after \ds$/],
    ['cancelled', 'error', /^Cancelled after \ds$/],
  ])('that ends in %s', async (jobStatus, state, description) => {
    const job = await startJob()
    await job.run({ jobStatus })
    expect(job.published()[1]).toMatchObject({
      state,
      description: expect.stringMatching(description),
    })
  })

  test('of a matrix has a name of its own', async () => {
    const job = await startJob({
      matrix: { node: 20, os: { name: 'linux', arch: '' } },
      workflow: 'Tests',
      job: 'unit',
    })
    await job.run()
    expect(job.shown()).toEqual({ 'Tests / unit (20, linux)': 'success' })
  })

  test('writes no token into its memory, and needs none from it', async () => {
    const job = await startJob({ with: { token: `\${{ secrets.MINE }}` } })
    job.contexts.secrets.MINE = TOKEN
    await job.stage('pre')
    expect(Object.keys(job.state)).toEqual(expect.arrayContaining(['memory', 'ready']))
    expect(JSON.stringify(job.state)).not.toContain(TOKEN)
    job.sandbox.github.token('ghs_another', {})
    job.contexts.secrets.MINE = 'ghs_another'
    await job.stage('post')
    expect(job.sandbox.requests.at(-1)?.headers.authorization).toMatch(/ ghs_another$/)
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })
})

describe('whoever opened a status closes it', () => {
  test('a local action has no pre: main opens', async () => {
    const job = await startJob()
    const { main } = await job.run({ pre: false, jobStatus: 'failure' })
    expect(job.requests()).toEqual([POST, LOOK, POST])
    expect(main?.outputs).toMatchObject({ state: 'pending', published: 'true' })
    expect(job.published()).toMatchObject([{ state: 'pending' }, { state: 'failure' }])
  })

  test('main skipped by `if`', async () => {
    const job = await startJob()
    await job.run({ main: false })
    expect(job.published()).toMatchObject([{ state: 'pending' }, { state: 'success' }])
  })

  test('pre failing: main tries again', async () => {
    const job = await startJob()
    job.sandbox.fault(refuseOnce)
    const { pre, main } = await job.run()
    expect(pre).toMatchObject({
      exitCode: 0,
      annotations: [
        {
          level: 'warning',
          message: expect.stringMatching(/^Could not publish .*\nMain tries again\.$/s),
        },
      ],
    })
    expect(main).toMatchObject({ exitCode: 0, outputs: { published: 'true' } })
    expect(job.requests()).toEqual([POST, POST, LOOK, POST])
    expect(job.published()).toMatchObject([{ state: 'pending' }, { state: 'success' }])
  })

  test('pre failing, and main skipped: post still publishes the result', async () => {
    const job = await startJob()
    job.sandbox.fault(refuseOnce)
    await job.run({ main: false, jobStatus: 'failure' })
    expect(job.published()).toMatchObject([{ state: 'failure' }])
  })

  test.each(['pre', 'main'] as const)('%s killed in the middle of its request', async (stage) => {
    const job = await startJob()
    job.sandbox.fault({ method: 'POST', hang: true })
    const stop = new AbortController()
    const stopped = job.stage(stage, { signal: stop.signal })
    while (job.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    stop.abort()
    expect((await stopped).exitCode).not.toBe(0)
    job.contexts.job.status = 'cancelled'
    await job.stage('post')
    expect(job.published()).toMatchObject([
      { state: 'error', description: expect.stringMatching(/^Cancelled after/) },
    ])
  })

  test('what pre opened is settled where main is switched off', async () => {
    const job = await startJob({ with: { enabled: `\${{ env.ON }}` }, env: { ON: 'true' } })
    await job.stage('pre')
    job.contexts.env.ON = 'false'
    const main = await job.stage('main')
    await job.stage('post')
    expect(main).toMatchObject({
      exitCode: 0,
      log: 'Switched off by the input `enabled`; what pre has opened is settled at the end.',
    })
    expect(main.outputs.published).toBe('false')
    expect(job.published()).toMatchObject([{ state: 'pending' }, { state: 'success' }])
  })

  test('switched off from the start, it does nothing at all', async () => {
    const job = await startJob({ with: { enabled: 'false', state: 'nonsense' } })
    const { pre, main, post } = await job.run({ jobStatus: 'failure' })
    expect([pre?.log, main?.log, post?.log]).toEqual([
      '',
      'Switched off by the input `enabled`.',
      '',
    ])
    expect(job.requests()).toEqual([])
    expect(job.annotations()).toEqual([])
  })

  test('what pre opened is settled where main refuses its inputs', async () => {
    const job = await startJob({ with: { state: `\${{ env.STATE }}` }, env: { STATE: 'job' } })
    await job.stage('pre')
    job.contexts.env.STATE = ''
    const main = await job.stage('main')
    await job.stage('post')
    expect(main.exitCode).toBe(1)
    expect(job.published()).toMatchObject([{ state: 'pending' }, { state: 'failure' }])
  })

  test('main publishing under another name than pre: both are settled, without a word', async () => {
    const job = await startJob({ with: { context: `\${{ env.NAME }}` } })
    await job.stage('pre')
    job.contexts.env.NAME = 'named by a step'
    const main = await job.stage('main')
    await job.stage('post')
    expect(main.outputs.context).toBe('named by a step')
    expect(job.shown()).toEqual({ 'CI / build': 'success', 'named by a step': 'success' })
    expect(job.annotations()).toEqual([])
  })

  test.each<[state: string, then: string[]]>([
    ['failure', ['pending', 'failure']],
    ['job', ['pending', 'success']],
  ])('`state: %s` in main, where pre opened', async (state, then) => {
    const job = await startJob({ with: { state: `\${{ env.STATE || 'job' }}` } })
    await job.stage('pre')
    job.contexts.env.STATE = state
    await job.stage('main')
    await job.stage('post')
    expect(job.published().map((status) => status.state)).toEqual(then)
  })

  test('a state published once in main under another name leaves the opened one to post', async () => {
    const job = await startJob({
      with: { state: `\${{ env.STATE || 'job' }}`, context: `\${{ env.NAME }}` },
    })
    await job.stage('pre')
    Object.assign(job.contexts.env, { STATE: 'failure', NAME: 'other' })
    await job.stage('main')
    await job.stage('post')
    expect(job.shown()).toEqual({ 'CI / build': 'success', other: 'failure' })
    expect(job.annotations()).toEqual([])
  })

  test('of several contexts, those that main publishes again are settled once', async () => {
    const job = await startJob({ with: { context: `one\n\${{ env.NAME }}` }, env: { NAME: 'two' } })
    await job.stage('pre')
    job.contexts.env.NAME = 'three'
    await job.stage('main')
    await job.stage('post')
    expect(job.shown()).toEqual({ one: 'success', two: 'success', three: 'success' })
    expect(job.published().filter(({ state }) => state === 'success')).toHaveLength(3)
  })

  test('two steps of one job keep apart', async () => {
    const first = await startJob({ id: 'first', with: { context: 'first' } })
    const second = await startJob({
      id: 'second',
      with: { context: 'second' },
      apiUrl: first.sandbox.url,
    })
    await first.stage('pre')
    await second.stage('pre')
    expect(first.shown()).toEqual({ first: 'pending', second: 'pending' })
    await second.stage('post')
    expect(first.shown()).toEqual({ first: 'pending', second: 'success' })
    await first.stage('post')
    expect(first.shown()).toEqual({ first: 'success', second: 'success' })
  })

  test('several contexts of a comment’s pull request are settled once each, though pre was refused one', async () => {
    const job = await startJob({
      event: { name: 'issue_comment', payload: { issue: { number: 7, pull_request: {} } } },
      declared: { pulls: { 7: { head: HEAD } } },
      with: { context: 'one\ntwo' },
    })
    job.sandbox.fault(refuseOnce)
    await job.run()
    expect(job.shown(HEAD)).toEqual({ one: 'success', two: 'success' })
    expect(job.published().filter(({ state }) => state === 'success')).toHaveLength(2)
  })
})

describe('a result that post cannot publish', () => {
  test.each([
    ['true', 1, 'error'],
    ['false', 0, 'warning'],
  ])(
    'with `fail_on_error: %s` ends post with %d and is told as %s',
    async (choice, exitCode, level) => {
      const job = await startJob({ with: { fail_on_error: choice } })
      await job.stage('pre')
      job.sandbox.fault(refuseOnce)
      const post = await job.stage('post')
      expect(post).toMatchObject({
        exitCode,
        annotations: [{ level, message: expect.stringContaining('Could not') }],
      })
    },
  )

  test('is not told again where main failed for the same lasting cause', async () => {
    const job = await startJob({ with: { sha: 'b'.repeat(40) } })
    const { main, post } = await job.run()
    expect(main).toMatchObject({ exitCode: 1, annotations: [{ level: 'error' }] })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(post?.log).toContain('the commit is not in octo-org/octo-repo')
  })

  test('is told where main failed for another cause', async () => {
    const job = await startJob({ with: { sha: 'b'.repeat(40) } })
    job.sandbox.fault({
      ...refuseOnce,
      answer: { status: 401, body: { message: 'Bad credentials' } },
      times: 2,
    })
    const { main, post } = await job.run()
    expect(main?.annotations[0]?.message).toContain('the token is not valid')
    expect(post).toMatchObject({
      exitCode: 1,
      annotations: [{ message: expect.stringContaining('the commit is not') }],
    })
  })
})

test('a job that was cancelled before its first step is opened and settled', async () => {
  const job = await startJob()
  job.contexts.job.status = 'cancelled'
  const { pre, main } = await job.run()
  expect([pre?.exitCode, main]).toEqual([0, undefined])
  expect(job.published().map(({ state }) => state)).toEqual(['pending', 'error'])
})

describe('what arrives late', () => {
  const LINK = 'https://example.com/report'

  test('a description and a link from a later step', async () => {
    const { job, post } = await runWithLate(
      { with: { description: late('text'), target_url: late('link') } },
      { text: '97 % covered', link: LINK },
    )
    expect(job.published()).toMatchObject([
      { description: 'In progress', target_url: JOB_LINK },
      { state: 'success', description: '97 % covered', target_url: LINK },
    ])
    expect(post.annotations).toEqual([])
  })

  test.each(['not-a-link', 'javascript:alert(1)', 'https://', 'ftp://example.com/x'])(
    'a link %s gives way to the one from before, with a warning',
    async (link) => {
      const { job, post } = await runWithLate({ with: { target_url: late('link') } }, { link })
      expect(post).toMatchObject({
        exitCode: 0,
        annotations: [
          {
            level: 'warning',
            message: `Input \`target_url\` is "${link}": expected an address that starts with http:// or https://. The value from before is used.`,
          },
        ],
      })
      expect(job.published()[1]).toMatchObject({ state: 'success', target_url: JOB_LINK })
    },
  )

  test('the text from before serves where nothing arrives', async () => {
    const job = await startJob({
      with: { description: `\${{ env.TEXT }}`, target_url: `\${{ env.LINK }}` },
      env: { TEXT: 'Deploying', LINK },
    })
    await job.stage('pre')
    Object.assign(job.contexts.env, { TEXT: '', LINK: '' })
    await job.stage('post')
    const texts = { description: 'Deploying', target_url: LINK }
    expect(job.published()).toMatchObject([
      { state: 'pending', ...texts },
      { state: 'success', ...texts },
    ])
  })

  test('a description that is too long is cut, and the log says so', async () => {
    const { job, post } = await runWithLate(
      { with: { description: late('text') } },
      { text: `🚀${'x'.repeat(150)}` },
    )
    expect(job.published()[1]?.description).toBe(`${'x'.repeat(139)}…`)
    expect(post.log).toContain('The description was cut to 140 characters.')
    expect(post.log).toContain(
      '4-byte characters were left out of the description: GitHub refuses them.',
    )
  })

  test('a context keeps the opened name, with a warning', async () => {
    const { job, post } = await runWithLate(
      { with: { context: late('name') } },
      { name: 'too late' },
    )
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
    expect(post.annotations).toEqual([
      {
        level: 'warning',
        message:
          'The input `context` has changed since the status was opened: "CI / build" gets the result.',
      },
    ])
  })

  test('a commit, a repository and an address from before stay', async () => {
    const { job } = await runWithLate(
      { with: { sha: late('sha'), repository: late('repository'), api_url: late('url') } },
      { sha: HEAD, repository: 'other/repo', url: 'http://127.0.0.1:1' },
    )
    expect(job.requests()).toEqual([POST, LOOK, POST])
  })

  test('a job id that is none leaves the look without it', async () => {
    const { job, post } = await runWithLate(
      { with: { check_run_id: `\${{ steps.late.outputs.id || '5' }}` } },
      { id: 'not digits' },
    )
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })

  test.each<[word: string, state: string, description: RegExp]>([
    ['', 'error', /^The job reported no result$/],
    ['nonsense', 'error', /^The job reported no result$/],
    ['timed_out', 'failure', /^Timed out after \ds$/],
  ])('a job status of %j is %s', async (word, state, description) => {
    const job = await startJob({
      with: { job_status: `\${{ env.WORD }}` },
      env: { WORD: 'success' },
    })
    await job.stage('pre')
    job.contexts.env.WORD = word
    await job.stage('post')
    expect(job.published()[1]).toMatchObject({
      state,
      description: expect.stringMatching(description),
    })
  })

  test('the choice for a cancelled job is the one from the start', async () => {
    const job = await startJob({
      with: { cancelled_state: `\${{ env.CHOICE }}` },
      env: { CHOICE: 'failure' },
    })
    await job.stage('pre')
    job.contexts.env.CHOICE = 'success'
    job.contexts.job.status = 'cancelled'
    await job.stage('post')
    expect(job.published()[1]?.state).toBe('failure')
  })
})

describe('a limit that keeps pending from being published fails no job: the results are what it is for', () => {
  const limited = { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } }

  test('main tries again, warns, and post publishes', async () => {
    const job = await startJob()
    job.sandbox.fault({ answer: limited, times: 2 })
    const { pre, main, post } = await job.run()
    expect(pre).toMatchObject({ exitCode: 0, annotations: [{ level: 'warning' }] })
    expect(main).toMatchObject({ exitCode: 0, annotations: [{ level: 'warning' }] })
    expect(main?.annotations[0]?.message).toMatch(
      /^Could not publish .* too fast: .*\nPost publishes the job's result\.$/,
    )
    expect(main?.outputs).toMatchObject({ published: 'false', id: '' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(job.requests()).toEqual([POST, POST, LOOK, POST])
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
  })

  test('what is published once does fail', async () => {
    const job = await startJob({ with: { state: 'success' } })
    job.sandbox.fault({ answer: { ...limited, headers: { 'retry-after': '3600' } } })
    expect(await job.stage('main')).toMatchObject({
      exitCode: 1,
      annotations: [{ level: 'error' }],
    })
  })
})

describe('an old run does not overwrite a newer one', () => {
  const RUN = 1_658_821_493
  const NEWER = 'A newer run has published "CI / build": its status is left as it is.'
  const links = (run: number, job?: number) =>
    `https://github.com/${REPOSITORY}/actions/runs/${run}${job === undefined ? '' : `/job/${job}`}`

  /** A job during which another tool or run publishes. */
  async function meet(context: string, target_url: string | null, setup: Setup = {}) {
    const job = await startJob({ runId: RUN, checkRunId: 50, ...setup })
    await job.stage('pre')
    job.sandbox.github.publish(REPOSITORY, SHA, { state: 'failure', context, target_url })
    return { job, post: await job.stage('post') }
  }

  test.each<[what: string, link: string]>([
    ['a greater run id', links(RUN + 1, 1)],
    ['a run id of one more digit', links(RUN * 10)],
    ['a greater job id of the same run', links(RUN, 51)],
  ])('%s', async (_, link) => {
    const { job, post } = await meet('CI / build', link)
    expect(job.shown()).toEqual({ 'CI / build': 'failure' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [], log: NEWER })
    expect(job.requests()).toEqual([POST, LOOK])
  })

  test('nor under a name in other letters, which is the same to GitHub', async () => {
    const { job } = await meet('ci / BUILD', links(RUN + 1))
    expect(job.requests()).toEqual([POST, LOOK])
  })

  test.each<[what: string, context: string, link: string | null]>([
    ['the same job', 'CI / build', links(RUN, 50)],
    ['an earlier job of the same run', 'CI / build', links(RUN, 49)],
    ['an older run', 'CI / build', links(RUN - 1, 99)],
    ['another context', 'other', links(RUN + 1)],
    ['no link', 'CI / build', null],
    ['a foreign link', 'CI / build', 'https://ci.example/actions/runs/9999999999'],
    [
      'another repository',
      'CI / build',
      `https://github.com/octo-org/octo-repo2/actions/runs/${RUN + 1}`,
    ],
  ])('but settles after %s', async (_, context, link) => {
    const { job, post } = await meet(context, link)
    expect(job.shown()).toMatchObject({ 'CI / build': 'success' })
    expect(post.annotations).toEqual([])
  })

  test('and of several contexts settles the rest', async () => {
    const { job } = await meet('one', links(RUN + 1), { with: { context: 'one\ntwo' } })
    expect(job.shown()).toEqual({ one: 'failure', two: 'success' })
  })

  const PUT_BACK = 'A newer run has published "CI / build": its status is put back.'

  /** A job that begins when another run has published. */
  async function follow(status: { state: string; creator?: string }) {
    const job = await startJob({ runId: RUN, checkRunId: 50 })
    const target_url = links(RUN + 1, 60)
    job.sandbox.github.publish(REPOSITORY, SHA, {
      context: 'CI / build',
      description: 'theirs',
      target_url,
      ...status,
    })
    await job.stage('pre')
    return { job, target_url, post: await job.stage('post') }
  }

  test('though it began when the newer one had ended: that result is put back', async () => {
    const { job, target_url, post } = await follow({ state: 'failure' })
    expect(job.published()[1]).toMatchObject({
      state: 'failure',
      description: 'theirs',
      target_url,
    })
    expect(post.log).toContain(PUT_BACK)
    expect(job.requests()).toEqual([POST, LOOK, POST])
  })

  test('a newer one that is pending is left to publish its result', async () => {
    const { job, post } = await follow({ state: 'pending' })
    expect(post.log).toBe(NEWER)
    expect(job.requests()).toEqual([POST, LOOK])
  })

  test('what another account has published is not put back in our name', async () => {
    const { job } = await follow({ state: 'success', creator: 'mallory' })
    expect(job.published()[1]).toMatchObject({
      state: 'success',
      description: expect.stringMatching(/^Successful in/),
    })
  })

  test.each(['failure', 'pending'])(
    'a newer %s that came while a write was tried again is put back',
    async (state) => {
      const job = await startJob({ runId: RUN, checkRunId: 50 })
      await job.stage('pre')
      job.sandbox.fault({
        method: 'POST',
        answer: { status: 503, headers: { 'retry-after': '2' } },
      })
      const ending = job.stage('post')
      while (job.requests().length < 3) await new Promise((resolve) => setTimeout(resolve, 20))
      job.sandbox.github.publish(REPOSITORY, SHA, {
        state,
        context: 'CI / build',
        target_url: links(RUN + 1),
      })
      const post = await ending
      expect(job.shown()).toEqual({ 'CI / build': state })
      expect(post.log).toContain(PUT_BACK)
      // By the time that a pending is put back, its result may be there.
      const again = state === 'pending' ? [LOOK] : []
      expect(job.requests()).toEqual([POST, LOOK, POST, POST, LOOK, POST, ...again])
    },
  )

  test.each<
    [what: string, look: Parameters<Awaited<ReturnType<typeof startJob>>['sandbox']['fault']>[0]]
  >([
    [
      'refused',
      {
        method: 'GET',
        answer: { status: 403, body: { message: 'Resource not accessible by integration' } },
      },
    ],
    ['no JSON', { method: 'GET', answer: { status: 200, body: '<html>' } }],
    ['hanging', { method: 'GET', hang: true, times: 9 }],
  ])('a look that is %s never stops the publishing', async (_, look) => {
    const job = await startJob()
    await job.stage('pre')
    job.sandbox.fault(look)
    const post = await job.stage('post')
    expect(job.shown()).toEqual({ 'CI / build': 'success' })
    expect(post).toMatchObject({ exitCode: 0, annotations: [] })
    expect(post.log).toContain('The result is published without a look for newer runs.')
  })
})

describe('elsewhere', () => {
  test('GitHub Enterprise Server: /api/v3, its own links, no id of the job', async () => {
    const serverUrl = 'https://ghe.example'
    const job = await startJob({ base: '/api/v3', serverUrl, checkRunId: null })
    await job.run()
    expect(job.requests()).toEqual(
      [POST, LOOK, POST].map((request) => request.replace(' /', ' /api/v3/')),
    )
    expect(job.published()).toMatchObject(
      ['pending', 'success'].map((state) => ({
        state,
        target_url: RUN_LINK.replace('https://github.com', serverUrl),
      })),
    )
    expect(job.annotations()).toEqual([])
  })

  const gitea: Setup = {
    gitea: true,
    base: '/api/v1',
    sandbox: { dialect: 'gitea' },
    serverUrl: 'https://gitea.example',
  }

  test('Gitea, where a default is frozen: the job’s status is asked for, and nothing left pending', async () => {
    const job = await startJob(gitea)
    const { main } = await job.run()
    expect(main).toMatchObject({
      exitCode: 1,
      annotations: [
        { level: 'error', message: expect.stringContaining(`\`job_status: \${{ job.status }}\``) },
      ],
    })
    expect(job.requests()).toEqual([])
  })

  test.each<['success' | 'failure']>([['success'], ['failure']])(
    'Gitea, with it given: %s',
    async (jobStatus) => {
      const job = await startJob({
        ...gitea,
        matrix: { node: 20 },
        with: { job_status: `\${{ job.status }}` },
      })
      const { main } = await job.run({ jobStatus })
      expect(job.annotations()).toEqual([])
      expect(main?.outputs).toMatchObject({ published: 'true', id: '1' })
      expect(job.published()).toMatchObject([
        { context: 'CI / build (20)', state: 'pending' },
        { context: 'CI / build (20)', state: jobStatus },
      ])
    },
  )

  test('Gitea, a state published once needs no more', async () => {
    const job = await startJob({ ...gitea, with: { state: 'failure' } })
    await job.run()
    expect(job.published()).toMatchObject([{ state: 'failure' }])
    expect(job.annotations()).toEqual([])
  })

  test('another repository, linked to this one’s run', async () => {
    const job = await startJob({ with: { repository: 'other/repo', sha: HEAD } })
    job.sandbox.github.repository('other/repo', { commits: [HEAD] })
    await job.run()
    expect(job.requests()).toContain(`POST /repos/other/repo/statuses/${HEAD}`)
    expect(job.published()).toMatchObject([{ target_url: JOB_LINK }, { target_url: JOB_LINK }])
  })

  test('through a composite action that passes on inputs nobody gave', async () => {
    const names =
      'needs context description target_url sha repository token api_url cancelled_state skipped_state'
    const empty = [...names.split(' '), 'fail_on_error', 'enabled'].map((name) => [
      name,
      `\${{ inputs.${name} }}`,
    ])
    const job = await startJob({ with: Object.fromEntries(empty) })
    await job.run({ jobStatus: 'cancelled' })
    expect(job.requests()).toEqual([POST, LOOK, POST])
    expect(job.published()).toMatchObject([
      { context: 'CI / build', state: 'pending', target_url: JOB_LINK },
      { context: 'CI / build', state: 'error', target_url: JOB_LINK },
    ])
    expect(job.annotations()).toEqual([])
  })
})
