import type { components } from '@octokit/openapi-types'
import { ACTIONS, appBody } from './apps.ts'

type CheckRun = components['schemas']['check-run']

/** A check run as a test declares it; an `id` that exists already changes that run. */
export interface NewCheckRun {
  name: string
  /** Default `completed` if there is a conclusion, else `in_progress`. */
  status?: CheckRun['status']
  conclusion?: CheckRun['conclusion'] | 'stale' | 'startup_failure'
  details_url?: string | null
  id?: number
  /** The id of its check suite; default one suite for all. */
  suite?: number
  /** The id of its app; default GitHub Actions. */
  app?: number
  /** Default now. */
  started_at?: string | null
  /** Default now, once it is completed. */
  completed_at?: string | null
}

export interface CheckRunRecord extends Required<Omit<NewCheckRun, 'conclusion'>> {
  conclusion: NonNullable<NewCheckRun['conclusion']> | null
  sha: string
}

/** A check run with all its fields; `nextId` serves if it has none of its own, `now` is when it began. */
export function checkRunRecord(
  sha: string,
  run: NewCheckRun & Partial<CheckRunRecord>,
  nextId: number,
  now: string,
): CheckRunRecord {
  const conclusion = run.conclusion ?? null
  const status = run.status ?? (conclusion === null ? 'in_progress' : 'completed')
  return {
    id: nextId,
    suite: 5_000_000_000,
    app: ACTIONS,
    started_at: now,
    details_url: null,
    ...run,
    status,
    conclusion,
    completed_at: status === 'completed' ? (run.completed_at ?? now) : null,
    sha,
  }
}

/**
 * The newest run of each name within a suite, newest first: what GitHub lists unless asked for all.
 * https://docs.github.com/rest/checks/runs#list-check-runs-for-a-git-reference
 */
export function latestCheckRuns(runs: CheckRunRecord[]): CheckRunRecord[] {
  const seen = new Set<string>()
  return runs
    .toSorted((one, other) => other.id - one.id)
    .filter(({ suite, name }) => {
      const key = `${suite} ${name}`
      return !seen.has(key) && seen.add(key)
    })
}

/** A check run as the API answers it; `base` is the API's address, `fullName` the repository's. */
export function checkRunBody(base: string, fullName: string, run: CheckRunRecord): CheckRun {
  const url = `${base}/repos/${fullName}/check-runs/${run.id}`
  return {
    id: run.id,
    name: run.name,
    node_id: `CR_${Buffer.from(String(run.id)).toString('base64url')}`,
    head_sha: run.sha,
    external_id: '',
    url,
    html_url: `https://github.com/${fullName}/runs/${run.id}`,
    details_url: run.details_url,
    status: run.status,
    // The description of the API lacks two conclusions that GitHub itself gives.
    conclusion: run.conclusion as CheckRun['conclusion'],
    started_at: run.started_at,
    completed_at: run.completed_at,
    output: {
      title: null,
      summary: null,
      text: null,
      annotations_count: 0,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite },
    app: appBody(base, run.app),
    pull_requests: [],
  }
}
