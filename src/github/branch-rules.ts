import { isRecord } from '../status/json.ts'
import { quote } from '../status/text.ts'
import { type List, type Listing, readAllPages } from './all-pages.ts'
import type { GitHub } from './connect.ts'
import type { Result } from './request.ts'

/** A rule of a ruleset, or a branch, as the API gives it. Nothing in it is trusted. */
export type Rule = Readonly<Record<string, unknown>>

const RULES: List<Rule> = {
  what: 'rules',
  permission: 'metadata: read',
  route: 'GET /repos/{owner}/{repo}/rules/branches/{branch}',
  parameter: 'branch',
  itemsOf: (data) => (Array.isArray(data) && data.every(isRecord) ? data : undefined),
  unique: (rules) => [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()],
}

/** A list of one. */
const PROTECTION: List<Rule> = {
  what: 'protection',
  permission: 'contents: read',
  route: 'GET /repos/{owner}/{repo}/branches/{branch}',
  parameter: 'branch',
  itemsOf: (data) => (typeof data.name === 'string' ? [data] : undefined),
  unique: ([branch]) => (branch === undefined ? [] : [branch]),
}

/**
 * The rules of all rulesets that apply to a branch. The server answers for any name, so
 * {@link readProtection} has to find the branch.
 * https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
 */
export function readRules(github: GitHub, branch: string): Promise<Result<Listing<Rule>>> {
  return readAllPages(github, RULES, branch)
}

/**
 * A branch with its classic protection. One that was renamed is not it: the server answers for its
 * new name.
 * https://docs.github.com/rest/branches/branches#get-a-branch
 */
export async function readProtection(github: GitHub, branch: string): Promise<Result<Rule>> {
  const read = await readAllPages(github, PROTECTION, branch)
  if ('failure' in read) return read
  const [found = {}] = read.value.items
  if (found.name === branch) return { value: found }
  return {
    failure: {
      cause: 'missing',
      message: `Could not read the protection of ${quote(branch, 255)}: the branch is called ${quote(String(found.name), 255)} now. Correct \`required_by\`.`,
      topic: 'the-branch-was-not-found',
    },
  }
}
