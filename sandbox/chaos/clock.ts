export type Clock = {
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** Lets time pass until the work is done: from one timer to the next, as fast as this machine computes. */
  run<T>(work: Promise<T>): Promise<T>
  /** Gives the true time back. */
  stop(): void
}

type Timer = { at: number; call: () => void }

/**
 * Simulated time for this whole process: `Date.now`, `setTimeout` and `clearTimeout` are replaced until it is stopped.
 * Nothing but timers moves it, so the same work takes the same course each time.
 * @param start milliseconds since 1970
 */
export function startClock(start: number): Clock {
  const { setTimeout, clearTimeout } = globalThis
  const dateNow = Date.now
  let now = start
  /** Sorted by time; those of one moment in the order in which they were set. */
  const timers: Timer[] = []

  function set(call: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) {
    const at = now + Math.max(Number(milliseconds) || 0, 0)
    const timer = { at, call: () => call(...args), ref: () => timer, unref: () => timer }
    timers.splice(timers.findLastIndex((other) => other.at <= at) + 1, 0, timer)
    return timer
  }

  function clear(timer: unknown) {
    const index = timers.indexOf(timer as Timer)
    if (index >= 0) timers.splice(index, 1)
  }

  async function run<T>(work: Promise<T>): Promise<T> {
    let isDone = false
    const done = () => {
      isDone = true
    }
    work.then(done, done)
    for (;;) {
      // All that can go on without time goes on before a macrotask comes.
      await new Promise((resolve) => setImmediate(resolve))
      if (isDone) return work
      const next = timers.shift()
      if (next === undefined)
        throw new Error('simulated time stands still: something waits for what never comes')
      now = next.at
      next.call()
    }
  }

  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear })
  Date.now = () => now
  return {
    now: () => now,
    sleep: (milliseconds) => new Promise((resolve) => void set(() => resolve(), milliseconds)),
    run,
    stop() {
      Object.assign(globalThis, { setTimeout, clearTimeout })
      Date.now = dateNow
    },
  }
}
