import { join } from 'node:path'
import type { Contexts } from './contexts.ts'
import { interpolate } from './expressions.ts'
import { DEFAULT_CONTEXTS, type Manifest } from './manifest.ts'
import type { Data } from './options.ts'

export type Stage = 'pre' | 'main' | 'post'

/** The state that all steps of a job share. */
export interface JobState {
  dir: string
  contexts: Contexts
  /** Texts that the log shows as `***`. */
  masks: string[]
  gitea: boolean
}

/** A composite action around a step. */
export interface Scope {
  /** `./path`, or `owner/name@ref`. */
  uses: string
  inputs: Manifest['inputs']
  with: Record<string, string>
  /** Its own `steps` context. */
  steps: Record<string, Data>
}

/** One use of a JavaScript action by a step. */
export interface Use {
  /** The folder that holds action.yml. */
  action: string
  manifest: Manifest
  /** `./path`, or `owner/name@ref`. */
  uses: string
  with: Record<string, string>
  /** The step's own `env`. */
  env: Record<string, string>
  /** GITHUB_ACTION; in a composite the outer step's. */
  name: string
  /** The composites around it, outermost first. */
  scopes: Scope[]
  /** All that was saved so far. */
  state: Record<string, string>
  /** The defaults that Gitea evaluated first, and keeps. */
  frozen?: Record<string, string>
}

export const isLocal = (uses: string) => uses.startsWith('./')

/**
 * The composites around a step as a stage sees them. The runner attaches the post of an action in a local composite,
 * which is itself in another composite, to the outermost one. https://github.com/actions/runner/issues/2009
 */
function scopesAt(stage: Stage, scopes: Scope[]): Scope[] {
  const last = scopes.findLastIndex(({ uses }, index) => index > 0 && isLocal(uses))
  return stage === 'post' && last > 0 ? [...scopes.slice(0, 1), ...scopes.slice(last + 1)] : scopes
}

/** The folder of a composite, which is GITHUB_ACTION_PATH for its steps. */
function folderOf({ dir, contexts }: JobState, uses: string): string {
  if (isLocal(uses)) return `${contexts.github.workspace}/${uses}`
  return join(dir, '_work', '_actions', ...uses.split('@'))
}

/** All inputs: the given ones, and the defaults of the others. Names are compared without case. */
export function evaluateInputs(
  inputs: Manifest['inputs'],
  given: Record<string, string>,
  contexts: Contexts,
  frozen?: Record<string, string>,
): Record<string, string> {
  const names = new Set(Object.keys(given).map((name) => name.toLowerCase()))
  const defaults = frozen ?? evaluateDefaults(inputs, contexts)
  return Object.fromEntries([
    ...Object.entries(given).map(([name, text]) => [name, interpolate(text, { ...contexts })]),
    ...Object.entries(defaults).filter(([name]) => !names.has(name.toLowerCase())),
  ])
}

function evaluateDefaults(inputs: Manifest['inputs'], contexts: Contexts): Record<string, string> {
  const allowed = Object.fromEntries(DEFAULT_CONTEXTS.map((name) => [name, contexts[name]]))
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [
      name,
      interpolate(String(input.default ?? ''), allowed),
    ]),
  )
}

/** The contexts inside one composite, from those outside of it. */
const inside = (job: JobState, outer: Contexts, scope: Scope): Contexts => ({
  ...outer,
  inputs: evaluateInputs(scope.inputs, scope.with, outer),
  steps: scope.steps,
  github: { ...outer.github, action_path: folderOf(job, scope.uses) },
})

/** The contexts as a step sees them in a stage. */
export function contextsOf(
  job: JobState,
  use: Pick<Use, 'uses' | 'name' | 'env' | 'scopes'>,
  stage: Stage,
): Contexts {
  const [action_repository = '', action_ref = ''] = isLocal(use.uses) ? [] : use.uses.split('@')
  const { github, env } = job.contexts
  const ofStep = Object.entries(use.env).map(([name, text]) => [
    name,
    interpolate(text, { ...job.contexts }),
  ])
  const root: Contexts = {
    ...job.contexts,
    env: { ...env, ...Object.fromEntries(ofStep) },
    github: { ...github, action: use.name, action_repository, action_ref },
  }
  return scopesAt(stage, use.scopes).reduce((outer, scope) => inside(job, outer, scope), root)
}

/** The inputs of a use in a stage. Gitea and Forgejo keep the defaults that they evaluated first. */
export function inputsOf(job: JobState, use: Use, contexts: Contexts): Record<string, string> {
  if (!job.gitea) return evaluateInputs(use.manifest.inputs, use.with, contexts)
  use.frozen ??= evaluateDefaults(use.manifest.inputs, contexts)
  return evaluateInputs(use.manifest.inputs, use.with, contexts, use.frozen)
}
