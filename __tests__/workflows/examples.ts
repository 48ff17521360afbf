import * as on from './events.ts'
import type { Run } from './play.ts'

/** The examples that no event starts, and the one that uses them. */
export const usedBy: Record<string, string> = {
  'composite/action.yml': 'composite.yml',
  'reusable.yml': 'reusable-caller.yml',
}

const OTHERS = { creator: 'octo-deployer' }
const LOST = 'The job never reported; its run ended'
const page = (repository: string, run: number) =>
  `https://github.com/${repository}/actions/runs/${run}`

/** act runs no post if main was skipped: see differences.test.ts. */
const EVEN_IF_SKIPPED = {
  '- uses: OWNER/commit-status@v1': '- if: always()\n        uses: OWNER/commit-status@v1',
}

/** A status that another run of the repository has opened and not closed. */
const lost = (repository: string, context: string, run: number) => ({
  state: 'pending',
  context,
  description: 'In progress',
  target_url: page(repository, run),
})

interface OfRun {
  workflow_run: { id: number; html_url: string; event: string }
}
const runOf = ({ payload }: on.Trigger) => (payload as OfRun).workflow_run
const started = on.workflowRun(null)
const forked = on.workflowRun('success')
const forkedRun = runOf(forked)
const pushed = on.workflowRun('success')
runOf(pushed).event = 'push'
const nightly = on.schedule('d'.repeat(40))
const GITEA_RUN = `${page(on.push().repository, 1)}?by_index=1`
const gh = (runs: object[]) =>
  `case "$*" in "run list "*"--json databaseId,headSha,conclusion"*) echo '${JSON.stringify(runs)}';; *) echo "gh $*" >&2; exit 1;; esac`

const heads = (...shas: string[]) => JSON.stringify(shas.map((sha) => ({ sha })))
const ghHeads = (...shas: string[]) =>
  `case "$*" in "pr list "*"--json headRefOid"*) echo '${heads(...shas)}';; *) echo "gh $*" >&2; exit 1;; esac`
const frozen = { ...on.workflowDispatch({ frozen: 'true' }), head: 'a'.repeat(40) }
const lifted = { ...on.workflowDispatch({ frozen: 'false' }), head: 'a'.repeat(40) }
const reported = on.status(
  'ci/jenkins/main',
  'failure',
  '2 stages failed',
  'https://ci.example.com/7',
)
const overridden = on.comment('/override CI / test\r\n\r\nIt is flaky.\r\n/override Coverage')
const { html_url: commentUrl, user } = (
  overridden.payload as { comment: { html_url: string; user: { login: string } } }
).comment

