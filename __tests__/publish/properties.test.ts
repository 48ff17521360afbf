import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { createGitHub } from '../../sandbox/api/github.ts'
import { parseFileCommand } from '../../sandbox/runner/file-commands.ts'
import { readLines } from '../../sandbox/runner/output.ts'
import { parseCommand } from '../../sandbox/runner/workflow-commands.ts'
import { readPublish } from '../../src/publish/inputs/read.ts'
import { main } from '../../src/publish/main.ts'
import { formatOutputs, outputsOf } from '../../src/publish/outputs.ts'
import { post } from '../../src/publish/post.ts'
import { pre } from '../../src/publish/pre.ts'
import { actionsRunner, type Runner } from '../../src/runner/toolkit.ts'
import type { Answer, Fetch } from '../../src/runner/transport.ts'
import { FEWER, foreign, matrix, RUNS } from '../support/arbitrary.ts'
import { REPOSITORY, SHA, TOKEN } from '../support/job.ts'

test('outputs come out of the file as they went in, whatever end marks are in them', () => {
  const end = fc.constantFrom(
    'end_00000000-0000-0000-0000-000000000000',
    'state<<end',
    'published=true',
    'end',
    'EOF',
    '',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(foreign, end)), fc.array(end), (lines, more) => {
      const context = [...lines, ...more].join('\n')
      const status = { context, sha: SHA, id: '1', state: 'success' as const }
      const outputs = outputsOf([{ ...status, description: context, target_url: '' }])
      expect(parseFileCommand(formatOutputs(outputs))).toEqual(outputs)
    }),
    RUNS,
  )
})

const folder = mkdtempSync(join(tmpdir(), 'properties-'))
const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STATE: join(folder, 'state') }
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a stage in this process, with the toolkit's own way to write its log, and gives all that it wrote. */
async function inProcess(
  stage: (runner: Runner) => Promise<unknown>,
  runner: Partial<Runner> & { env: Runner['env'] },
) {
  for (const [name, file] of Object.entries(files)) {
    writeFileSync(file, '')
    process.env[name] = file
  }
  let written = ''
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += text
    return true
  })
  try {
    await stage({ ...actionsRunner(), summarize: async () => {}, payload: undefined, ...runner })
  } finally {
    write.mockRestore()
    process.exitCode = undefined
    for (const name of Object.keys(files)) delete process.env[name]
  }
  const lines = written.split('\n').map((line) => line.replace(/\r$/, ''))
  const read = (file: string) => parseFileCommand(readFileSync(file, 'utf8'))
  return {
    lines,
    output: readLines(lines),
    outputs: read(files.GITHUB_OUTPUT),
    state: read(files.GITHUB_STATE),
  }
}

const OUTPUTS = 'context description id published sha state statuses target_url'.split(' ')

/** That of all lines only annotations and the token's mask are commands, and no file has a name that is not ours. */
function expectHarmless({ lines, outputs, state }: Awaited<ReturnType<typeof inProcess>>): void {
  for (const line of lines) {
    const command = parseCommand(line)
    if (command === undefined) continue
    expect(line).toMatch(/^::(warning|error|add-mask)::/)
    if (command.name === 'add-mask') expect(command.message).toBe(TOKEN)
  }
  for (const name of Object.keys(outputs)) expect(OUTPUTS).toContain(name)
  for (const name of Object.keys(state)) expect(name).toMatch(/^\w+$/)
}

const base = {
  INPUT_NEEDS: 'none',
  INPUT_STATUSES: 'none',
  INPUT_SHA: 'event',
  INPUT_PULL_REQUEST: 'none',
  INPUT_REPOSITORY: REPOSITORY,
  INPUT_API_URL: 'https://api.github.com',
  INPUT_JOB_TOKEN: TOKEN,
  INPUT_STATE: 'job',
  INPUT_JOB_STATUS: 'success',
  INPUT_TOKEN: TOKEN,
  GITHUB_REPOSITORY: REPOSITORY,
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: '7',
  GITHUB_SHA: SHA,
  GITHUB_EVENT_NAME: 'push',
}

/** What a stage has saved, as the next one gets it. */
const saved = ({ state }: Awaited<ReturnType<typeof inProcess>>) =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))

/** A GitHub in memory, and the way to it. */
function inMemory() {
  const github = createGitHub()
  github.repository(REPOSITORY, { commits: [SHA] })
  github.token(TOKEN)
  const fetch: Fetch = async (url, { method, headers, body = '' }) => {
    const { pathname, search, host } = new URL(url)
    const answer = github.handle({
      method,
      url: pathname + search,
      headers: { ...headers, host },
      body,
    })
    return answerOf(answer.status, answer.headers, answer.body, url)
  }
  return { fetch, statuses: () => github.statuses(REPOSITORY, SHA).toReversed() }
}

const answerOf = (
  status: number,
  headers: Record<string, string>,
  body: string,
  url: string,
): Answer => ({
  status,
  url,
  headers: new Map(Object.entries(headers)),
  text: async () => body,
  arrayBuffer: async () => new TextEncoder().encode(body).buffer,
})

