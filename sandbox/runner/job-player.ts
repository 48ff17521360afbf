import { parse } from 'yaml'
import { condition } from './expressions.ts'
import { type Part, playScript, type ScriptOptions } from './job-script.ts'
import { load, type Node, nodeOf, type Step, stepNames, usesIn } from './job-steps.ts'
import type { RunnerOptions } from './options.ts'
import type { Annotation } from './output.ts'
import { runStage, type StageResult } from './stage.ts'
import { createJobState } from './stage-runner.ts'
import { contextsOf, isLocal, type JobState, type Stage, type Use } from './use.ts'

export interface PlayOptions extends RunnerOptions, ScriptOptions {
  /** The `env` and `steps` of the job, in YAML. */
  definition: string
  /** The folder of each action that is used by reference, by `owner/name@ref`. */
  actions: Record<string, string>
}

/** One line of the list of steps that a job's page shows. */
export interface Entry extends Part {
  name: string
}

export interface Played {
  dir: string
  steps: Entry[]
  conclusion: string
  /** The stages of actions, in the order in which they ran. */
  stages: StageResult[]
}

/** A job on its way. */
interface Playing {
  job: JobState
  options: PlayOptions
  entries: Entry[]
  stages: StageResult[]
  /** Posts to run: a step, and the actions in it. The last one registered runs first. */
  posts: { node: Node; uses: Use[] }[]
}

const has = ({ manifest }: Use, stage: Stage) => typeof manifest.runs[stage] === 'string'

/** A post is registered when a stage before it starts. */
function registerPost({ posts }: Playing, node: Node, use: Use): void {
  if (!has(use, 'post')) return
  const known = posts.find((post) => post.node === node)
  if (!known) posts.push({ node, uses: [use] })
  else if (!known.uses.includes(use)) known.uses.push(use)
}

async function playStage(playing: Playing, top: Node, use: Use, stage: Stage): Promise<Part> {
  if (stage !== 'post') registerPost(playing, top, use)
  const result = await runStage(playing.job, use, stage)
  playing.stages.push(result)
  return result
}

/** The steps of a composite action, up to the first that fails. */
async function playComposite(playing: Playing, node: Node, top: Node): Promise<Part> {
  const annotations: Annotation[] = []
  for (const child of node.children) {
    const { conclusion, ...part } = await playMain(playing, child, top)
    annotations.push(...part.annotations)
    if (conclusion === 'failure' || conclusion === 'cancelled') return { conclusion, annotations }
  }
  return { conclusion: 'success', annotations }
}

function isWanted(job: JobState, { step, name, scopes }: Node): boolean {
  const contexts = contextsOf(job, { uses: './', name, env: {}, scopes }, 'main')
  return condition(String(step.if ?? 'success()'), { ...contexts })
}

async function playMain(playing: Playing, node: Node, top: Node): Promise<Part> {
  const { job, options } = playing
  if (!isWanted(job, node)) return { conclusion: 'skipped', annotations: [] }
  load(job, node, options.actions)
  if (node.use) return playStage(playing, top, node.use, 'main')
  if (!node.scope) return playScript(job, node, options)
  const warnings = node === top ? noPre(node) : []
  const { conclusion, annotations } = await playComposite(playing, node, top)
  return { conclusion, annotations: [...warnings, ...annotations] }
}

/** What the runner says of a composite from the checkout that holds an action with a pre. */
function noPre({ step, scope, ...node }: Node): Annotation[] {
  const isTold =
    scope && isLocal(scope.uses) && usesIn({ step, scope, ...node }).some((use) => has(use, 'pre'))
  const message = `\`pre\` execution is not supported for local action from '${scope?.uses}'`
  return isTold ? [{ level: 'warning', message }] : []
}

const titleOf = ({ uses, run = '' }: Step) => `Run ${uses ?? run.split('\n')[0]}`

/** Notes how a step of the job ended, and what that makes of the job. */
function note({ job, entries }: Playing, name: string, { step }: Node, part: Part): void {
  const isForgiven = String(step['continue-on-error']) === 'true' && part.conclusion === 'failure'
  const conclusion = isForgiven ? 'success' : part.conclusion
  entries.push({ name, conclusion, annotations: part.annotations })
  const status = job.contexts.job
  if (conclusion === 'failure' && status.status === 'success') status.status = 'failure'
}

async function playPre(playing: Playing, node: Node): Promise<void> {
  const uses = usesIn(node).filter((use) => has(use, 'pre'))
  if (uses.length) await playStages(playing, `Pre ${titleOf(node.step)}`, node, uses, 'pre')
}

async function playPost(playing: Playing, node: Node, uses: Use[]): Promise<void> {
  await playStages(playing, `Post ${titleOf(node.step)}`, node, uses.toReversed(), 'post')
}

async function playStages(playing: Playing, name: string, node: Node, uses: Use[], stage: Stage) {
  const parts: Part[] = []
  for (const use of uses) parts.push(await playStage(playing, node, use, stage))
  const annotations = parts.flatMap((part) => part.annotations)
  note(playing, name, node, {
    conclusion: parts.find(({ conclusion }) => conclusion !== 'success')?.conclusion ?? 'success',
    annotations: [...(stage === 'post' ? noPre(node) : []), ...annotations],
  })
}

/**
 * Plays a whole job as the runner does: pre of all actions that are used by reference, the steps, then every post, the last
 * one registered first. Bash is the only shell, `if` and `continue-on-error` are all there is to steer.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/StepsRunner.cs
 */
export async function playJob(options: PlayOptions): Promise<Played> {
  const { env, steps } = parse(options.definition) as {
    env?: Record<string, string>
    steps: Step[]
  }
  const job = createJobState({ ...options, ...(env && { env }) })
  const names = stepNames(steps)
  const nodes = steps.map((step, index) => nodeOf(step, names[index] ?? ''))
  const playing: Playing = { job, options, entries: [], stages: [], posts: [] }

  for (const node of nodes) if (!isLocal(node.step.uses ?? './')) load(job, node, options.actions)
  for (const node of nodes) await playPre(playing, node)
  for (const node of nodes)
    note(playing, titleOf(node.step), node, await playMain(playing, node, node))
  for (const { node, uses } of playing.posts.toReversed()) await playPost(playing, node, uses)

  const { entries, stages } = playing
  return { dir: job.dir, steps: entries, conclusion: job.contexts.job.status, stages }
}
