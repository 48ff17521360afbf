import type { Finding } from './explore.ts'
import { isSharing, type Job, type World } from './world.ts'

/** A class of wrong ends that no client of the API can close, and why. */
export type Class = {
  name: string
  reason: string
  explains: (world: World, finding: Finding) => boolean
}

/** The first one that explains a wrong end names it. Whatever none of them explains is a mistake of the rule. */
export const CLASSES: readonly Class[] = [
  {
    name: 'runs begin in another order than they were created in',
    reason: 'Ids alone tell the order of those that do not show when they began.',
    explains: (_, { isDisputable }) => isDisputable,
  },
  {
    name: 'two readings lack what is stored',
    reason: 'Neither is believed, and a result is published without one.',
    explains: ({ trouble }) => trouble === 'stale twice',
  },
  {
    name: 'hundreds of other statuses come between',
    reason: 'The newest 300 are read, or those down to our own pending.',
    explains: ({ trouble }) => trouble === 'flood',
  },
  {
    name: 'a single state has a link of its own',
    reason: 'Nothing in it says which run, or which attempt, it is from.',
    explains: ({ jobs }) => jobs.some((job) => publishesOnce(job) && isNameless(job, jobs)),
  },
  {
    name: 'one of the jobs that share a name is re-run',
    reason: 'What an earlier attempt has said is not taken for the last word of a job.',
    explains: ({ jobs }) => jobs.some((job) => isOneOfSeveral(job, jobs)),
  },
  {
    name: 'a re-run on a server without job ids',
    reason: 'Nothing but a job id tells whether a re-run was created before another run.',
    explains: (world) => hasNoIds(world) && world.jobs.some(({ attempt }) => attempt > 1),
  },
  {
    name: 'jobs that share a name, on a server without job ids',
    reason: 'Nothing tells whose status is whose, so a job that still runs is not seen.',
    explains: (world) => hasNoIds(world) && world.jobs.some((job) => isSharing(job, world)),
  },
  {
    name: "a followed job's step publishes a failure, and jobs share the name or have no ids",
    reason: 'A success must not hide what can be the failure of another job.',
    explains: (world) =>
      world.jobs.some(({ step }) => step === 'failure') &&
      (hasNoIds(world) || world.jobs.some((job) => isSharing(job, world))),
  },
  {
    name: "a relay's pending comes after its result",
    reason: 'What is published once replaces what came before.',
    explains: ({ jobs }) =>
      jobs.some(
        ({ relays, result, after }) => relays && result !== 'pending' && after.length === 1,
      ),
  },
  {
    name: "a relay's pending links to the relay's own run",
    reason: 'Relays can be created in another order than the runs that they relay.',
    explains: ({ jobs }) => jobs.some(({ relays, link }) => relays && link === 'job'),
  },
  {
    name: 'a pending was never stored, or later than its job began',
    reason: 'Nothing shows when its execution began.',
    explains: ({ trouble }) =>
      ['opening refused', 'opening not stored, again', 'opening stored late, again'].includes(
        trouble,
      ),
  },
  {
    name: 'the answer to a result with a link of its own is lost, and jobs share the name',
    reason: 'When the result is found, it could be that of another job.',
    explains: ({ trouble, link }) =>
      trouble === 'result unanswered, again' && (link === 'late' || link === 'fixed'),
  },
  {
    name: 'a job that shares a name begins after a newer run has begun',
    reason: 'It puts its pending on the newer run, and has to replace it.',
    explains: (_, { isLate }) => isLate,
  },
  {
    name: "a re-run's roll-up meets one whose job is created later",
    reason: 'A roll-up shows only its end: the ids of its job stand for its beginning.',
    explains: ({ mode, jobs }) => mode === 'roll-up' && jobs.some(({ attempt }) => attempt > 1),
  },
]

export function classOf(world: World, finding: Finding): string {
  return CLASSES.find(({ explains }) => explains(world, finding))?.name ?? 'not explained'
}

function publishesOnce({ publishes, step }: Job): boolean {
  return publishes === 'once' || step !== undefined
}

/** Whether what a job publishes once names no run, or neither job nor attempt where there is a re-run. */
function isNameless({ link }: Job, jobs: readonly Job[]): boolean {
  const isVague = link === 'page' && jobs.some(({ attempt }) => attempt > 1)
  return ['fixed', 'renamed', 'run 50', 'run 150'].includes(link) || isVague
}

function hasNoIds({ link }: World): boolean {
  return link === 'run' || link === 'run page'
}

/** Whether a job is re-run without another one of its run. */
function isOneOfSeveral(job: Job, jobs: readonly Job[]): boolean {
  if (job.repeats === undefined) return false
  const ofRun = jobs.filter(({ run }) => run === job.run)
  const before = ofRun.filter(({ attempt }) => attempt === job.attempt - 1)
  return before.length > ofRun.filter(({ attempt }) => attempt === job.attempt).length
}
