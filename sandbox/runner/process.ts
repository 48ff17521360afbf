import { type ChildProcess, spawn } from 'node:child_process'

export interface StopOptions {
  /** Stops the process as the runner does: SIGINT, after a while SIGTERM, after another SIGKILL. */
  signal?: AbortSignal
  /** Those two whiles in milliseconds; default 7500 and 2500. */
  grace?: [number, number]
  /** Called with each line that it writes, as it comes. */
  onLine?: (line: string) => unknown
}

export interface Ended {
  /** Null if a signal ended it, or it could not start. */
  exitCode: number | null
  signal: NodeJS.Signals | null
  /** As written, nothing masked. */
  stdout: string
  stderr: string
  /** Of both, in the order in which they came. */
  lines: string[]
  durationMs: number
}

interface LaunchOptions extends StopOptions {
  cwd: string
  env: Record<string, string>
}

/** Cuts what comes in pieces into lines, which end as in .NET; a last one without an end is given by `end`. */
function lineCutter(onLine: (line: string) => void) {
  let rest = ''
  return {
    add: (chunk: string) => {
      const pieces = (rest + chunk).split(/\r\n|\n|\r(?!$)/)
      rest = pieces.pop() ?? ''
      pieces.forEach(onLine)
    },
    end: () => rest && onLine(rest.replace(/\r$/, '')),
  }
}

/** Gathers what a process writes. */
function gather(child: ChildProcess, onLine: StopOptions['onLine']) {
  const written = { stdout: '', stderr: '', lines: [] as string[] }
  for (const name of ['stdout', 'stderr'] as const) {
    const cutter = lineCutter((line) => {
      written.lines.push(line)
      onLine?.(line)
    })
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      written[name] += chunk
      cutter.add(chunk)
    })
    child[name]?.once('end', cutter.end)
  }
  return written
}

/** Stops a process when the signal says so; returns what ends the watch. */
function stopOn(child: ChildProcess, signal: AbortSignal | undefined, grace: [number, number]) {
  const timers: NodeJS.Timeout[] = []
  const stop = () => {
    child.kill('SIGINT')
    timers.push(setTimeout(() => child.kill('SIGTERM'), grace[0]))
    timers.push(setTimeout(() => child.kill('SIGKILL'), grace[0] + grace[1]))
  }
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  return () => {
    signal?.removeEventListener('abort', stop)
    for (const timer of timers) clearTimeout(timer)
  }
}

/** Runs a command to its end, without stdin and with no other environment than the one given. */
export async function run(
  [command, ...args]: [string, ...string[]],
  { cwd, env, signal, grace = [7500, 2500], onLine }: LaunchOptions,
): Promise<Ended> {
  const startedAt = performance.now()
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const written = gather(child, onLine)
  const unwatch = stopOn(child, signal, grace)
  const { promise, resolve, reject } = Promise.withResolvers<[number | null, Ended['signal']]>()
  child.once('error', reject)
  child.once('close', (code, by) => resolve([code, by]))
  const [exitCode, endedBy] = await promise.finally(unwatch)
  return { exitCode, signal: endedBy, ...written, durationMs: performance.now() - startedAt }
}
