import { type Draft, end, job, PAIRS, ROLL_UPS, STRUCTURES } from './structures.ts'
import type { Job, LinkKind, Result, Trouble, World } from './world.ts'

const FOLLOW_TROUBLES: readonly Trouble[] = [
  'runner lost',
  'opening refused',
  'opening unanswered',
  'opening unanswered, again',
  'opening not stored, again',
  'opening stored late, again',
  'result unanswered, again',
  'result not stored, again',
  'result stored late, again',
]
const ONCE_TROUBLES: readonly Trouble[] = [
  'runner lost',
  'result unanswered, again',
  'result not stored, again',
  'result stored late, again',
]

const LINKS: readonly LinkKind[] = ['job', 'late', 'fixed', 'run']
/** A single state has no late link: it is there when the step begins. */
const ONCE_LINKS: readonly LinkKind[] = ['job', 'fixed', 'run']

const RESULTS: readonly Result[] = ['success', 'failure']

/** The worlds that are played in a second or two: two jobs; without trouble also three, or four of which one is followed. */
export function isSmall({ link, trouble, jobs }: World): boolean {
  if (jobs.length <= 2) return true
  const followed = jobs.filter(({ publishes }) => publishes === 'follow')
  return trouble === 'none' && link !== 'late' && (jobs.length === 3 || followed.length <= 1)
}

/** Every world: each structure with every kind of link, every result, and at most one trouble. */
export function* worlds(): Generator<World> {
  for (const [structure, drafts] of Object.entries(STRUCTURES)) {
    const hasTroubles = drafts.length <= 3
    for (const link of LINKS)
      yield* variants({ structure, mode: 'follow', drafts, link, hasTroubles })
    if (!structure.includes('siblings'))
      yield* single(
        structure,
        'once',
        drafts.map((draft) => ({ ...draft, ...end })),
      )
  }
  for (const [structure, drafts] of Object.entries(PAIRS)) yield* single(structure, 'once', drafts)
  for (const [structure, drafts] of Object.entries(ROLL_UPS))
    yield* single(structure, 'roll-up', drafts, false)
  yield* steps()
  yield* mixtures()
  yield* mixedLinks()
}

function* single(structure: string, mode: string, drafts: readonly Draft[], hasTroubles = true) {
  for (const link of ONCE_LINKS) {
    const isSmall = drafts.length <= 3
    yield* variants({ structure, mode, drafts, link, hasTroubles: hasTroubles && isSmall })
  }
}

/** A job that is followed has a step that publishes once under the same name. */
function* steps(): Generator<World> {
  for (const step of ['pending', ...RESULTS] as const) {
    const mode = `follow, with a step's ${step}`
    for (const link of LINKS) {
      const drafts = [job(100, 1, 1000, { step })]
      yield* variants({ structure: 'one run', mode, drafts, link, hasTroubles: true })
      for (const structure of ['two runs', 're-run'])
        for (const which of [0, 1]) {
          const drafts = draftsOf(structure).map((draft, index) =>
            index === which ? { ...draft, step } : draft,
          )
          yield* variants({ structure, mode, drafts, link, hasTroubles: false })
        }
    }
  }
}

/** One run is followed, the other publishes once; a run's job does the same in all attempts. */
function* mixtures(): Generator<World> {
  const isOnce: [structure: string, test: (draft: Draft) => boolean][] = [
    ['two runs', ({ run }) => run === 100],
    ['two runs', ({ run }) => run === 101],
    ['re-run of the older of two', ({ run }) => run === 100],
    ['re-run of the older of two', ({ run }) => run === 101],
    ['pair and a newer run', ({ run }) => run === 100],
    ['pair and an older run', ({ run }) => run === 101],
  ]
  for (const [structure, test] of isOnce) {
    const drafts = draftsOf(structure).map((draft): Draft => {
      return { ...draft, publishes: test(draft) ? 'once' : 'follow' }
    })
    for (const link of ONCE_LINKS)
      yield* variants({ structure, mode: 'follow and once', drafts, link, hasTroubles: false })
  }
}

/** The user has set a link in one run, or has set it differently. */
function* mixedLinks(): Generator<World> {
  for (const [one, other] of product(2, ['job', 'late', 'fixed'] as const)) {
    if (one === undefined || other === undefined || one === other) continue
    const drafts = draftsOf('two runs').map((draft, index) => ({
      ...draft,
      link: index === 0 ? one : other,
    }))
    for (const jobs of outcomes(drafts, 'job'))
      yield { structure: 'two runs', mode: 'follow', link: 'mixed', trouble: 'none', jobs }
  }
}

function draftsOf(structure: string): readonly Draft[] {
  return STRUCTURES[structure] ?? PAIRS[structure] ?? []
}

type Family = {
  structure: string
  mode: string
  drafts: readonly Draft[]
  link: LinkKind
  hasTroubles: boolean
}

function* variants({ drafts, hasTroubles, ...family }: Family): Generator<World> {
  for (const jobs of outcomes(drafts, family.link)) {
    yield { ...family, trouble: 'none', jobs }
    if (drafts.length <= 3) yield { ...family, trouble: 'flood', jobs }
    if (hasTroubles) yield* troubled(family, jobs)
  }
}

function* troubled(family: Pick<World, 'structure' | 'mode' | 'link'>, jobs: readonly Job[]) {
  for (const [which, { publishes, result }] of jobs.entries())
    for (const trouble of publishes === 'once' ? ONCE_TROUBLES : FOLLOW_TROUBLES) {
      // The job after a start job that was lost is skipped.
      if (trouble === 'runner lost' && publishes === 'once' && result === 'pending') continue
      const changed = jobs.map((one, index) => (index === which ? { ...one, trouble } : one))
      yield { ...family, trouble, jobs: changed } satisfies World
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
