import { JOB, STRUCTURES } from '../worlds.ts'
import type { Job, Link, Result, World } from './world.ts'

/** A job before it is known how it ends and where it links. */
type Draft = Omit<Job, 'result' | 'link'> & { result?: Result; link?: Link }
type Structures = Record<string, readonly Draft[]>
type Change = (draft: Draft, index: number) => Partial<Draft>

/** What goes wrong for one job. `again`: the request is tried once more. `stale`: a reading lacks what is stored. */
const ONCE_TROUBLES = [
  'runner lost',
  'result unanswered, again',
  'result not stored, again',
  'result stored late, again',
]
const FOLLOW_TROUBLES = [
  ...ONCE_TROUBLES,
  'opening refused',
  'opening unanswered',
  'opening unanswered, again',
  'opening not stored, again',
  'opening stored late, again',
  'stale once',
  'stale twice',
]
const LINKS = ['job', 'late', 'fixed', 'run']
const RUN_LINKS = ['page', 'run page', 'run 50', 'run 150']
const RESULTS: readonly Result[] = ['success', 'failure']
const ONCE = { publishes: 'once' } as const
const KINDS: Readonly<Record<string, Partial<Draft>>> = {
  end: ONCE,
  start: { ...ONCE, result: 'pending' },
  /** Of a relay, which links to itself. */
  own: { ...ONCE, result: 'pending', link: 'job' },
  idle: { publishes: 'nothing', result: 'success' },
}

/** What only the rule is tried with. */
const MORE = `
  siblings of a re-run | 100#2/1000 100#2/1001
  start beside follow | 100/1000:start 100/1001
  a relay in any order | 100/1000:idle 200/2000:start>0~100 201/2010:end<0~100
  a relay with a pending of its own | 100/1000:idle 200/2000:own<0~100 200/2000:end<0,1~100
  relays of two runs | 100/1000:idle 101/1010:idle>0 200/2000:start>0~100 201/2010:end<0,2~100 202/2020:start>1~101 203/2030:end<1,4~101
  relays of two runs, before them | 100/1000:idle 101/1010:idle>0 93/930:start>0~100 92/920:end<0,2~100 91/910:start>1~101 90/900:end<1,4~101
  relays of a run and its re-run, with pendings | 100/1000:idle 100#2/1020:idle<0 203/2000:start>0~100 202/2010:end<0,2~100 201/2020:start>1~100#2 200/2030:end<1,4~100#2
  relays, the older run re-run | 100/1000:idle 101/1010:idle>0 100#2/1020:idle<0>1 205/2050:start>0~100 204/2040:end<0,3~100 203/2030:start<3>1~101 202/2020:end<1,5~101 201/2010:start<4,5>2~100#2 200/2000:end<2,7~100#2
  relays, the newer run re-run | 100/1000:idle 101/1010:idle>0 101#2/1020:idle<1 200/2000:start>0~100 201/2010:end<0,3~100 202/2020:start<3>1~101 203/2030:end<1,5~101 204/2040:start<6>2~101#2 205/2050:end<2,7~101#2`

const ALL: Structures = Object.fromEntries(
  `${STRUCTURES}${MORE}`
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', jobs = ''] = line.split('|').map((cell) => cell.trim())
      return [name, jobs.split(' ').map(draftOf)]
    }),
)
const OTHERS = choose((all) => all.every(({ relays }) => relays === undefined))
/** Runs that are followed under names of their own. */
const FOLLOWED = choose((all) => {
  const executions = new Set(all.map(({ run, attempt }) => `${run}#${attempt}`))
  return executions.size === all.length && all.every(({ publishes }) => publishes === 'follow')
})
const PAIRED = upTo(3, FOLLOWED, 'three runs')

/** Every world: each structure with every kind of link, every result, and at most one trouble. */
export function* worlds(): Generator<World> {
  yield* play(OTHERS, 'as it is', LINKS, 3)
  yield* play(upTo(3, OTHERS), 'as it is', RUN_LINKS, 2)
  yield* play(FOLLOWED, 'once', ['job', 'fixed', 'run'], 3, () => ONCE)
  yield* play(upTo(3, FOLLOWED), 'once', RUN_LINKS, 2, () => ONCE)
  yield* play(
    choose((all) => all.some(({ relays }) => relays)),
    'relays',
    ['job'],
  )

  yield* steps()
  yield* links()
}

