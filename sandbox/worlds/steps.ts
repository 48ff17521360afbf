import { decide, type Game, placeOfSame } from './look.ts'
import {
  advance,
  type Event,
  type Moment,
  type Progress,
  progressOf,
  send,
  store,
  textOf,
  type Written,
} from './moment.ts'
import { begin, lookToOpen, openAgain } from './opening.ts'
import type { Job } from './world.ts'

type Step = (game: Game, moment: Moment, job: Job, index: number) => Event

/** What a job does at each of its steps. */
export const STEPS: Readonly<Record<Exclude<Progress['next'], 'end'>, Step>> = {
  begin,
  'look to open': lookToOpen,
  open: openAgain,

  'look for the step'(game, moment, _, index) {
    const plan = decide(game, moment, index, 'step')
    const next = plan === undefined ? 'look' : 'write the step'
    return [`looks for its step${saying(plan)}`, advance(moment, index, { next, plan })]
  },

  'write the step'(game, moment, _, index) {
    const plan = planOf(moment, index)
    const stored = write(game, moment, plan, 'step')
    return [`writes${saying(plan)}`, advance(stored, index, { next: 'look', plan: undefined })]
  },

  look: (game, moment, _, index) => look(game, moment, index, 'write'),

  write(game, moment, { trouble }, index) {
    const plan = planOf(moment, index)
    const again = (after: Moment) => advance(after, index, { next: 'look again' })

    if (trouble === 'result not stored, again') return ['fails to write', again(moment)]
    if (trouble === 'result stored late, again')
      return ['gives a write up', again(send(moment, plan))]

    const stored = write(game, moment, plan, 'result')
    if (trouble === 'result unanswered, again')
      return [`writes${saying(plan)}, without an answer`, again(stored)]
    return after(stored, index, plan)
  },

  'look again'(game, moment, _, index) {
    const old = planOf(moment, index)
    const isDone = placeOfSame(game, moment, old) !== undefined
    return isDone ? after(moment, index, old) : look(game, moment, index, 'write again')
  },

  'write again'(game, moment, _, index) {
    const plan = planOf(moment, index)
    return after(write(game, moment, plan, 'result'), index, plan)
  },
}

function look(game: Game, moment: Moment, index: number, write: 'write' | 'write again'): Event {
  const plan = decide(game, moment, index, 'result')
  const next = plan === undefined ? 'end' : write
  return [`looks${saying(plan)}`, advance(moment, index, { next, plan })]
}

/** After a mark comes another look. */
function after(moment: Moment, index: number, plan: Written): Event {
  const isMark = plan.kind === 'mark'
  const change = isMark ? ({ next: 'look', marked: true } as const) : ({ next: 'end' } as const)
  return [`writes${saying(plan)}`, advance(moment, index, { ...change, plan: undefined })]
}

function planOf(moment: Moment, index: number): Written {
  const { plan } = progressOf(moment, index)
  if (plan === undefined) throw new Error('Nothing to write')
  return plan
}

/** A write is overtaken if another look would lead to something else. */
function write(game: Game, moment: Moment, plan: Written, kind: 'step' | 'result'): Moment {
  const now = decide(game, moment, plan.by, kind)
  return store(moment, plan, textOf(now) !== textOf(plan))
}

function saying(plan: Written | undefined): string {
  if (plan === undefined) return ': leaves the name'
  if (plan.kind === 'mark') return ' that it has passed'
  return plan.by === plan.of ? ` ${plan.state}` : ` the ${plan.state} of job ${plan.of}`
}
