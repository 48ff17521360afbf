import type { Seen, Us } from '../../src/publish/last-word/entries.ts'
import { isOurJob, jobLink, type Job as LinkedJob } from '../../src/status/link.ts'
import { GITHUB } from '../../src/status/platform.ts'
import { type Moment, textOf, type Written } from './moment.ts'
import type { Job, Rule, World } from './world.ts'

/** One world played by one rule. */
export type Game = { world: World; rule: Rule; decisions: Map<string, Written | undefined> }

/** What a job writes at its start, by a step, and at its end. */
export type Kind = 'opening' | 'step' | 'result'

const SERVER = { server: 'https://github.com', repository: 'octo-org/octo-repo', platform: GITHUB }

/** What a job would write if nothing kept it from that. */
export function ownOf({ world }: Game, index: number, kind: Kind): Written {
  const job = jobAt(world, index)
  const state = { opening: 'pending', step: job.step ?? 'pending', result: job.result } as const
  return { by: index, of: index, state: state[kind], link: linkOf(job, kind) }
}

function linkOf(job: Job, kind: Kind): Written['link'] {
  const isLate = job.link === 'late' && kind === 'result'
  const isFixed = job.link === 'fixed' && kind !== 'opening'
  if (isLate || isFixed) return 'elsewhere'
  return job.link === 'run' ? 'run' : 'job'
}

/** What a job decides to write after a look, or undefined if it leaves the name as it is. */
export function decide(game: Game, moment: Moment, index: number, kind: Kind): Written | undefined {
  const key = [index, kind, moment.jobs[index]?.opened, ...moment.history.map(nameOf)].join(';')
  if (!game.decisions.has(key)) game.decisions.set(key, decideAnew(game, moment, index, kind))
  return game.decisions.get(key)
}

function decideAnew(game: Game, moment: Moment, index: number, kind: Kind): Written | undefined {
  const us = usOf(game, moment, index, kind)
  const own = ownOf(game, index, kind)
  const history = look(game, moment, us)

  if (kind === 'opening') return game.rule.hasNewerExecution(history, us) ? undefined : own

  const decision = game.rule.lastWord(history, us, own.state)
  if (decision.does === 'publish') return own
  if (decision.does === 'leave') return undefined
  if (decision.does === 'mark') return own
  const repeated = writtenAt(moment, decision.status.id)
  return { ...repeated, by: index }
}

/** The place in the history of the newest status, if that is what we would write. */
export function placeOfSame(game: Game, moment: Moment, plan: Written): number | undefined {
  const [top] = look(game, moment, usOf(game, moment, plan.by, 'step'))
  const ours = seenOf(game, plan, 0)
  const fields = ['state', 'description', 'target_url'] as const
  const isSame = top !== undefined && fields.every((field) => top[field] === ours[field])
  return isSame ? top.id : undefined
}

function usOf({ world }: Game, moment: Moment, index: number, kind: Kind): Us {
  const job = jobAt(world, index)
  const opened = moment.jobs[index]?.opened
  return {
    job: linkedJob(job, job.link !== 'run'),
    opened: opened === undefined ? [] : [String(opened)],
    follows: job.publishes === 'follow' && kind !== 'step',
  }
}

/** The newest three pages, newest first; followed, on to the pending that our own job opened. */
function look(game: Game, moment: Moment, us: Us): Seen[] {
  const seen: Seen[] = []
  let isFound = !us.follows
  for (const [place, written] of [...moment.history.entries()].reverse()) {
    if (written === 'flood' && isFound) break
    if (written === 'flood') continue
    const status = seenOf(game, written, place)
    seen.push(status)
    isFound ||= isOpening(status, us)
  }
  return seen
}

function isOpening(status: Seen, { opened, job }: Us): boolean {
  if (opened.length > 0) return opened.includes(String(status.id))
  return status.state === 'pending' && isOurJob(status.target_url, job)
}

function seenOf({ world }: Game, { of, state, link }: Written, id: number): Seen {
  const page = jobLink(linkedJob(jobAt(world, of), link === 'job')) ?? ''
  const target_url = link === 'elsewhere' ? 'https://ci.example/report' : page
  return { id, state, description: `It is ${state}`, target_url }
}

function linkedJob({ run, attempt, id }: Job, hasId: boolean): LinkedJob {
  return { ...SERVER, run: String(run), attempt, job: hasId ? String(id) : '' }
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

function nameOf(written: Written | 'flood'): string {
  return written === 'flood' ? written : textOf(written)
}
