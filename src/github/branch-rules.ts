import { isRecord } from '../status/json.ts'
import { quote } from '../status/text.ts'
import { type KnownPages, type List, readAllPages } from './all-pages.ts'
import type { Failure } from './cause.ts'
import type { GitHub } from './connect.ts'
import { type Result, request } from './request.ts'

/** A rule of a ruleset, as the API gives it. Nothing in it is trusted. */
export type Rule = Readonly<Record<string, unknown>>

/** A branch under its present name, with its classic protection. Nothing in it is trusted. */
export type Branch = { data: Readonly<Record<string, unknown>>; etag: string }

/** What was read of a branch before, so that what has not changed is answered 304. */
export type KnownRules = { rules: KnownPages<Rule>; branch?: Branch }

const RULES: List<Rule> = {
  what: 'rules',
  permission: 'metadata: read',
  route: 'GET /repos/{owner}/{repo}/rules/branches/{branch}',
  parameter: 'branch',
  itemsOf: (data) => (Array.isArray(data) && data.every(isRecord) ? data : undefined),
  unique: (rules) => [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()],
}

/**
 * The rules of all rulesets that apply to a branch. The server answers for any name, so
 * {@link readBranch} has to find it.
 * https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
 */
export async function readRules(
  github: GitHub,
  branch: string,
  known: KnownRules,
): Promise<Result<Rule[]>> {
  const read = await readAllPages(github, RULES, branch, known.rules)
  if ('value' in read) return { value: read.value.items }
  return /upgrade to github/i.test(read.failure.message) ? { failure: noRules(branch) } : read
}

function noRules(branch: string): Failure {
  return {
    cause: 'refused',
    message: `Could not read the rules of ${quote(branch, 255)}: no rules can exist there, because the owner's plan has none for private repositories. Remove \`required_by\`, and name what has to pass in \`contexts\`.`,
    topic: 'no-rules-can-exist-there',
  }
}

/**
 * A branch. One that was renamed answers under its new name.
 * https://docs.github.com/rest/branches/branches#get-a-branch
 */
export async function readBranch(
  github: GitHub,
  branch: string,
  known: KnownRules,
): Promise<Result<Branch>> {
  const { branch: before } = known
  const headers = before?.etag ? { 'if-none-match': before.etag } : {}
  const read = await request(github, {
    doing: `read the branch ${quote(branch, 255)}`,
    permission: 'contents: read',
    ref: branch,
    route: 'GET /repos/{owner}/{repo}/branches/{branch}',
    parameters: { branch },
    extra: { headers },
    expected: 200,
    parse: (data, { etag = '' }) => (isRecord(data) ? { data, etag: String(etag) } : undefined),
    known: before,
  })
  if ('failure' in read) return read.failure.cause === 'missing' ? notFound(branch) : read
  if (read.value.data.name !== branch) return notFound(branch, read.value.data.name)
  known.branch = read.value
  return read
}

function notFound(branch: string, name?: unknown): { failure: Failure } {
  const now = typeof name === 'string' ? ` (it is called ${quote(name, 255)} now)` : ''
  return {
    failure: {
      cause: 'missing',
      message: `Could not read the branch ${quote(branch, 255)}: the branch was not found${now}. Check \`required_by\`, \`repository\`, and that \`token\` can see it.`,
      topic: 'the-branch-was-not-found',
    },
  }
}
