import type { Finding } from './explore.ts'
import { executionOf, type Job, type World } from './world.ts'

/** A class of wrong ends that no client of the API can close, and why. */
export type Class = {
  name: string
  reason: string
  explains: (world: World, finding: Finding) => boolean
}

/** The first one that explains a wrong end names it. Whatever none of them explains is a mistake of the rule. */
export const CLASSES: readonly Class[] = [
  {
    name: 'a request arrives late',
    reason: 'The server stores a status long after its sender has given the request up.',
    explains: (_, { isHaunted }) => isHaunted,
  },
  {
    name: 'someone writes between a look and its write',
    reason: 'The API has no conditional write.',
    explains: (_, { isOvertaken }) => isOvertaken,
  },
  {
    name: 'runs begin in another order than they were created in',
    reason: 'Ids alone tell the order of those that do not show when they began.',
    explains: (_, { isDisputable }) => isDisputable,
  },
  {
    name: 'hundreds of other statuses come between',
    reason: 'The newest 300 are read, or those down to our own pending.',
    explains: ({ trouble }) => trouble === 'flood',
  },
  {
    name: 'a single state has a link of its own',
    reason: 'Nothing in it says which run it is from.',
    explains: ({ jobs }) => jobs.some((job) => job.link === 'fixed' && publishesOnce(job)),
  },
  {
    name: 'one of the jobs that share a name is re-run',
    reason: 'What an earlier attempt has said is not taken for the last word of a job.',
    explains: ({ jobs }) => jobs.some(({ repeats }) => repeats !== undefined),
  },
  {
    name: 'a re-run on a server without job ids',
    reason: 'Nothing but a job id tells whether a re-run was created before another run.',
    explains: ({ link, jobs }) => link === 'run' && jobs.some(({ attempt }) => attempt > 1),
  },
  {
    name: "a followed job's step publishes a failure, on a server without job ids",
    reason: 'It cannot be told from a failure of a sibling, which a success must not hide.',
    explains: ({ link, jobs }) => link === 'run' && jobs.some(({ step }) => step === 'failure'),
  },
  {
    name: 'a pending was never stored',
    reason: 'Nothing shows when its execution began.',
    explains: ({ trouble }) =>
      trouble === 'opening refused' || trouble === 'opening not stored, again',
  },
  {
    name: 'a job that shares a name begins after a newer run has begun',
    reason: 'It puts its pending on the newer run, and has to replace it.',
    explains: ({ jobs }) => jobs.some((job) => isSharing(job, jobs)),
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

function isSharing(job: Job, jobs: readonly Job[]): boolean {
  const isSibling = (other: Job) => other !== job && executionOf(other) === executionOf(job)
  return job.publishes === 'follow' && jobs.some(isSibling)
}
