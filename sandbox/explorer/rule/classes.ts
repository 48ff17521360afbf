import type { Finding } from './explore.ts'
import { isSharing, type Job, type World } from './world.ts'

type Explains = (world: World, finding: Finding) => boolean

const hasNoIds = ({ link }: World) => link === 'run' || link === 'run page'
const hasSharing = (world: World) => world.jobs.some((job) => isSharing(job, world))
const hasReRun = ({ jobs }: World) => jobs.some(({ attempt }) => attempt > 1)
const isRenamed = ({ mode }: World) => mode.includes('renamed')
const hasTrouble =
  (...troubles: string[]): Explains =>
  ({ trouble }) =>
    troubles.includes(trouble)

/** What no client of the API can close; docs/limits.md says why. */
const CLASSES: Readonly<Record<string, Explains>> = {
  'runs begin in another order than they were created in': (_, { isDisputable }) => isDisputable,
  'two readings lack what is stored': hasTrouble('stale twice'),
  'hundreds of other statuses come between': hasTrouble('flood'),
  // The link names no run, or neither job nor attempt although there is a re-run, or a repository that is renamed.
  'a single state has a link of its own': (world) =>
    world.jobs.some(({ publishes, step, link }) => {
      const isVague = link === 'page' && hasReRun(world)
      const isNameless = ['fixed', 'run 50', 'run 150'].includes(link) || isVague
      return (publishes === 'once' || step !== undefined) && (isNameless || isRenamed(world))
    }),
  'one of the jobs that share a name is re-run': ({ jobs }) =>
    jobs.some((job) => isOneOfSeveral(job, jobs)),
  'a re-run on a server without job ids': (world) => hasNoIds(world) && hasReRun(world),
  'jobs that share a name, on a server without job ids': (world) =>
    hasNoIds(world) && hasSharing(world),
  "a followed job's step publishes a failure, and jobs share the name or have no ids": (world) =>
    world.jobs.some(({ step }) => step === 'failure') && (hasNoIds(world) || hasSharing(world)),
  "a relay's pending comes after its result": ({ structure }) => structure.startsWith('a relay in'),
  'a pending was never stored, or later than its job began': hasTrouble(
    'opening refused',
    'opening not stored, again',
    'opening stored late, again',
  ),
  'the answer to a result with a link of its own is lost, and jobs share the name': (world) =>
    world.trouble === 'result unanswered, again' && ['late', 'fixed'].includes(world.link),
  // It puts its pending on the newer run, and has to replace it.
  'a job that shares a name begins after a newer run has begun': (world, { isLate, wrong }) =>
    isLate && (wrong !== 'green over red' || world.trouble === 'runner lost'),
  "a re-run's roll-up meets one whose job is created later": (world) =>
    world.structure.startsWith('roll-ups') && hasReRun(world),
}

const CAN_BE_STUCK = [
  'hundreds of other statuses come between',
  "a relay's pending comes after its result",
]

export const UNEXPLAINED = 'not explained'

/** The first class that explains what is wrong. What none explains is a mistake of the rule. */
export function classOf(world: World, finding: Finding): string {
  const found = Object.entries(CLASSES).find(
    ([name, explains]) =>
      explains(world, finding) && (finding.wrong !== 'stuck' || CAN_BE_STUCK.includes(name)),
  )
  return found?.[0] ?? UNEXPLAINED
}

/** Whether a job is re-run without another one of its run. */
function isOneOfSeveral(job: Job, jobs: readonly Job[]): boolean {
  const countOf = (attempt: number) =>
    jobs.filter((other) => other.run === job.run && other.attempt === attempt).length
  return job.repeats !== undefined && countOf(job.attempt - 1) > countOf(job.attempt)
}
