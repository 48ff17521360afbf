import { parse, stringify } from 'yaml'

/** A block of YAML in a document. Of a diff it is what the file looks like afterwards. */
export type Block = { text: string; index: number }

const FENCE = /^( *)```(ya?ml|diff)\n(.*?)^ *```$/gms

export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(FENCE)].map(([, indent = '', kind, body = ''], index) => {
    const text = body.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
    return { text: kind === 'diff' ? afterwards(text) : text, index: index + 1 }
  })
}

/** Each line of a diff starts with its sign and a blank. */
function afterwards(diff: string): string {
  return diff
    .split('\n')
    .filter((line) => !line.startsWith('-'))
    .map((line) => line.slice(2))
    .join('\n')
}

type Job = { needs?: string | string[]; steps?: unknown; uses?: string; 'runs-on'?: string }

const STAND_IN: Job = { 'runs-on': 'ubuntu-latest', steps: [{ run: 'echo "Done"' }] }

/**
 * A block as a whole workflow, for a linter: steps get a job, jobs get the jobs that they need, and a trigger.
 * @throws if it is none of these
 */
export function asWorkflow(text: string): string {
  const block = parse(text)
  const jobs = jobsIn(block)
  if (jobs === undefined) throw new Error(`It is neither a workflow nor jobs nor steps:\n${text}`)

  const needed = Object.values(jobs).flatMap(({ needs = [] }) => needs)
  const missing = needed.filter((name) => jobs[name] === undefined)
  const stand = Object.fromEntries(missing.map((name) => [name, STAND_IN]))
  const whole = Array.isArray(block) || !('on' in block || 'jobs' in block) ? {} : block
  return stringify({ on: 'push', ...whole, jobs: { ...stand, ...jobs } })
}

function jobsIn(block: unknown): Record<string, Job> | undefined {
  if (Array.isArray(block)) return { job: { ...STAND_IN, steps: block } }
  if (typeof block !== 'object' || block === null) return undefined
  if ('jobs' in block) return block.jobs as Record<string, Job>
  if ('on' in block) return { job: STAND_IN }

  const isJob = (value: unknown) => typeof value === 'object' && value !== null && 'steps' in value
  return Object.values(block).every(isJob) ? (block as Record<string, Job>) : undefined
}
