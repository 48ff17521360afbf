import { decide, type Game, ownOf, placeOfSame } from './look.ts'
import { advance, type Event, type Moment, type Progress, send, store } from './moment.ts'
import { executionOf, isSharing, type Job } from './world.ts'

export function begin(game: Game, moment: Moment, job: Job, index: number): Event {
  const execution = executionOf(job)
  const isFirst = !moment.begun.includes(execution)
  const begun = isFirst
    ? { ...moment, begun: [...moment.begun, execution] }
    : { ...moment, isLate: moment.isLate || isLate(game, moment, job) }
  if (job.publishes === 'follow') return openFirst(game, begun, job, index)

  const isSilent = job.publishes === 'nothing' || job.trouble === 'runner lost'
  return ['begins', advance(begun, index, { next: isSilent ? 'end' : 'look' })]
}

/** Whether a job that shares its name begins when another execution has begun after its own. */
function isLate({ world }: Game, { begun }: Moment, job: Job): boolean {
  return isSharing(job, world) && begun.at(-1) !== executionOf(job)
}

/** The first attempt of the opening. */
function openFirst(game: Game, moment: Moment, job: Job, index: number): Event {
  const own = ownOf(game, index, 'opening')
  const next = afterOpening(job)
  const opened = moment.history.length
  const stored = store(moment, own, false)
  const again = (after: Moment) => advance(after, index, { next: 'look to open' })

  switch (job.trouble) {
    case 'opening refused':
      return ['begins, is not let open', advance(moment, index, { next })]
    case 'opening unanswered':
      return ['opens, without an answer', advance(stored, index, { next })]
    case 'opening unanswered, again':
      return ['opens, without an answer', again(stored)]
    case 'opening not stored, again':
      return ['begins, fails to open', again(moment)]
    case 'opening stored late, again':
      return ['begins, gives an opening up', again(send(moment, own))]
    default:
      return ['opens', advance(stored, index, { next, opened })]
  }
}

function afterOpening({ trouble, step }: Job): Progress['next'] {
  if (trouble === 'runner lost') return 'end'
  return step === undefined ? 'look' : 'look for the step'
}

/** A look before the opening is tried again. */
export function lookToOpen(game: Game, moment: Moment, job: Job, index: number): Event {
  const next = afterOpening(job)
  const own = ownOf(game, index, 'opening')
  const opened = placeOfSame(game, moment, own)
  if (opened !== undefined) return ['finds it open', advance(moment, index, { next, opened })]

  const isFree = decide(game, moment, index, 'opening') !== undefined
  return isFree
    ? ['will open again', advance(moment, index, { next: 'open' })]
    : ['opens nothing', advance(moment, index, { next })]
}

export function openAgain(game: Game, moment: Moment, job: Job, index: number): Event {
  const own = ownOf(game, index, 'opening')
  const isOvertaken = decide(game, moment, index, 'opening') === undefined
  const opened = moment.history.length
  const stored = store(moment, own, isOvertaken)
  return ['opens again', advance(stored, index, { next: afterOpening(job), opened })]
}
