import { describe, expect, test } from '@jest/globals'
import { expectQuiet, expectSaid } from '../support/expect.ts'
import { HEAD, LOOK, SHA, startJob, WRITE } from '../support/job.ts'

/** Payloads name HEAD where it should be looked for, and this one where it should not. */
const OTHER = 'f'.repeat(40)
const pull_request = { head: { sha: HEAD }, base: { sha: OTHER }, merge_commit_sha: SHA }
const deployment = { sha: HEAD, ref: 'main', payload: { sha: OTHER } }

describe('a job is followed on the right commit', () => {
  test.each<[event: string, payload: object, commit: string]>([
    ['pull_request', { before: OTHER, after: OTHER, pull_request }, HEAD],
    ['pull_request_target', { pull_request }, HEAD],
    ['pull_request_review', { pull_request, review: { commit_id: OTHER } }, HEAD],
    ['pull_request_review_comment', { pull_request, comment: { commit_id: OTHER } }, HEAD],
    ['workflow_run', { workflow_run: { head_sha: HEAD, head_commit: { id: OTHER } } }, HEAD],
    ['check_run', { check_run: { head_sha: HEAD, check_suite: { head_sha: OTHER } } }, HEAD],
    ['check_suite', { check_suite: { head_sha: HEAD, before: OTHER, after: OTHER } }, HEAD],
    ['merge_group', { merge_group: { head_sha: HEAD, base_sha: OTHER } }, HEAD],
    ['status', { sha: HEAD, commit: { sha: OTHER } }, HEAD],
    ['deployment', { deployment }, HEAD],
    ['deployment_status', { deployment, deployment_status: { state: 'success' } }, HEAD],
    ['issue_comment', { issue: { number: 7 }, comment: { body: '/deploy' } }, SHA],
    ['push', { ref: 'refs/heads/main', before: OTHER, after: OTHER, deleted: false }, SHA],
    ['push', { ref: 'refs/tags/v1', after: OTHER, created: true, deleted: false }, SHA],
    ['create', { ref: 'v1', ref_type: 'tag' }, SHA],
    ['delete', { ref: 'gone', ref_type: 'branch' }, SHA],
    ['release', { release: { target_commitish: OTHER } }, SHA],
    ['schedule', { schedule: '0 0 * * *' }, SHA],
    ['commit_comment', { comment: { commit_id: HEAD } }, HEAD],
    ['workflow_dispatch', { inputs: { sha: SHA, base: OTHER } }, SHA],
    ['repository_dispatch', { client_payload: { sha: SHA, base: OTHER.slice(1) } }, SHA],
  ])('%s', async (name, payload, commit) => {
    await using job = await startJob({ event: { name, payload } })
    await job.run({ main: false })
    expectQuiet(...job.results)
    expect(job.requests()).toEqual(
      [WRITE, LOOK, WRITE].map((request) => request.replace(SHA, commit)),
    )
  })
})

test('an event whose payload lacks the commit asks for `sha`, before any request', async () => {
  const event = { name: 'pull_request', payload: { action: 'created' } }
  await using job = await startJob({ event })
  expectSaid(await job.stage('main'), 'error', '`sha`', '"pull_request"', 'pull_request.head.sha')
  expect(job.requests()).toEqual([])
})

describe('a dispatch that names another commit than its own is unclear', () => {
  const inputs = { sha: OTHER }
  const client_payload = { pull_request: { head: { sha: OTHER } } }
  const shas = Object.fromEntries([...'abcdefg'].map((key) => [key, `${key.repeat(39)}f`]))
  test.each<[event: string, payload: object, expressions: string[]]>([
    ['workflow_dispatch', { inputs }, ['inputs.sha']],
    ['repository_dispatch', { client_payload }, ['client_payload.pull_request.head.sha']],
    [
      'repository_dispatch',
      { client_payload: shas },
      [...'abcde'].map((key) => `client_payload.${key}`),
    ],
  ])('%s with %j', async (name, payload, paths) => {
    await using job = await startJob({ event: { name, payload } })
    const { main } = await job.follow()
    const expressions = [...paths.map((path) => `event.${path}`), 'sha']
    for (const one of expressions) expectSaid(main, 'error', `\`sha: \${{ github.${one} }}\``)
    expect(main.stdout).not.toContain('client_payload.f ')
    expect(job.requests()).toEqual([])
  })

  test('for a gate, too', async () => {
    const event = { name: 'repository_dispatch', payload: { client_payload } }
    await using job = await startJob({ action: 'combined', event })
    expectSaid(await job.stage('main'), 'error', `\`ref: \${{ github.event.client_payload.pull_`)
    expect(job.requests()).toEqual([])
  })

  test('but not if each entry of a list names its commit', async () => {
    const statuses = JSON.stringify([{ context: 'a', state: 'success', sha: HEAD }])
    const event = { name: 'repository_dispatch', payload: { client_payload } }
    await using job = await startJob({ event, with: { statuses } })
    expectQuiet(await job.stage('main'))
    expect(job.shown(HEAD)).toEqual({ a: 'success' })
  })

  test('and an input that is called otherwise is a line in the log', async () => {
    const event = { name: 'workflow_dispatch', payload: { inputs: { previous: OTHER } } }
    await using job = await startJob({ event, with: { state: 'success' } })
    const main = await job.stage('main')
    expectQuiet(main)
    expect(main.log).toContain('github.event.inputs.previous')
  })
})

