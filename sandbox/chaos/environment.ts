import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { interpolate } from '../runner/expressions.ts'
import { isLost, type JobRecord, type StageName } from './plan.ts'
import { API, REPOSITORY, SERVER, SHA } from './world.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

type Texts = Readonly<Record<string, string>>

/** The environment of a stage as the runner makes it: inputs evaluated anew, and what the earlier stages saved. */
export function environmentOf(
  record: JobRecord,
  stage: StageName,
  saved: Texts,
  needs: readonly JobRecord[],
): Record<string, string> {
  const { plan } = record
  const inputs = { ...defaultsFor(record, stage), ...plan.with, ...plan.changes[stage] }
  if (plan.kind === 'roll-up') inputs.needs = needsOf(plan.skips, needs)
  return {
    ...plan.env,
    ...prefixed('INPUT_', inputs),
    ...prefixed('STATE_', saved, false),
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_SERVER_URL: SERVER,
    GITHUB_API_URL: API,
    GITHUB_RUN_ID: String(plan.run),
    GITHUB_RUN_ATTEMPT: String(plan.attempt),
    GITHUB_SHA: SHA,
    GITHUB_EVENT_NAME: plan.event.name,
    GITHUB_WORKFLOW: 'CI',
    GITHUB_JOB: 'build',
    GITHUB_ACTOR: 'octocat',
    ...(plan.isDirect && { GITHUB_ACTION_REPOSITORY: 'octo-org/commit-status' }),
  }
}

function prefixed(prefix: string, texts: Texts, isUpper = true): Record<string, string> {
  const entries = Object.entries(texts)
  return Object.fromEntries(
    entries.map(([name, text]) => [prefix + (isUpper ? name.toUpperCase() : name), text]),
  )
}

/** The `needs` context: how the jobs before came out. */
function needsOf(skips: number, needs: readonly JobRecord[]): string {
  const skipped = Array.from({ length: skips }, (_, index) => [`skipped ${index}`, 'skipped'])
  const ran = needs.map((record) => [record.name, conclusionOf(record)])
  const results = [...ran, ...skipped].map(([name, result]) => [name, { result }])
  return JSON.stringify(Object.fromEntries(results))
}

/** How a job came out in the end: a post that fails makes it fail, and so does a lost machine. */
export function conclusionOf(record: JobRecord): JobRecord['result'] {
  const { result, stages } = record
  const hasFailed = stages.some(({ lines }) => lines.some(({ level }) => level === 'fail'))
  const isGreen = result === 'success' && !isLost(record) && !hasFailed
  return isGreen || result === 'cancelled' ? result : 'failure'
}

const defaults = new Map<string, Record<string, string>>()

function defaultsFor({ plan, id, result }: JobRecord, stage: StageName): Record<string, string> {
  const { token, event, hasId } = plan
  const contexts = {
    github: { repository: REPOSITORY, token, api_url: API, event: event.payload },
    job: { status: result, ...(hasId && { check_run_id: id }) },
    matrix: null,
  }
  const evaluate = ([name, text]: [string, string]) => [
    name,
    text.includes('${{') ? interpolate(text, contexts) : text,
  ]
  return Object.fromEntries(Object.entries(declaredFor(stage)).map(evaluate))
}

/** The inputs of an action.yml with their defaults. */
function declaredFor(stage: StageName): Record<string, string> {
  const isSubAction = stage === 'combined' || stage === 'sweep'
  const file = isSubAction ? `${stage}/action.yml` : 'action.yml'
  const known = defaults.get(file)
  if (known !== undefined) return known

  const { inputs } = parse(readFileSync(`${ROOT}/${file}`, 'utf8')) as {
    inputs: Record<string, { default?: unknown }>
  }
  const read = Object.entries(inputs).map(([name, input]) => [name, String(input.default ?? '')])
  const declared = Object.fromEntries(read)
  defaults.set(file, declared)
  return declared
}
