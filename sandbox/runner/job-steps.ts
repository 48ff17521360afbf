import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readManifest } from './manifest.ts'
import { isLocal, type JobState, type Scope, type Use } from './use.ts'

/** A step of a job or of a composite action, as YAML has it. */
export interface Step {
  id?: string
  if?: string | boolean
  uses?: string
  run?: string
  with?: Record<string, unknown>
  env?: Record<string, string>
  'continue-on-error'?: boolean | string
}

/** A step in its place. What it uses is loaded when the job starts, if it is used by reference; else when it runs. */
export interface Node {
  step: Step
  /** GITHUB_ACTION; in a composite the outer step's. */
  name: string
  scopes: Scope[]
  /** Of a JavaScript action. */
  use?: Use
  /** Of a composite action: its own scope, and its steps. */
  scope?: Scope
  children: Node[]
}

const texts = (values: Record<string, unknown> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value ?? '')]))

/** The name of a step that has no id: `__run`, `__owner_name`, `__self`; the second of a name ends in `_2`. */
export function stepNames(steps: Step[]): string[] {
  const counts = new Map<string, number>()
  return steps.map(({ id, uses }) => {
    if (id) return id
    const base = nameOf(uses)
    const count = (counts.get(base) ?? 0) + 1
    counts.set(base, count)
    return count === 1 ? base : `${base}_${count}`
  })
}

function nameOf(uses: string | undefined): string {
  if (uses === undefined) return '__run'
  if (isLocal(uses)) return '__self'
  return `__${uses.split('@')[0]?.replaceAll('/', '_')}`
}

/** The folder of an action; one that is used by reference is linked into the runner's folder of actions. */
function folderOf(job: JobState, uses: string, actions: Record<string, string>): string {
  if (isLocal(uses)) return join(String(job.contexts.github.workspace), uses)
  const source = actions[uses]
  if (source === undefined) throw new Error(`no such action: ${uses}`)
  const folder = join(job.dir, '_work', '_actions', ...uses.split('@'))
  mkdirSync(dirname(folder), { recursive: true })
  if (!existsSync(folder)) symlinkSync(source, folder)
  return folder
}

/** Loads what a step uses, and what that uses by reference. */
export function load(job: JobState, node: Node, actions: Record<string, string>): void {
  const { step, name, scopes } = node
  if (step.uses === undefined || node.use || node.scope) return
  const action = folderOf(job, step.uses, actions)
  const manifest = readManifest(action)
  const given = texts(step.with)
  if (manifest.runs.using !== 'composite') {
    node.use = {
      action,
      manifest,
      uses: step.uses,
      with: given,
      env: texts(step.env),
      name,
      scopes,
      state: {},
    }
    return
  }
  node.scope = { uses: step.uses, inputs: manifest.inputs, with: given, steps: {} }
  const inner = [...scopes, node.scope]
  node.children = (manifest.runs.steps as Step[]).map((child) => nodeOf(child, name, inner))
  for (const child of node.children)
    if (!isLocal(child.step.uses ?? './')) load(job, child, actions)
}

export const nodeOf = (step: Step, name: string, scopes: Scope[] = []): Node => ({
  step,
  name,
  scopes,
  children: [],
})

/** The JavaScript actions in a step, as far as they are loaded. */
export const usesIn = ({ use, children }: Node): Use[] => (use ? [use] : children.flatMap(usesIn))
