import type { Findings } from './checks/check.ts'
import { isAnnotation, publishedBy } from './checks/lines.ts'
import type { JobRecord } from './plan.ts'
import type { Played } from './play.ts'

/** What was thrown at the jobs, and what came of it: how often, by group and name. */
export type Tally = Map<string, Map<string, number>>

export function count(played: Played, { excused }: Findings, tally: Tally): void {
  const { scene, jobs, exchanges, statuses } = played
  const stages = jobs.flatMap((job) => job.stages)
  const having = (level: string) =>
    stages.filter(({ lines }) => lines.some((line) => isAnnotation(line) && line.level === level))

  add(tally, 'worlds, each a commit and a GitHub of its own', [scene.title])
  add(tally, 'jobs', jobs.map(endOf))
  add(
    tally,
    'stages',
    stages.map(({ name }) => name),
  )
  add(
    tally,
    'requests',
    exchanges.map(({ method }) => method),
  )
  add(
    tally,
    'faults',
    exchanges.flatMap(({ fault }) => fault || []),
  )
  add(
    tally,
    'published',
    stages.flatMap(publishedBy).map(({ state }) => state),
  )
  add(
    tally,
    'stages that said what is wrong',
    [...having('warning'), ...having('fail')].map(({ name }) => name),
  )
  add(
    tally,
    'names, each of which has to end right',
    [...new Set(statuses.map(({ sha, context }) => sha + context))].map(() => ''),
  )
  add(tally, 'excused, since no client can help it', excused)
}

function add(tally: Tally, group: string, names: readonly string[]): void {
  const counts = tally.get(group) ?? new Map<string, number>()
  tally.set(group, counts)
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
}

function endOf({ plan, result }: JobRecord): string {
  if (plan.lostAt !== undefined) return 'whose machine was lost'
  if (result === 'cancelled') return 'that were cancelled'
  return plan.runsMain ? 'that ran to their end' : 'whose main was skipped'
}

/** The table of a whole run. */
export function table(tally: Tally): string {
  const row = (name: string, number: number) => `${name.padEnd(68)} ${String(number).padStart(7)}`
  return [...tally]
    .flatMap(([group, counts]) => {
      const all = [...counts.values()].reduce((sum, times) => sum + times, 0)
      const named = [...counts].filter(([name]) => name !== '').sort(([, a], [, b]) => b - a)
      return [
        row(group, all),
        ...named.slice(0, 30).map(([name, times]) => row(`  ${name}`, times)),
      ]
    })
    .join('\n')
}
