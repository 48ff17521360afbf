import { parse } from 'yaml'

type Step = { uses?: string; with?: Record<string, unknown> }
type JobYaml = { strategy?: { matrix?: Record<string, unknown[]> }; steps: Step[] }

/** What the demo needs to know of a scene's YAML: one job, whose first own step is the action. */
export type Parsed = {
  job: string
  /** The action's folder in the repository, such as `combined`; empty for the root. */
  folder: string
  with: Record<string, string>
  /** The values of each leg, in GitHub's order. */
  legs: Record<string, unknown>[]
}

export function parseJob(yaml: string): Parsed {
  const jobs = Object.entries(parse(yaml) as Record<string, JobYaml>)
  const [job, { strategy, steps }] = jobs[0] ?? ['', { steps: [] }]
  const step = steps.find(({ uses }) => uses?.startsWith('OWNER/commit-status'))
  if (step === undefined) throw new Error('the YAML of the scene does not use the action')

  const [, folder = ''] = /^OWNER\/commit-status\/?(.*)@v1$/.exec(step.uses ?? '') ?? []
  const inputs = Object.entries(step.with ?? {}).map(([name, value]) => [name, String(value)])
  return { job, folder, with: Object.fromEntries(inputs), legs: legsOf(strategy?.matrix ?? {}) }
}

function legsOf(matrix: Record<string, unknown[]>): Record<string, unknown>[] {
  return Object.entries(matrix).reduce<Record<string, unknown>[]>(
    (legs, [name, values]) =>
      legs.flatMap((leg) => values.map((value) => ({ ...leg, [name]: value }))),
    [{}],
  )
}
