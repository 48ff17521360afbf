import { afterAll, describe, test } from '@jest/globals'
import { expectRun } from './check.ts'
import * as on from './events.ts'
import { cleanUp, play, type Run } from './play.ts'

/** What users do and no example is about: the steps of one job. */
interface Scenario extends Omit<Run, 'event'> {
  steps: string
  event?: Run['event']
  permissions?: string
  strategy?: string
}

afterAll(cleanUp)

const scenarios: Record<string, Scenario> = {
  'two uses that follow one job': {
    steps: `
      - uses: OWNER/commit-status@v1
        with: { context: One }
      - uses: OWNER/commit-status@v1
        with: { context: Two }
      - run: exit 1`,
    shows: [
      'pending | One | In progress',
      'pending | Two | In progress',
      'failure | Two | Failed after <time>',
      'failure | One | Failed after <time>',
    ],
    jobs: { test: 'failure' },
  },
  'several contexts that follow one job': {
    steps: `
      - uses: OWNER/commit-status@v1
        with:
          context: |
            One
            Two`,
    shows: [
      'pending | One | In progress',
      'pending | Two | In progress',
      'success | One | Successful in <time>',
      'success | Two | Successful in <time>',
    ],
    jobs: { test: 'success' },
  },
  'a use that is switched off': {
    steps: `
      - uses: OWNER/commit-status@v1
        with: { enabled: "\${{ github.ref == 'refs/heads/other' }}" }`,
    jobs: { test: 'success' },
    outputs: { 'test.0': { state: '', published: 'false' } },
    requests: [],
  },
  'a status that may fail, with a token that may not': {
    permissions: 'contents: read',
    steps: `
      - uses: OWNER/commit-status@v1
        with: { fail_on_error: false }
      - run: echo goes on`,
    jobs: { test: 'success' },
    warnings: [/statuses: write/, /statuses: write/],
    log: ['goes on'],
  },
  'a branch that was deleted': {
    event: on.deletion(),
    steps: `
      - uses: OWNER/commit-status@v1`,
    jobs: { test: 'success' },
    requests: [],
  },
  'wrong inputs, all at once': {
    steps: `
      - uses: OWNER/commit-status@v1
        with: { sha: main, cancelled_state: green }`,
    jobs: { test: 'failure' },
    warnings: [/`cancelled_state`.*`sha`|`sha`.*`cancelled_state`/s],
    errors: [/`cancelled_state`.*`sha`|`sha`.*`cancelled_state`/s],
    requests: [],
  },
  'an expression that gives nothing for the state': {
    steps: `
      - uses: OWNER/commit-status@v1
        with: { state: "\${{ steps.typo.outcome }}" }`,
    jobs: { test: 'failure' },
    errors: [/`state` is empty/],
    requests: [],
  },
  'a matrix of objects and empty values': {
    strategy:
      'strategy: { matrix: { include: [{ os: { name: linux, arch: arm64 }, shard: "" }] } }',
    steps: `
      - uses: OWNER/commit-status@v1`,
    shows: [
      'pending | CI / test (arm64, linux) | In progress',
      'success | CI / test (arm64, linux) | Successful in <time>',
    ],
    jobs: { test: 'success' },
  },
  'a title of foreign words, with commands and Markdown in it': {
    event: on.pullRequest((pull) => {
      pull.title = '::error::x ##[group]y | `z` <b> $(touch /tmp/x) 🚀'
    }),
    steps: `
      - uses: OWNER/commit-status@v1
        with:
          state: success
          context: Title
          description: \${{ github.event.pull_request.title }}`,
    shows: ['success | Title | ::error::x ##[group]y | `z` <b> $(touch /tmp/x)'],
    jobs: { test: 'success' },
  },
}

describe('one job', () => {
  for (const [
    name,
    { steps, event = on.push(), permissions = 'statuses: write', strategy = '', ...run },
  ] of Object.entries(scenarios)) {
    const text = `
name: CI
on: ${event.name}
jobs:
  test:
    ${strategy}
    runs-on: ubuntu-latest
    permissions: { ${permissions} }
    steps: ${steps}
`
    const played = { ...run, event }
    test.concurrent(name, () => expectRun(played, () => play('scenario.yml', played, text)))
  }
})
