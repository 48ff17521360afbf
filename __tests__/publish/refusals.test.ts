import { describe, expect, test } from '@jest/globals'
import type { RepositoryOptions, TokenOptions } from '../../sandbox/api/github.ts'
import type { Fault } from '../../sandbox/api/server.ts'
import { startSandbox } from '../../sandbox/api/server.ts'
import { connect, type NewStatus } from '../../src/github/api.ts'
import { nodeFetch } from '../../src/runner/transport.ts'
import { REPOSITORY, SHA, TOKEN } from '../support/faults.ts'

type Row = {
  when: string
  says: string[]
  cause?: string
  status?: Partial<NewStatus>
  access?: TokenOptions
  repository?: RepositoryOptions
  fault?: Fault
  maximumStatuses?: number
}

const status: NewStatus = {
  sha: SHA,
  state: 'success',
  context: 'ci',
  description: 'Fine',
  targetUrl: undefined,
}

/** What a server refuses, as its body says it in both generations: `errors` is a string since 2026, a list before. */
const rows: Row[] = [
  {
    when: 'a description that is too long',
    status: { description: 'x'.repeat(141) },
    says: [
      'escription is too long (maximum is 140 characters)"',
      'Correct the input `description`',
    ],
  },
  {
    when: 'a 4-byte character',
    status: { description: '🚀' },
    says: ["escription doesn't accept 4-byte Unicode", 'Correct the input `description`'],
  },
  {
    when: 'two reasons at once',
    status: { description: '🚀'.repeat(141), targetUrl: 'ftp://x' },
    says: [
      'arget',
      'must use http(s) scheme',
      'is too long (maximum is 140 characters)',
      'accept 4-byte',
    ],
  },
  {
    when: 'a context that is too long',
    status: { context: 'x'.repeat(256) },
    says: ['ontext is too long (maximum is 255 characters)', 'Correct the input `context`'],
  },
  {
    when: 'an empty context',
    status: { context: '' },
    says: ['ontext', 'Correct the input `context`'],
  },
  {
    when: 'a link that is none',
    status: { targetUrl: 'nonsense' },
    says: ['must use http(s) scheme', 'Correct the input `target_url`'],
  },
  {
    when: 'a state that is none',
    status: { state: 'great' as NewStatus['state'] },
    says: ['tate is not included in the list', 'Correct the input `state`'],
  },
  {
    when: 'a short sha',
    status: { sha: 'abc' },
    says: ['ha must be a 40 character SHA1', 'Correct the input `sha`'],
  },
  {
    when: 'an unknown commit',
    status: { sha: '0'.repeat(40) },
    says: [
      `the commit is not in ${REPOSITORY}`,
      `No commit found for SHA: ${'0'.repeat(40)}`,
      'Check `sha`',
    ],
  },
  {
    when: 'one status too many',
    maximumStatuses: 0,
    says: [
      '1,000 statuses',
      'This SHA and context has reached the maximum number of statuses.',
      'another `context`',
    ],
  },
  {
    when: 'a job without the permission',
    access: { statuses: 'read' },
    cause: 'permission',
    says: ['Resource not accessible by integration', '`permissions: { statuses: write }`'],
  },
  {
    when: 'a fine-grained token without the permission',
    access: { statuses: 'none', kind: 'personal' },
    cause: 'permission',
    says: ['Resource not accessible by personal access token', 'Commit statuses: write'],
  },
  {
    when: 'a classic token without the scope',
    access: { statuses: 'none', kind: 'classic' },
    cause: 'missing',
    says: ['Not Found', 'scope `repo:status`'],
  },
  {
    when: 'a token of another repository',
    access: { repositories: ['octo-org/other'] },
    repository: { private: true },
    cause: 'missing',
    says: ['Not Found', 'sees its own repository only'],
  },
  {
    when: 'single sign-on',
    access: { saml: true },
    says: ['SAML enforcement', 'single sign-on', 'Authorize'],
  },
  {
    when: 'an archived repository',
    repository: { archived: true },
    says: ['archived so is read-only', 'Unarchive'],
  },
  {
    when: 'an expired token',
    access: { lifetime: -1 },
    cause: 'credentials',
    says: ['Bad credentials', 'expired'],
  },
  {
    when: 'reasons that are odd',
    fault: {
      answer: {
        status: 422,
        body: { message: 'Odd', errors: ['one', null, 2, { message: { a: 1 } }, ['two']] },
      },
    },
    says: ['422 "Odd", "one'],
  },
  {
    when: 'one reason in place of a list',
    fault: {
      answer: {
        status: 422,
        body: { message: 'Odd', errors: { field: 'context', message: 'context is odd' } },
      },
    },
    says: ['"Odd", "context is odd"', 'Correct the input `context`'],
  },
]

async function refusalOf(
  { status: given, access: permissions, repository, fault, maximumStatuses = 1000 }: Row,
  errors: 'string' | 'array',
) {
  const sandbox = await startSandbox({ errors, maximumStatuses })
  try {
    sandbox.github.repository(REPOSITORY, { commits: [SHA], ...repository })
    sandbox.github.token(TOKEN, permissions)
    if (fault) sandbox.fault(fault)
    const access = { repository: REPOSITORY, token: TOKEN, apiUrl: sandbox.url }
    const api = connect(access, Date.now() + 5_000, { fetch: nodeFetch, info() {} })
    const result = await api.createStatus({ ...status, ...given })
    expect(sandbox.requests).toHaveLength(1)
    return 'failure' in result ? result.failure : undefined
  } finally {
    await sandbox.close()
  }
}

describe.each(['string', 'array'] as const)('where `errors` is of the type %s', (errors) => {
  test.each(rows)('$when', async (row) => {
    const failure = await refusalOf(row, errors)
    expect(failure?.cause).toBe(row.cause ?? 'refused')
    for (const part of row.says) expect(failure?.message).toContain(part)
    expect(failure?.message).not.toMatch(/undefined|null|\[object|,,|, ,|[\r\n]/)
  })
})
