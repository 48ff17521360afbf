import { at, isRecord, type JsonRecord } from '../../status/json.ts'
import type { Platform } from '../../status/platform.ts'
import { quote } from '../../status/text.ts'

/** A status check that has to pass. */
export type Requirement = {
  /** Its name; on Gitea and Forgejo `*` in it stands for any text. */
  context: string
  /** The app that has to report it, null for any. */
  app: number | null
  /** The rules that ask for it, in words. */
  by: string[]
}

export type Required = {
  requirements: Requirement[]
  /** Rules that require something that has no name here, in words. */
  nameless: string[]
  /** Rules that require no check, by their type. */
  others: string[]
  /** Why the answers are not understood, if so. */
  invalid: string | undefined
}

/** Rules that are not about checks. Any other type but `required_status_checks` may be about them. */
const NO_CHECKS: readonly unknown[] =
  `creation update deletion non_fast_forward required_linear_history required_signatures pull_request merge_queue
  copilot_code_review branch_name_pattern tag_name_pattern commit_message_pattern commit_author_email_pattern
  committer_email_pattern file_path_restriction max_file_path_length file_extension_restriction max_file_size`.split(
    /\s+/,
  )

/** A check as a server names it, before it is looked at. */
type Check = { context: unknown; app?: unknown; by: string }

/** What the rules of a branch require together: rulesets and classic protection, or Gitea's rule. */
export function requiredOf(
  rules: readonly JsonRecord[],
  branch: JsonRecord,
  { hasCheckRuns }: Platform,
): Required {
  const ofChecks = rules.filter(({ type }) => type === 'required_status_checks')
  const others = rules.filter(({ type }) => NO_CHECKS.includes(type))
  const nameless = rules.filter((rule) => !ofChecks.includes(rule) && !others.includes(rule))
  const lists = hasCheckRuns
    ? [...ofChecks.map(ofRuleset), ofProtection(branch)]
    : [ofGitea(branch)]
  const entries = lists.flatMap((list) => list ?? [])
  const wrong = entries.find((entry) => !isUnderstood(entry, hasCheckRuns))
  return {
    requirements: merged(entries),
    nameless: nameless.map((rule) => `${quote(String(rule.type))} (${nameOf(rule)})`),
    others: [...new Set(others.map(({ type }) => String(type)))],
    invalid: lists.includes(undefined)
      ? 'the server does not say which status checks are required'
      : wrong && `${wrong.by} holds ${quote(JSON.stringify({ ...wrong, by: undefined }), 300)}`,
  }
}

function ofRuleset(rule: JsonRecord): Check[] | undefined {
  const checks = at(rule, 'parameters.required_status_checks')
  return entriesIn(checks, 'integration_id', nameOf(rule))
}

/** Newer servers repeat the names of the checks in `contexts`; old ones have nothing else. */
function ofProtection(branch: JsonRecord): Check[] | undefined {
  const classic = at(branch, 'protection.required_status_checks')
  if (!isRecord(classic)) return branch.protected === false ? [] : undefined
  if (classic.enforcement_level === 'off') return []

  const by = 'classic protection'
  const checks = entriesIn(classic.checks ?? [], 'app_id', by)
  const contexts = entriesIn(classic.contexts ?? [], '', by)
  const isNew = ({ context }: Check) => !checks?.some((check) => check.context === context)
  return checks && contexts && [...checks, ...contexts.filter(isNew)]
}

function ofGitea({ enable_status_check: isOn, status_check_contexts: names }: JsonRecord) {
  if (isOn === false) return []
  return isOn === true ? entriesIn(names, '', "the branch's rule") : undefined
}

/** @param field what the id of the app is called, empty if checks are plain names */
function entriesIn(list: unknown, field: string, by: string): Check[] | undefined {
  if (!Array.isArray(list)) return undefined
  if (field === '') return list.map((context) => ({ context, by }))
  return list.map((check) => ({ context: at(check, 'context'), app: at(check, field), by }))
}

/** https://docs.github.com/rest/branches/branch-protection#update-branch-protection */
const ANY_APP: readonly unknown[] = [undefined, null, -1]

/** Whether a check has a name and an app, or any. On Gitea `*` is the only wildcard understood. */
function isUnderstood({ context, app }: Check, hasCheckRuns: boolean): boolean {
  const isApp = ANY_APP.includes(app) || (Number.isSafeInteger(app) && Number(app) > 0)
  const isName = typeof context === 'string' && context !== ''
  return isApp && isName && (hasCheckRuns || !/[?[\]{}\\]/.test(context))
}

/** Each pair of a name and an app once, with all the rules that ask for it. */
function merged(entries: readonly Check[]): Requirement[] {
  const byKey = new Map<string, Requirement>()
  for (const { context: name, app: id, by } of entries) {
    const context = String(name)
    const app = ANY_APP.includes(id) ? null : Number(id)
    const known = byKey.get(`${app} ${context}`)?.by ?? []
    byKey.set(`${app} ${context}`, { context, app, by: [...new Set([...known, by])] })
  }
  return [...byKey.values()]
}

/** The API gives a ruleset's id and where it belongs to, but not its name. */
function nameOf({ ruleset_id, ruleset_source }: JsonRecord): string {
  return `ruleset ${Number(ruleset_id) || '?'} of ${quote(String(ruleset_source ?? '?'))}`
}

/** A requirement as messages name it. */
export function nameWithApp({ context, app }: Pick<Requirement, 'context' | 'app'>): string {
  return quote(context, 255) + (app === null ? '' : ` from app ${app}`)
}
