import { isOnce, type Plan } from '../plan.ts'
import type { Random } from '../random.ts'
import { worlds } from '../worlds.ts'
import { follow, job, SECOND } from './jobs.ts'
import type { Made } from './scene.ts'

const WORLDS = worlds()

/** Jobs that publish under one name, when and how chance has it. */
export function oneName(random: Random): Made {
  const plans = WORLDS[random.between(0, WORLDS.length - 1)]?.plans ?? []
  const created = createdAt(random, plans)
  const varied = new Map<Plan, Plan>()
  const find = (all: readonly Plan[] = []) => all.flatMap((plan) => varied.get(plan) ?? [])
  for (const plan of plans) {
    const isFirst = plan.after.length === 0 && plan.beside?.length === 0
    varied.set(plan, {
      ...variation(random, plan),
      delay: isFirst ? (created.get(plan.run) ?? 0) : random.between(0, 60) * SECOND,
      after: find(plan.after),
      beside: find(plan.beside),
      repeats: find(plan.repeats && [plan.repeats])[0],
    })
  }
  return { plans: [...varied.values()] }
}

/** When the runs are created, which is the order of their ids. */
function createdAt(random: Random, plans: readonly Plan[]): Map<number, number> {
  const apart = random.pick([2, 20, 120]) * SECOND
  const runs = [...new Set(plans.map(({ run }) => run))].sort()
  let at = 0
  const next = (run: number): [number, number] => {
    at += random.between(0, apart)
    return [run, at]
  }
  return new Map(runs.map(next))
}

function variation(random: Random, plan: Plan): Plan {
  const { id: _, createdAt: __, ...fixed } = plan
  const isFollowed = plan.kind === 'follow'
  const by = isFollowed ? follow(random, plan.run) : job(random, plan.run)
  const { isDirect, queued, lasts, runsMain, token, event } = by
  return {
    ...by,
    ...fixed,
    ...{ isDirect, queued, lasts, runsMain, token },
    kind: isFollowed ? by.kind : plan.kind,
    cancelledAt: isOnce(plan) ? undefined : by.cancelledAt,
    event: plan.speaksFor ? plan.event : event,
    with: { ...by.with, ...plan.with },
    changes: { ...by.changes, ...plan.changes },
  }
}
