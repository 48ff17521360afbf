import { describe, expect, test } from '@jest/globals'
import { untrustedAuthor } from '../../src/publish/outcome.ts'

describe('an author whose token cannot write', () => {
  const from = (head: unknown, base: unknown, login = 'octocat') => ({
    pull_request: { user: { login }, head: { repo: head }, base: { repo: base } },
  })
  const fork = from({ id: 2 }, { id: 1 })
  const same = from({ id: 1 }, { id: 1 })

  test.each<[event: string, payload: unknown, actor: string, author: string | undefined]>([
    ['pull_request', fork, 'octocat', 'fork'],
    ['pull_request_review', fork, 'octocat', 'fork'],
    ['pull_request_review_comment', fork, 'octocat', 'fork'],
    ['pull_request', from(null, { id: 1 }), 'octocat', 'fork'],
    ['pull_request', same, 'octocat', undefined],
    ['pull_request', same, 'dependabot[bot]', 'Dependabot'],
    ['pull_request', from({ id: 1 }, { id: 1 }, 'dependabot[bot]'), 'octocat', 'Dependabot'],
    ['push', {}, 'dependabot[bot]', 'Dependabot'],
    ['push', {}, 'octocat', undefined],
    ['pull_request_target', fork, 'octocat', undefined],
    ['workflow_run', fork, 'octocat', undefined],
    ['pull_request', undefined, '', undefined],
  ])('%s with %j by %s: %s', (event, payload, actor, author) => {
    expect(untrustedAuthor({ GITHUB_EVENT_NAME: event, GITHUB_ACTOR: actor }, payload)).toBe(author)
  })
})
