import type { Findings } from './checks/check.ts'
import { isAnnotation, publishedBy } from './checks/lines.ts'
import type { JobRecord } from './plan.ts'
import type { Played } from './play.ts'

type Counts = Map<string, number>

const GROUPS = ['sums', 'worlds', 'weather', 'faults', 'ends', 'excused'] as const

/** What was thrown at the jobs, and what came of it: how often, by name. */
export type Tally = Record<(typeof GROUPS)[number], Counts>

export function newTally(): Tally {
  return Object.fromEntries(GROUPS.map((group) => [group, new Map()])) as Tally
}

export function count(played: Played, { excused }: Findings, tally: Tally): void {
  const { scene, jobs, exchanges, statuses } = played
  const stages = jobs.flatMap((job) => job.stages)
  const having = (level: string) =>
    stages.filter(({ lines }) => lines.some((line) => isAnnotation(line) && line.level === level))

  add(tally.worlds, scene.title)
  for (const name of weatherOf(scene.weather)) add(tally.weather, name)
  for (const job of jobs) add(tally.ends, endOf(job))
  for (const { fault } of exchanges) if (fault !== '') add(tally.faults, fault)
  for (const name of excused) add(tally.excused, name)

  add(tally.sums, 'jobs', jobs.length)
  add(tally.sums, 'stages', stages.length)
  add(tally.sums, 'requests', exchanges.length)
  add(tally.sums, 'reads', exchanges.filter(({ method }) => method === 'GET').length)
  add(tally.sums, 'published', stages.flatMap(publishedBy).length)
  add(tally.sums, 'names', new Set(statuses.map(({ sha, context }) => sha + context)).size)
  add(tally.sums, 'warned', having('warning').length)
  add(tally.sums, 'failed', having('fail').length)
  add(tally.sums, 'lasted', Math.max(0, ...stages.map(({ began, ended = began }) => ended)))
}

function add(counts: Counts, name: string, number = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + number)
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
export function table({ sums, worlds, weather, faults, ends, excused }: Tally): string {
  const rows = (counts: Counts) =>
    [...counts]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, times]) => row(`  ${name}`, times))
  const all = (counts: Counts) => [...counts.values()].reduce((sum, times) => sum + times, 0)
  const sum = (name: string) => sums.get(name) ?? 0
  return [
    row('worlds, each a commit and a GitHub of its own', all(worlds)),
    ...rows(worlds),
    ...rows(weather),
    row('jobs', sum('jobs')),
    ...rows(ends),
    row('stages', sum('stages')),
    row('requests', sum('requests')),
    row('  reads among them', sum('reads')),
    row('faults', all(faults)),
    ...rows(faults),
    row('published', sum('published')),
    row('stages that warned, with the reason', sum('warned')),
    row('stages that failed, with the reason', sum('failed')),
    row('names, each of which has to end right', sum('names')),
    row('  excused, since no client can help it', all(excused)),
    ...[...excused].sort(([, a], [, b]) => b - a).map(([name, n]) => row(`    ${name}`, n)),
    row('wrong', 0),
    row('hours of simulated time', Math.round(sum('lasted') / 3_600_000)),
  ].join('\n')
}

const row = (name: string, number: number) => `${name.padEnd(68)} ${String(number).padStart(7)}`