/** A followed job has a step that publishes once under the same name. */
function* steps(): Generator<World> {
  for (const step of ['pending', ...RESULTS] as const)
    for (const which of [0, 1])
      for (const structure of ['one run', 'siblings', 'two runs', 're-run'])
        yield* play(
          choose((_, name) => name === structure),
          `a step's ${step}`,
          LINKS,
          structure === 'siblings' ? 2 : 1,
          only(which, { step }),
        )
}

/** The user has set the link of one job; or the repository gets another name after the first jobs have begun. */
function* links(): Generator<World> {
  for (const link of ['late', 'fixed', 'page', 'run 50', 'run 150'])
    for (const which of [0, 1, 2])
      for (const publishes of ['follow', 'once'] as const)
        yield* play(PAIRED, `${publishes} ${link}`, ['job'], 0, only(which, { link, publishes }))
  for (const count of [1, 2]) {
    const rename: Change = (_, index) => (index < count ? { link: 'renamed' } : {})
    const once: Change = (draft, index) => ({ ...ONCE, ...rename(draft, index) })
    yield* play(upTo(3, OTHERS), `${count} renamed`, ['job'], 0, rename)
    yield* play(upTo(3, FOLLOWED), `once, ${count} renamed`, ['job'], 0, once)
  }
}

/** @param troubled the number of jobs up to which each of them can be in trouble */
function* play(
  structures: Structures,
  mode: string,
  links: readonly Link[],
  troubled = 0,
  change: Change = () => ({}),
): Generator<World> {
  for (const [structure, all] of Object.entries(structures))
    for (const link of links) {
      const drafts = all.map((draft, index) => ({ ...draft, ...change(draft, index) }))
      // What is published once has its link when it is published.
      const isPossible = link !== 'late' || drafts.some(({ publishes }) => publishes === 'follow')
      for (const jobs of isPossible ? outcomes(drafts, link) : [])
        yield* variants({ structure, mode, link, trouble: 'none', jobs }, troubled)
    }
}

function* variants(world: World, troubled: number): Generator<World> {
  yield world
  if (world.jobs.length <= 3) yield { ...world, trouble: 'flood' }
  if (world.jobs.length > troubled) return
  for (const [which, { publishes, result }] of world.jobs.entries())
    for (const trouble of publishes === 'once' ? ONCE_TROUBLES : FOLLOW_TROUBLES) {
      // The job after a start job that was lost is skipped.
      if (trouble === 'runner lost' && publishes === 'once' && result === 'pending') continue
      const jobs = world.jobs.map((one, index) => (index === which ? { ...one, trouble } : one))
      yield { ...world, trouble, jobs }
    }
}

/** The jobs with every combination of results that is not set. */
function outcomes(drafts: readonly Draft[], link: Link): Job[][] {
  let all: Job[][] = [[]]
  for (const draft of drafts) {
    const results = draft.result === undefined ? RESULTS : [draft.result]
    all = all.flatMap((jobs) => results.map((result) => [...jobs, { link, ...draft, result }]))
  }
  return all
}

function draftOf(text: string): Draft {
  const [, run, attempt = 1, id, kind = '', after, beside, repeats, ...of] = JOB.exec(text) ?? []
  const places = (list = '') => list.split(',').filter(Boolean).map(Number)
  const [relayed, relayedAttempt = 1] = of
  return {
    run: Number(run),
    attempt: Number(attempt),
    id: Number(id),
    publishes: 'follow',
    after: places(after),
    beside: places(beside),
    ...(repeats && { repeats: Number(repeats) }),
    ...(relayed && { relays: { run: Number(relayed), attempt: Number(relayedAttempt) } }),
    ...(relayed && { link: 'relay' }),
    ...KINDS[kind],
  }
}

function choose(test: (drafts: readonly Draft[], name: string) => boolean): Structures {
  return Object.fromEntries(Object.entries(ALL).filter(([name, drafts]) => test(drafts, name)))
}

function upTo(jobs: number, structures: Structures, without = ''): Structures {
  return choose((all, name) => all.length <= jobs && name in structures && name !== without)
}

function only(which: number, change: Partial<Draft>): Change {
  return (_, index) => (index === which ? change : {})
}
