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
    const { plan } = progressOf(moment, index)
    const stored = write(game, moment, plan, 'step')
    return [`writes${saying(plan)}`, advance(stored, index, { next: 'look', plan: undefined })]
  },

  look(game, moment, _, index) {
    const plan = decide(game, moment, index, 'result')
    const next = plan === undefined ? 'end' : 'write'
    return [`looks${saying(plan)}`, advance(moment, index, { next, plan })]
  },

  write(game, moment, job, index) {
    const { plan } = progressOf(moment, index)
    const again = (after: Moment) => advance(after, index, { next: 'look again' })

    if (job.trouble === 'result not stored, again') return ['fails to write', again(moment)]
    if (job.trouble === 'result stored late, again')
      return ['gives a write up', again(send(moment, plan))]

    const stored = write(game, moment, plan, 'result')
    if (job.trouble === 'result unanswered, again')
      return [`writes${saying(plan)}, without an answer`, again(stored)]
    return [`writes${saying(plan)}`, advance(stored, index, { next: 'end', plan: undefined })]
  },

  'look again'(game, moment, _, index) {
    const { plan: old } = progressOf(moment, index)
    const isDone = old !== undefined && placeOfSame(game, moment, old) !== undefined
    const plan = isDone ? undefined : decide(game, moment, index, 'result')
    const next = plan === undefined ? 'end' : 'write again'
    return [`looks again${saying(plan)}`, advance(moment, index, { next, plan })]
  },

  'write again'(game, moment, _, index) {
    const { plan } = progressOf(moment, index)
    const stored = write(game, moment, plan, 'result')
    return [`writes${saying(plan)}`, advance(stored, index, { next: 'end', plan: undefined })]
  },
}

/** A write is overtaken if another look would lead to something else. */
function write(game: Game, moment: Moment, plan: Written | undefined, kind: 'step' | 'result') {
  if (plan === undefined) throw new Error('Nothing to write')
  const now = decide(game, moment, plan.by, kind)
  return store(moment, plan, textOf(now) !== textOf(plan))
}

function saying(plan: Written | undefined): string {
  if (plan === undefined) return ': leaves the name'
  return plan.by === plan.of ? ` ${plan.state}` : ` the ${plan.state} of job ${plan.of}`
}
