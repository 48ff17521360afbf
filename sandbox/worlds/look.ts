import { isStale } from '../../src/github/status.ts'
import type { Seen, Us } from '../../src/publish/last-word/entries.ts'
import { PASSED } from '../../src/publish/last-word/last-word.ts'
import { relayOf } from '../../src/publish/last-word/rules.ts'
import { isOurJob, jobLink, type Job as LinkedJob } from '../../src/status/link.ts'
import { GITHUB } from '../../src/status/platform.ts'
import { type Kind, type Moment, progressOf, textOf, type Written } from './moment.ts'
import type { Job, Rule, World } from './world.ts'

/** One world played by one rule. */
export type Game = { world: World; rule: Rule; decisions: Map<string, Written | undefined> }

const SERVER = { server: 'https://github.com', repository: 'octo-org/octo-repo', platform: GITHUB }
const OTHERS = 'https://github.com/octo-org/another-repo/actions/runs'

/** What a job would write if nothing kept it from that. */
export function ownOf({ world }: Game, index: number, kind: Kind): Written {
  const { step = 'pending', result } = jobAt(world, index)
  const state = { opening: 'pending', mark: 'pending', step, result } as const
  return { by: index, of: index, kind, state: state[kind] }
}

/** What a job decides to write after a look, or undefined if it leaves the name as it is. */
export function decide(game: Game, moment: Moment, index: number, kind: Kind): Written | undefined {
  const { opened, marked } = progressOf(moment, index)
  const key = [index, kind, opened, marked, ...moment.history.map(textOf)].join(';')
  if (!game.decisions.has(key)) game.decisions.set(key, decideAnew(game, moment, index, kind))
  return game.decisions.get(key)
}

function decideAnew(game: Game, moment: Moment, index: number, kind: Kind): Written | undefined {
  const own = ownOf(game, index, kind)
  const us = usOf(game, moment, index, kind)
  if (kind === 'opening') {
    return game.rule.hasNewerExecution(look(game, moment, us), us) ? undefined : own
  }
  const readings = readingsOf(game, moment, index).map((history) => look(game, history, us))
  const seen = readings.find((one) => !isStale(one, known(moment, index)))
  // What cannot be read is no reason not to publish; but a mark stays.
  if (seen === undefined) return us.hasMarked ? undefined : own

  const decision = game.rule.lastWord(seen, us, own.state)
  switch (decision.does) {
    case 'publish':
      return own
    case 'leave':
      return undefined
    case 'mark':
      return ownOf(game, index, 'mark')
    case 'repeat':
      return { ...writtenAt(moment, decision.status.id), by: index }
  }
}

/** What a job gets to read: with a stale server, all from before what it has written last. */
function readingsOf({ world }: Game, moment: Moment, index: number): Moment[] {
  const { trouble } = jobAt(world, index)
  const place = Math.max(...known(moment, index).map(Number))
  const stale = { ...moment, history: moment.history.slice(0, Math.max(0, place)) }
  if (trouble === 'stale twice') return [stale, stale]
  return trouble === 'stale once' ? [stale, moment] : [moment]
}

/** The ids of what a job knows to be stored. */
function known(moment: Moment, index: number): string[] {
  const { opened, marked } = progressOf(moment, index)
  const isMark = (one: Written | 'flood') =>
    one !== 'flood' && one.by === index && one.kind === 'mark'
  const mark = marked ? moment.history.findLastIndex(isMark) : undefined
  return [opened, mark].flatMap((place) => (place === undefined ? [] : [String(place)]))
}

/** The place in the history of the newest status, if that is what we would write. */
export function placeOfSame(game: Game, moment: Moment, plan: Written): number | undefined {
  const [top] = look(game, moment, usOf(game, moment, plan.by, 'step'))
  const ours = seenOf(game.world, plan, 0)
  const fields = ['state', 'description', 'target_url'] as const
  const isSame = top !== undefined && fields.every((field) => top[field] === ours[field])
  return isSame ? top.id : undefined
}

function usOf({ world }: Game, moment: Moment, index: number, kind: Kind): Us {
  const job = jobAt(world, index)
  const { opened, marked } = progressOf(moment, index)
  const us = { job: linkedJob(job), opened: opened === undefined ? [] : [String(opened)] }
  if (job.publishes === 'follow' && kind !== 'step')
    return { ...us, follows: true, hasMarked: marked }

  const { speaksFor } = relayOf(addressOf(job, kind), us.job, eventOf(job))
  return { ...us, follows: false, speaksFor }
}

/** The newest three pages, newest first; followed, on to the pending that our own job opened. */
function look({ world }: Game, { history }: Pick<Moment, 'history'>, us: Us): Seen[] {
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

function isOpening(status: Seen, { opened, job }: Us): boolean {
  if (opened.length > 0) return opened.includes(String(status.id))
  return status.state === 'pending' && isOurJob(status.target_url, job)
}

/** Of one state all have the same text, as if the user had set it. */
function seenOf(world: World, { of, kind, state }: Written, id: number): Seen {
  const description = kind === 'mark' ? PASSED : `It is ${state}`
  return { id, state, description, target_url: addressOf(jobAt(world, of), kind) }
}

function addressOf(job: Job, kind: Kind): string {
  const own = linkedJob(job)
  if (kind === 'mark') return jobLink(own, 'passed') ?? ''
  if (kind === 'opening') return jobLink(own, 'follows') ?? ''
  switch (job.link) {
    case 'late':
      return kind === 'result' ? 'https://ci.example/' : (jobLink(own) ?? '')
    case 'fixed':
      return 'https://ci.example/'
    case 'page':
    case 'run page':
      return `https://github.com/octo-org/octo-repo/actions/runs/${job.run}`
    case 'relay':
      return relayOf(
        `https://github.com/octo-org/octo-repo/actions/runs/${job.relays?.run}`,
        own,
        eventOf(job),
      ).targetUrl
    case 'run 50':
    case 'run 150':
      return `${OTHERS}/${job.link.slice(4)}`
    default:
      return jobLink(own) ?? ''
  }
}

/** The event of a relay. */
function eventOf({ relays }: Job): object {
  return { workflow_run: { id: relays?.run, run_attempt: relays?.attempt } }
}

function linkedJob({ run, attempt, id, link }: Job): LinkedJob {
  const hasId = link !== 'run' && link !== 'run page'
  const repository = link === 'renamed' ? 'octo-org/old-name' : SERVER.repository
  return { ...SERVER, repository, run: String(run), attempt, job: hasId ? String(id) : '' }
}

function writtenAt({ history }: Moment, id: number): Written {
  const written = history[id]
  if (written === undefined || written === 'flood') throw new Error(`No status ${id} to repeat`)
  return written
}

export function jobAt({ jobs }: World, index: number): Job {
  const job = jobs[index]
  if (job === undefined) throw new Error(`No job ${index}`)
  return job
}
