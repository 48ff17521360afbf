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
  return 'failure' in read ? read : { value: read.value.items }
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
    isBranch: true,
    route: 'GET /repos/{owner}/{repo}/branches/{branch}',
    parameters: { branch },
    extra: { headers },
    expected: 200,
    parse: (data, { etag = '' }) => (isRecord(data) ? { data, etag: String(etag) } : undefined),
    known: before,
  })
  if ('failure' in read) return read
  if (read.value.data.name !== branch) return { failure: renamed(branch, read.value.data.name) }
  known.branch = read.value
  return read
}

function renamed(branch: string, name: unknown): Failure {
  return {
    cause: 'missing',
    message: `Could not read the branch ${quote(branch, 255)}: it is called ${quote(String(name), 255)} now. Correct \`required_by\`.`,
    topic: 'the-branch-was-not-found',
  }
}
