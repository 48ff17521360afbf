import { parse } from 'yaml'

type Step = { uses?: string; with?: Record<string, unknown> }

/** What the demo needs to know of a scene's YAML: one job, and its step that uses the action. */
export type Parsed = {
  job: string
  /** The action's folder in the repository, such as `combined`; empty for the root. */
  folder: string
  with: Record<string, string>
}

export function parseJob(yaml: string): Parsed {
  const jobs = Object.entries(parse(yaml) as Record<string, { steps: Step[] }>)
  const [job, { steps }] = jobs[0] ?? ['', { steps: [] }]
  const step = steps.find(({ uses }) => uses?.startsWith('OWNER/commit-status'))
  if (step === undefined) throw new Error('the YAML of the scene does not use the action')

  const [, folder = ''] = /^OWNER\/commit-status\/?(.*)@v1$/.exec(step.uses ?? '') ?? []
  const inputs = Object.entries(step.with ?? {}).map(([name, value]) => [name, String(value)])
  return { job, folder, with: Object.fromEntries(inputs) }
}
