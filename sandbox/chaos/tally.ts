import type { Findings } from './checks/check.ts'
import { isAnnotation, publishedBy } from './checks/lines.ts'
import type { JobRecord } from './plan.ts'
import type { Played } from './play.ts'

type Counts = Map<string, number>

/** What was thrown at the jobs, and what came of it. */
export type Tally = {
  counts: Record<'worlds' | 'weather' | 'faults' | 'ends' | 'excused', Counts>
  sums: Record<
    | 'jobs'
    | 'stages'
    | 'requests'
    | 'reads'
    | 'published'
    | 'names'
    | 'warned'
    | 'failed'
    | 'lasted',
    number
  >
}

export function newTally(): Tally {
  return {
    counts: {
      worlds: new Map(),
      weather: new Map(),
      faults: new Map(),
      ends: new Map(),
      excused: new Map(),
    },
    sums: {
      jobs: 0,
      stages: 0,
      requests: 0,
      reads: 0,
      published: 0,
      names: 0,
      warned: 0,
      failed: 0,
      lasted: 0,
    },
  }
}

export function count(played: Played, { excused }: Findings, { counts, sums }: Tally): void {
  const { scene, jobs, exchanges, statuses } = played
  add(counts.worlds, [scene.title])
  add(counts.weather, weatherOf(scene.weather))
  add(counts.ends, jobs.map(endOf))
  add(counts.faults, exchanges.map(({ fault }) => fault).filter(Boolean))
  add(counts.excused, excused)

  const stages = jobs.flatMap((job) => job.stages)
  const having = (level: string) =>
    stages.filter(({ lines }) => lines.some((line) => isAnnotation(line) && line.level === level))
  sums.jobs += jobs.length
  sums.stages += stages.length
  sums.requests += exchanges.length
  sums.reads += exchanges.filter(({ method }) => method === 'GET').length
  sums.published += stages.flatMap(publishedBy).length
  sums.names += new Set(statuses.map(({ sha, context }) => sha + context)).size
  sums.warned += having('warning').length
  sums.failed += having('fail').length
  sums.lasted += Math.max(0, ...stages.map(({ began, ended = began }) => ended))
}

function add(counts: Counts, names: readonly string[]): void {
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
}

function weatherOf({ outage, skew, limit, secondary }: Played['scene']['weather']): string[] {
  const all: [string, boolean][] = [
    ['with an outage', outage !== undefined],
    ["whose server's clock is wrong", skew !== 0],
    ['whose rate limit is nearly used up', limit < 1_000],
    ['with secondary limits', secondary !== undefined],
  ]
  return all.filter(([, isSo]) => isSo).map(([name]) => name)
}

function endOf({ plan, result }: JobRecord): string {
  if (plan.lostAt !== undefined) return 'whose machine was lost'
  if (result === 'cancelled') return 'that were cancelled'
  return plan.runsMain ? 'that ran to their end' : 'whose main was skipped'
}

/** The table of a whole run. */
export function table({ counts, sums }: Tally): string {
  const rows = (counts: Counts) =>
    [...counts]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, times]) => row(`  ${name}`, times))
  const sum = (counts: Counts) => [...counts.values()].reduce((all, times) => all + times, 0)
  return [
    row('worlds, each a commit and a GitHub of its own', sum(counts.worlds)),
    ...rows(counts.worlds),
    ...rows(counts.weather),
    row('jobs', sums.jobs),
    ...rows(counts.ends),
    row('stages', sums.stages),
    row('requests', sums.requests),
    row('  reads among them', sums.reads),
    row('faults', sum(counts.faults)),
    ...rows(counts.faults),
    row('published', sums.published),
    row('stages that warned, with the reason', sums.warned),
    row('stages that failed, with the reason', sums.failed),
    row('names, each of which has to end right', sums.names),
    row('  excused, since no client can help it', sum(counts.excused)),
    ...[...counts.excused].sort(([, a], [, b]) => b - a).map(([name, n]) => row(`    ${name}`, n)),
    row('wrong', 0),
    row('hours of simulated time', Math.round(sums.lasted / 3_600_000)),
  ].join('\n')
}

const row = (name: string, number: number) => `${name.padEnd(68)} ${String(number).padStart(7)}`
