import { type Game, jobAt } from './look.ts'
import { type Event, type Moment, progressOf } from './moment.ts'
import { STEPS } from './steps.ts'
import type { Job } from './world.ts'

/** Everything that can happen next. */
export function eventsAfter(game: Game, moment: Moment): Event[] {
  const events: Event[] = []
  for (const [index, job] of game.world.jobs.entries())
    if (canMove(job, moment, index)) events.push(move(game, moment, job, index))

  for (const [place, written] of moment.onTheWay.entries()) {
    const onTheWay = moment.onTheWay.toSpliced(place, 1)
    const arrived = {
      ...moment,
      onTheWay,
      history: [...moment.history, written],
      race: 'late' as const,
    }
    events.push([`a ${written.state} of ${nameAt(game, written.by)} arrives late`, arrived])
  }

  const canFlood = game.world.trouble === 'flood' && !moment.history.includes('flood')
  if (canFlood && moment.history.length > 0)
    events.push(['a flood', { ...moment, history: [...moment.history, 'flood'] }])
  return events
}

function canMove({ after, beside }: Job, { jobs }: Moment, index: number): boolean {
  const next = jobs[index]?.next
  if (next !== 'begin') return next !== 'end'

  const hasBegun = (other: number) => jobs[other]?.next !== 'begin'
  const hasEnded = (other: number) => jobs[other]?.next === 'end'
  return after.every(hasEnded) && (beside ?? []).every(hasBegun)
}

function move(game: Game, moment: Moment, job: Job, index: number): Event {
  const { next } = progressOf(moment, index)
  if (next === 'end') throw new Error('A job that has ended does nothing')
  const [what, after] = STEPS[next](game, moment, job, index)
  return [`${nameAt(game, index)} ${what}`, after]
}

function nameAt({ world }: Game, index: number): string {
  const { run, attempt, id } = jobAt(world, index)
  return `${run}${attempt > 1 ? `#${attempt}` : ''}/${id}`
}
