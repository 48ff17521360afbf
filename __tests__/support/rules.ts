import type { Protection, RepositoryOptions, Rule } from '../../sandbox/api/github.ts'
import { SHA } from './ids.ts'
import { type Setup, startJob, type TestJob } from './job.ts'

/** A rule that requires status checks: a name for any app, or a name and the id of an app. */
export const checks = (...names: (string | [string, number | null])[]): Rule => ({
  type: 'required_status_checks',
  ...RULESET,
  parameters: {
    strict_required_status_checks_policy: false,
    required_status_checks: names.map((one) => {
      const [context, app = null] = typeof one === 'string' ? [one] : one
      return app === null ? { context } : { context, integration_id: app }
    }),
  },
})

export const RULESET = {
  ruleset_id: 42,
  ruleset_source_type: 'Repository',
  ruleset_source: 'octo-org/octo-repo',
} as const

/** A job that gates on what `main` requires, whose rules are these. */
export async function startGate(
  rules: Rule[],
  { protection, ...setup }: Setup & { protection?: Protection } = {},
): Promise<TestJob> {
  const declared: RepositoryOptions = {
    branches: { main: SHA },
    rules: { main: rules },
    ...(protection && { protection: { main: protection } }),
    ...setup.declared,
  }
  const inputs = { required_by: 'main', require_success: 'true', ...setup.with }
  return await startJob({ ...setup, action: 'combined', declared, with: inputs })
}

/** The requests for the rules of a branch and the branch itself, with what was answered. */
export const ruleRequests = ({ sandbox }: TestJob) =>
  sandbox.requests
    .filter(({ path }) => path.includes('/branches/'))
    .map(({ path, status }) => `${path.includes('/rules/') ? 'rules' : 'branch'} ${status}`)