describe('a comment on a pull request of this repository is none of another', () => {
  const event = { name: 'issue_comment', payload: { issue: { number: 7, pull_request: {} } } }
  const api = { api_url: 'https://ghe.example/api/v3' }
  test.each([
    ['publish', { repository: 'o/other' }, /`sha` or `pull_request`/],
    ['publish', api, /`sha` or `pull_request`/],
    ['combined', { repository: 'o/other' }, /give `ref`/],
    ['list', { repository: 'o/other' }, /give `ref`/],
  ] as const)('%s with %j is an error before any request', async (action, inputs, ways) => {
    await using job = await startJob({ action, event, with: { token: 'given-token', ...inputs } })
    expectSaid(await job.stage('main'), 'error', '"event"', '#7 of "octo-org/octo-repo"', ways)
    expect(job.requests()).toEqual([])
  })
})

test('a commit of a SHA-256 repository is published on', async () => {
  const sha = 'a'.repeat(64)
  const declared = { commits: [sha] }
  await using job = await startJob({ server: 'gitea', sha, declared, with: { state: 'success' } })
  expectQuiet(await job.stage('main'))
  expect(job.shown(sha)).toEqual({ 'CI / build': 'success' })
})

describe('`sha`', () => {
  test('is published on, in whatever case it is written', async () => {
    const event = { name: 'pull_request', payload: {} }
    await using job = await startJob({ event, with: { sha: HEAD.toUpperCase() } })
    expectQuiet(...Object.values(await job.follow()))
    expect(job.shown(HEAD)).toEqual({ 'CI / build': 'success' })
  })

  const event = {
    name: 'pull_request',
    payload: { pull_request: { number: 7, head: { sha: HEAD } } },
  }
  const sha = `\${{ github.sha }}`
  test.each([
    [{ state: 'success', sha }, '`sha`'],
    [
      { statuses: `[{"context":"CI / build","state":"success","sha":"${SHA}"}]` },
      '`statuses[0].sha`',
    ],
  ])(
    'that is the test merge commit is published on, with a warning that names the head: %j',
    async (inputs, name) => {
      await using job = await startJob({ event, with: inputs })
      expectSaid(await job.stage('main'), 'warning', name, 'merge commit', HEAD.slice(0, 7))
      expect(job.shown(SHA)).toEqual({ 'CI / build': 'success' })
    },
  )

  test.each(['refs/pull/7/merge', 'pull/7/merge', SHA])(
    'as the `ref` %s of a gate is worth the same warning',
    async (ref) => {
      const declared = { branches: { 'pull/7/merge': SHA } }
      await using job = await startJob({ action: 'combined', event, declared, with: { ref } })
      const main = await job.stage('main')
      expect(main.log).toMatch(/`ref`.*test merge commit.*bbbbbbb|`ref`.*test merge commit/)
      expect(main.annotations.map(({ message }) => message).join()).toContain(HEAD.slice(0, 7))
    },
  )

  test('that is GITHUB_SHA of a push is published on without a word', async () => {
    await using job = await startJob({ with: { state: 'success', sha: SHA } })
    expectQuiet(await job.stage('main'))
  })
})

test.each([
  ['pre', {}, true],
  ['main', {}, false],
  ['main', { state: 'success' }, true],
] as const)(
  'a push that deletes a branch has no commit: %s publishes nothing, and says so',
  async (stage, inputs, pre) => {
    const payload = { ref: 'refs/heads/gone', after: '0'.repeat(40), deleted: true }
    await using job = await startJob({ event: { name: 'push', payload }, with: inputs })
    const stages = await job.run({ pre })
    expect(stages[stage]?.log).toMatch(/deleted/)
    expect(stages.main?.outputs).toMatchObject({ published: 'false', sha: '', state: '' })
    expect({ requests: job.requests(), said: job.annotations() }).toEqual({
      requests: [],
      said: [],
    })
  },
)

test('another repository gets the status, linked to the run of this one', async () => {
  await using job = await startJob({ with: { repository: 'other/repo', sha: HEAD } })
  job.sandbox.github.repository('other/repo', { commits: [HEAD] })
  await job.follow()
  expect(job.requests()).toContain(`POST /repos/other/repo/statuses/${HEAD}`)
  for (const { target_url } of job.published()) expect(target_url).toContain('octo-org/octo-repo')
})
