import type { Job, LinkKind, Result } from './world.ts'

/** A job before it is known how it ends and where it links. */
export type Draft = Omit<Job, 'result' | 'link'> & { result?: Result; link?: LinkKind }

export type Structures = Readonly<Record<string, readonly Draft[]>>

/**
 * Structures, one in a line: its name and its jobs. `100#2/1020` is job 1020 in attempt 2 of run 100; ids are in the order
 * of creation. A job is followed, unless it is an `end`, which publishes its result once, a `start`, which publishes
 * pending once, or `silent`. `after` and `beside` name jobs, by index, that end or begin before it does; `repeats` the job
 * of the attempt before; `for` the run that a relay speaks for, which it links to unless its link is `derived`.
 */
function read(table: string): Structures {
  const lines = table.trim().split('\n')
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...jobs] = line.split('|').map((cell) => cell.trim())
      return [name, jobs.map(readJob)]
    }),
  )
}

const KINDS: Record<string, Partial<Draft>> = {
  start: { publishes: 'once', result: 'pending' },
  end: { publishes: 'once' },
  silent: { publishes: 'nothing', result: 'success' },
}

function readJob(text: string): Draft {
  const [page = '', ...words] = text.split(' ')
  const [run = 0, attempt = 1, id = 0] = numbersOf(page)
  const valuesOf = (word: string) => numbersOf(words[words.indexOf(word) + 1] ?? '')
  const has = (word: string) => words.includes(word)
  const [relayed = 0, relayedAttempt = 1] = has('for') ? valuesOf('for') : []
  return {
    run,
    attempt,
    id,
    publishes: 'follow',
    ...KINDS[words[0] ?? ''],
    after: has('after') ? valuesOf('after') : [],
    ...(has('beside') && { beside: valuesOf('beside') }),
    ...(has('repeats') && { repeats: valuesOf('repeats')[0] ?? 0 }),
    ...(has('for') && { relays: { run: relayed, attempt: relayedAttempt } }),
    ...(has('for') && { link: has('derived') ? 'job' : 'relay' }),
  }
}

