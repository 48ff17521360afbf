import FakeTimers from '@sinonjs/fake-timers'
import type { Turns } from './turns.ts'

export type Clock = {
  now(): number
  sleep(milliseconds: number): Promise<void>
  /**
   * Lets time pass until the work is done: from one timer to the next, as fast as this machine
   * computes. What waits for its turn goes on before, a millisecond each.
   */
  run<T>(work: Promise<T>, turns?: Turns): Promise<T>
  /** Gives the true time back. */
  stop(): void
}

/**
 * Simulated time for this whole process, until it is stopped. Nothing but timers moves it, so the
 * same work takes the same course each time.
 * @param start milliseconds since 1970
 */
export function startClock(start: number): Clock {
  const timers = FakeTimers.install({
    now: start,
    toFake: ['Date', 'setTimeout', 'clearTimeout'],
    loopLimit: Number.POSITIVE_INFINITY,
  })

  const heap = timers as unknown as { timerHeap?: { timers: { callAt: number }[] } }
  const isDue = () => (heap.timerHeap?.timers[0]?.callAt ?? Infinity) <= timers.now

  /**
   * Until everything has happened that needs no time: Octokit's plugins wait for none, a few times.
   * The library's own `nextAsync` takes a true millisecond.
   */
  async function settle(): Promise<void> {
    for (let rounds = 2; rounds > 0; rounds--) {
      await new Promise((resolve) => setImmediate(resolve))
      if (isDue()) rounds = 2
      if (isDue()) timers.tick(0)
    }
  }

  async function run<T>(work: Promise<T>, turns?: Turns): Promise<T> {
    let isDone = false
    const done = () => {
      isDone = true
    }
    work.then(done, done)
    for (;;) {
      await settle()
      if (isDone) return work
      if (turns?.next()) timers.tick(1)
      else if (timers.countTimers() > 0) timers.next()
      else throw new Error('Simulated time stands still: something waits for what never comes.')
    }
  }

  return {
    now: () => timers.now,
    sleep: async (milliseconds) => {
      if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds))
    },
    run,
    stop: () => timers.uninstall(),
  }
}
