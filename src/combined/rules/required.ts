import type { Branch, Rule } from '../../github/branch-rules.ts'
import { at, isRecord } from '../../status/json.ts'
import { quote } from '../../status/text.ts'

/** A status check that has to pass: its name, and the app that has to report it, null for any. */
export type Requirement = {
  context: string
  app: number | null
  /** On Gitea and Forgejo, `*` in the name matches any text. */
  isGlob: boolean
  /** The rules that ask for it, in words. */
  by: string[]
}

/** What the rules of a branch ask for. */
export type Required = {
  requirements: Requirement[]
  /** Rules that require something that has no name here, in words. */
  nameless: string[]
  /** Rules that require no check, by their type. */
  others: string[]
}

/** What is wrong with an answer, in words that fit after "Could not read what the rules require:". */
type Invalid = { invalid: string }

/** Rules that no check can meet. What is neither here nor `required_status_checks` can ask for anything. */
const NO_CHECKS: readonly unknown[] = [
  'creation',
  'update',
  'deletion',
  'non_fast_forward',
  'required_linear_history',
  'required_signatures',
  'pull_request',
  'merge_queue',
  'copilot_code_review',
  'branch_name_pattern',
  'tag_name_pattern',
  'commit_message_pattern',
  'commit_author_email_pattern',
  'committer_email_pattern',
  'file_path_restriction',
  'max_file_path_length',
  'file_extension_restriction',
  'max_file_size',
]

/** What the rulesets and the classic protection of a branch require together. */
export function requiredOf(rules: readonly Rule[], { data }: Branch): Required | Invalid {
  const ofChecks = rules.filter(({ type }) => type === 'required_status_checks')
  const others = rules.filter(({ type }) => NO_CHECKS.includes(type))
  const nameless = rules.filter((rule) => !ofChecks.includes(rule) && !others.includes(rule))
  const lists = [...ofChecks.map(ofRule), ofProtection(data)]

  const invalid = lists.find((list) => 'invalid' in list)
  if (invalid !== undefined && 'invalid' in invalid) return invalid
  return {
    requirements: merged(lists.flatMap((list) => ('invalid' in list ? [] : list))),
    nameless: nameless.map((rule) => `${quote(String(rule.type))} (${rulesetOf(rule)})`),
    others: [...new Set(others.map(({ type }) => String(type)))],
  }
}

/** What the rule of a branch on Gitea and Forgejo requires. */
export function requiredOnGitea({ data }: Branch): Required | Invalid {
  const { enable_status_check: isOn, status_check_contexts: names } = data
  if (typeof isOn !== 'boolean') return SILENT
  const list = isOn ? checksOf(names, "the branch's rule", (context) => ({ context })) : []
  if ('invalid' in list) return list

  const odd = list.find(({ context }) => /[?[\]{}\\]/.test(context))
  if (odd !== undefined) {
    return {
      invalid: `${quote(odd.context, 255)} is a pattern, of which only \`*\` is understood`,
    }
  }
  const requirements = list.map((one) => ({ ...one, isGlob: one.context.includes('*') }))
  return { requirements: merged(requirements), nameless: [], others: [] }
}

const SILENT: Invalid = { invalid: 'the server does not say which status checks are required' }

function ofRule(rule: Rule): Requirement[] | Invalid {
  const checks = at(rule, 'parameters.required_status_checks')
  return checksOf(checks, rulesetOf(rule), (check) => ({
    context: at(check, 'context'),
    app: at(check, 'integration_id'),
  }))
}

/** Old servers name no apps, only contexts; newer ones name all contexts in both lists. */
function ofProtection(data: Branch['data']): Requirement[] | Invalid {
  const classic = at(data, 'protection.required_status_checks')
  if (!isRecord(classic)) return data.protected === false ? [] : SILENT
  if (classic.enforcement_level === 'off') return []

  const by = 'classic protection'
  const checks = checksOf(classic.checks ?? [], by, (check) => ({
    context: at(check, 'context'),
    app: at(check, 'app_id'),
  }))
  const contexts = checksOf(classic.contexts ?? [], by, (context) => ({ context }))
  if ('invalid' in checks) return checks
  if ('invalid' in contexts) return contexts
  const named = checks.map(({ context }) => context)
  return [...checks, ...contexts.filter(({ context }) => !named.includes(context))]
}

function checksOf(
  list: unknown,
  by: string,
  read: (check: unknown) => { context: unknown; app?: unknown },
): Requirement[] | Invalid {
  if (!Array.isArray(list)) return SILENT
  const checks: Requirement[] = []
  for (const check of list) {
    const { context, app = null } = read(check)
    const isApp = app === null || app === ANY_APP || (Number.isSafeInteger(app) && Number(app) > 0)
    if (typeof context !== 'string' || context === '' || !isApp) {
      return { invalid: `${by} holds ${quote(JSON.stringify(check), 300)}` }
    }
    const id = app === null || app === ANY_APP ? null : Number(app)
    checks.push({ context, app: id, isGlob: false, by: [by] })
  }
  return checks
}

/** https://docs.github.com/rest/branches/branch-protection#update-branch-protection */
const ANY_APP = -1

/** Each pair of a name and an app once, with all the rules that ask for it. */
function merged(requirements: readonly Requirement[]): Requirement[] {
  const byKey = new Map<string, Requirement>()
  for (const one of requirements) {
    const key = `${one.app} ${one.context}`
    const by = new Set([...(byKey.get(key)?.by ?? []), ...one.by])
    byKey.set(key, { ...one, by: [...by] })
  }
  return [...byKey.values()]
}

/** The API gives a ruleset's id and where it belongs to, but not its name. */
function rulesetOf({ ruleset_id, ruleset_source }: Rule): string {
  return `ruleset ${Number(ruleset_id)} of ${quote(String(ruleset_source))}`
}
