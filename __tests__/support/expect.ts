import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@jest/globals'
import type { Sandbox } from '../../sandbox/api/server.ts'
import type { Job, StageResult } from '../../sandbox/runner/stage-runner.ts'

/** A token in every form that would give it away. */
const formsOf = (token: string) => [
  token.slice(4, 24),
  token.slice(-20),
  encodeURIComponent(token),
  Buffer.from(token).toString('base64').slice(0, 40),
  Buffer.from(token).toString('hex').slice(0, 40),
]

/** Everything that a stage leaves behind, except the command that asks the runner to mask. */
function traces({ stdout, stderr, summary, files }: StageResult): string {
  const written = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return [...written, stderr, summary, ...Object.values(files)].join('\n')
}

/** What holds of every stage, whatever it met. */
export function checkStage(result: StageResult, { contexts }: Job): void {
  const seen = traces(result)
  const secrets = [result.inputs.token, contexts.github.token, ...Object.values(contexts.secrets)]
  for (const token of secrets.map(String).filter((secret) => secret.length > 30)) {
    for (const form of formsOf(token)) expect(seen).not.toContain(form)
  }
  expect(seen).not.toMatch(/^\s+at .+:\d+/m)
  expect(result.stderr.replace(/^\((node:\d+|Use `node ).*\n/gm, '')).toBe('')

  expect(result.stdout.split(/[\r\n]+/).filter(isForeignCommand)).toEqual([])
  const names = result.commands.map(({ name }) => name)
  expect(names.filter((name) => !['add-mask', 'error', 'warning'].includes(name))).toEqual([])
  for (const { message } of result.annotations) {
    expect(message.length).toBeLessThanOrEqual(4096)
    const ours = message.replace(/"[^"]*"/g, '')
    expect(ours).not.toMatch(/\bundefined\b|\bNaN\b|\[object|Infinity/)
  }
}

/** Whether a line could be a command that is not ours: `::` after any blank, `##[name]` anywhere in it. */
const isForeignCommand = (line: string) =>
  !/^::(add-mask|error|warning)::/.test(line) && /^[\s\u0085]*::[^ ]|##\[[\w-]+\]/.test(line)

/** What a stage says in annotations; what the runner itself says of inputs that do not exist is left out. */
export const said = (result: StageResult | undefined) =>
  (result?.annotations ?? []).filter(({ message }) => !message.startsWith('Unexpected input'))

/** The messages of a stage's annotations, one line each. */
export const messages = (result: StageResult | undefined) =>
  said(result).flatMap(({ message }) => message.split('\n'))

/** That a stage says one thing, at this level, which holds all these parts in whatever case. */
export function expectSaid(
  result: StageResult | undefined,
  level: 'warning' | 'error',
  ...parts: (string | RegExp)[]
): void {
  expect(said(result)).toMatchObject([{ level }])
  expect(result?.exitCode).toBe(level === 'error' ? 1 : 0)
  const message = messages(result).join('\n')
  for (const part of parts) expect(message).toMatch(matching(part))
}

/** That stages went well, without a word that draws attention. */
export function expectQuiet(...results: (StageResult | undefined)[]): void {
  for (const result of results) {
    expect({ exitCode: result?.exitCode, said: said(result) }).toEqual({ exitCode: 0, said: [] })
  }
}

const matching = (part: string | RegExp) =>
  typeof part === 'string' ? new RegExp(RegExp.escape(part), 'i') : part

/** The lines of a log that announce another attempt. */
export const retries = ({ log }: StageResult) =>
  log.split('\n').filter((line) => /trying (again )?in \d/i.test(line))

/** That a stage waited for so many seconds, with room for a busy machine to start and end a process. */
export function expectSeconds({ durationMs }: StageResult, least: number, most: number): void {
  expect(durationMs / 1000).toBeGreaterThan(least)
  expect(durationMs / 1000).toBeLessThan(most + 20)
}

/** An output that holds JSON. */
export function json<T = unknown>({ outputs }: StageResult, name: string): T {
  return JSON.parse(outputs[name] ?? 'null')
}

/** The requests for the combined status or the history. */
export const looks = ({ sandbox }: { sandbox: Sandbox }) =>
  sandbox.requests.filter(({ path }) => /\/status(es)?$/.test(path))

/** Waits until it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 20_000
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`it never came to be: ${isSo}`)
    await sleep(5)
  }
}
