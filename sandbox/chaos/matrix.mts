/**
 * All legs of one matrix against GitHub's limits, in simulated time: what is written, how long until all are settled,
 * and what had to be given up.
 *
 *     npm run chaos:matrix
 */

import { publishedBy } from './check.mjs'
import { type JobRecord, type Plan, runJob } from './jobs.mjs'
import type { Strictness } from './limits.mjs'
import { createWorld, NO_WEATHER, SHA, type World } from './world.mjs'

const MINUTE = 60_000

type Matrix = { legs: number; parallel: number; minutes: number; secondary: Strictness }

function leg(index: number, minutes: number): Plan {
  return {
    kind: 'follow',
    run: 100,
    id: 1000 + index,
    // The limits are the repository's: its jobs' tokens share them.
    token: 'ghs_MatrixT0kenMatrixT0ken',
    startsAt: 0,
    lasts: [0, minutes * MINUTE],
    result: 'success',
    runsMain: true,
    lostAt: undefined,
    cancelledAt: undefined,
    event: { name: 'push', payload: { ref: 'refs/heads/main', after: SHA } },
    with: { context: `CI / test (${index})` },
    renamed: undefined,
    shows: '',
  }
}

/** Runs the legs in their order, as many at once as may, each of which takes a little more or less than the others. */
async function run(world: World, { legs, parallel, minutes }: Matrix): Promise<JobRecord[]> {
  const plans = Array.from({ length: legs }, (_, index) => leg(index, minutes * (0.9 + world.random.number() / 5)))
  const records: JobRecord[] = []
  const runner = async (slot: number) => {
    await world.clock.sleep(slot * world.random.between(0, 100))
    for (let plan = plans.shift(); plan !== undefined; plan = plans.shift()) {
      records.push(await runJob(world, { ...plan, startsAt: 0 }))
    }
  }
  await Promise.all(Array.from({ length: parallel }, (_, slot) => runner(slot)))
  return records
}

const clockTime = (milliseconds: number) => {
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, '0')}s`
}

async function measure(matrix: Matrix): Promise<(string | number)[]> {
  const world = createWorld(JSON.stringify(matrix), { ...NO_WEATHER, secondary: matrix.secondary })
  world.github.token('ghs_MatrixT0kenMatrixT0ken')
  try {
    const records = await world.clock.run(run(world, matrix))
    const stages = (name: string) => records.flatMap(({ stages }) => stages.filter((stage) => stage.name === name))
    const waited = (name: string) => stages(name).map(({ began, ended = began }) => ended - began)
    const states = (name: string) => stages(name).flatMap(publishedBy)
    const reasons = stages('post').flatMap(({ said }) => said.filter(({ level }) => level === 'fail'))
    const pending = new Set([...states('pre'), ...states('main')].map(({ context }) => context)).size
    const settled = states('post').filter(({ state }) => state === 'success').length
    const { exchanges } = world
    const writes = exchanges.filter(({ method }) => method === 'POST').length
    return [
      matrix.legs,
      matrix.parallel,
      `${matrix.minutes} min`,
      matrix.secondary.saysWhen ? 'say when' : 'do not say when',
      matrix.secondary.countsRefused ? 'cost points' : 'are free',
      pending,
      settled,
      matrix.legs - settled,
      writes,
      exchanges.length - writes,
      world.limits?.counts.refused ?? 0,
      clockTime(Math.max(...stages('post').map(({ ended = 0 }) => ended))),
      clockTime(Math.max(...waited('pre'), ...waited('main'))),
      clockTime(Math.max(...waited('post'))),
      reasons[0]?.text.slice(0, 150) ?? '',
    ]
  } finally {
    world.end()
  }
}

const HEAD = [
  'legs',
  'at once',
  'each',
  'refusals',
  'refusals',
  'pending',
  'settled',
  'given up',
  'writes',
  'reads',
  'refused',
  'all settled after',
  'longest pre or main',
  'longest post',
  'why',
]

const line = (cells: readonly (string | number)[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`)

line(HEAD)
line(HEAD.map(() => '---'))
const BOTH = [true, false]
const STRICTNESS = BOTH.flatMap((saysWhen) => BOTH.map((countsRefused) => ({ saysWhen, countsRefused })))

for (const secondary of STRICTNESS) {
  for (const legs of (process.argv[2] ?? '16,64,128,256').split(',').map(Number)) {
    for (const parallel of [20, 256].filter((parallel) => parallel <= legs || parallel === 20)) {
      for (const minutes of [1, 10])
        line(await measure({ legs, parallel: Math.min(parallel, legs), minutes, secondary }))
    }
  }
}
