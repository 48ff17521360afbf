import FakeTimers from '@sinonjs/fake-timers'

export type Clock = {
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** Lets time pass until the work is done: from one timer to the next, as fast as this machine computes. */
  run<T>(work: Promise<T>): Promise<T>
  /** Gives the true time back. */
  stop(): void
}

/**
 * Simulated time for this whole process, until it is stopped. Nothing but timers moves it, so the same work takes the
 * same course each time.
 * @param start milliseconds since 1970
 */
export function startClock(start: number): Clock {
  const timers = FakeTimers.install({
    now: start,
    toFake: ['Date', 'setTimeout', 'clearTimeout'],
    loopLimit: Number.POSITIVE_INFINITY,
  })

  async function run<T>(work: Promise<T>): Promise<T> {
    let isDone = false
    const done = () => {
      isDone = true
    }
    work.then(done, done)
    for (;;) {
      // Everything that can go on without time goes on before this. The library's own `nextAsync` takes a true millisecond.
      await new Promise((resolve) => setImmediate(resolve))
      if (isDone) return work
      if (timers.countTimers() === 0) {
        throw new Error('Simulated time stands still: something waits for what never comes.')
      }
      timers.next()
    }
  }

  return {
    now: () => timers.now,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    run,
    stop: () => timers.uninstall(),
  }
}
