import { spawn } from 'node:child_process'

export interface StopOptions {
  /** Stops the process as the runner does: SIGINT, after a while SIGTERM, after another SIGKILL. */
  signal?: AbortSignal
  /** Those two whiles in milliseconds; default 7500 and 2500. */
  grace?: [number, number]
  /** Called with each line that it writes, as it comes. */
  onLine?: (line: string) => unknown
}

export interface Ended {
  /** Null where a signal ended it. */
  exitCode: number | null
  signal: NodeJS.Signals | null
  /** As written, nothing masked. */
  stdout: string
  stderr: string
  /** Of both, in the order in which they came. */
  lines: string[]
  durationMs: number
}

/** Runs a script to its end, without stdin and with no other environment than the one given. */
export async function launch(
  node: string,
  script: string,
  {
    cwd,
    env,
    signal,
    grace = [7500, 2500],
    onLine,
  }: StopOptions & { cwd: string; env: Record<string, string> },
): Promise<Ended> {
  const startedAt = performance.now()
  const child = spawn(node, [script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const written = { stdout: '', stderr: '' }
  const lines: string[] = []
  const add = (line: string) => {
    lines.push(line)
    onLine?.(line)
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    let rest = ''
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      written[stream] += chunk
      const pieces = (rest + chunk).split(/\r?\n/)
      rest = pieces.pop() ?? ''
      pieces.forEach(add)
    })
    child[stream].once('end', () => rest && add(rest))
  }
  const timers: NodeJS.Timeout[] = []
  const stop = () => {
    child.kill('SIGINT')
    timers.push(setTimeout(() => child.kill('SIGTERM'), grace[0]))
    timers.push(setTimeout(() => child.kill('SIGKILL'), grace[0] + grace[1]))
  }
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const [exitCode, endedBy] = await new Promise<[number | null, NodeJS.Signals | null]>(
      (done, failed) => {
        child.once('error', failed)
        child.once('close', (code, by) => done([code, by]))
      },
    )
    return {
      exitCode,
      signal: endedBy,
      ...written,
      lines,
      durationMs: performance.now() - startedAt,
    }
  } finally {
    signal?.removeEventListener('abort', stop)
    for (const timer of timers) clearTimeout(timer)
  }
}
