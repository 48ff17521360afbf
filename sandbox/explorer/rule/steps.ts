import { decide, type Game, isSame, ownOf } from './look.ts'
import {
  executionOf,
  isLost,
  isSharing,
  type Job,
  type Moment,
  type Progress,
  textOf,
  type Written,
} from './world.ts'

/** What happened, and the moment after it. */
export type Event = [what: string, next: Moment]

/** Everything that can happen next. */
export function eventsAfter(game: Game, moment: Moment): Event[] {
  const { history, onTheWay } = moment
  const events = game.jobs.flatMap((job, index): Event[] => {
    const { next } = moment.jobs[index] as Progress
    if (next === 'end' || (next === 'begin' && !canBegin(job, moment))) return []
    const [what, after] = (STEPS[next] as Step)(game, moment, index, job)
    const attempt = job.attempt > 1 ? `#${job.attempt}` : ''
    return [[`${job.run}${attempt}/${job.id} ${what}`, after]]
  })
  for (const [place, written] of onTheWay.entries()) {
    const arrived = { ...moment, onTheWay: onTheWay.toSpliced(place, 1) }
    events.push([`${textOf(written)} arrives late`, store(arrived, written, true)])
  }
  if (game.trouble === 'flood' && history.length > 0 && !history.includes('flood'))
    events.push(['a flood', { ...moment, history: [...history, 'flood'] }])
  return events
}

function canBegin({ after, beside }: Job, { jobs }: Moment): boolean {
  const hasEnded = (other: number) => jobs[other]?.next === 'end'
  return after.every(hasEnded) && beside.every((other) => jobs[other]?.next !== 'begin')
}

type Step = (game: Game, moment: Moment, index: number, job: Job) => Event

/** What a job does at each of its steps. */
const STEPS: Readonly<Record<string, Step>> = {
  begin(game, moment, index, job) {
    const begun = beginIn(game, moment, job)
    if (job.publishes === 'follow') return open(game, begun, index, job)
    const isSilent = job.publishes === 'nothing' || isLost(job)
    return ['begins', advance(begun, index, { next: isSilent ? 'end' : 'look' })]
  },

  'look to open'(game, moment, index, job) {
    const next = afterOpening(job)
    const opened = moment.history.length - 1
    if (isSame(game, moment, ownOf(game, index, 'opening')))
      return ['finds it open', advance(moment, index, { next, opened })]
    const isFree = decide(game, moment, index, 'opening') !== undefined
    return ['looks to open', advance(moment, index, { next: isFree ? 'open again' : next })]
  },

  'open again'(game, moment, index, job) {
    const isRaced = decide(game, moment, index, 'opening') === undefined
    const stored = store(moment, ownOf(game, index, 'opening'), isRaced)
    const opened = moment.history.length
    return ['opens again', advance(stored, index, { next: afterOpening(job), opened })]
  },

  'look for the step'(game, moment, index) {
    const plan = decide(game, moment, index, 'step')
    const next = plan === undefined ? 'look' : 'write the step'
    return [`looks for its step${saying(plan)}`, advance(moment, index, { next, plan })]
  },

  'write the step'(game, moment, index) {
    const stored = write(game, moment, planOf(moment, index), 'step')
    return ['writes its step', advance(stored, index, { next: 'look', plan: undefined })]
  },

  look: (game, moment, index) => look(game, moment, index, 'write'),

  write(game, moment, index, { trouble }) {
    const plan = planOf(moment, index)
    const again = (after: Moment) => advance(after, index, { next: 'look again' })
    if (trouble === 'result not stored, again') return ['fails to write', again(moment)]
    if (trouble === 'result stored late, again')
      return ['gives a write up', again({ ...moment, onTheWay: [...moment.onTheWay, plan] })]

    const stored = write(game, moment, plan, 'result')
    const isLost = trouble === 'result unanswered, again'
    return isLost ? ['writes, without an answer', again(stored)] : end(stored, index, plan)
  },

  'look again'(game, moment, index) {
    const old = planOf(moment, index)
    const isDone = isSame(game, moment, old)
    return isDone ? end(moment, index, old) : look(game, moment, index, 'write again')
  },

  'write again'(game, moment, index) {
    const plan = planOf(moment, index)
    return end(write(game, moment, plan, 'result'), index, plan)
  },
}

function beginIn(game: Game, moment: Moment, job: Job): Moment {
  const { begun } = moment
  const execution = executionOf(job)
  if (!begun.includes(execution)) return { ...moment, begun: [...begun, execution] }
  const isLate = isSharing(job, game) && begun.at(-1) !== execution
  return { ...moment, isLate: moment.isLate || isLate }
}

/** The first attempt of the opening. */
function open(game: Game, moment: Moment, index: number, job: Job): Event {
  const own = ownOf(game, index, 'opening')
  const { trouble = '' } = job
  const isStored = !/^opening (refused|not stored|stored late)/.test(trouble)
  const next = /^opening .*again/.test(trouble) ? 'look to open' : afterOpening(job)
  const opened = trouble.startsWith('opening') ? undefined : moment.history.length
  const onTheWay = trouble.startsWith('opening stored late') ? [own] : moment.onTheWay
  const after = isStored ? store(moment, own, false) : moment
  return [
    `opens${trouble && ` (${trouble})`}`,
    advance({ ...after, onTheWay }, index, { next, opened }),
  ]
}

function afterOpening(job: Job): Progress['next'] {
  if (isLost(job)) return 'end'
  return job.step === undefined ? 'look' : 'look for the step'
}

function look(game: Game, moment: Moment, index: number, write: 'write' | 'write again'): Event {
  const plan = decide(game, moment, index, 'result')
  const next = plan === undefined ? 'end' : write
  return [`looks${saying(plan)}`, advance(moment, index, { next, plan })]
}

/** After a write; after a mark comes another look. */
function end(moment: Moment, index: number, plan: Written): Event {
  const isMark = plan.kind === 'mark'
  const change = isMark ? { next: 'look', marked: moment.history.length - 1 } : { next: 'end' }
  return [`writes${saying(plan)}`, advance(moment, index, { ...change, plan: undefined })]
}

/** A write loses a race if another look would lead to something else. */
function write(game: Game, moment: Moment, plan: Written, kind: 'step' | 'result'): Moment {
  return store(moment, plan, textOf(decide(game, moment, plan.by, kind)) !== textOf(plan))
}

function store(moment: Moment, written: Written, isRaced: boolean): Moment {
  const history = [...moment.history, written]
  return { ...moment, history, isRaced: moment.isRaced || isRaced }
}

function advance(moment: Moment, index: number, change: Partial<Progress>): Moment {
  const progress = { ...(moment.jobs[index] as Progress), ...change }
  return { ...moment, jobs: moment.jobs.with(index, progress) }
}

const planOf = ({ jobs }: Moment, index: number) => jobs[index]?.plan as Written

function saying(plan: Written | undefined): string {
  if (plan === undefined) return ': leaves the name'
  const state = plan.kind === 'mark' ? 'that it has passed' : plan.state
  return plan.by === plan.of ? ` ${state}` : ` the ${state} of job ${plan.of}`
}
