import { isStale } from '../../../src/github/status.ts'
import type { Seen, Us } from '../../../src/publish/last-word/entries.ts'
import { hasNewerExecution, lastWord, PASSED } from '../../../src/publish/last-word/last-word.ts'
import { relayOf } from '../../../src/publish/last-word/rules.ts'
import { isOurJob, jobLink, type Job as LinkedJob } from '../../../src/status/link.ts'
import { GITHUB } from '../../../src/status/platform.ts'
import { type Job, type Moment, textOf, type World, type Written } from './world.ts'

/** One world, with what was decided in it before. */
export type Game = World & { decisions: Map<string, Written | undefined> }

type Kind = Written['kind']
type History = Moment['history']

const SERVER = { server: 'https://github.com', repository: 'octo-org/octo-repo', platform: GITHUB }

/** What a job would write if nothing kept it from that. */
export function ownOf({ jobs }: World, index: number, kind: Kind): Written {
  const { step = 'pending', result = 'pending' } = jobs[index] ?? {}
  const state = { opening: 'pending', mark: 'pending', step, result } as const
  return { by: index, of: index, kind, state: state[kind] }
}

/** What a job decides to write after a look, or undefined if it leaves the name as it is. */
export function decide(game: Game, moment: Moment, index: number, kind: Kind): Written | undefined {
  const { opened, marked } = moment.jobs[index] ?? {}
  const key = [index, kind, opened, marked, ...moment.history.map(textOf)].join(';')
  if (!game.decisions.has(key)) game.decisions.set(key, decideAnew(game, moment, index, kind))
  return game.decisions.get(key)
}

function decideAnew(world: World, moment: Moment, index: number, kind: Kind): Written | undefined {
  const { history } = moment
  const own = ownOf(world, index, kind)
  const us = usOf(world, moment, index, kind)
  if (kind === 'opening') return hasNewerExecution(look(world, history, us), us) ? undefined : own

  const { opened, marked } = moment.jobs[index] ?? {}
  const known = [opened, marked].filter((place) => place !== undefined)
  const readings = readingsOf(world, history, index, known).map((one) => look(world, one, us))
  const seen = readings.find((one) => !isStale(one, known.map(String)))
  // What cannot be read is no reason not to publish; but a mark stays.
  if (seen === undefined) return us.hasMarked ? undefined : own

  const decision = lastWord(seen, us, own.state)
  if (decision.does === 'repeat') return { ...(history[decision.status.id] as Written), by: index }
  if (decision.does === 'mark') return ownOf(world, index, 'mark')
  return decision.does === 'leave' ? undefined : own
}

/** What a job gets to read: from a stale server all from before what it has written last. */
function readingsOf(world: World, history: History, index: number, known: number[]): History[] {
  const trouble = world.jobs[index]?.trouble
  const stale = history.slice(0, Math.max(0, ...known))
  if (trouble === 'stale twice') return [stale, stale]
  return trouble === 'stale once' ? [stale, history] : [history]
}

/** Whether the newest status is what we would write. */
export function isSame(world: World, moment: Moment, plan: Written): boolean {
  const [top] = look(world, moment.history, usOf(world, moment, plan.by, 'step'))
  return JSON.stringify(top) === JSON.stringify(seenOf(world, plan, top?.id ?? 0))
}

function usOf({ jobs }: World, moment: Moment, index: number, kind: Kind): Us {
  const job = jobs[index] as Job
  const { opened, marked } = moment.jobs[index] ?? {}
  const us = { job: linkedJob(job), opened: opened === undefined ? [] : [String(opened)] }
  if (job.publishes === 'follow' && kind !== 'step')
    return { ...us, follows: true, hasMarked: marked !== undefined }
  return { ...us, follows: false, speaksFor: linkOf(job, kind).speaksFor }
}

/** The newest three pages, newest first; followed, on to the pending that our own job opened. */
function look(world: World, history: History, us: Us): Seen[] {
  const seen: Seen[] = []
  let isFound = !us.follows
  for (const [place, written] of [...history.entries()].reverse()) {
    if (written === 'flood' && isFound) break
    if (written === 'flood') continue
    const status = seenOf(world, written, place)
    seen.push(status)
    isFound ||= isOpening(status, us)
  }
  return seen
}

function isOpening({ id, state, target_url }: Seen, { opened, job }: Us): boolean {
  if (opened.length > 0) return opened.includes(String(id))
  return state === 'pending' && isOurJob(target_url, job)
}

/** Of one state all have the same text, as if the user had set it. */
function seenOf({ jobs }: World, { of, kind, state }: Written, id: number): Seen {
  const description = kind === 'mark' ? PASSED : `It is ${state}`
  return { id, state, description, target_url: linkOf(jobs[of] as Job, kind).targetUrl }
}

/** Where a status links, and the run that it speaks for. */
function linkOf(job: Job, kind: Kind): ReturnType<typeof relayOf> {
  const { run, attempt } = job.relays ?? job
  const own = linkedJob(job)
  const marks = { opening: 'follows', mark: 'passed', step: undefined, result: undefined } as const
  const mark = marks[kind]
  const isLate = kind === 'result' && job.publishes === 'follow'
  const isOwn = mark !== undefined || (job.link === 'late' && !isLate)
  const targetUrl = (isOwn ? undefined : givenBy(job, run)) ?? jobLink(own, mark) ?? ''
  return relayOf(targetUrl, own, { workflow_run: { id: run, run_attempt: attempt } })
}

/** The user's link, if there is one. */
function givenBy({ link }: Job, run: number): string | undefined {
  const { server, repository } = SERVER
  if (link === 'late' || link === 'fixed') return 'https://ci.example/'
  if (/page|relay/.test(link)) return `${server}/${repository}/actions/runs/${run}`
  return link.startsWith('run ')
    ? `${server}/octo-org/another/actions/runs/${link.slice(4)}`
    : undefined
}

function linkedJob({ run, attempt, id, link }: Job): LinkedJob {
  const job = link === 'run' || link === 'run page' ? '' : String(id)
  const repository = link === 'renamed' ? 'octo-org/old-name' : SERVER.repository
  return { ...SERVER, repository, run: String(run), attempt, job }
}
