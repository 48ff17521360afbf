import { type Access, isOfEvent, readAccess } from '../runner/access.ts'
import type { Env } from '../runner/env.ts'
import { COMMON, checkNames, type InputNames } from '../runner/input-names.ts'
import {
  type Checked,
  checked,
  flag,
  type Inputs,
  inputsOf,
  lines,
  number,
  strictText,
} from '../runner/inputs.ts'
import { readRef } from '../runner/ref.ts'
import type { Ref } from '../status/event-commit.ts'
import type { Platform } from '../status/platform.ts'
import { listed } from '../status/text.ts'
import { type Choice, ignoredLines } from './names.ts'
import { type OwnJob, readOwnJob } from './own-job.ts'
import { type Base, readRequiredBy } from './rules/branch.ts'

const NAMES: InputNames = {
  own: {
    ...COMMON.own,
    ref: 'event',
    contexts: '*',
    ignore: '',
    allowed_skips: '',
    required_by: 'none',
    check_runs: 'false',
    timeout_minutes: '0',
    interval_seconds: '15',
    require_success: 'false',
    matrix: '',
    check_run_id: '',
  },
  others: {
    ...COMMON.others,
    ref: 'sha commit',
    contexts: 'status checkname checkregexp matchpattern',
    ignore: 'ignored ignoreactions ignorecontexts ignorechecks ignorepattern runningworkflowname',
    timeout_minutes: 'timeout checktimeout checkretrycount',
    interval_seconds: 'interval checkinterval checkretryinterval waitinterval pollinterval',
    require_success: 'expectedstate',
  },
}

/** Times are in milliseconds. */
export type CombinedInputs = Access &
  Choice & {
    ref: Ref
    /** Undefined if no branch's rules count. */
    requiredBy: Base | undefined
    withCheckRuns: boolean
    timeout: number
    interval: number
    requireSuccess: boolean
    own: OwnJob
  }

const MOST_MINUTES = 4320
const MOST_SECONDS = 3600

export function readCombined(env: Env, payload: unknown): Checked<CombinedInputs> {
  const inputs = inputsOf(env)
  checkNames(inputs, NAMES)
  const access = readAccess(inputs)
  const ref = readRef(inputs, payload, access)
  const choice = readChoice(inputs, access.platform)
  const requiredBy = readRequiredBy(inputs, payload, isOfEvent(access, env))
  const isAsked = requiredBy !== undefined && access.platform.hasCheckRuns

  return checked(inputs, {
    ...access,
    ...choice,
    ref,
    requiredBy,
    withCheckRuns: readCheckRuns(inputs, access.platform) || isAsked,
    timeout: 60_000 * numberIn(inputs, 'timeout_minutes', 0, 0, MOST_MINUTES),
    interval: 1_000 * numberIn(inputs, 'interval_seconds', 15, 1, MOST_SECONDS),
    requireSuccess: flag(inputs, 'require_success', false),
    own: readOwnJob(inputs),
  })
}

function readChoice(inputs: Inputs, platform: Platform): Choice {
  strictText(inputs, 'contexts', "'*'", 'names, one per line, or `*` for all')
  const contexts = lines(inputs, 'contexts')
  const choice = {
    contexts: contexts.every((line) => line === '*') ? [] : contexts,
    ignore: lines(inputs, 'ignore'),
    allowedSkips: lines(inputs, 'allowed_skips'),
    platform,
  }
  const ignored = ignoredLines(choice)
  if (ignored.length > 0) {
    inputs.warnings.push(
      `Input \`contexts\` names ${listed(ignored, 3)}, which \`ignore\` excludes: it is not counted or waited for. Remove it from one of them.`,
    )
  }
  return choice
}

function readCheckRuns(inputs: Inputs, platform: Platform): boolean {
  const isGiven = flag(inputs, 'check_runs', false)
  if (isGiven && !platform.hasCheckRuns) {
    inputs.problems.push(
      'Input `check_runs` is "true": expected `false`, since Gitea and Forgejo have no check runs; every job there has a status.',
    )
  }
  return isGiven
}

function numberIn(inputs: Inputs, name: string, unset: number, least: number, most: number) {
  const [, unit = ''] = name.split('_')
  const expected = `a number of ${unit} from ${least} to ${most}`
  return number(inputs, name, unset, expected, (value) => value >= least && value <= most)
}
