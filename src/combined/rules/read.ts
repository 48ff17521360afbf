import { readBranchRules } from '../../github/branch-rules.ts'
import type { Failure } from '../../github/cause.ts'
import type { GitHub } from '../../github/connect.ts'
import type { Result } from '../../github/request.ts'
import type { Runner } from '../../runner/toolkit.ts'
import { joined, listed, quote } from '../../status/text.ts'
import { nameWithApp, type Required, requiredOf } from './required.ts'

/** The rules of a branch, which are read again before a gate passes. */
export type BranchRules = {
  branch: string
  /** Whether `contexts` has lines of its own, which can stand for what has no name. */
  hasLines: boolean
  required?: Required
}

/**
 * Reads what the rules of a branch require, and says so if that has changed. Whatever keeps it from
 * being known for sure is a failure: rules that are not known must not pass.
 */
export async function readRequired(
  runner: Runner,
  github: GitHub,
  rules: BranchRules,
): Promise<Result<Required>> {
  const read = await readBranchRules(github, rules.branch)
  if ('failure' in read) return read

  const required = requiredOf(read.value.rules, read.value.branch, github.access.platform)
  const failure = failureIn(required, rules)
  if (failure !== undefined) return { failure }
  if (JSON.stringify(required) !== JSON.stringify(rules.required))
    sayRequired(runner, rules.branch, required)
  rules.required = required
  return { value: required }
}

/** Why a gate over these rules could pass by mistake. */
function failureIn(
  { requirements, nameless, invalid }: Required,
  { branch, hasLines }: BranchRules,
): Failure | undefined {
  const name = quote(branch, 255)
  if (invalid !== undefined) {
    return {
      cause: 'unexpected',
      message: `What ${name} requires is not understood: ${invalid}. Name what has to pass in \`contexts\`, without \`required_by\`.`,
      topic: 'what--requires-is-not-understood',
    }
  }
  if (nameless.length > 0 && !hasLines) {
    return {
      cause: 'refused',
      message: `${name} requires something that no status check shows: ${joined(nameless)}. Add lines to \`contexts\` that name what has to pass for it.`,
      topic: 'requires-something-that-no-status-check-shows',
    }
  }
  if (nameless.length > 0 || requirements.length > 0) return undefined
  return {
    cause: 'refused',
    message: `${name} requires no status check: neither its rulesets nor its protection name one. Require one in the settings of the repository, or name what has to pass in \`contexts\`, without \`required_by\`.`,
    topic: 'requires-no-status-check',
  }
}

/** Nothing is left if all that is required is ignored or the job that asks. */
export function nothingLeft({ branch, required }: BranchRules): Failure {
  const names = listed((required?.requirements ?? []).map(({ context }) => context))
  return {
    cause: 'refused',
    message: `Nothing is left of what ${quote(branch, 255)} requires: ${names} is this job, or \`ignore\` excludes it. Require another status check, or name what has to pass in \`contexts\`, without \`required_by\`.`,
    topic: 'nothing-is-left-of-what--requires',
  }
}

function sayRequired(
  runner: Runner,
  branch: string,
  { requirements, nameless, others }: Required,
): void {
  const name = quote(branch, 255)
  const checks = requirements.map((one) => `${nameWithApp(one)} (${one.by.join(', ')})`)
  const rest = others.length > 0 ? ` Not judged: ${joined(others)}.` : ''
  runner.info(`${name} requires ${joined(checks) || 'no status check'}.${rest}`)
  if (nameless.length > 0) {
    runner.warning(
      `${name} also requires something that no status check shows: ${joined(nameless)}. Only the lines of \`contexts\` can stand for it.`,
    )
  }
}
