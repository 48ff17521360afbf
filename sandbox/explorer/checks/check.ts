import { isOnce, type JobRecord } from '../plan.ts'
import type { Played } from '../play.ts'
import { checkClaims } from './claims.ts'
import { excuseOf } from './excuses.ts'
import type { CheckStage } from './lines.ts'
import { checkGate, checkList } from './lists.ts'
import { checkMoments } from './moments.ts'
import { type Name, namesIn } from './name.ts'
import { rightStates } from './right.ts'
import { checkCommits, checkSecrets } from './secrets.ts'
import { checkSilence } from './silence.ts'
import { checkTime } from './time.ts'
import { checkWrites } from './writes.ts'

/** What must never be, a sentence each, and why what ended otherwise than it should could not be helped. */
export type Findings = { wrong: string[]; excused: string[] }

const OF_STAGES: readonly CheckStage[] = [
  checkTime,
  checkSecrets,
  ({ crash }) => (crash === undefined ? [] : [`crashes: ${crash}`]),
  checkClaims,
  checkSilence,
  checkWrites,
]

/** Everything that has to hold of what was played. */
export function check(played: Played): Findings {
  const names = namesIn(played)
  const ends = names.map((name) => checkEnd(name, played))
  return {
    wrong: [
      ...played.jobs.flatMap((job) => checkJob(job, played)),
      ...names.flatMap((name) => checkMoments(name, played)),
      ...ends.flatMap(({ wrong }) => wrong ?? []),
    ],
    excused: ends.flatMap(({ excuse }) => excuse ?? []),
  }
}

function checkJob(job: JobRecord, played: Played): string[] {
  const ofStages = job.stages.flatMap((stage) => {
    const own = played.exchanges.filter((one) => one.by === job.name && one.stage === stage.name)
    const found = OF_STAGES.flatMap((checkStage) => checkStage(stage, job, played, own))
    return found.map((what) => `${stage.name} of ${job.name} ${what}`)
  })
  const ofJob = [checkCommits, checkList, checkGate].flatMap((checkOne) => checkOne(job, played))
  return [...ofStages, ...ofJob]
}

type End = { wrong?: string; excuse?: string }

/** What a name shows in the end has to be right, or what no client can close has to explain it. */
function checkEnd(name: Name, played: Played): End {
  const last = name.history.at(-1)
  const right = rightStates(name, name.executions)
  if (last === undefined || [...right].some((state) => state === last.status.state)) return {}

  // A pending that was asked for by a job that publishes once waits for nobody.
  const isAskedFor = last.by !== undefined && isOnce(last.by.plan)
  const isPending = last.status.state === 'pending' && !isAskedFor
  const excuse = excuseOf(name, played, isPending)
  if (excuse !== undefined) return { excuse }
  const { state, description } = last.status
  const expected = [...right].join(' or ')
  const end = `"${name.context}" ends as ${state} of ${last.by?.name} ("${description}")`
  return { wrong: `${end}, and it had to be ${expected || 'nothing at all'}` }
}
