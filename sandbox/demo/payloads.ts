import { payloadOf } from '../runner/payloads.ts'

type Repository = { full_name: string }
type PullRequest = {
  action: string
  repository: Repository
  pull_request: { head: { sha: string } }
}
type Push = { ref: string; after: string; repository: Repository }
type WorkflowRun = {
  action: string
  repository: Repository
  workflow_run: { id: number; head_sha: string; conclusion: string; updated_at: string }
}

export const openedPullRequest = () =>
  payloadOf<PullRequest>('pull_request', ({ action }) => action === 'opened')

export const pushToBranch = () =>
  payloadOf<Push>('push', ({ ref }) => ref.startsWith('refs/heads/'))

export const completedRun = () =>
  payloadOf<WorkflowRun>('workflow_run', ({ action }) => action === 'completed')
