import { isRecord, type JsonRecord } from '../status/json.ts'
import { quote } from '../status/text.ts'
import { type List, readAllPages } from './all-pages.ts'
import type { Failure } from './cause.ts'
import type { GitHub } from './connect.ts'
import type { Result } from './request.ts'

const RULES: List<JsonRecord> = {
  what: 'rules',
  permission: 'metadata: read',
  route: 'GET /repos/{owner}/{repo}/rules/branches/{branch}',
  parameter: 'branch',
  itemsOf: (data) => (Array.isArray(data) && data.every(isRecord) ? data : undefined),
  unique: (rules) => [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()],
}

const PROTECTION: List<JsonRecord> = {
  what: 'protection',
  permission: 'contents: read',
  route: 'GET /repos/{owner}/{repo}/branches/{branch}',
  parameter: 'branch',
  itemsOf: (data) => (typeof data.name === 'string' ? [data] : undefined),
  unique: ([branch]) => (branch === undefined ? [] : [branch]),
}

/**
 * A branch with its classic protection, and the rules of all rulesets that apply to it. The server
 * answers for the new name of a branch that was renamed, and with rules for any name.
 * https://docs.github.com/rest/branches/branches#get-a-branch
 * https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
 */
export async function readBranchRules(
  github: GitHub,
  name: string,
): Promise<Result<{ branch: JsonRecord; rules: JsonRecord[] }>> {
  const protection = await readAllPages(github, PROTECTION, name)
  if ('failure' in protection) return protection
  const [branch = {}] = protection.value.items
  if (branch.name !== name) return { failure: renamed(name, String(branch.name)) }
  if (!github.access.platform.hasCheckRuns) return { value: { branch, rules: [] } }
  const rules = await readAllPages(github, RULES, name)
  return 'failure' in rules ? rules : { value: { branch, rules: rules.value.items } }
}

function renamed(name: string, now: string): Failure {
  return {
    cause: 'missing',
    message: `Could not read the protection of ${quote(name, 255)}: the branch is called ${quote(now, 255)} now. Correct \`required_by\`.`,
    topic: 'the-branch-was-not-found',
  }
}
