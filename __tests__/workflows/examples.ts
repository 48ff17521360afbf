import { join } from 'node:path'
import type { NewStatus } from '../../sandbox/api/github.ts'
import * as on from './events.ts'
import { ROOT, type Run } from './play.ts'

/** The examples that no event starts, and the one that uses them. */
export const usedBy: Record<string, string> = {
  'composite/action.yml': 'composite.yml',
  'reusable.yml': 'reusable-caller.yml',
}

const LOST = 'The job never reported; its run ended'
const page = (repository: string, run: number) =>
  `https://github.com/${repository}/actions/runs/${run}`

/** The runs of an example, which have this in common unless one says otherwise. */
const rows = (usual: Pick<Run, 'event'> & Partial<Run>, ...all: Partial<Run>[]): Run[] =>
  all.map((row) => ({ ...usual, ...row }))

/** No job runs, and none asks for anything. */
const NOTHING: Partial<Run> = { jobs: {}, requests: [] }

const RESULTS = { success: 'Successful in <time>', failure: 'Failed after <time>' }

/** What the status of a job shows from its start to its end. */
const followed = (context: string, state: keyof typeof RESULTS = 'success') => [
  `pending | ${context} | In progress`,
  `${state} | ${context} | ${RESULTS[state]}`,
]

/** A status of another tool. */
const other = (state: string, context: string, description?: string): NewStatus => ({
  creator: 'octo-deployer',
  state,
  context,
  ...(description && { description }),
})

/** A status that another run of the repository has opened and not closed. */
const lost = (repository: string, context: string, run: number) => ({
  state: 'pending',
  context,
  description: 'In progress',
  target_url: page(repository, run),
})

/** A `gh` that has these answers to what is asked, and no other. */
const ghThat = (answers: Record<string, string>) => {
  const cases = Object.entries(answers).map(([question, answer]) => `${question}) ${answer};;`)
  return { gh: `case "$*" in ${cases.join(' ')} *) echo "gh $*" >&2; exit 1;; esac` }
}
const gh = (question: string, answer: object[]) =>
  ghThat({ [question]: `echo '${JSON.stringify(answer)}'` })

/** A `gh` that knows what the author of a comment is allowed to do. */
const author = (permission: string) =>
  ghThat({ '*/collaborators/Codertocat/permission*': `echo ${permission}` })

/** git as it is, but for a push, which is a line in the log. */
const GIT = `case "$1" in push) echo "git $*";; *) PATH="\${PATH#*:}" exec git "$@";; esac`

/** yq as GitHub's runners have it, for what jq does as well. */
const YAML = join(ROOT, 'node_modules/yaml')
const YQ = `node -p 'JSON.stringify(require("${YAML}").parse(require("fs").readFileSync(process.argv[1], "utf8")))' "$3" | jq -r "$2"`
const ghHeads = (...shas: string[]) =>
  gh(
    '"pr list "*"--json headRefOid"*',
    shas.map((sha) => ({ sha })),
  )
const ghRuns = (...runs: object[]) =>
  gh('"run list "*"--json databaseId,headSha,conclusion"*', runs)

const frozen = on.workflowDispatch({}, 'a'.repeat(40))
const FROZEN = { FROZEN: 'true' }
const overridden = on.comment('/override CI / test\r\n\r\nIt is flaky.\r\n/override Coverage')
const { html_url: commentUrl, user } = overridden.payload.comment
const forked = on.workflowRun('success')
const { id: forkedRun, html_url: forkedUrl } = forked.payload.workflow_run
const nightly = on.schedule('d'.repeat(40))
const merged = on.mergeGroup()
const landed = on.push()
const earlier = (landed.payload as { before: string }).before
const tagged = { ...landed, payload: { ...landed.payload, ref: 'refs/tags/v1.2.3' } }
const ran = on.status('ci/jenkins', 'success')

