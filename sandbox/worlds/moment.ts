import type { Result, World } from './world.ts'

/** What a job writes at its start, by a step, at its end, and while another job of its name still runs. */
export type Kind = 'opening' | 'step' | 'result' | 'mark'

/** A status as a job writes it: `by` wrote it, `of` is the job whose status it repeats, else the same. */
export type Written = { by: number; of: number; kind: Kind; state: Result }

/** What a job does next. */
export type Step =
  | 'begin'
  | 'look to open'
  | 'open'
  | 'look for the step'
  | 'write the step'
  | 'look'
  | 'write'
  | 'look again'
  | 'write again'
  | 'end'

/**
 * How far a job is: `opened` is the place in the history of what it has opened, `plan` what it is about to write, `marked`
 * whether it has said that it has passed.
 */
export type Progress = {
  next: Step
  opened: number | undefined
  plan: Written | undefined
  marked: boolean
}

/**
 * A moment of a world.
 * @property history oldest first; `flood` stands for 350 statuses of other names
 * @property begun the executions in the order in which they began
 * @property onTheWay requests that their sender has given up
 * @property race what no client can prevent, and whatever comes of it: a job has written what it would not have written
 * after another look, or a request has arrived that its sender had given up
 * @property isLate a job of an execution has begun after another execution had
 */
export type Moment = {
  history: readonly (Written | 'flood')[]
  jobs: readonly Progress[]
  begun: readonly number[]
  onTheWay: readonly Written[]
  race: 'none' | 'overtaken' | 'late'
  isLate: boolean
}

export function beginningOf({ jobs }: World): Moment {
  const waiting: Progress = { next: 'begin', opened: undefined, plan: undefined, marked: false }
  return {
    history: [],
    jobs: jobs.map(() => waiting),
    begun: [],
    onTheWay: [],
    race: 'none',
    isLate: false,
  }
}

/** What happened, and the moment after it. */
export type Event = [what: string, next: Moment]

/** The same text for the same moment, however it came about. */
export function keyOf(moment: Moment): string {
  const { history, jobs, begun, onTheWay, race, isLate } = moment
  const written = history.map(textOf)
  const progress = jobs.map(
    ({ next, opened, plan, marked }) => `${next},${opened},${marked},${textOf(plan)}`,
  )
  const parts = [written, progress, begun, onTheWay.map(textOf), [race, isLate]]
  return parts.map((part) => part.join(';')).join('|')
}

export function textOf(written: Written | 'flood' | undefined): string {
  if (written === undefined || written === 'flood') return written ?? ''
  return `${written.by} ${written.of} ${written.kind} ${written.state}`
}

/** The newest status of the name. */
export function newestIn({ history }: Moment): Written | undefined {
  return history.findLast((one) => one !== 'flood')
}

export function store(moment: Moment, written: Written, isOvertaken: boolean): Moment {
  const history = [...moment.history, written]
  return { ...moment, history, ...(isOvertaken && { race: 'overtaken' }) }
}

export function send(moment: Moment, written: Written): Moment {
  return { ...moment, onTheWay: [...moment.onTheWay, written] }
}

export function advance(moment: Moment, index: number, change: Partial<Progress>): Moment {
  const jobs = moment.jobs.with(index, { ...progressOf(moment, index), ...change })
  return { ...moment, jobs }
}

export function progressOf({ jobs }: Moment, index: number): Progress {
  const progress = jobs[index]
  if (progress === undefined) throw new Error(`No job ${index}`)
  return progress
}
