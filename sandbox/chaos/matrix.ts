/**
 * All legs of one matrix against GitHub's limits (`limits.ts`), in simulated time and without other faults: what is
 * written, how long until all are settled, and what had to be given up. Every job is green, and has one status.
 *
 *     npm run chaos:matrix
 */
import { publishedBy } from './checks/lines.ts'
import { runJob } from './jobs.ts'
import type { Strictness } from './limits.ts'
import type { JobRecord, Plan } from './plan.ts'
import { job } from './scenes/jobs.ts'
import { createWorld, NO_WEATHER, REPOSITORY, SHA, type World } from './world.ts'

const MINUTE = 60_000
/** The limits are the repository's: its jobs' tokens share them. */
const TOKEN = 'ghs_MatrixT0kenMatrixT0ken'

type Matrix = { legs: number; parallel: number; minutes: number; secondary: Strictness }

function leg({ random }: World, index: number, minutes: number): Plan {
  return job(random, 100, {
    token: TOKEN,
    queued: 0,
    lasts: [0, minutes * MINUTE * (0.9 + random.number() / 5)],
    result: 'success',
    with: { context: `CI / test (${index})` },
  })
}

/** Runs the legs in their order, so many at once; each takes a little more or less than the others. */
async function run(world: World, { legs, parallel, minutes }: Matrix): Promise<JobRecord[]> {
  const plans = Array.from({ length: legs }, (_, index) => leg(world, index, minutes))
  const records: JobRecord[] = []
  const runner = async (slot: number) => {
    await world.clock.sleep(slot * world.random.between(0, 100))
    for (let plan = plans.shift(); plan !== undefined; plan = plans.shift()) {
      records.push(await runJob(world, plan, []))
    }
  }
  await Promise.all(Array.from({ length: parallel }, (_, slot) => runner(slot)))
  return records
}

function clockTime(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, '0')}s`
}

/** A row of the table, and whether a leg that was green is shown red, for which no limit is a reason. */
async function measure(matrix: Matrix): Promise<{ row: (string | number)[]; isRed: boolean }> {
  const world = createWorld(JSON.stringify(matrix), { ...NO_WEATHER, secondary: matrix.secondary })
  world.github.token(TOKEN)
  try {
    const records = await world.clock.run(run(world, matrix))
    const stages = (...names: string[]) =>
      records.flatMap(({ stages }) => stages.filter(({ name }) => names.includes(name)))
    const longest = (...names: string[]) =>
      clockTime(Math.max(...stages(...names).map(({ began, ended = began }) => ended - began)))
    const opened = stages('pre', 'main').flatMap(publishedBy)
    const last = Object.values(world.github.current(REPOSITORY, SHA)).map(({ state }) => state)
    const settled = last.filter((state) => state === 'success').length
    const writes = world.exchanges.filter(({ method }) => method === 'POST').length
    const { saysWhen, countsRefused } = matrix.secondary
    return {
      row: [
        matrix.legs,
        matrix.parallel,
        `${matrix.minutes} min`,
        `${saysWhen ? 'say when' : 'do not say when'}, ${countsRefused ? 'cost points' : 'cost nothing'}`,
        new Set(opened.map(({ context }) => context)).size,
        settled,
        matrix.legs - settled,
        writes,
        world.exchanges.length - writes,
        world.limits?.counts.refused ?? 0,
        clockTime(Math.max(...stages('post').map(({ ended = 0 }) => ended))),
        longest('pre', 'main'),
        longest('post'),
      ],
      isRed: last.some((state) => state === 'failure' || state === 'error'),
    }
  } finally {
    world.end()
  }
}

const HEAD = [
  'legs',
  'at once',
  'each takes',
  'refusals',
  'shown pending',
  'settled',
  'given up',
  'writes',
  'reads',
  'of them refused',
  'all ended after',
  'longest pre or main',
  'longest post',
]

const sayRow = (cells: readonly (string | number)[]) =>
  process.stdout.write(`| ${cells.join(' | ')} |\n`)

const BOTH = [true, false]
const EVERY = BOTH.flatMap((saysWhen) => BOTH.map((countsRefused) => ({ saysWhen, countsRefused })))
const MATRICES = [16, 64, 128, 256].flatMap((legs) =>
  [...new Set([Math.min(20, legs), legs])].flatMap((parallel) =>
    [1, 10].flatMap((minutes) =>
      // What is refused makes a difference only if much is.
      (legs * 2 > 80 && parallel === legs ? EVERY : EVERY.slice(1, 2)).map(
        (secondary): Matrix => ({ legs, parallel, minutes, secondary }),
      ),
    ),
  ),
)

sayRow(HEAD)
sayRow(HEAD.map(() => '---'))
for (const matrix of MATRICES) {
  const { row, isRed } = await measure(matrix)
  sayRow(row)
  if (!isRed) continue
  process.exitCode = 1
  process.stdout.write('WRONG: a leg that succeeded is shown as failed\n')
}
