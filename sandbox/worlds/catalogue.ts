import {
  type Draft,
  FOLLOWED,
  PAIRS,
  ROLL_UPS,
  relaysBy,
  SHARED,
  STARTS,
  type Structures,
} from './structures.ts'
import type { Job, LinkKind, Result, Trouble, World } from './world.ts'

const ONCE_TROUBLES: readonly Trouble[] = [
  'runner lost',
  'result unanswered, again',
  'result not stored, again',
  'result stored late, again',
]
const FOLLOW_TROUBLES: readonly Trouble[] = [
  ...ONCE_TROUBLES,
  'opening refused',
  'opening unanswered',
  'opening unanswered, again',
  'opening not stored, again',
  'opening stored late, again',
  'stale once',
  'stale twice',
]

const LINKS: readonly LinkKind[] = ['job', 'late', 'fixed', 'run']
/** A single state has no late link: it is there when the step begins. */
const ONCE_LINKS: readonly LinkKind[] = ['job', 'fixed', 'run']
const RUN_LINKS: readonly LinkKind[] = ['page', 'run page', 'run 50', 'run 150']

const RESULTS: readonly Result[] = ['success', 'failure']
const ONCE = { publishes: 'once' } as const

/** Every world: each structure with every kind of link, every result, and at most one trouble. */
export function* worlds(): Generator<World> {
  yield* play({ ...FOLLOWED, ...SHARED }, 'follow', LINKS, 3)
  yield* play(FOLLOWED, 'once', ONCE_LINKS, 3, () => ONCE)
  yield* play(PAIRS, 'once', ONCE_LINKS, 3)
  yield* play(ROLL_UPS, 'roll-up', ONCE_LINKS)
  yield* play(STARTS, 'start', LINKS, 2)
  yield* steps()
  yield* mixtures()
  yield* linksToRuns()
  yield* renamed()
  // The runs of relays are created in the order of what they relay, against it, or before it.
  for (const ids of ['200 201 202 203 204 205', '205 204 203 202 201 200', '90 91 92 93 94 95'])
    yield* play(relaysBy(ids.split(' ').map(Number)), `relays ${ids}`, ['relay'])
}

/** A followed job has a step that publishes once under the same name. */
function* steps(): Generator<World> {
  for (const step of ['pending', ...RESULTS] as const) {
    const mode = `follow, with a step's ${step}`
    yield* play(named('one run'), mode, LINKS, 1, () => ({ step }))
    yield* play(named('siblings'), mode, LINKS, 2, only(1, { step }))
    for (const which of [0, 1])
      yield* play(named('two runs', 're-run'), mode, LINKS, 0, only(which, { step }))
  }
}

/** One run is followed, the other publishes once, in all attempts; or the user has set their links differently. */
function* mixtures(): Generator<World> {
  for (const run of [100, 101]) {
    const mode = `run ${run} once`
    const change = (draft: Draft) => (draft.run === run ? ONCE : ({ publishes: 'follow' } as const))
    const pair = run === 100 ? 'pair and a newer run' : 'pair and an older run'
    const structures = named('two runs', 're-run of the older of two', pair)
    yield* play(structures, mode, ONCE_LINKS, 0, change)
  }
  for (const links of product(2, ['job', 'late', 'fixed'] as const)) {
    const change = (_: Draft, index: number) => ({ link: links[index] ?? 'job' })
    if (links[0] !== links[1])
      yield* play(named('two runs'), `follow, ${links.join(' and ')}`, ['job'], 0, change)
  }
}

/** Links of the user's to a run's page, or to a run of another repository, in all jobs or in one. */
function* linksToRuns(): Generator<World> {
  yield* play(upTo(3, { ...FOLLOWED, ...SHARED }), 'follow', RUN_LINKS, 2)
  yield* play(upTo(3, FOLLOWED), 'once', RUN_LINKS, 2, () => ONCE)
  yield* play(upTo(3, PAIRS), 'once', RUN_LINKS, 2)

  const two = upTo(3, FOLLOWED)
  delete two['three runs']
  for (const link of ['page', 'run 50', 'run 150'] as const)
    for (const which of [0, 1, 2])
      for (const publishes of ['follow', 'once'] as const) {
        const mode = `follow, ${which} ${publishes} ${link}`
        yield* play(two, mode, ['job'], 0, only(which, { link, publishes }))
      }
}

/** The repository gets another name after the first jobs have begun. */
function* renamed(): Generator<World> {
  for (const count of [1, 2]) {
    const rename = (_: Draft, index: number): Partial<Draft> =>
      index < count ? { link: 'renamed' } : {}
    const rest = (draft: Draft, index: number) => ({ ...ONCE, ...rename(draft, index) })
    yield* play(upTo(3, { ...FOLLOWED, ...SHARED }), `follow, ${count} renamed`, ['job'], 0, rename)
    yield* play(upTo(3, FOLLOWED), `once, ${count} renamed`, ['job'], 0, rest)
  }
}

function named(...names: string[]): Structures {
  const all = { ...FOLLOWED, ...SHARED, ...PAIRS }
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))
}

function upTo(jobs: number, structures: Structures): Record<string, readonly Draft[]> {
  return Object.fromEntries(Object.entries(structures).filter(([, all]) => all.length <= jobs))
}

const only = (which: number, change: Partial<Draft>) => (_: Draft, index: number) =>
  index === which ? change : {}

/** @param troubled the number of jobs up to which each of them can be in trouble */
function* play(
  structures: Structures,
  mode: string,
  links: readonly LinkKind[],
  troubled = 0,
  change: (draft: Draft, index: number) => Partial<Draft> = () => ({}),
): Generator<World> {
  for (const [structure, all] of Object.entries(structures))
    for (const link of links) {
      const drafts = all.map((draft, index) => ({ ...draft, ...change(draft, index) }))
      for (const jobs of outcomes(drafts, link))
        yield* variants({ structure, mode, link, trouble: 'none', jobs }, troubled)
    }
}

function* variants(world: World, troubled: number): Generator<World> {
  yield world
  if (world.jobs.length <= 3) yield { ...world, trouble: 'flood' }
  if (world.jobs.length <= troubled) yield* inTrouble(world)
}

function* inTrouble(world: World): Generator<World> {
  for (const [which, { publishes, result }] of world.jobs.entries())
    for (const trouble of publishes === 'once' ? ONCE_TROUBLES : FOLLOW_TROUBLES) {
      // The job after a start job that was lost is skipped.
      if (trouble === 'runner lost' && publishes === 'once' && result === 'pending') continue
      const jobs = world.jobs.map((one, index) => (index === which ? { ...one, trouble } : one))
      yield { ...world, trouble, jobs }
    }
}

/** The jobs with every combination of results that is not set. */
function* outcomes(drafts: readonly Draft[], link: LinkKind): Generator<Job[]> {
  for (const results of product(drafts.length, RESULTS)) {
    const isNew = drafts.every(({ result }, index) => !result || results[index] === 'success')
    if (isNew)
      yield drafts.map((draft, index) => ({ link, result: results[index] ?? 'success', ...draft }))
  }
}

function* product<T>(length: number, values: readonly T[]): Generator<T[]> {
  if (length === 0) return yield []
  for (const rest of product(length - 1, values)) for (const value of values) yield [...rest, value]
}
