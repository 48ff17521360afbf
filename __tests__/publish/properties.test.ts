import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { answerOf, requestOf } from '../../sandbox/api/fetch.ts'
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
import type { Fetch } from '../../src/runner/transport.ts'
import { FEWER, foreign, matrix, RUNS } from '../support/arbitrary.ts'
import { REPOSITORY, SHA, TOKEN } from '../support/job.ts'

test('outputs come out of the file as they went in, whatever end marks are in them', () => {
  const marks = ['end_00000000-0000-0000-0000-000000000000', 'state<<end', 'published=true', 'EOF']
  const end = fc.constantFrom(...marks, 'end', '')
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
    await stage({ ...actionsRunner(), summarize: async () => {}, payload: {}, ...runner })
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
  INPUT_CONTEXT: 'job',
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
  const fetch: Fetch = async (url, call) => answerOf(url, github.handle(requestOf(url, call)))
  return { fetch, statuses: () => github.statuses(REPOSITORY, SHA).toReversed() }
}

/** A property of whole stages. */
const holds = <T>(given: fc.Arbitrary<T>, check: (value: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(given, check), FEWER)

const oneOf = (words: string) => fc.constantFrom(...words.split(' '))

describe('stages', () => {
  test('write no line that is a command, whatever they are told to say', () =>
    holds(foreign, async (text) => {
      const say = async ({ info, warning, fail }: Runner) => {
        for (const write of [info, warning, fail]) write(text)
      }
      const said = await inProcess(say, { env: base })
      expectHarmless(said)
      expect(said.output.commands.map(({ name }) => name)).toEqual(['warning', 'error'])
    }))

  test('publish the same names in pending and final, and nothing that GitHub refuses', () => {
    const texts = fc.record({
      INPUT_CONTEXT: foreign.map((text) => (text.trim() === '' ? 'job' : text)),
      INPUT_DESCRIPTION: foreign,
      INPUT_MATRIX: matrix.map((value) => JSON.stringify(value)),
      GITHUB_WORKFLOW: foreign,
      GITHUB_JOB: foreign,
    })
    return holds(texts, async (given) => {
      const { fetch, statuses } = inMemory()
      const env = { ...base, ...given }
      const opened = await inProcess(pre, { env, fetch })
      const settled = await inProcess(post, { env: { ...env, ...saved(opened) }, fetch })
      expectHarmless(opened)
      expectHarmless(settled)
      const names = (state: string) =>
        statuses().flatMap((one) => (one.state === state ? [one.context] : []))
      expect(names('success')).toEqual(names('pending'))
      const isWrong = opened.output.annotations.length > 0
      if (isWrong) expect(opened.output.annotations[0]?.message).toMatch(/Input `context`/)
      expect(names('pending').length > 0).toBe(!isWrong)
    })
  }, 120_000)

  test('make no command of any input, and do not break', () => {
    const names = `state needs context description target_url sha repository api_url cancelled_state
      skipped_state statuses pull_request fail_on_error enabled job_status matrix job_total check_run_id`
    const inputNames = names.split(/\s+/).map((name) => `INPUT_${name.toUpperCase()}`)
    const name = fc.constantFrom(...inputNames, 'GITHUB_EVENT_NAME', 'GITHUB_ACTOR', 'GITHUB_SHA')
    const result = fc.oneof(foreign, oneOf('success failure'))
    const needs = fc.dictionary(foreign, fc.record({ result }))
    const given = fc.oneof(
      foreign,
      fc.json(),
      needs.map((jobs) => JSON.stringify(jobs)),
    )
    const inputs = fc.dictionary(name, given)
    return holds(inputs, async (inputs) => {
      const env = { ...base, ...inputs }
      const { fetch } = inMemory()
      const opened = await inProcess(pre, { env, fetch })
      const done = await inProcess(main, { env: { ...env, ...saved(opened) }, fetch })
      const state = { ...saved(opened), ...saved(done) }
      const closed = await inProcess(post, { env: { ...env, ...state }, fetch })
      for (const stage of [opened, done, closed]) expectHarmless(stage)
    })
  }, 120_000)

  test('take any JSON for an event', () => {
    const field = oneOf('pull_request workflow_run issue head sha head_sha number deleted')
    const { tree } = fc.letrec((tie) => {
      const leaf = fc.oneof({ depthSize: 'small' }, foreign, fc.jsonValue(), tie('tree'))
      return { tree: fc.dictionary(field, leaf, { maxKeys: 5 }) }
    })
    const payload = fc.oneof(fc.jsonValue(), tree)
    const events =
      'push pull_request workflow_run issue_comment deployment status check_run toString'
    const name = fc.oneof(oneOf(events), foreign)
    return holds(fc.record({ payload, name }), async ({ payload, name }) => {
      const env = { ...base, GITHUB_EVENT_NAME: name }
      const read = readPublish(env, payload)
      if ('problems' in read) expect(read.problems.join()).not.toMatch(/[\r\n]/)
      expectHarmless(await inProcess(pre, { env, payload, fetch: inMemory().fetch }))
    })
  })

  test('take any answer of a server, and say what it says without making a command of it', () => {
    const header = oneOf('location retry-after x-ratelimit-reset x-github-sso content-type link')
    const errors = fc.oneof(foreign, fc.jsonValue())
    const message = fc.record({ message: foreign, errors })
    const answer = fc.record({
      status: fc.constantFrom(200, 201, 204, 301, 304, 307, 400, 401, 403, 404, 410, 422, 451),
      headers: fc.dictionary(header, foreign),
      body: fc.oneof(
        foreign,
        fc.json(),
        message.map((one) => JSON.stringify(one)),
      ),
    })
    return holds(answer, async ({ status, headers, body }) => {
      // Long waits are not begun; short ones would make this test long.
      const given = { 'content-type': 'application/json', ...headers, 'retry-after': '9999' }
      const fetch: Fetch = async (url) => answerOf(url, { status, headers: given, body })
      const env = { ...base, GITHUB_WORKFLOW: 'CI', GITHUB_JOB: 'test' }
      for (const stage of [pre, main]) {
        const ended = await inProcess(stage, { env, fetch })
        expectHarmless(ended)
        if (status !== 201) expect(ended.output.annotations).toHaveLength(1)
      }
    })
  }, 120_000)
})
