import { type Excuse, type Findings, publishedBy } from './check.ts'
import { type JobRecord, nameOf } from './jobs.ts'
import type { Played } from './play.ts'

export type Tally = {
  worlds: Map<string, number>
  weather: Map<string, number>
  faults: Map<string, number>
  ends: Map<string, number>
  excused: Map<Excuse, number>
  jobs: number
  stages: number
  requests: number
  reads: number
  published: number
  warned: number
  failed: number
  /** Milliseconds, of simulated time. */
  lasted: number
}

export function newTally(): Tally {
  return {
    worlds: new Map(),
    weather: new Map(),
    faults: new Map(),
    ends: new Map(),
    excused: new Map(),
    jobs: 0,
    stages: 0,
    requests: 0,
    reads: 0,
    published: 0,
    warned: 0,
    failed: 0,
    lasted: 0,
  }
}

export function count(
  { scene, jobs, exchanges }: Played,
  { excused }: Findings,
  tally: Tally,
): void {
  const one = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1)
  const stages = jobs.flatMap((job) => job.stages)
  const has = (level: string) =>
    stages.filter(({ said }) => said.some((line) => line.level === level)).length
  one(tally.worlds, scene.title)
  const { outage, skew, limit } = scene.weather
  if (outage !== undefined) one(tally.weather, 'with an outage')
  if (skew !== 0) one(tally.weather, "whose server's clock is wrong")
  if (limit < 1_000) one(tally.weather, 'whose rate limit is nearly used up')
  for (const { plan, result } of jobs) {
    if (plan.lostAt !== undefined) one(tally.ends, 'whose machine was lost')
    else if (result === 'cancelled') one(tally.ends, 'that were cancelled')
    else if (!plan.runsMain) one(tally.ends, 'whose main was skipped')
    else one(tally.ends, 'that ran to their end')
  }
  for (const { fault } of exchanges) if (fault !== '') one(tally.faults, fault)
  for (const excuse of excused) one(tally.excused, excuse)
  tally.jobs += jobs.length
  tally.stages += stages.length
  tally.requests += exchanges.length
  tally.reads += exchanges.filter(({ method }) => method === 'GET').length
  tally.published += stages.flatMap(publishedBy).length
  tally.warned += has('warning')
  tally.failed += has('fail')
  tally.lasted += Math.max(0, ...stages.map(({ began, ended = began }) => ended))
}

/** The table of a whole run. */
export function table(tally: Tally): string {
  const rows = (map: ReadonlyMap<string, number>) =>
    [...map]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, number]) => row(`  ${name}`, number))
  const sum = (map: ReadonlyMap<string, number>) =>
    [...map.values()].reduce((all, number) => all + number, 0)
  return [
    row('worlds, each a commit and a GitHub of its own', sum(tally.worlds)),
    ...rows(tally.worlds),
    ...rows(tally.weather),
    row('jobs', tally.jobs),
    ...rows(tally.ends),
    row('stages', tally.stages),
    row('requests', tally.requests),
    row('  of them reads', tally.reads),
    row('faults', sum(tally.faults)),
    ...rows(tally.faults),
    row('published', tally.published),
    row('stages that warned, with the reason', tally.warned),
    row('stages that failed, with the reason', tally.failed),
    row('last states that are not the newest result', sum(tally.excused)),
    ...rows(tally.excused),
    row('wrong', 0),
    row('hours of simulated time', Math.round(tally.lasted / 3_600_000)),
  ].join('\n')
}

const row = (name: string, number: number) => `${name.padEnd(50)} ${String(number).padStart(7)}`

/** All that happened in a world, line by line as it happened. */
export function transcript({ scene, jobs, exchanges, statuses }: Played): string {
  const { faults, outage, skew, limit } = scene.weather
  const weather = [
    `faults ${faults}`,
    outage === undefined ? 'no outage' : `outage ${outage.map(seconds).join(' to ')}`,
    `the server's clock ahead by ${skew / 1000} s`,
    `${limit} requests an hour`,
  ].join(', ')
  const lines = [
    ...jobs.flatMap((job) => job.stages.flatMap((stage) => stageLines(job, stage))),
    ...exchanges.map(({ by, stage, method, sent, handled, fault, told, stored }): Line => {
      const arrived =
        handled === Number.POSITIVE_INFINITY ? 'never arrived' : `arrived ${seconds(handled)}`
      const words = [
        arrived,
        stored ? 'stored' : '',
        fault && `(${fault})`,
        `answered ${told ?? 'nothing'}`,
      ]
      return {
        at: sent,
        text: `    ${method} by ${stage} of ${by}: ${words.filter(Boolean).join(', ')}`,
      }
    }),
  ]
  return [
    `${scene.title}: ${weather}`,
    ...lines
      .sort((a, b) => a.at - b.at)
      .map(({ at, text }) => `${seconds(at).padStart(9)} ${text}`),
    'The statuses, as they were stored:',
    ...statuses.map(
      ({ state, context, description, target_url }) =>
        `  ${state} ${context}: ${description} ${target_url}`,
    ),
  ].join('\n')
}

type Line = { at: number; text: string }

function stageLines(
  { plan }: JobRecord,
  { name, began, ended, said }: JobRecord['stages'][number],
): Line[] {
  const who = `${name} of ${nameOf(plan)}`
  return [
    { at: began, text: `${who} (${plan.kind}) begins` },
    ...(ended === undefined
      ? [{ at: began, text: `${who} is stopped before its end` }]
      : [{ at: ended, text: `${who} ends` }]),
    ...said.map(({ level, text }) => ({ at: ended ?? began, text: `      ${level}: ${text}` })),
  ]
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3)