describe('stages', () => {
  test('write no line that is a command, whatever they are told to say', async () => {
    await fc.assert(
      fc.asyncProperty(foreign, async (text) => {
        const said = await inProcess(
          async ({ info, warning, fail }) => [info, warning, fail].map((say) => say(text)),
          {
            env: base,
          },
        )
        expectHarmless(said)
        expect(said.output.commands.map(({ name }) => name)).toEqual(['warning', 'error'])
      }),
      FEWER,
    )
  })

  test('publish the same names in pending and final, and nothing that GitHub refuses', async () => {
    await fc.assert(
      fc.asyncProperty(
        foreign,
        foreign,
        foreign,
        foreign,
        matrix,
        async (context, description, workflow, job, matrix) => {
          const { fetch, statuses } = inMemory()
          const env = {
            ...base,
            INPUT_CONTEXT: context,
            INPUT_DESCRIPTION: description,
            INPUT_MATRIX: JSON.stringify(matrix),
            GITHUB_WORKFLOW: workflow,
            GITHUB_JOB: job,
          }
          const opened = await inProcess(pre, { env, fetch })
          const settled = await inProcess(post, {
            env: { ...env, ...saved(opened) },
            fetch,
          })
          expectHarmless(opened)
          expectHarmless(settled)
          const names = (state: string) =>
            statuses().flatMap((one) => (one.state === state ? [one.context] : []))
          expect(names('success')).toEqual(names('pending'))
          const isWrong = opened.output.annotations.length > 0
          if (isWrong) expect(opened.output.annotations[0]?.message).toMatch(/Input `context`/)
          expect(names('pending').length > 0).toBe(!isWrong)
        },
      ),
      FEWER,
    )
  }, 120_000)

  test('make no command of any input, and do not break', async () => {
    const names = [
      ...[
        'state',
        'needs',
        'context',
        'description',
        'target_url',
        'sha',
        'repository',
        'api_url',
        'cancelled_state',
      ],
      ...[
        'skipped_state',
        'statuses',
        'pull_request',
        'fail_on_error',
        'enabled',
        'job_status',
        'matrix',
        'check_run_id',
      ],
    ].map((name) => `INPUT_${name.toUpperCase()}`)
    const needs = fc.dictionary(
      foreign,
      fc.record({ result: fc.oneof(foreign, fc.constantFrom('success', 'failure')) }),
    )
    const given = fc.oneof(
      foreign,
      fc.json(),
      needs.map((jobs) => JSON.stringify(jobs)),
    )
    const inputs = fc.dictionary(
      fc.constantFrom(...names, 'GITHUB_EVENT_NAME', 'GITHUB_ACTOR', 'GITHUB_SHA'),
      given,
    )
    await fc.assert(
      fc.asyncProperty(inputs, async (inputs) => {
        const env = { ...base, ...inputs }
        const { fetch } = inMemory()
        const opened = await inProcess(pre, { env, fetch })
        const done = await inProcess(main, {
          env: { ...env, ...saved(opened) },
          fetch,
        })
        const state = { ...saved(opened), ...saved(done) }
        const closed = await inProcess(post, { env: { ...env, ...state }, fetch })
        for (const stage of [opened, done, closed]) expectHarmless(stage)
      }),
      FEWER,
    )
  }, 120_000)

  test('take any JSON for an event', async () => {
    const field = fc.constantFrom(
      'pull_request',
      'workflow_run',
      'issue',
      'head',
      'sha',
      'head_sha',
      'number',
      'deleted',
    )
    const event = fc.oneof(
      fc.jsonValue(),
      fc.letrec((tie) => ({
        tree: fc.dictionary(
          field,
          fc.oneof({ depthSize: 'small' }, foreign, fc.jsonValue(), tie('tree')),
          {
            maxKeys: 5,
          },
        ),
      })).tree,
    )
    const events = [
      'push',
      'pull_request',
      'workflow_run',
      'issue_comment',
      'deployment',
      'status',
      'check_run',
      'toString',
    ]
    await fc.assert(
      fc.asyncProperty(
        event,
        fc.oneof(fc.constantFrom(...events), foreign),
        async (payload, name) => {
          const env = { ...base, GITHUB_EVENT_NAME: name }
          const read = readPublish(env, payload)
          if ('problems' in read) expect(read.problems.join()).not.toMatch(/[\r\n]/)
          expectHarmless(await inProcess(pre, { env, payload, fetch: inMemory().fetch }))
        },
      ),
      FEWER,
    )
  })

  test('take any answer of a server, and say what it says without making a command of it', async () => {
    const header = fc.constantFrom(
      'location',
      'retry-after',
      'x-ratelimit-reset',
      'x-github-sso',
      'content-type',
      'link',
    )
    const body = fc.oneof(
      foreign,
      fc.json(),
      fc
        .record({ message: foreign, errors: fc.oneof(foreign, fc.jsonValue()) })
        .map((one) => JSON.stringify(one)),
    )
    const status = fc.constantFrom(200, 201, 204, 301, 304, 307, 400, 401, 403, 404, 410, 422, 451)
    await fc.assert(
      fc.asyncProperty(
        status,
        fc.dictionary(header, foreign),
        body,
        async (status, headers, body) => {
          const fetch: Fetch = async (url) =>
            // Long waits are not begun; short ones would make this test long.
            answerOf(
              status,
              { 'content-type': 'application/json', ...headers, 'retry-after': '9999' },
              body,
              url,
            )
          for (const stage of [pre, main]) {
            const ended = await inProcess(stage, {
              env: { ...base, GITHUB_WORKFLOW: 'CI', GITHUB_JOB: 'test' },
              fetch,
            })
            expectHarmless(ended)
            if (status !== 201) expect(ended.output.annotations).toHaveLength(1)
          }
        },
      ),
      FEWER,
    )
  }, 120_000)
})
