import { expect, test } from '@jest/globals'
import { BREAKS } from '../../sandbox/worlds/breaks.ts'
import { brokenRule } from '../../sandbox/worlds/broken.ts'
import { isSmall, worlds } from '../../sandbox/worlds/catalogue.ts'
import { classOf } from '../../sandbox/worlds/classes.ts'
import { explore } from '../../sandbox/worlds/explore.ts'
import { type Count, summarize } from '../../sandbox/worlds/summary.ts'
import type { Rule, World } from '../../sandbox/worlds/world.ts'
import * as shipped from '../../src/publish/last-word/last-word.ts'

// Every order of events of small worlds, played with the rule as it is shipped. `npm run worlds` plays larger ones, too,
// and shows an example of each class.

const ALL = [...worlds()]
const SMALL = ALL.filter(isSmall)

test('What ends wrong is what no client can close, and nothing else', () => {
  const { worlds, moments, ends, wrong } = summarize(SMALL, shipped)

  expect({ worlds, moments, ends }).toEqual({ worlds: 3_502, moments: 271_901, ends: 48_622 })
  expect(wrong).toEqual({
    'a request arrives late': {
      worlds: 298,
      stuck: 1_276,
      'green over red': 952,
      'red over green': 692,
    },
    'someone writes between a look and its write': {
      worlds: 879,
      'green over red': 3_175,
      'red over green': 2_231,
    },
    'runs begin in another order than they were created in': {
      worlds: 359,
      'green over red': 410,
      'red over green': 459,
    },
    'hundreds of other statuses come between': {
      worlds: 68,
      'green over red': 66,
      'red over green': 83,
    },
    'a single state has a link of its own': {
      worlds: 80,
      'green over red': 95,
      'red over green': 95,
    },
    'a re-run on a server without job ids': {
      worlds: 34,
      'green over red': 44,
      'red over green': 46,
    },
    "a followed job's step publishes a failure, on a server without job ids": {
      worlds: 11,
      'red over green': 14,
    },
    'a pending was never stored': { worlds: 16, 'green over red': 14, 'red over green': 6 },
    'one of the jobs that share a name is re-run': { worlds: 6, 'green over red': 36 },
    'a job that shares a name begins after a newer run has begun': {
      worlds: 9,
      'red over green': 34,
    },
    "a re-run's roll-up meets one whose job is created later": {
      worlds: 4,
      'green over red': 8,
      'red over green': 8,
    },
  } satisfies Record<string, Count>)
})

test('Followed jobs that lose nothing end right, unless two of a run share a name', () => {
  const isPlain = ({ mode, trouble, jobs }: World) =>
    mode === 'follow' && trouble === 'none' && jobs.length <= 3
  const wrongIn = (chosen: readonly World[]) => {
    const { worlds, wrong } = summarize(chosen, shipped)
    const { 'someone writes between a look and its write': _, ...others } = wrong
    return { worlds, wrong: others }
  }

  const [siblings, others] = [true, false].map((share) =>
    ALL.filter((world) => isPlain(world) && world.structure.includes('siblings') === share),
  )

  expect(wrongIn(others ?? [])).toEqual({ worlds: 216, wrong: {} })
  expect(Object.keys(wrongIn(siblings ?? []).wrong)).toEqual([
    'a job that shares a name begins after a newer run has begun',
    'runs begin in another order than they were created in',
    'one of the jobs that share a name is re-run',
  ])
})

const PLAYED = SMALL.map((world) => ({ world, ...play(world, shipped) })).toSorted(
  (one, other) => one.moments - other.moments,
)

test.each(BREAKS)('It would be seen if this did not hold: $clause', async (one) => {
  const broken = await brokenRule(one)
  const isSeen = PLAYED.some(({ world, wrong }) => play(world, broken).wrong !== wrong)
  expect(isSeen).toBe(true)
})

/** What ends wrong in a world, each end a line. */
function play(world: World, rule: Rule): { wrong: string; moments: number } {
  const { findings, moments } = explore(world, rule)
  const lines = findings.map((finding) => `${finding.wrong}: ${classOf(world, finding)}`)
  return { wrong: lines.sort().join('\n'), moments }
}
