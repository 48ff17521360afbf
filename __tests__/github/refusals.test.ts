import { describe, expect, test } from '@jest/globals'
import type { FaultKind } from '../../sandbox/api/server.ts'
import { expectSaid, expectSeconds, retries, said } from '../support/expect.ts'
import { answers } from '../support/faults.ts'
import { HEAD, REPOSITORY, type Setup, startJob } from '../support/job.ts'

// What does not pass is not tried again: one error with what was to be published, the server's own reason and the fix.

type Parts = (string | RegExp)[]

/** Publishes once; the first write meets the fault. */
async function refusedBy(fault: FaultKind | undefined, setup: Setup = {}) {
  const faults = fault ? [{ ...fault, method: 'POST' }] : []
  await using job = await startJob({ with: { state: 'success' }, faults, ...setup })
  const main = await job.stage('main')
  expect(job.published()).toEqual([])
  expect(job.sandbox.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  expect(retries(main)).toEqual([])
  expect(main.outputs).toMatchObject({ published: 'false', id: '' })
  expectSeconds(main, 0, 1)
  return main
}

describe('by who asks: the permission, the token, the repository', () => {
  const reads = { statuses: 'read' } as const
  test.each<[string, Setup, Parts]>([
    ['a job without the permission', { permissions: reads }, ['statuses: write', 'by integration']],
    [
      'a fine-grained token without it',
      { permissions: { statuses: 'none', kind: 'personal' } },
      ['personal access token', /commit statuses/i],
    ],
    [
      'a classic token without the scope',
      { permissions: { statuses: 'none', kind: 'classic' } },
      ['Not Found', '`token`'],
    ],
    [
      'a token of another repository',
      { permissions: { repositories: ['octo-org/other'] }, declared: { private: true } },
      [REPOSITORY, 'Not Found', '`token`'],
    ],
    [
      "the job's own token, of another repository",
      {
        with: { state: 'success', repository: 'octo-org/other', sha: HEAD },
        faults: [
          {
            ...answers(403, { message: 'Resource not accessible by integration' }),
            method: 'POST',
          },
        ],
      },
      ['another one', '`statuses: write`', /^((?!permissions:).)*$/],
    ],
    ['single sign-on', { permissions: { saml: true } }, ['SAML', 'single sign-on', '`token`']],
    ['an archived repository', { declared: { archived: true } }, ['archived', /unarchive/i]],
    ['an expired token', { permissions: { lifetime: -1 } }, ['Bad credentials', '`token`']],
    [
      'a repository that is not there',
      { with: { state: 'success', repository: 'octo-org/none', sha: HEAD } },
      ['Not Found', '`repository`', /^((?!`ref`).)*$/],
    ],
    [
      'one status too many',
      { github: { maximumStatuses: 0 } },
      [/1,?000/, 'maximum number', '`context`'],
    ],
  ])('%s', async (_, setup, parts) => {
    for (const errors of ['string', 'array'] as const) {
      const main = await refusedBy(undefined, { ...setup, github: { errors, ...setup.github } })
      expectSaid(main, 'error', '"CI / build"', ...parts)
    }
  })

  test('an invisible repository with an empty `token`: the error says whose token it was', async () => {
    const setup: Setup = {
      with: { state: 'success', token: '', repository: 'octo-org/hidden' },
      permissions: { repositories: [REPOSITORY] },
    }
    expectSaid(await refusedBy(undefined, setup), 'error', 'octo-org/hidden', '`token`', 'empty')
  })
})

describe('by a field: the reason, in the form of today and of before 2026, and the input', () => {
  test.each([
    ['description', 'Description is too long (maximum is 140 characters)'],
    ['description', "Description doesn't accept 4-byte Unicode"],
    ['context', 'Context is too long (maximum is 255 characters)'],
    ['context', "Context can't be blank"],
    ['target_url', 'Target url must use http(s) scheme'],
    ['state', 'State is not included in the list'],
    ['sha', 'Sha must be a 40 character SHA1'],
  ])('%s: %s', async (input, reason) => {
    const message = 'Validation Failed'
    const today = { message, errors: `Validation failed: ${reason}` }
    const before = { message, errors: [{ resource: 'Status', field: input, message: reason }] }
    for (const body of [today, before]) {
      expectSaid(await refusedBy(answers(422, body)), 'error', reason, `\`${input}\``)
    }
  })

  test('reasons of types that nobody expects', async () => {
    const odd = { message: { a: 1 }, errors: [null, 7, { message: { b: 2 } }, { code: ['x'] }] }
    expectSaid(await refusedBy(answers(422, odd)), 'error', '422')
  })
})

describe('by other servers', () => {
  test.each<[string, FaultKind, Parts]>([
    [
      'a token of Gitea that lacks the scope',
      answers(403, {
        message: 'token does not have at least one of required scope(s): [write:repository]',
      }),
      ['write:repository'],
    ],
    [
      'a job of Gitea that lacks the permission',
      answers(403, { message: 'user should have a permission to write to a repo' }),
      ['contents: write'],
    ],
    ['a firewall', answers(403, '<title>Blocked</title>'), ['403', 'Blocked']],
    ['403 without a word', answers(403), ['403']],
    ['400', answers(400, { message: 'Problems parsing JSON' }), ['400', 'Problems parsing JSON']],
    ['410', answers(410, { message: 'Gone' }), ['410', 'Gone']],
    ['451', answers(451, { message: 'Blocked by law' }), ['451', 'Blocked by law']],
    ['a status beyond all', answers(999), ['999']],
  ])('%s', async (_, fault, parts) => {
    expectSaid(await refusedBy(fault), 'error', '"CI / build"', ...parts)
  })
})

test('a hostile reason stays short and in one line', async () => {
  const text = `\r\n::error::owned\u2028##[error]x\u0000\u001b[31m${'x'.repeat(5000)}`
  for (const status of [400, 401, 403, 404, 422]) {
    const main = await refusedBy(answers(status, { message: text, errors: text }))
    const [{ message = '' } = {}] = said(main)
    expect(message).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u)
    expect(message.length).toBeLessThan(1500)
  }
})
