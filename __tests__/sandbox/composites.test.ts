import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { createJob, type JobOptions } from '../../sandbox/runner/stage-runner.ts'

const root = mkdtempSync(join(tmpdir(), 'composites-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const SCRIPT = `console.log(JSON.stringify({
  text: process.env.INPUT_TEXT,
  status: process.env.INPUT_STATUS,
  path: process.env.GITHUB_ACTION_PATH,
  repository: process.env.GITHUB_ACTION_REPOSITORY,
  state: process.env.STATE_x,
}))`
writeFileSync(join(root, 'run.mjs'), SCRIPT)
writeFileSync(
  join(root, 'action.yml'),
  `name: probe
inputs:
  text: {}
  status: { default: '\${{ job.status }}' }
runs: { using: node24, pre: run.mjs, main: run.mjs, post: run.mjs }`,
)

/** What each stage was given, in a job whose later step fails. */
async function seen(options: Partial<JobOptions>) {
  const job = createJob({
    action: root,
    event: { name: 'push', payload: {} },
    apiUrl: 'http://127.0.0.1:1',
    token: 'ghs_secret',
    ...options,
  })
  const stages = await job.run({ jobStatus: 'failure' })
  const { workspace } = job.contexts.github
  job.remove()
  const told = Object.entries(stages).map(([stage, result]) => {
    const given = result && JSON.parse(result.stdout.replaceAll(String(workspace), 'WORKSPACE'))
    return [stage, given]
  })
  return Object.fromEntries(told)
}

test('in direct use by reference the action has a repository and no path', async () => {
  const { pre } = await seen({})
  expect(pre).toMatchObject({ repository: 'octo-org/commit-status' })
  expect(pre).not.toHaveProperty('path')
})

test('from the checkout it has no pre, and neither repository nor path', async () => {
  const { pre, main, post } = await seen({ uses: './' })
  expect(pre).toBeUndefined()
  for (const given of [main, post]) {
    expect(given).toMatchObject({ repository: '' })
    expect(given).not.toHaveProperty('path')
  }
})

const outer = {
  uses: './a',
  inputs: { ctx: 'default of a' },
  steps: { s: { outputs: { v: 'a' } } },
}
const inner = { uses: './b', with: { ctx: 'given to b' }, steps: { s: { outputs: { v: 'b' } } } }
const given = { text: `\${{ inputs.ctx }}, \${{ steps.s.outputs.v }}` }

test('in a composite from the checkout every stage has its inputs, steps and path', async () => {
  const { pre, main, post } = await seen({ with: given, composites: [outer] })
  expect(pre).toBeUndefined()
  const inside = { text: 'default of a, a', path: 'WORKSPACE/./a' }
  expect(main).toMatchObject(inside)
  expect(post).toMatchObject({ ...inside, status: 'failure' })
})

test('in a local composite inside another, post has those of the outer one', async () => {
  const { main, post } = await seen({ with: given, composites: [outer, inner] })
  expect(main).toMatchObject({ text: 'given to b, b', path: 'WORKSPACE/./b' })
  expect(post).toMatchObject({ text: 'default of a, a', path: 'WORKSPACE/./a' })
})

test('in composites by reference post has those of the inner one', async () => {
  const composites = [
    { ...outer, uses: 'octo/a@v1' },
    { ...inner, uses: 'octo/b@v1' },
  ]
  const { pre, post } = await seen({ with: given, composites })
  expect(pre).toMatchObject({ text: 'given to b, b' })
  expect(post).toMatchObject({ text: 'given to b, b', status: 'failure' })
  expect(post.path).toMatch(/_actions\/octo\/b\/v1$/)
})

test('on Gitea a composite knows neither the job’s result nor late values', async () => {
  const { main, post } = await seen({
    gitea: true,
    with: { status: `\${{ job.status }}` },
    composites: [{ ...outer, uses: 'octo/a@v1' }],
  })
  expect(main).toMatchObject({ status: 'success' })
  expect(post).toMatchObject({ status: 'success' })
})

test('state that no stage saved comes from the environment', async () => {
  const { pre, post } = await seen({ env: { STATE_x: 'forged' } })
  expect([pre.state, post.state]).toEqual(['forged', 'forged'])
})

test('a token can be revoked before post', async () => {
  const job = createJob({
    action: root,
    event: { name: 'push', payload: {} },
    apiUrl: 'http://127.0.0.1:1',
    token: 'ghs_secret',
  })
  const seenBefore: (string | undefined)[] = []
  await job.run({ beforePost: ({ results }) => seenBefore.push(results.at(-1)?.stage) })
  job.remove()
  expect(seenBefore).toEqual(['main'])
  expect(job.results.map(({ stage }) => stage)).toEqual(['pre', 'main', 'post'])
})
