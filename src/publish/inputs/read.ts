import { type Access, readAccess } from '../../runner/access.ts'
import { type Env, inputText, jobOf, runnerPlatform } from '../../runner/env.ts'
import { checkNames } from '../../runner/input-names.ts'
import {
  type Checked,
  checked,
  flag,
  type Inputs,
  inputsOf,
  noted,
  problemWith,
  state,
  wrong,
} from '../../runner/inputs.ts'
import type { Commit } from '../../status/event-commit.ts'
import type { Job } from '../../status/link.ts'
import { DEFAULT_WORD_STATES, stateOf, type WordStates } from '../../status/state.ts'
import { fitDescription } from '../../status/text.ts'
import { ADDRESS, targetUrlOf } from '../../status/url.ts'
import { readCommit } from '../commit.ts'
import type { Found } from '../memory.ts'
import { modeOf } from '../mode.ts'
import { readContexts } from './contexts.ts'
import { NAMES } from './input-names.ts'
import { checkEntries, isGiven, type Once, readOnce } from './once.ts'

/** What the root action is asked to do. */
export type PublishInputs = Access & {
  /** Undefined if the status follows the job. */
  once: Once | undefined
  contexts: string[]
  /** Empty if it is to be derived. */
  description: string
  targetUrl: string
  commit: Commit
  /** Not if every entry of a list names its own. */
  needsCommit: boolean
  choices: WordStates
  failOnError: boolean
  /** Whether the step fails unless the state that is published once is success. */
  requireSuccess: boolean
  job: Job
}

/** Reads and checks only the inputs that decide on which commit, and how it is reached. */
export function readTarget(
  env: Env,
  payload: unknown,
): Checked<Access & Pick<PublishInputs, 'commit' | 'needsCommit'>> {
  const inputs = inputsOf(env)
  const access = readAccess(inputs)
  const commit = readCommit(inputs, payload, access, true)
  return checked(inputs, { ...access, commit, needsCommit: true })
}

/**
 * Reads and checks every input of the root action.
 * @param found the commit that an earlier stage found
 */
export function readPublish(env: Env, payload: unknown, found?: Found): Checked<PublishInputs> {
  const inputs = inputsOf(env)
  checkNames(inputs, NAMES)
  flag(inputs, 'enabled', true)
  const isFollowing = modeOf(env) === 'follow'
  const choices = readWordStates(inputs)
  const access = readAccess(inputs)
  const contexts = readContexts(inputs, access.platform, isGiven(inputText(env, 'statuses')))
  const description = noted(inputs, fitDescription(inputText(env, 'description')))
  const job = jobOf(env)
  const gitea = job.platform.hasCheckRuns ? undefined : job.server

  const once = readOnce(inputs, { choices, contexts, description, gitea })
  const entries = once?.kind === 'list' ? once.entries : undefined
  const needsCommit = entries?.every(({ sha }) => sha !== undefined) !== true
  const commit = readCommit(inputs, payload, access, needsCommit, found)
  if (entries !== undefined) checkEntries(inputs, entries, commit, access, payload)
  const targetUrl = readTargetUrl(inputs, isFollowing)
  const requireSuccess = flag(inputs, 'require_success', false)
  if (isFollowing) checkFollowing(inputs, choices, requireSuccess)
  if (job.job === '' && inputText(env, 'check_run_id') !== '') {
    inputs.notes.push("Input `check_run_id` is not a job's id: linking to the run's page.")
  }
  return checked(inputs, {
    ...access,
    once,
    contexts,
    description,
    targetUrl,
    commit,
    needsCommit,
    choices,
    failOnError: flag(inputs, 'fail_on_error', true),
    requireSuccess,
    job,
  })
}

function readWordStates(inputs: Inputs): WordStates {
  const { cancelled, skipped } = DEFAULT_WORD_STATES
  return {
    cancelled: state(inputs, 'cancelled_state', cancelled),
    skipped: state(inputs, 'skipped_state', skipped),
  }
}

/** The link, empty if it is not given, or wrong while a later step can still complete it. */
function readTargetUrl(inputs: Inputs, isFollowing: boolean): string {
  const value = inputText(inputs.env, 'target_url')
  const url = targetUrlOf(value)
  if (url !== undefined) return url

  if (!isFollowing) wrong(inputs, 'target_url', ADDRESS)
  else
    inputs.warnings.push(`${problemWith('target_url', value, ADDRESS)} Linking to the job for now.`)
  return ''
}

const JOB_STATUS = 'job_status: ${{ job.status }}'

/** What has to be there if a job is followed. */
function checkFollowing(inputs: Inputs, choices: WordStates, requireSuccess: boolean): void {
  if (requireSuccess) {
    wrong(
      inputs,
      'require_success',
      'to be omitted: this step follows the job, whose own result is what is required',
    )
  }
  if (!runnerPlatform(inputs.env).tellsJobStatus && inputs.env.GITHUB_ACTION_PATH) {
    inputs.problems.push(
      'A job cannot be followed from inside a composite action on Gitea and Forgejo: their runners give the post step the result of the composite instead of the job. Use this action directly in the job, or publish once with `state`.',
    )
  }
  const status = inputText(inputs.env, 'job_status').toLowerCase()
  if (stateOf(status, choices) === undefined) {
    wrong(inputs, 'job_status', `the job's status; write \`${JOB_STATUS}\` in this step`)
  }
}