/** Every example: how it is run, and what comes of it. */
export const runs: Record<string, Run[]> = {
  'follow.yml': rows(
    { event: on.push(), jobs: { test: 'success' } },
    {
      shows: followed('CI / test'),
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
      change: { 'echo "your tests"': 'exit 1' },
      shows: followed('CI / test', 'failure'),
      jobs: { test: 'failure' },
    },
    {
      when: 'two uses, and a step fails',
      change: {
        '- uses: OWNER/commit-status@v1':
          '- uses: OWNER/commit-status@v1\n      - uses: OWNER/commit-status@v1\n        with: { context: Two }',
        'echo "your tests"': 'exit 1',
      },
      shows: [
        'pending | CI / test | In progress',
        'pending | Two | In progress',
        'failure | Two | Failed after <time>',
        'failure | CI / test | Failed after <time>',
      ],
      jobs: { test: 'failure' },
    },
    {
      when: "a fork's pull request, whose token is read-only",
      event: on.forkPullRequest(),
      change: { 'on: push': 'on: pull_request' },
      token: { statuses: 'read' },
      outputs: { 'test.0': { published: 'false' } },
      warnings: [/pull requests from forks get a read-only token/],
      requests: ['POST 403'],
    },
  ),

  'matrix.yml': rows(
    { event: on.push(), parallel: true },
    {
      shows: ['20, linux', '20, windows', '24, linux', '24, windows'].flatMap((leg) =>
        followed(`Matrix / test (${leg})`),
      ),
      jobs: { test: 'success' },
    },
    {
      when: 'one leg of four fails',
      change: { 'echo "Testing on Node $NODE and $SYSTEM"': 'test "$NODE $SYSTEM" != "24 linux"' },
      shows: [
        ...followed('Matrix / test (20, linux)'),
        ...followed('Matrix / test (20, windows)'),
        ...followed('Matrix / test (24, linux)', 'failure'),
        ...followed('Matrix / test (24, windows)'),
      ],
      jobs: { test: 'failure' },
    },
    {
      when: 'of objects and empty values',
      change: {
        'node: [20, 24]': 'node: [{ version: 20, arch: arm64 }]',
        '[linux, windows]': '["", linux]',
      },
      shows: [
        ...followed('Matrix / test (arm64, 20)'),
        ...followed('Matrix / test (arm64, 20, linux)'),
      ],
      jobs: { test: 'success' },
    },
  ),

  'roll-up.yml': rows(
    { event: on.pullRequest(), jobs: { lint: 'success', test: 'success', all: 'success' } },
    {
      shows: ['success | All checks | Successful: lint, test (skipped: docs)'],
      outputs: { 'all.0': { state: 'success', published: 'true' } },
      requests: ['GET 200', 'POST 201'],
    },
    {
      when: 'a failing, a skipped and a green job',
      change: { 'echo "Testing shard $SHARD"': 'test "$SHARD" != 2' },
      shows: ['failure | All checks | Failed: test (skipped: docs)'],
      jobs: { lint: 'success', test: 'failure', all: 'success' },
      requests: ['GET 200', 'POST 201'],
    },
    {
      when: 'a label, for which the documentation is built too',
      event: on.pullRequest((pull) => {
        Object.assign(pull, { labels: [{ name: 'docs' }] })
      }),
      shows: ['success | All checks | Successful: docs, lint, test'],
      jobs: { lint: 'success', test: 'success', docs: 'success', all: 'success' },
    },
    {
      when: 'a skipped job that is not allowed to be',
      change: { 'allowed_skips: docs': 'allowed_skips: lint' },
      shows: ['error | All checks | Skipped: docs'],
      warnings: [/Skipped: "docs".*`allowed_skips: docs`/],
    },
  ),

  'roll-up-required.yml': rows(
    { event: on.pullRequest() },
    {
      shows: ['success | All checks | Successful: lint, test (skipped: docs)'],
      jobs: { lint: 'success', test: 'success', all: 'success' },
    },
    {
      when: 'a job fails, and the one after it is skipped',
      change: { 'echo "your linter"': 'exit 1' },
      shows: ['failure | All checks | Failed: lint (skipped: docs, test)'],
      jobs: { lint: 'failure', all: 'failure' },
      errors: [/lint/],
    },
    {
      when: "a fork's pull request: the job judges what it cannot publish",
      event: on.forkPullRequest(),
      token: { statuses: 'read' },
      change: { 'echo "your linter"': 'exit 1' },
      jobs: { lint: 'failure', all: 'failure' },
      warnings: [/pull requests from forks get a read-only token/],
      errors: [/lint/],
    },
  ),

  'once.yml': rows(
    { event: on.push(), jobs: { check: 'success' } },
    {
      shows: ['success | Licenses | Successful'],
      outputs: { 'check.1': { state: 'success', context: 'Licenses', published: 'true' } },
      requests: ['GET 200', 'POST 201'],
    },
    {
      when: 'a step before fails',
      change: { '- id: licenses': '- run: exit 1\n      - id: licenses' },
      shows: ['error | Licenses | Skipped'],
      jobs: { check: 'failure' },
    },
  ),

  'steps.yml': rows(
    { event: on.push() },
    {
      when: 'one of the checks fails, and the job with it',
      change: { 'echo "your type checker"': 'exit 1' },
      shows: [
        'pending | Checks / check | In progress',
        'failure | Types | Failed',
        'success | Unit tests | Successful',
        'failure | Checks / check | Failed after <time>',
      ],
      jobs: { check: 'failure' },
    },
  ),

  'late-description.yml': rows(
    { event: on.push() },
    {
      shows: [
        'pending | Coverage | In progress',
        'success | Coverage | 93.4% of the lines are covered',
      ],
      jobs: { coverage: 'success' },
      log: ['Post Published success as "Coverage"'],
    },
  ),

  'deploy-links.yml': rows(
    { event: on.pullRequest() },
    {
      shows: [
        'pending | Preview | In progress',
        'success | Preview | Successful in <time> | https://preview-2.example.com',
      ],
      jobs: { deploy: 'success' },
    },
  ),

  'composite.yml': rows(
    { event: on.push() },
    {
      parallel: true,
      shows: [...followed('platform / api'), ...followed('platform / web')],
      jobs: { 'by-reference': 'success', 'from-a-checkout': 'success' },
    },
    {
      when: 'the expression for `sha` finds nothing',
      change: { 'github.sha': 'github.event.nothing' },
      job: 'from-a-checkout',
      jobs: { 'from-a-checkout': 'failure' },
      errors: [/`sha` is empty.*\|\| 'event'/],
      requests: [],
    },
  ),

  'reusable-caller.yml': rows(
    { event: on.push(), parallel: true },
    {
      shows: [...followed('Tests / api'), ...followed('Tests / web')],
      jobs: { test: 'success' },
    },
  ),

  'freeze.yml': rows(
    { event: frozen, jobs: { publish: 'success' }, variables: FROZEN },
    {
      when: 'frozen',
      programs: ghHeads(frozen.head, frozen.sha),
      shows: ['failure | Freeze | Merging is frozen'],
      elsewhere: ['failure | Freeze | Merging is frozen'],
      outputs: {
        'publish.1': { state: 'failure', published: 'true', context: 'Freeze\nFreeze' },
      },
      requests: ['POST 201', 'POST 201'],
    },
    {
      when: 'lifted',
      variables: {},
      programs: ghHeads(frozen.head, frozen.sha),
      shows: ['success | Freeze | Merging is open'],
      elsewhere: ['success | Freeze | Merging is open'],
    },
    {
      when: 'a pull request is opened or pushed to later',
      event: { ...on.pullRequest(), name: 'pull_request_target' },
      shows: ['failure | Freeze | Merging is frozen'],
    },
    { when: 'in the merge queue', event: merged, shows: ['failure | Freeze | Merging is frozen'] },
  ),

  'table.yml': rows(
    { event: on.push() },
    {
      shows: ['success | Tests / api | 212 passed', 'failure | Tests / web | 3 of 80 failed'],
      jobs: { test: 'success' },
      outputs: { 'test.2': { state: 'failure', published: 'true' } },
      requests: ['POST 201', 'POST 201'],
    },
  ),

  'mirror.yml': rows(
    {
      event: on.status('ci/jenkins/main', 'failure', '2 stages failed', 'https://ci.example.com/7'),
      jobs: { mirror: 'success' },
    },
    { shows: ['failure | Build | 2 stages failed | https://ci.example.com/7'] },
    { when: 'another status', event: on.status('ci/other', 'success'), ...NOTHING },
  ),

  'override.yml': rows(
    { event: overridden, jobs: { override: 'success' }, programs: author('write') },
    {
      when: 'two names, of which one is there',
      before: [other('failure', 'CI / test'), other('failure', 'security/scan')],
      shows: [`success | CI / test | Overridden by ${user.login} | ${commentUrl}`],
    },
    {
      when: 'a name that would be code in a script',
      event: on.comment('/override $(exit 1)`"\'; exit 1'),
      before: [other('failure', '$(exit 1)`"\'; exit 1')],
      shows: [`success | $(exit 1)\`"'; exit 1 | Overridden by ${user.login} | ${commentUrl}`],
    },
    {
      when: 'someone who can only read',
      programs: author('read'),
      before: [other('failure', 'CI / test')],
      jobs: { override: 'failure' },
    },
  ),

  'complete-needs.yml': rows(
    { event: on.pullRequest(), programs: { yq: YQ } },
    {
      shows: ['success | All checks | Successful: complete, lint, test'],
      jobs: { lint: 'success', test: 'success', complete: 'success', all: 'success' },
    },
    {
      when: 'a job is forgotten',
      change: { '[lint, test, complete]': '[lint, complete]' },
      shows: ['failure | All checks | Failed: complete'],
      jobs: { lint: 'success', test: 'success', complete: 'failure', all: 'success' },
      log: ['Not in needs: test'],
    },
  ),

  'bots.yml': rows(
    { event: on.pullRequest(), shows: followed('CI / test'), jobs: { test: 'success' } },
    { when: 'on a pull request' },
    {
      when: 'on the branch of a bot, by hand or by its workflow',
      event: { ...on.workflowDispatch({}, 'a'.repeat(40)), sha: 'a'.repeat(40) },
    },
  ),

  'bots-push.yml': rows(
    { event: nightly, jobs: { update: 'success' } },
    {
      programs: {
        git: GIT,
        ...ghThat({
          '"pr create "*': 'exit 1',
          '"pr view update"': 'echo open',
          '"workflow run bots.yml --ref update"': 'echo started',
        }),
      },
      log: ['git push --force origin update', 'open', 'started'],
      requests: [],
    },
  ),

  'auto-merge.yml': rows(
    {
      event: on.pullRequest(({ user, base }) => {
        user.login = 'dependabot[bot]'
        base.ref = 'main'
      }),
      requires: ['test', 'Coverage'],
      programs: ghThat({ '"pr merge 2 "*': 'echo merged' }),
      checkRuns: [{ name: 'test', conclusion: 'success' }],
      jobs: { merge: 'failure' },
    },
    {
      when: 'what main requires turns green, and something else is red',
      change: { 'timeout_minutes: 60': 'timeout_minutes: 60\n          interval_seconds: 1' },
      before: [other('failure', 'nightly')],
      meanwhile: async ({ asked, until, publish }) => {
        await until(() => asked().length > 4)
        publish(other('success', 'Coverage'))
      },
      shows: ['success | Coverage |  | no link'],
      jobs: { merge: 'success' },
      outputs: {
        'merge.0': {
          required: '[{"context":"test","app":null},{"context":"Coverage","app":null}]',
        },
      },
      log: ['merged'],
    },
    {
      when: 'a required one fails',
      before: [other('failure', 'Coverage')],
      errors: [/Failing: "Coverage"\./],
    },
    { when: 'nothing is required', requires: [], errors: [/requires no status check/] },
    { when: "someone else's pull request", event: on.pullRequest(), ...NOTHING },
  ),

  'release-gate.yml': rows(
    { event: tagged, requires: ['test'], jobs: { gate: 'failure' } },
    {
      when: 'what main requires is green',
      checkRuns: [{ name: 'test', conclusion: 'success' }],
      jobs: { gate: 'success', release: 'success' },
    },
    {
      when: 'it never came',
      change: { 'timeout_minutes: 30': 'timeout_minutes: 0.05' },
      errors: [/Missing: "test"/],
    },
  ),

  'gate-without-runner.yml': rows(
    { event: ran, jobs: { gate: 'success' }, before: [other('success', 'ci/jenkins')] },
    {
      when: 'everything has reported',
      checkRuns: [{ name: 'test', conclusion: 'success' }],
      shows: ['success | All green | Everything is green'],
    },
    {
      when: 'a job is missing, whatever its own status says',
      before: [other('success', 'ci/jenkins'), other('success', 'All green')],
      shows: ['pending | All green | Failing: [], pending: [], missing: ["test"]'],
    },
    {
      when: "a fork's run has ended, and failed",
      event: forked,
      checkRuns: [{ name: 'test', conclusion: 'failure' }],
      shows: ['failure | All green | Failing: ["test"], pending: [], missing: []'],
    },
  ),

  'merge-queue-mirror.yml': rows(
    { event: merged, jobs: { queue: 'success' } },
    {
      when: 'on the pull request',
      event: on.pullRequest(),
      shows: followed('Title'),
      jobs: { title: 'success' },
    },
    {
      when: 'in the merge queue',
      programs: ghThat({
        '"pr view "*" --json headRefOid --jq .headRefOid"': `echo ${'b'.repeat(40)}`,
      }),
      others: { ['b'.repeat(40)]: [other('success', 'ci/jenkins', '212 passed')] },
      shows: ['success | Title | Checked on the pull request', 'success | ci/jenkins | 212 passed'],
    },
  ),

  'broke-and-fixed.yml': rows(
    { event: landed, jobs: { test: 'success', notify: 'success' }, shows: followed('Main / test') },
    {
      when: 'it broke',
      change: { 'echo "your build and your tests"': 'exit 1' },
      others: { [earlier]: [other('success', 'Main / test')] },
      shows: followed('Main / test', 'failure'),
      jobs: { test: 'failure', notify: 'success' },
      log: [`main is broken since ${landed.sha}`],
    },
    {
      when: 'it is fixed',
      others: { [earlier]: [other('failure', 'Main / test')] },
      log: [`main is fixed by ${landed.sha}`],
    },
    {
      when: 'nothing has changed',
      others: { [earlier]: [other('pending', 'Main / test'), other('success', 'Main / test')] },
      log: [/^(?!.*main is)/s],
    },
  ),

  'same-tree.yml': rows(
    {
      event: landed,
      jobs: { before: 'success', test: 'success' },
      shows: followed('Tests'),
      others: { ['b'.repeat(40)]: [other('success', 'Tests', '212 passed')] },
    },
    {
      when: 'the same files',
      programs: ghThat({ '*/pulls*': `echo ${'b'.repeat(40)}`, '*/git/commits/*': 'echo tree' }),
      shows: ['success | Tests | 212 passed'],
      jobs: { before: 'success' },
    },
    {
      when: 'other files',
      programs: ghThat({ '*/pulls*': `echo ${'b'.repeat(40)}`, '*/git/commits/*': 'echo "$2"' }),
    },
    {
      when: 'the same files, which failed',
      programs: ghThat({ '*/pulls*': `echo ${'b'.repeat(40)}`, '*/git/commits/*': 'echo tree' }),
      others: { ['b'.repeat(40)]: [other('failure', 'Tests')] },
    },
  ),

  'merge-queue.yml': rows(
    { event: on.pullRequest(), shows: followed('Queue / test'), jobs: { test: 'success' } },
    { when: 'on the pull request' },
    { when: 'in the merge queue', event: on.mergeGroup() },
  ),

  'path-filters.yml': rows(
    { event: on.pullRequest(), jobs: { changes: 'success', test: 'success' } },
    { parallel: true, shows: [...followed('Tests / end-to-end'), ...followed('Tests / unit')] },
    {
      when: 'nothing but documentation has changed',
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
      when: 'git cannot say what has changed: the tests run',
      changes: ['docs/guide.txt'],
      change: { 'git diff --quiet HEAD^ HEAD': 'git diff --quiet HEAD^ nothing' },
      parallel: true,
      shows: [...followed('Tests / end-to-end'), ...followed('Tests / unit')],
    },
  ),

  'gate.yml': rows(
    { event: on.pullRequest(), jobs: { gate: 'failure' } },
    {
      when: 'what it waits for turns green',
      before: [other('success', 'CI / test'), other('pending', 'Coverage')],
      meanwhile: async ({ asked, until, publish }) => {
        await until(() => asked().length > 0)
        publish(other('success', 'Coverage', '93 %'))
        publish(other('success', 'security/scan', 'Nothing found'))
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
      when: "a fork's pull request, for which a status never comes: it does not wait for an hour",
      event: on.forkPullRequest(),
      change: { '&& 1 ||': '&& 0.05 ||' },
      before: [other('success', 'Coverage')],
      errors: [/is pending\. The time is up after .*\. Missing: "CI \/ test", "security\/\*"\./],
    },
    {
      when: 'in the merge queue: it waits',
      event: merged,
      change: { '&& 1 ||': '&& 0 ||', '|| 60 }}': '|| 0.05 }}' },
      before: [other('success', 'CI / test')],
      errors: [/is pending\. The time is up after .*\. Missing: "Coverage", "security\/\*"\./],
      log: ['Waiting. Missing: "Coverage", "security/*".'],
    },
  ),

  'gate-check-runs.yml': rows(
    { event: on.pullRequest(), jobs: { gate: 'failure' } },
    {
      when: 'jobs and statuses turn green, whatever those say that are ignored',
      event: on.forkPullRequest(),
      change: { 'interval_seconds: 30': 'interval_seconds: 1' },
      before: [other('pending', 'deploy/preview'), other('failure', 'codecov/patch')],
      checkRuns: [
        { name: 'build', conclusion: 'success' },
        { name: 'docs', conclusion: 'skipped' },
        { name: 'gate', suite: 2 },
      ],
      meanwhile: async ({ asked, until, publish, checkRun }) => {
        await until(() => asked().includes('GET 304'))
        publish(other('success', 'deploy/preview'))
        checkRun({ name: 'test (20)', conclusion: 'success' })
      },
      shows: ['success | deploy/preview |  | no link'],
      jobs: { gate: 'success' },
      outputs: { 'gate.0': { state: 'success', total_count: '4' } },
      log: ['Waiting. Pending: "deploy/preview". Missing: "test (*)".'],
    },
    {
      when: 'a job fails',
      checkRuns: [
        { name: 'build', conclusion: 'success' },
        { name: 'test (20)', conclusion: 'failure' },
        { name: 'test (24)' },
      ],
      outputs: { 'gate.0': { failing: '["test (20)"]', pending: '["test (24)"]' } },
      errors: [/Failing: "test \(20\)"\. Pending: "test \(24\)"\./],
      requests: ['GET 200', 'GET 200'],
    },
  ),

  'monorepo.yml': rows(
    { event: on.pullRequest(), changes: ['packages/api/index.js'], jobs: { gate: 'failure' } },
    {
      when: 'two packages have changed, and their statuses turn green',
      changes: [
        'packages/api/index.js',
        'packages/web/index.js',
        'packages/web/page/index.js',
        'packages/README.md',
      ],
      change: { 'require_success: true': 'require_success: true\n          interval_seconds: 1' },
      before: [other('pending', 'api / test'), other('failure', 'docs / test')],
      meanwhile: async ({ asked, until, publish }) => {
        await until(() => asked().length > 1)
        publish(other('success', 'api / test'))
        publish(other('success', 'web / test'))
      },
      shows: ['success | api / test |  | no link', 'success | web / test |  | no link'],
      jobs: { gate: 'success' },
      outputs: { 'gate.2': { state: 'success', total_count: '2' } },
      log: ['Waiting. Pending: "api / test". Missing: "web / test".'],
    },
    {
      when: 'no package has changed',
      changes: ['README.md'],
      jobs: { gate: 'success' },
      requests: [],
    },
    {
      when: 'what has changed cannot be found out: not green',
      change: { 'HEAD^ HEAD': 'HEAD~9 HEAD' },
      requests: [],
      log: [/bad revision/],
    },
  ),

  'wait-for-deployment.yml': rows(
    { event: on.push() },
    {
      when: 'the deployment ends well',
      change: { 'timeout_minutes: 30': 'timeout_minutes: 30\n          interval_seconds: 3' },
      before: [other('pending', 'deploy/staging')],
      meanwhile: async ({ asked, until, publish }) => {
        await until(() => asked().length > 2)
        publish(other('success', 'deploy/staging', 'Rolled out'))
      },
      shows: ['success | deploy/staging | Rolled out | no link'],
      jobs: { promote: 'success' },
      requests: ['GET 200', 'GET 304', 'GET 304', 'GET 200'],
      log: ['Waiting. Pending: "deploy/staging".', 'your deployment to production'],
    },
  ),

  'history.yml': [
    {
      event: on.workflowDispatch(),
      before: ['pending', 'failure', 'pending', 'success'].map((state) =>
        other(state, 'CI / test'),
      ),
      jobs: { history: 'success' },
      outputs: { 'history.history': { count: '4', state: 'success' } },
      log: ['4 statuses, the newest of them success'],
    },
  ],

  'comment.yml': rows(
    { event: on.comment('/test'), programs: author('admin') },
    {
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
      change: { 'echo "Testing $SHA"': 'exit 1' },
      shows: [
        'pending | Test on demand | Pending',
        'failure | Test on demand | Failed after <time>',
      ],
      jobs: { open: 'success', test: 'failure', report: 'success' },
    },
    {
      when: 'someone who cannot write',
      programs: author('none'),
      jobs: { open: 'failure' },
      requests: ['GET 200'],
    },
  ),

  'forks.yml': rows(
    { event: forked, jobs: { publish: 'success' } },
    {
      when: "a fork's run starts",
      event: on.workflowRun(null),
      shows: [`pending | CI | Pending | ${on.workflowRun(null).payload.workflow_run.html_url}`],
    },
    {
      when: 'it fails',
      event: on.workflowRun('failure'),
      shows: [`failure | CI | Failed | ${forkedUrl}`],
    },
    {
      when: "the repository's own pull request, under the same name",
      event: on.workflowRun('success', forked.repository),
      shows: [`success | CI | Successful | ${forkedUrl}`],
    },
    {
      when: 'a run that was skipped',
      event: on.workflowRun('skipped'),
      ...NOTHING,
    },
    {
      when: 'a run for a push',
      event: on.workflowRun('success', undefined, 'push'),
      ...NOTHING,
    },
  ),

  'sweep.yml': rows(
    { event: on.workflowRun('cancelled'), jobs: { sweep: 'success' } },
    {
      when: 'a run was cancelled, and its runner lost',
      before: [lost(forked.repository, 'CI / test', forkedRun), other('pending', 'security/scan')],
      shows: [`error | CI / test | ${LOST}: cancelled | ${page(forked.repository, forkedRun)}`],
      outputs: { 'sweep.0': { swept: '1', contexts: '["CI / test"]' } },
    },
    {
      when: 'a run succeeded',
      event: on.workflowRun('success'),
      before: [lost(forked.repository, 'CI / test', forkedRun)],
      ...NOTHING,
    },
  ),

  'gitea-sweep.yml': rows(
    { event: on.workflowRun('cancelled'), server: 'gitea' },
    {
      before: [lostOnGitea(forked)],
      shows: [`error | CI / test | ${LOST}: cancelled | ${lostOnGitea(forked).target_url}`],
      jobs: { sweep: 'success' },
    },
  ),

  'nightly-sweep.yml': rows(
    { event: nightly },
    {
      before: [
        lost(nightly.repository, 'CI / test', 17_000_000_001),
        lost(nightly.repository, 'CI / lint', 17_000_000_002),
        lost(nightly.repository, 'Other / test', 17_000_000_003),
      ],
      programs: ghRuns(
        { databaseId: '17000000001', headSha: nightly.head, conclusion: 'failure' },
        { databaseId: '17000000002', headSha: nightly.head, conclusion: 'cancelled' },
      ),
      parallel: true,
      shows: [
        `failure | CI / test | ${LOST}: failure | ${page(nightly.repository, 17_000_000_001)}`,
        `error | CI / lint | ${LOST}: cancelled | ${page(nightly.repository, 17_000_000_002)}`,
      ],
      jobs: { find: 'success', sweep: 'success' },
    },
  ),

  'another-repository.yml': rows(
    {
      event: on.repositoryDispatch({ repository: 'octo-org/library', sha: 'e'.repeat(40) }),
      target: 'octo-org/library',
    },
    {
      secrets: { STATUS_TOKEN: 'github_pat_OfTheWorkflowTests0000001' },
      shows: followed('Integration'),
      jobs: { test: 'success' },
    },
    {
      when: 'the secret is not there',
      jobs: { test: 'failure' },
      errors: [/octo-org\/library/],
    },
  ),

  'gitea.yml': rows(
    { event: on.push(), server: 'gitea', jobs: { test: 'failure' } },
    { when: 'on Gitea', shows: followed('Tests').map(onGitea), jobs: { test: 'success' } },
    {
      when: 'on Gitea, and `job_status` is forgotten',
      change: { 'job_status: ${{ job.status }}': '# job_status' },
      warnings: [/job_status/],
      errors: [/job_status/],
      requests: [],
    },
  ),
}

/** On Gitea a run's page has the run's number in it. */
function lostOnGitea({ repository, payload: { workflow_run: run } }: typeof forked) {
  const status = lost(repository, 'CI / test', run.run_number)
  return { ...status, target_url: `${status.target_url}?by_index=1` }
}

/** With its link, which is not that of a run on GitHub. */
function onGitea(line: string): string {
  return `${line} | ${page(on.push().repository, 1)}?by_index=1`
}
