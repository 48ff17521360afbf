import type { Job, LinkKind, Result } from './world.ts'

/** A job before it is known how it ends and where it links. */
export type Draft = Omit<Job, 'result' | 'link'> & { result?: Result; link?: LinkKind }

export function job(run: number, attempt: number, id: number, more: Partial<Draft> = {}): Draft {
  return { run, attempt, id, publishes: 'follow', after: [], ...more }
}

/** Runs, attempts and legs of a matrix. Runs have ids from 100 on, jobs from 1000 on, in the order of their creation. */
export const STRUCTURES: Readonly<Record<string, readonly Draft[]>> = {
  'two runs': [job(100, 1, 1000), job(101, 1, 1010)],
  "two runs, the older one's job created last": [job(100, 1, 1030), job(101, 1, 1010)],
  're-run': [job(100, 1, 1000), job(100, 2, 1020, { after: [0] })],
  're-run of a run that was given up, and comes back': [
    job(100, 1, 1000),
    job(100, 2, 1020, { beside: [0] }),
  ],
  siblings: [job(100, 1, 1000), job(100, 1, 1001)],
  'three siblings': [job(100, 1, 1000), job(100, 1, 1001), job(100, 1, 1002)],
  'three runs': [job(100, 1, 1000), job(101, 1, 1010), job(102, 1, 1020)],
  're-run of the older of two': [
    job(100, 1, 1000),
    job(101, 1, 1010),
    job(100, 2, 1020, { after: [0] }),
  ],
  're-run of the newer of two': [
    job(100, 1, 1000),
    job(101, 1, 1010),
    job(101, 2, 1020, { after: [1] }),
  ],
  're-run, then a new run': [
    job(100, 1, 1000),
    job(100, 2, 1020, { after: [0] }),
    job(102, 1, 1030, { after: [0] }),
  ],
  'both of two re-run': [
    job(100, 1, 1000),
    job(101, 1, 1010),
    job(100, 2, 1020, { after: [0] }),
    job(101, 2, 1030, { after: [0, 1] }),
  ],
  'siblings and a newer run': [job(100, 1, 1000), job(100, 1, 1001), job(101, 1, 1010)],
  'siblings and an older run': [job(100, 1, 1000), job(101, 1, 1010), job(101, 1, 1011)],
  'siblings, all re-run': [
    job(100, 1, 1000),
    job(100, 1, 1001),
    job(100, 2, 1020, { after: [0, 1], repeats: 0 }),
    job(100, 2, 1021, { after: [0, 1], repeats: 1 }),
  ],
  'siblings, one re-run': [
    job(100, 1, 1000),
    job(100, 1, 1001),
    job(100, 2, 1020, { after: [0, 1], repeats: 0 }),
  ],
  'two runs of siblings': [
    job(100, 1, 1000),
    job(100, 1, 1001),
    job(101, 1, 1010),
    job(101, 1, 1011),
  ],
  'siblings re-run, an older run': [
    job(100, 1, 1000),
    job(101, 1, 1010),
    job(101, 2, 1020, { after: [1] }),
    job(101, 2, 1021, { after: [1] }),
  ],
}

const start = { publishes: 'once', result: 'pending' } as const
export const end = { publishes: 'once' } as const

/** A first job publishes pending once, a last one the result. */
export const PAIRS: Readonly<Record<string, readonly Draft[]>> = {
  pair: [job(100, 1, 1000, start), job(100, 1, 1005, { ...end, after: [0] })],
  'a state and a later one': [job(100, 1, 1000, end), job(100, 1, 1005, { ...end, after: [0] })],
  'pair with progress between, and a newer run': [
    job(100, 1, 1000, start),
    job(100, 1, 1005, { ...start, after: [0] }),
    job(100, 1, 1015, { ...end, after: [1] }),
    job(101, 1, 1010),
  ],
  'pair and a newer run': [
    job(100, 1, 1000, start),
    job(100, 1, 1015, { ...end, after: [0] }),
    job(101, 1, 1010, end),
  ],
  'pair and an older run': [
    job(100, 1, 1000, end),
    job(101, 1, 1010, start),
    job(101, 1, 1015, { ...end, after: [1] }),
  ],
  'two pairs': [
    job(100, 1, 1000, start),
    job(100, 1, 1025, { ...end, after: [0] }),
    job(101, 1, 1010, start),
    job(101, 1, 1020, { ...end, after: [2] }),
  ],
  'pair, re-run': [
    job(100, 1, 1000, start),
    job(100, 1, 1005, { ...end, after: [0] }),
    job(100, 2, 1020, { ...start, after: [0, 1] }),
    job(100, 2, 1025, { ...end, after: [0, 1, 2] }),
  ],
}

const before = { publishes: 'nothing', result: 'success' } as const

/** The last job of a run publishes once how the run went. A job that publishes nothing stands for those before it. */
export const ROLL_UPS: Readonly<Record<string, readonly Draft[]>> = {
  'roll-ups of two runs': [
    job(100, 1, 1000, before),
    job(100, 1, 1031, { ...end, after: [0] }),
    job(101, 1, 1010, before),
    job(101, 1, 1030, { ...end, after: [2] }),
  ],
  'roll-ups, the older run re-run': [
    job(100, 1, 1000, end),
    job(101, 1, 1010, before),
    job(100, 2, 1020, { ...end, after: [0] }),
    job(101, 1, 1040, { ...end, after: [0, 1] }),
  ],
  'roll-ups, the older run re-run, its job created last': [
    job(100, 1, 1000, end),
    job(101, 1, 1010, before),
    job(100, 2, 1050, { ...end, after: [0] }),
    job(101, 1, 1040, { ...end, after: [1] }),
  ],
}