/** A run's first attempt is not written out. */
function numbersOf(text: string): number[] {
  return text
    .replace(/^(\d+)\//, '$1#1/')
    .split(/[#/,]/)
    .map(Number)
}

/** Runs, attempts and legs of a matrix. */
export const FOLLOWED = read(`
  one run | 100/1000
  two runs | 100/1000 | 101/1010
  two runs, the older one's job created last | 100/1030 | 101/1010
  re-run | 100/1000 | 100#2/1020 after 0
  re-run of a run that was given up, and comes back | 100/1000 | 100#2/1020 beside 0
  three runs | 100/1000 | 101/1010 | 102/1020
  re-run of the older of two | 100/1000 | 101/1010 | 100#2/1020 after 0
  re-run of the newer of two | 100/1000 | 101/1010 | 101#2/1020 after 1
  re-run, then a new run | 100/1000 | 100#2/1020 after 0 | 102/1030 after 0
  both of two re-run | 100/1000 | 101/1010 | 100#2/1020 after 0 | 101#2/1030 after 0,1`)

export const SHARED = read(`
  siblings | 100/1000 | 100/1001
  siblings, one after the other | 100/1000 | 100/1001 after 0
  three siblings | 100/1000 | 100/1001 | 100/1002
  siblings, a third one late | 100/1000 | 100/1001 | 100/1002 after 0
  siblings and a newer run | 100/1000 | 100/1001 | 101/1010
  siblings and an older run | 100/1000 | 101/1010 | 101/1011
  siblings, all re-run | 100/1000 | 100/1001 | 100#2/1020 after 0,1 repeats 0 | 100#2/1021 after 0,1 repeats 1
  siblings, one re-run | 100/1000 | 100/1001 | 100#2/1020 after 0,1 repeats 0
  two runs of siblings | 100/1000 | 100/1001 | 101/1010 | 101/1011
  siblings re-run, an older run | 100/1000 | 101/1010 | 101#2/1020 after 1 | 101#2/1021 after 1`)

/** A first job publishes pending once, a last one the result. */
export const PAIRS = read(`
  pair | 100/1000 start | 100/1005 end after 0
  a state and a later one | 100/1000 end | 100/1005 end after 0
  pair with progress between, and a newer run | 100/1000 start | 100/1005 start after 0 | 100/1015 end after 1 | 101/1010
  pair and a newer run | 100/1000 start | 100/1015 end after 0 | 101/1010 end
  pair and an older run | 100/1000 end | 101/1010 start | 101/1015 end after 1
  two pairs | 100/1000 start | 100/1025 end after 0 | 101/1010 start | 101/1020 end after 2
  pair, re-run | 100/1000 start | 100/1005 end after 0 | 100#2/1020 start after 0,1 | 100#2/1025 end after 0,1,2`)

/** A first job publishes pending once, others are followed, a last one publishes its result once. */
export const STARTS = read(`
  start, follow | 100/1000 start | 100/1001 after 0
  start beside follow | 100/1000 start | 100/1001
  start, progress, follow | 100/1000 start | 100/1001 start after 0 | 100/1002 after 0,1
  start, two follow | 100/1000 start | 100/1001 after 0 | 100/1002 after 0
  start, follow, end | 100/1000 start | 100/1001 after 0 | 100/1002 end after 0,1
  start, two follow, end | 100/1000 start | 100/1001 after 0 | 100/1002 after 0 | 100/1003 end after 0,1,2`)

/** The last job of a run publishes once how the run went. A silent one stands for those before it. */
export const ROLL_UPS = read(`
  roll-ups of two runs | 100/1000 silent | 100/1031 end after 0 | 101/1010 silent | 101/1030 end after 2
  roll-ups, the older run re-run | 100/1000 end | 101/1010 silent | 100#2/1020 end after 0 | 101/1040 end after 0,1
  roll-ups, the older run re-run, its job created last | 100/1000 end | 101/1010 silent | 100#2/1050 end after 0 | 101/1040 end after 1`)

/**
 * Jobs of other runs publish once for a run, which is silent itself: a pending when it has begun, its result when it has
 * ended. Their own runs, A and so on, are created in this order, or in another.
 */
const RELAYS = `
  one relayed run | 100/1000 silent | A start beside 0 for 100 | B end after 0,1 for 100
  one relayed run, in any order | 100/1000 silent | A start beside 0 for 100 | B end after 0 for 100
  a relayed run, by a start and an end job | 100/1000 silent | A start after 0 for 100 derived | A end after 0,1 for 100
  two relayed runs, by start and end jobs | 100/1000 silent | 101/1010 silent beside 0 | A start after 0 for 100 derived | A end after 0,2 for 100 | B start after 1 for 101 derived | B end after 1,4 for 101
  two relayed runs | 100/1000 silent | 101/1010 silent beside 0 | A start beside 0 for 100 | B end after 0,2 for 100 | C start beside 1 for 101 | D end after 1,4 for 101
  two relayed runs, results only | 100/1000 silent | 101/1010 silent beside 0 | A end after 0 for 100 | B end after 1 for 101
  a relayed run, re-run | 100/1000 silent | 100#2/1020 silent after 0 | A start beside 0 for 100 | B end after 0,2 for 100 | C start beside 1 for 100#2 | D end after 1,4 for 100#2
  two relayed runs, the older re-run | 100/1000 silent | 101/1010 silent beside 0 | 100#2/1020 silent after 0 beside 1 | A start beside 0 for 100 | B end after 0,3 for 100 | C start after 3 beside 1 for 101 | D end after 1,5 for 101 | E start after 4,5 beside 2 for 100#2 | F end after 2,7 for 100#2
  two relayed runs, the newer re-run | 100/1000 silent | 101/1010 silent beside 0 | 101#2/1020 silent after 1 | A start beside 0 for 100 | B end after 0,3 for 100 | C start after 3 beside 1 for 101 | D end after 1,5 for 101 | E start after 6 beside 2 for 101#2 | F end after 2,7 for 101#2
  a relay and a newer followed job | 100/1000 silent | 101/1010 beside 0 | A start beside 0 for 100 | B end after 0,2 for 100
  a relay and an older followed job | 100/1000 | 101/1010 silent beside 0 | A start beside 1 for 101 | B end after 1,2 for 101`

export function relaysBy(ids: readonly number[]): Structures {
  return read(
    RELAYS.replace(/\b[A-F]\b/g, (one) => {
      const id = ids['ABCDEF'.indexOf(one)] ?? 0
      return `${id}/${id}0`
    }),
  )
}
