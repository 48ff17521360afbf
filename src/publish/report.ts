import { randomUUID } from 'node:crypto'
import { EOL } from 'node:os'
import type { Failure } from '../github/trouble.ts'
import type { Runner } from '../runner/runner.ts'
import { untrustedAuthor } from '../status/commit.ts'
import type { Fitted } from '../status/text.ts'
import type { Outcome } from './publish.ts'

type Outputs = Record<
  'state' | 'context' | 'description' | 'target_url' | 'sha' | 'id' | 'published',
  string
>

/**
 * The outputs of the root action. Of several contexts, `context` and `id` hold a line each, empty where it was refused;
 * all are empty where there was no commit to publish on.
 */
export function outputsOf(outcome?: Outcome): Outputs {
  const listed = outcome?.published ?? []
  const tried = listed.length > 0 ? outcome : undefined
  return {
    state: tried?.state ?? '',
    context: listed.map(({ context, id }) => (id === '' ? '' : context)).join('\n'),
    description: tried?.description ?? '',
    target_url: tried?.targetUrl ?? '',
    sha: tried?.sha ?? '',
    id: listed.map(({ id }) => id).join('\n'),
    published: String(listed.length > 0 && listed.every(({ id }) => id !== '')),
  }
}

export function setOutputs(runner: Runner, outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) runner.setOutput(name, value)
}

/**
 * The outputs as the file behind GITHUB_OUTPUT holds them.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function formatOutputs(outputs: Outputs): string {
  const end = `end_${randomUUID()}`
  return Object.entries(outputs)
    .map(([name, value]) => `${name}<<${end}${EOL}${value}${EOL}${end}${EOL}`)
    .join('')
}

/**
 * Sets an output that holds JSON. "Outputs can be a maximum of 1 MB per job. […] Size is approximated based on UTF-16
 * encoding." https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
export function setJsonOutput(runner: Runner, name: string, value: unknown): void {
  const text = JSON.stringify(value)
  const bytes = text.length * 2
  if (bytes <= LARGEST_OUTPUT) {
    runner.setOutput(name, text)
  } else {
    const size = `${(bytes / LARGEST_OUTPUT).toFixed(1)} MB`
    runner.fail(
      `The output \`${name}\` would be ${size}, and the runner takes 1 MB: ask for less, by a name or a limit.`,
    )
  }
}

const LARGEST_OUTPUT = 1_048_576

/** One annotation for all failures: red, or a warning where the user does not want the step to fail. */
export function reportFailures(
  runner: Runner,
  failures: readonly Failure[],
  failOnError: boolean,
): void {
  const text = failures.map(({ message }) => message).join('\n')
  if (failOnError) runner.fail(text)
  else runner.warning(text)
}

/** Says once, in the log and in the job summary, why a token that may not write leaves the job green, and what helps. */
export async function reportReadOnly(runner: Runner, author: 'fork' | 'Dependabot'): Promise<void> {
  const text = {
    fork: 'No commit status is published: the token of a pull request from a fork is read-only. The job is not affected. To publish for forks, add a workflow on `workflow_run` (README: Permissions and forks).',
    Dependabot:
      'No commit status is published: the token of a run that Dependabot started is read-only. The job is not affected. To publish there too, add `permissions: { statuses: write }` to the job, and what its other steps need.',
  }[author]
  runner.warning(text)
  await runner.summarize(`### Commit status\n\n${text}\n`)
}

/** Whose token it is that may not write, where GitHub keeps it so on purpose. */
export function readOnlyFor(
  { env, payload }: Runner,
  failures: readonly Failure[],
): ReturnType<typeof untrustedAuthor> {
  return failures.some(({ cause }) => cause === 'permission')
    ? untrustedAuthor(env.GITHUB_EVENT_NAME ?? '', payload, env.GITHUB_ACTOR ?? '')
    : undefined
}

/** A text that was made fit; what was changed for that goes to the log. */
export function tellNotes(runner: Runner, { text, notes }: Fitted): string {
  for (const note of notes) runner.info(note)
  return text
}
