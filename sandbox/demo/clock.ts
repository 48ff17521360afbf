export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number
  advance(seconds: number): void
  /** The environment that gives a process this time. */
  environment(): Record<string, string>
}

const SET_DATE = new URL('./set-date.ts', import.meta.url).href

/** A clock for the sandbox and for each stage. It stands still until it is set forward. */
export function createClock(start: string): Clock {
  let now = Date.parse(start)
  return {
    now: () => now,
    advance(seconds) {
      now += seconds * 1000
    },
    environment: () => ({ NODE_OPTIONS: `--import=${SET_DATE}`, DEMO_NOW: String(now) }),
  }
}