/** Every example: how it is run, and what comes of it. */
export const runs: Record<string, Run[]> = {
  'follow.yml': [
    {
      event: on.push(),
      shows: ['pending | CI / test | In progress', 'success | CI / test | Successful in <time>'],
      jobs: { test: 'success' },
      outputs: {
        'test.0': {
          state: 'pending',
          context: 'CI / test',
          published: 'true',
          sha: on.push().head,
        },
      },
      requests: ['POST 201', 'GET 200', 'POST 201'],
      log: [/Pre Published pending/, /Main Already pending/, /Post Published success/],
    },
    {
      when: 'a step fails',
      event: on.push(),
      change: { 'echo "your build and your tests"': 'exit 1' },
      shows: ['pending | CI / test | In progress', 'failure | CI / test | Failed after <time>'],
      jobs: { test: 'failure' },
    },
    {
      when: 'a step fails that may',
      event: on.push(),
      change: {
        '- run: echo "your build and your tests"': '- run: exit 1\n        continue-on-error: true',
      },
      shows: ['pending | CI / test | In progress', 'success | CI / test | Successful in <time>'],
      jobs: { test: 'success' },
    },
    {
      when: 'the permission is forgotten',
      event: on.push(),
      change: { 'statuses: write': 'actions: read' },
      shows: [],
      jobs: { test: 'failure' },
      outputs: { 'test.0': { published: 'false', id: '' } },
      warnings: [/statuses: write/],
      errors: [/statuses: write/],
      requests: ['POST 403', 'POST 403', 'GET 403', 'POST 403'],
    },
    {
      when: "a fork's pull request, whose token is read-only",
      event: on.forkPullRequest(),
      change: { 'on: push': 'on: pull_request' },
      token: { statuses: 'read' },
      shows: [],
      jobs: { test: 'success' },
      outputs: { 'test.0': { published: 'false' } },
      warnings: [/fork's pull request is read-only/],
      requests: ['POST 403'],
    },
    {
      when: "Dependabot's pull request, whose token is read-only",
      event: on.pullRequest(({ pull_request }) => {
        pull_request.user.login = 'dependabot[bot]'
      }),
      change: { 'on: push': 'on: pull_request' },
      token: { statuses: 'read' },
      actor: 'dependabot[bot]',
      shows: [],
      jobs: { test: 'success' },
      warnings: [/Dependabot/],
      requests: ['POST 403'],
    },
  ],

  'matrix.yml': [
    {
      event: on.push(),
      parallel: true,
      shows: ['20, linux', '20, windows', '24, linux', '24, windows'].flatMap((leg) => [
        `pending | Matrix / test (${leg}) | In progress`,
        `success | Matrix / test (${leg}) | Successful in <time>`,
      ]),
      jobs: { test: 'success' },
    },
    {
      when: 'one leg of four fails',
      event: on.push(),
      change: { 'echo "Testing on Node $NODE and $SYSTEM"': 'test "$NODE $SYSTEM" != "24 linux"' },
      parallel: true,
      shows: [
        'pending | Matrix / test (20, linux) | In progress',
        'success | Matrix / test (20, linux) | Successful in <time>',
        'pending | Matrix / test (20, windows) | In progress',
        'success | Matrix / test (20, windows) | Successful in <time>',
        'pending | Matrix / test (24, linux) | In progress',
        'failure | Matrix / test (24, linux) | Failed after <time>',
        'pending | Matrix / test (24, windows) | In progress',
        'success | Matrix / test (24, windows) | Successful in <time>',
      ],
      jobs: { test: 'failure' },
    },
  ],

  'roll-up.yml': [
    {
      event: on.pullRequest(),
      shows: ['success | All checks | Successful: lint, test'],
      jobs: { lint: 'success', test: 'success', all: 'success' },
      outputs: { 'all.0': { state: 'success', published: 'true' } },
      requests: ['GET 200', 'POST 201'],
    },
    {
      when: 'a failing, a skipped and a green job',
      event: on.pullRequest(),
      change: { 'echo "Testing shard $SHARD"': 'test "$SHARD" != 2' },
      shows: ['failure | All checks | Failed: test'],
      jobs: { lint: 'success', test: 'failure', all: 'success' },
      requests: ['GET 200', 'POST 201'],
    },
    {
      when: 'a draft, whose documentation is built too',
      event: on.pullRequest(({ pull_request }) => {
        pull_request.draft = true
      }),
      shows: ['success | All checks | Successful: docs, lint, test'],
      jobs: { lint: 'success', test: 'success', docs: 'success', all: 'success' },
    },
    {
      when: "a fork's pull request, whose token is read-only",
      event: on.forkPullRequest(),
      token: { statuses: 'read' },
      shows: [],
      jobs: { lint: 'success', test: 'success', all: 'success' },
      warnings: [/fork's pull request is read-only/],
      requests: ['GET 200', 'POST 403'],
    },
  ],

  'once.yml': [
    {
      event: on.push(),
      shows: ['success | Licenses | Successful'],
      jobs: { check: 'success' },
      outputs: { 'check.1': { state: 'success', context: 'Licenses', published: 'true' } },
      requests: ['GET 200', 'POST 201'],
    },
    {
      when: 'the step fails',
      event: on.push(),
      change: { 'echo "your license check"': 'exit 1' },
      shows: ['failure | Licenses | Failed'],
      jobs: { check: 'success' },
    },
    {
      when: 'a step before fails',
      event: on.push(),
      change: { '- id: licenses': '- run: exit 1\n      - id: licenses' },
      shows: ['error | Licenses | Skipped'],
      jobs: { check: 'failure' },
    },
  ],

  'steps.yml': [
    {
      event: on.push(),
      shows: [
        'pending | Checks / check | In progress',
        'success | Types | Successful',
        'success | Unit tests | Successful',
        'success | Checks / check | Successful in <time>',
      ],
      jobs: { check: 'success' },
    },
    {
      when: 'one of the checks fails, and the job with it',
      event: on.push(),
      change: { 'echo "your type checker"': 'exit 1' },
      shows: [
        'pending | Checks / check | In progress',
        'failure | Types | Failed',
        'success | Unit tests | Successful',
        'failure | Checks / check | Failed after <time>',
      ],
      jobs: { check: 'failure' },
    },
  ],

  'late-description.yml': [
    {
      event: on.push(),
      shows: [
        'pending | Coverage | In progress',
        'success | Coverage | 93.4 % of the lines are covered',
      ],
      jobs: { coverage: 'success' },
      log: ['Post Published success as "Coverage"'],
    },
    {
      when: 'the step fails before it can say anything',
      event: on.push(),
      change: {
        'echo "summary=93.4 % of the lines are covered" >> "$GITHUB_OUTPUT"': 'exit 1',
        ...EVEN_IF_SKIPPED,
      },
      shows: ['pending | Coverage | In progress', 'failure | Coverage | Failed after <time>'],
      jobs: { coverage: 'failure' },
    },
  ],

  'deploy-links.yml': [
    {
      event: on.pullRequest(),
      shows: [
        'pending | Preview | In progress',
        'success | Preview | Successful in <time> | https://preview-2.example.com',
      ],
      jobs: { deploy: 'success' },
    },
    {
      when: 'the deployment fails',
      event: on.pullRequest(),
      change: {
        'echo "url=https://preview-$NUMBER.example.com" >> "$GITHUB_OUTPUT"': 'exit 1',
        ...EVEN_IF_SKIPPED,
      },
      shows: ['pending | Preview | In progress', 'failure | Preview | Failed after <time>'],
      jobs: { deploy: 'failure' },
    },
  ],

  'composite.yml': [
    {
      event: on.push(),
      parallel: true,
      shows: ['api', 'web'].flatMap((component) => [
        `pending | platform / ${component} | In progress`,
        `success | platform / ${component} | Successful in <time>`,
      ]),
      jobs: { 'by-reference': 'success', 'from-a-checkout': 'success' },
    },
    {
      when: 'the expression for `sha` finds nothing',
      event: on.push(),
      change: { 'github.sha': 'github.event.nothing' },
      job: 'from-a-checkout',
      shows: [],
      jobs: { 'from-a-checkout': 'failure' },
      errors: [/`sha` is empty.*\|\| 'event'/],
      requests: [],
    },
    {
      when: 'the expression for `sha` finds nothing, and the wrapper is used by reference',
      event: on.push(),
      change: { 'component: api': 'component: api\n          sha: ${{ github.event.nothing }}' },
      job: 'by-reference',
      shows: [],
      jobs: { 'by-reference': 'failure' },
      errors: [/`sha` is empty.*\|\| 'event'/],
      requests: [],
    },
  ],

  'reusable-caller.yml': [
    {
      event: on.push(),
      parallel: true,
      shows: ['api', 'web'].flatMap((target) => [
        `pending | Tests / ${target} | In progress`,
        `success | Tests / ${target} | Successful in <time>`,
      ]),
      jobs: { test: 'success' },
    },
    {
      when: 'the tests of one of the two calls fail',
      event: on.push(),
      changed: 'reusable.yml',
      change: { 'echo "Testing $TARGET"': 'test "$TARGET" = api' },
      parallel: true,
      shows: [
        'pending | Tests / api | In progress',
        'success | Tests / api | Successful in <time>',
        'pending | Tests / web | In progress',
        'failure | Tests / web | Failed after <time>',
      ],
      jobs: { test: 'failure' },
    },
  ],

  'freeze.yml': [
    {
      when: 'frozen',
      event: frozen,
      programs: { gh: ghHeads(frozen.head, frozen.sha) },
      shows: [`failure | Freeze | Merging is frozen`],
      elsewhere: [`failure | Freeze | Merging is frozen`],
      jobs: { publish: 'success' },
      outputs: {
        'publish.1': { state: 'failure', published: 'true', context: 'Freeze\nFreeze' },
      },
      requests: ['POST 201', 'POST 201'],
    },
    {
      when: 'lifted',
      event: lifted,
      programs: { gh: ghHeads(lifted.head, lifted.sha) },
      shows: ['success | Freeze | Merging is open'],
      elsewhere: ['success | Freeze | Merging is open'],
      jobs: { publish: 'success' },
    },
    {
      when: 'one of the heads is gone: the others are frozen all the same, and the step fails',
      event: frozen,
      programs: { gh: ghHeads('9'.repeat(40), frozen.head) },
      shows: [`failure | Freeze | Merging is frozen`],
      jobs: { publish: 'failure' },
      outputs: { 'publish.1': { published: 'false' } },
      errors: [/the commit is not in the repository/],
    },
    {
      when: 'no pull request is open',
      event: frozen,
      programs: { gh: ghHeads() },
      shows: [],
      jobs: { publish: 'success' },
      outputs: { 'publish.1': { published: 'true' } },
      requests: [],
    },
    {
      when: 'the pull requests cannot be listed',
      event: frozen,
      programs: { gh: 'exit 4' },
      shows: [],
      jobs: { publish: 'failure' },
      requests: [],
    },
  ],

  'table.yml': [
    {
      event: on.push(),
      shows: [
        'success | Tests / api | 212 tests passed',
        'failure | Tests / web | 3 of 80 tests failed',
      ],
      jobs: { test: 'success' },
      outputs: { 'test.2': { state: 'failure', published: 'true' } },
      requests: ['POST 201', 'POST 201'],
    },
    {
      when: 'a row has no state: nothing is published, and the row is named',
      event: on.push(),
      change: { 'web,failure,3': 'web,broken,3' },
      shows: [],
      jobs: { test: 'failure' },
      errors: [/`statuses\[1\]\.state` is "broken"/],
      requests: [],
    },
  ],

  'mirror.yml': [
    {
      event: reported,
      shows: ['failure | Build | 2 stages failed | https://ci.example.com/7'],
      jobs: { mirror: 'success' },
    },
    {
      when: 'it says neither what nor where',
      event: on.status('ci/jenkins/main', 'pending', null, null),
      shows: ['pending | Build | Pending'],
      jobs: { mirror: 'success' },
    },
    {
      when: 'another status',
      event: on.status('ci/other', 'success', null, null),
      shows: [],
      jobs: {},
      requests: [],
    },
  ],

  'override.yml': [
    {
      when: 'two names',
      event: overridden,
      before: [{ ...OTHERS, state: 'failure', context: 'CI / test' }],
      shows: ['CI / test', 'Coverage'].map(
        (name) => `success | ${name} | Overridden by ${user.login} | ${commentUrl}`,
      ),
      jobs: { override: 'success' },
      requests: ['GET 200', 'POST 201', 'POST 201'],
    },
    {
      when: 'a name that would be code in a script',
      event: on.comment('/override $(exit 1)`"\'; exit 1'),
      shows: [`success | $(exit 1)\`"'; exit 1 | Overridden by ${user.login} | ${commentUrl}`],
      jobs: { override: 'success' },
    },
    {
      when: 'someone who is not a member',
      event: on.comment('/override CI / test', 'COLLABORATOR'),
      shows: [],
      jobs: {},
      requests: [],
    },
    {
      when: 'a comment that says something else',
      event: on.comment('I would /override nothing'),
      shows: [],
      jobs: {},
      requests: [],
    },
  ],

  'merge-queue.yml': [
    {
      when: 'on the pull request',
      event: on.pullRequest(),
      shows: [
        'pending | Queue / test | In progress',
        'success | Queue / test | Successful in <time>',
      ],
      jobs: { test: 'success' },
    },
    {
      when: 'in the merge queue',
      event: on.mergeGroup(),
      shows: [
        'pending | Queue / test | In progress',
        'success | Queue / test | Successful in <time>',
      ],
      jobs: { test: 'success' },
    },
  ],

  'path-filters.yml': [
    {
      event: on.pullRequest(),
      parallel: true,
      shows: ['end-to-end', 'unit'].flatMap((suite) => [
        `pending | Tests / ${suite} | In progress`,
        `success | Tests / ${suite} | Successful in <time>`,
      ]),
      jobs: { changes: 'success', test: 'success' },
    },
    {
      when: 'nothing but documentation has changed',
      event: on.pullRequest(),
      changes: ['docs/guide.txt', 'CHANGES.md'],
      shows: [
        'success | Tests / unit | Not needed for this change',
        'success | Tests / end-to-end | Not needed for this change',
      ],
      jobs: { changes: 'success', unchanged: 'success' },
      outputs: {
        'unchanged.0': { context: 'Tests / unit\nTests / end-to-end', published: 'true' },
      },
    },
    {
      when: 'one of the suites fails',
      event: on.pullRequest(),
      change: { 'echo "Testing $SUITE"': 'test "$SUITE" = unit' },
      parallel: true,
      shows: [
        'pending | Tests / end-to-end | In progress',
        'failure | Tests / end-to-end | Failed after <time>',
        'pending | Tests / unit | In progress',
        'success | Tests / unit | Successful in <time>',
      ],
      jobs: { changes: 'success', test: 'failure' },
    },
    {
      when: 'git cannot say what has changed: the tests run',
      event: on.pullRequest(),
      changes: ['docs/guide.txt'],
      change: { 'git diff --quiet HEAD^ HEAD': 'git diff --quiet HEAD^ nothing' },
      parallel: true,
      shows: ['end-to-end', 'unit'].flatMap((suite) => [
        `pending | Tests / ${suite} | In progress`,
        `success | Tests / ${suite} | Successful in <time>`,
      ]),
      jobs: { changes: 'success', test: 'success' },
    },
  ],

  'gate.yml': [
    {
      when: 'what it waits for turns green',
      event: on.pullRequest(),
      before: [
        { ...OTHERS, state: 'success', context: 'CI / test' },
        { ...OTHERS, state: 'pending', context: 'Coverage' },
      ],
      meanwhile: async ({ asked, until, publish }) => {
        await until(() => asked().length > 0)
        publish({ ...OTHERS, state: 'success', context: 'Coverage', description: '93 %' })
        publish({
          ...OTHERS,
          state: 'success',
          context: 'security/scan',
          description: 'Nothing found',
        })
      },
      shows: [
        'success | Coverage | 93 % | no link',
        'success | security/scan | Nothing found | no link',
      ],
      jobs: { gate: 'success' },
      outputs: {
        'gate.0': {
          state: 'success',
          total_count: '3',
          failing: '[]',
          pending: '[]',
          missing: '[]',
        },
      },
      requests: ['GET 200', 'GET 200'],
      log: ['Waiting. Pending: "Coverage". Missing: "security/*".'],
    },
    {
      when: 'one of them fails',
      event: on.pullRequest(),
      before: [
        { ...OTHERS, state: 'success', context: 'CI / test' },
        { ...OTHERS, state: 'failure', context: 'security/scan' },
      ],
      shows: [],
      jobs: { gate: 'failure' },
      outputs: {
        'gate.0': { state: 'failure', failing: '["security/scan"]', missing: '["Coverage"]' },
      },
      errors: [/is failure\. Failing: "security\/scan"\. Missing: "Coverage"\./],
      requests: ['GET 200'],
    },
    {
      when: 'one of them never comes',
      event: on.pullRequest(),
      change: { '&& 60 ||': '&& 0.05 ||' },
      before: [{ ...OTHERS, state: 'success', context: 'CI / test' }],
      shows: [],
      jobs: { gate: 'failure' },
      outputs: { 'gate.0': { state: 'pending', missing: '["Coverage","security/*"]' } },
      errors: [/is pending\. Missing: "Coverage", "security\/\*"\./],
    },
    {
      when: "a fork's pull request, for which a status never comes: it does not wait for an hour",
      event: on.forkPullRequest(),
      change: { '|| 1 }}': '|| 0.05 }}' },
      before: [{ ...OTHERS, state: 'success', context: 'Coverage' }],
      shows: [],
      jobs: { gate: 'failure' },
      errors: [/is pending\. Missing: "CI \/ test", "security\/\*"\./],
    },
    {
      when: 'the permission is forgotten',
      event: on.pullRequest(),
      change: { 'statuses: read': 'contents: read' },
      shows: [],
      jobs: { gate: 'failure' },
      errors: [/statuses: read/],
    },
  ],

  'gate-check-runs.yml': [
    {
      when: 'jobs and statuses turn green, whatever those say that are ignored',
      event: on.forkPullRequest(),
      change: { 'interval_seconds: 30': 'interval_seconds: 0.5' },
      before: [
        { ...OTHERS, state: 'pending', context: 'deploy/preview' },
        { ...OTHERS, state: 'failure', context: 'codecov/patch' },
      ],
      checkRuns: [
        { name: 'build', conclusion: 'success' },
        { name: 'docs', conclusion: 'skipped' },
        { name: 'gate', suite: 2 },
      ],
      meanwhile: async ({ asked, until, publish, checkRun }) => {
        await until(() => asked().includes('GET 304'))
        publish({ ...OTHERS, state: 'success', context: 'deploy/preview' })
        checkRun({ name: 'test (20)', conclusion: 'success' })
      },
      shows: ['success | deploy/preview |  | no link'],
      jobs: { gate: 'success' },
      outputs: { 'gate.0': { state: 'success', total_count: '4' } },
      log: ['Waiting. Pending: "deploy/preview". Missing: "test (*)".'],
    },
    {
      when: 'a job fails',
      event: on.pullRequest(),
      checkRuns: [
        { name: 'build', conclusion: 'success' },
        { name: 'test (20)', conclusion: 'failure' },
        { name: 'test (24)' },
      ],
      shows: [],
      jobs: { gate: 'failure' },
      outputs: { 'gate.0': { failing: '["test (20)"]', pending: '["test (24)"]' } },
      errors: [/Failing: "test \(20\)"\. Pending: "test \(24\)"\./],
      requests: ['GET 200', 'GET 200'],
    },
    {
      when: 'the permission is forgotten',
      event: on.pullRequest(),
      change: { 'checks: read': 'contents: read' },
      shows: [],
      jobs: { gate: 'failure' },
      errors: [/checks: read/],
    },
  ],

  'monorepo.yml': [
    {
      when: 'two packages have changed, and their statuses turn green',
      event: on.pullRequest(),
      changes: [
        'packages/api/index.js',
        'packages/web/index.js',
        'packages/web/page/index.js',
        'packages/README.md',
      ],
      change: { 'require_success: true': 'require_success: true\n          interval_seconds: 1' },
      before: [
        { ...OTHERS, state: 'pending', context: 'api / test' },
        { ...OTHERS, state: 'failure', context: 'docs / test' },
      ],
      meanwhile: async ({ asked, until, publish }) => {
        await until(() => asked().length > 1)
        publish({ ...OTHERS, state: 'success', context: 'api / test' })
        publish({ ...OTHERS, state: 'success', context: 'web / test' })
      },
      shows: ['success | api / test |  | no link', 'success | web / test |  | no link'],
      jobs: { gate: 'success' },
      outputs: { 'gate.2': { state: 'success', total_count: '2' } },
      log: ['Waiting. Pending: "api / test". Missing: "web / test".'],
    },
    {
      when: 'a package fails',
      event: on.pullRequest(),
      changes: ['packages/api/index.js'],
      before: [{ ...OTHERS, state: 'failure', context: 'api / test' }],
      shows: [],
      jobs: { gate: 'failure' },
      errors: [/Failing: "api \/ test"\./],
    },
    {
      when: 'no package has changed',
      event: on.pullRequest(),
      changes: ['README.md'],
      shows: [],
      jobs: { gate: 'success' },
      requests: [],
    },
    {
      when: 'what has changed cannot be found out: not green',
      event: on.pullRequest(),
      change: { 'HEAD^ HEAD': 'HEAD~9 HEAD' },
      changes: ['packages/api/index.js'],
      shows: [],
      jobs: { gate: 'failure' },
      requests: [],
      log: [/bad revision/],
    },
  ],

  'wait-for-deployment.yml': [
    {
      when: 'the deployment ends well',
      event: on.push(),
      change: { 'timeout_minutes: 30': 'timeout_minutes: 30\n          interval_seconds: 3' },
      before: [{ ...OTHERS, state: 'pending', context: 'deploy/staging' }],
      meanwhile: async ({ asked, until, publish }) => {
        await until(() => asked().length > 2)
        publish({
          ...OTHERS,
          state: 'success',
          context: 'deploy/staging',
          description: 'Rolled out',
        })
      },
      shows: ['success | deploy/staging | Rolled out | no link'],
      jobs: { promote: 'success' },
      requests: ['GET 200', 'GET 304', 'GET 304', 'GET 200'],
      log: ['Waiting. Pending: "deploy/staging".', 'your deployment to production'],
    },
    {
      when: 'the deployment fails',
      event: on.push(),
      before: [{ ...OTHERS, state: 'error', context: 'deploy/staging' }],
      shows: [],
      jobs: { promote: 'failure' },
      errors: [/Failing: "deploy\/staging"\./],
    },
  ],

  'history.yml': [
    {
      event: on.workflowDispatch(),
      before: ['pending', 'failure', 'pending', 'success'].map((state) => ({
        ...OTHERS,
        state,
        context: 'CI / test',
      })),
      shows: [],
      jobs: { history: 'success' },
      outputs: { 'history.history': { count: '4', state: 'success' } },
      log: ['4 statuses, the newest of them success'],
    },
  ],

  'comment.yml': [
    {
      event: on.comment('/test'),
      shows: [
        'pending | Test on demand | Pending',
        'success | Test on demand | Successful in <time>',
      ],
      jobs: { open: 'success', test: 'success', report: 'success' },
      outputs: { 'open.status': { sha: on.comment('/test').head, state: 'pending' } },
      requests: ['GET 200', 'GET 200', 'POST 201', 'GET 200', 'POST 201'],
      log: [`Testing ${on.comment('/test').head}`],
    },
    {
      when: 'the tests fail',
      event: on.comment('/test'),
      change: { 'echo "Testing $SHA"': 'exit 1' },
      shows: [
        'pending | Test on demand | Pending',
        'failure | Test on demand | Failed after <time>',
      ],
      jobs: { open: 'success', test: 'failure', report: 'success' },
    },
    {
      when: 'a comment that says something else',
      event: on.comment('Looks good'),
      shows: [],
      jobs: {},
      requests: [],
    },
    {
      when: 'someone who is not of the repository',
      event: on.comment('/test', 'NONE'),
      shows: [],
      jobs: {},
      requests: [],
    },
  ],

  'forks.yml': [
    {
      when: "a fork's run starts",
      event: started,
      shows: [`pending | CI | Pending | ${runOf(started).html_url}`],
      jobs: { publish: 'success' },
    },
    {
      when: 'it succeeds',
      event: forked,
      shows: [`success | CI | Successful | ${forkedRun.html_url}`],
      jobs: { publish: 'success' },
    },
    {
      when: 'it fails',
      event: on.workflowRun('failure'),
      shows: [`failure | CI | Failed | ${forkedRun.html_url}`],
      jobs: { publish: 'success' },
    },
    {
      when: "the repository's own pull request, under the same name",
      event: on.workflowRun('success', forked.repository),
      shows: [`success | CI | Successful | ${forkedRun.html_url}`],
      jobs: { publish: 'success' },
    },
    {
      when: 'a run for a push',
      event: pushed,
      shows: [],
      jobs: {},
      requests: [],
    },
  ],

  'sweep.yml': [
    {
      when: 'a run was cancelled, and its runner lost',
      event: on.workflowRun('cancelled'),
      before: [
        lost(forked.repository, 'CI / test', forkedRun.id),
        { ...OTHERS, state: 'pending', context: 'security/scan' },
      ],
      shows: [`error | CI / test | ${LOST}: cancelled | ${page(forked.repository, forkedRun.id)}`],
      jobs: { sweep: 'success' },
      outputs: { 'sweep.0': { swept: '1', contexts: '["CI / test"]' } },
    },
    {
      when: 'a run succeeded',
      event: on.workflowRun('success'),
      before: [lost(forked.repository, 'CI / test', forkedRun.id)],
      shows: [],
      jobs: {},
      requests: [],
    },
  ],

  'nightly-sweep.yml': [
    {
      event: nightly,
      before: [
        lost(nightly.repository, 'CI / test', 17_000_000_001),
        lost(nightly.repository, 'CI / lint', 17_000_000_002),
        lost(nightly.repository, 'Other / test', 17_000_000_003),
      ],
      programs: {
        gh: gh([
          { databaseId: '17000000001', headSha: nightly.head, conclusion: 'failure' },
          { databaseId: '17000000002', headSha: nightly.head, conclusion: 'cancelled' },
        ]),
      },
      parallel: true,
      shows: [
        `failure | CI / test | ${LOST}: failure | ${page(nightly.repository, 17_000_000_001)}`,
        `error | CI / lint | ${LOST}: cancelled | ${page(nightly.repository, 17_000_000_002)}`,
      ],
      jobs: { find: 'success', sweep: 'success' },
    },
    {
      when: 'a day without failures',
      event: nightly,
      programs: { gh: gh([]) },
      shows: [],
      jobs: { find: 'success' },
      requests: [],
    },
  ],

  'another-repository.yml': [
    {
      event: on.repositoryDispatch({ repository: 'octo-org/library', sha: 'e'.repeat(40) }),
      secrets: { STATUS_TOKEN: 'github_pat_OfTheWorkflowTests0000001' },
      target: 'octo-org/library',
      shows: [
        'pending | Integration | In progress',
        'success | Integration | Successful in <time>',
      ],
      jobs: { test: 'success' },
    },
    {
      when: 'the tests fail',
      event: on.repositoryDispatch({ repository: 'octo-org/library', sha: 'e'.repeat(40) }),
      secrets: { STATUS_TOKEN: 'github_pat_OfTheWorkflowTests0000001' },
      target: 'octo-org/library',
      change: { 'echo "Testing $SHA"': 'exit 1' },
      shows: ['pending | Integration | In progress', 'failure | Integration | Failed after <time>'],
      jobs: { test: 'failure' },
    },
    {
      when: 'the secret is not there',
      event: on.repositoryDispatch({ repository: 'octo-org/library', sha: 'e'.repeat(40) }),
      target: 'octo-org/library',
      shows: [],
      jobs: { test: 'failure' },
      warnings: [/octo-org\/library/],
      errors: [/octo-org\/library/],
    },
  ],

  'gitea.yml': [
    {
      when: 'on Gitea',
      event: on.push(),
      server: 'gitea',
      shows: [
        `pending | Tests | In progress | ${GITEA_RUN}`,
        `success | Tests | Successful in <time> | ${GITEA_RUN}`,
      ],
      jobs: { test: 'success' },
    },
    {
      when: 'on Gitea, and a step fails',
      event: on.push(),
      server: 'gitea',
      change: { 'echo "your build and your tests"': 'exit 1' },
      shows: [
        `pending | Tests | In progress | ${GITEA_RUN}`,
        `failure | Tests | Failed after <time> | ${GITEA_RUN}`,
      ],
      jobs: { test: 'failure' },
    },
    {
      when: 'on Gitea, and `job_status` is forgotten',
      event: on.push(),
      server: 'gitea',
      change: { 'job_status: ${{ job.status }}': '# job_status' },
      shows: [],
      jobs: { test: 'failure' },
      warnings: [/job_status/],
      errors: [/job_status/],
      requests: [],
    },
  ],
}
