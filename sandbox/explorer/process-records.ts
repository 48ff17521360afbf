import type { Recorded, Sandbox } from '../api/server.ts'
import type { StageResult } from '../runner/stage-runner.ts'
import type { Exchange } from './exchange.ts'
import { NEVER } from './faults.ts'
import type { Line, StageRecord } from './plan.ts'
import { REPOSITORY, SHA } from './world.ts'

/** What a stage did that was a process. */
export function stageOf(result: StageResult, began: number): StageRecord {
  const { stage, signal, annotations, outputs, files, log, stdout, stderr, durationMs } = result
  const levels = { warning: 'warning', error: 'fail', notice: 'info' } as const
  const isPlain = (line: string) => !/^(Warning|Error): /.test(line)
  const lines = log.split('\n').filter(isPlain)
  return {
    name: stage,
    began,
    ended: signal === null ? began + durationMs : undefined,
    lines: [
      ...lines.map((text): Line => ({ level: 'info', text })),
      ...annotations.map(({ level, message }): Line => ({ level: levels[level], text: message })),
      ...(result.summary === '' ? [] : [{ level: 'summary', text: result.summary } as const]),
    ],
    outputs,
    saved: Object.values(result.state),
    // Except for the command that has the runner mask the token.
    raw: [
      ...Object.values(files),
      ...stdout.split('\n').filter((line) => !line.startsWith('::add-mask::')),
    ],
    crash: stderr === '' ? undefined : stderr,
  }
}

/**
 * A request as the server saw it. When it was answered is not known, so that its looks never count
 * as old.
 */
export function exchangeOf(
  { method, status, at, fault, host, headers, body }: Recorded,
  by: string,
  stage: string,
  { github }: Sandbox,
): Exchange {
  const [kind = ''] = Object.keys(fault ?? {})
  const isAnswer = fault !== undefined && 'answer' in fault
  const { context = '' } = (method === 'POST' ? body : {}) as { context?: string }
  const isStored = method === 'POST' && (status === 201 || kind === 'resetAfter')
  const status_ =
    isStored && github.statuses(REPOSITORY, SHA).find((one) => one.context === context)
  return {
    by,
    stage,
    method,
    host,
    token: headers.authorization?.split(' ').at(-1) ?? '',
    context: context.toLowerCase(),
    sent: at,
    handled: at,
    fault: isAnswer ? `answer ${fault.answer.status}` : kind,
    told: status ?? undefined,
    answered: NEVER,
    asked: isAnswer && fault.answer.status === 429 ? 1_000 : undefined,
    isLimit: status === 429,
    newest: 0,
    stored: status_ ? status_.id : undefined,
    isGivenUp: false,
  }
}
