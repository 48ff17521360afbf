export interface WorkflowResult {
  exitCode: number | null
  /** The lines that act wrote, as `[job] text`; the stage, if there is one, comes before the text. */
  log: string
  /** Each job that ran, by its id: `failure` if a leg of its matrix failed. */
  jobs: Record<string, string>
  /** What a step wrote in main, by `job.step`; a step without an id has its number. */
  outputs: Record<string, Record<string, string>>
  warnings: string[]
  errors: string[]
}

/** A line of act's log. */
interface Entry {
  level?: string
  msg?: string
  job?: string
  jobID?: string
  jobResult?: string
  step?: string
  stepID?: string[]
  stepResult?: string
  stage?: string
  command?: string
  name?: string
  arg?: string
}

function parsed(line: string): Entry {
  try {
    return JSON.parse(line)
  } catch {
    return { msg: line }
  }
}

/** What a log of act says, as far as it has come. */
export function readLog(text: string): Omit<WorkflowResult, 'exitCode'> {
  return resultOf(text.split('\n').filter(Boolean).map(parsed))
}

function resultOf(entries: Entry[]): Omit<WorkflowResult, 'exitCode'> {
  const jobs: Record<string, string> = {}
  const outputs: Record<string, Record<string, string>> = {}
  for (const {
    jobID = '',
    jobResult,
    stepID = [],
    stage,
    command,
    name = '',
    arg = '',
  } of entries) {
    if (jobResult !== undefined && jobs[jobID] !== 'failure') jobs[jobID] = jobResult
    if (command !== 'set-output' || stage !== 'Main') continue
    const step = [jobID, ...stepID].join('.')
    outputs[step] = { ...outputs[step], [name]: arg }
  }
  const said = (wanted: string) =>
    entries
      .filter(({ command }) => command === wanted)
      .map(({ msg = '' }) => msg.replace(/^.*?::\w+::\s*/s, '').trim())
  return {
    jobs,
    outputs,
    warnings: said('warning'),
    errors: said('error'),
    log: entries
      .map(({ job, stage, msg = '' }) =>
        [job && `[${job.trim()}]`, stage, msg.trimEnd()].filter(Boolean).join(' '),
      )
      .join('\n'),
  }
}
