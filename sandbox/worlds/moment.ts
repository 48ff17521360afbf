import type { Result, World } from './world.ts'

/** A status as a job writes it: `by` wrote it, `of` is the job whose status it repeats, else the same. */
export type Written = { by: number; of: number; state: Result; link: 'job' | 'run' | 'elsewhere' }

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

/** How far a job is: `opened` is the place in the history of what it has opened, `plan` what it is about to write. */
export type Progress = { next: Step; opened: number | undefined; plan: Written | undefined }

/**
 * A moment of a world.
 * @property history oldest first; `flood` stands for 350 statuses of other names
 * @property begun the executions in the order in which they began
 * @property onTheWay requests that their sender has given up
 * @property isOvertaken a job has written what it would not have written after another look
 * @property isHaunted a request has arrived that its sender had given up
 */
export type Moment = {
  history: readonly (Written | 'flood')[]
  jobs: readonly Progress[]
  begun: readonly number[]
  onTheWay: readonly Written[]
  isOvertaken: boolean
  isHaunted: boolean
}

export function beginningOf({ jobs }: World): Moment {
  const waiting: Progress = { next: 'begin', opened: undefined, plan: undefined }
  return {
    history: [],
    jobs: jobs.map(() => waiting),
    begun: [],
    onTheWay: [],
    isOvertaken: false,
    isHaunted: false,
  }
}

/** What happened, and the moment after it. */
export type Event = [what: string, next: Moment]

/** The same text for the same moment, however it came about. */
export function keyOf(moment: Moment): string {
  const { history, jobs, begun, onTheWay, isOvertaken, isHaunted } = moment
  const written = history.map((one) => (one === 'flood' ? one : textOf(one)))
  const progress = jobs.map(({ next, opened, plan }) => `${next},${opened},${textOf(plan)}`)
  const parts = [written, progress, begun, onTheWay.map(textOf), [isOvertaken, isHaunted]]
  return parts.map((part) => part.join(';')).join('|')
}

export function textOf(written: Written | undefined): string {
  return written === undefined ? '' : `${written.by} ${written.of} ${written.state} ${written.link}`
}

export function store(moment: Moment, written: Written, isOvertaken: boolean): Moment {
  const history = [...moment.history, written]
  return { ...moment, history, isOvertaken: moment.isOvertaken || isOvertaken }
}

export function send(moment: Moment, written: Written | undefined): Moment {
  if (written === undefined) throw new Error('Nothing to send')
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
