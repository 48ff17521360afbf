import { describe, expect, test } from '@jest/globals'
import type { Seen, Us } from '../../src/publish/last-word/entries.ts'
import { hasNewerExecution, lastWord } from '../../src/publish/last-word/last-word.ts'
import { type Job, jobLink, type Mark } from '../../src/status/link.ts'
import { GITEA, GITHUB } from '../../src/status/platform.ts'
import type { State } from '../../src/status/state.ts'

// Each case is a line: a sentence | our job | the history, newest first | what is decided. `7#2/70` is job 70 in attempt 2 of
// run 7, `7` the run's page; `once`, that it publishes once; `for 5#2`, that it speaks for that run; `marked`, that it looks
// again after its mark; `opened`, a status that pre opened and that links elsewhere; `7/70,follows` and `7/70,passed` carry a
// mark; `old:7/70` is in a repository of another name.
type Case = { sentence: string; us: Us; history: Seen[]; decision: string }

const PLACE = { server: 'https://github.com', repository: 'octo-org/octo-repo', platform: GITHUB }
const OPENED = 500

function cases(table: string): Case[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [sentence = '', who = '', statuses = '', decision = ''] = line.trim().split(/ *\| */)
      return { sentence, us: us(who), history: history(statuses), decision }
    })
}

function us(who: string, place = PLACE): Us {
  const [name = '', mode, other = ''] = who.split(' ')
  const { run, attempt } = jobOf(other)
  return {
    job: jobOf(name, place),
    opened: [String(OPENED)],
    follows: mode === undefined || mode === 'marked',
    hasMarked: mode === 'marked',
    speaksFor:
      mode === 'for' ? { run, attempt: other.includes('#') ? attempt : undefined } : undefined,
  }
}

function jobOf(name: string, place = PLACE): Job {
  const [, run = '', attempt = '1', job = ''] = /^(\d+)(?:#(\d+))?(?:\/(\d+))?$/.exec(name) ?? []
  return { ...place, run, attempt: Number(attempt), job }
}

function history(statuses: string, place = PLACE): Seen[] {
  return statuses.split(/, +/).flatMap((description, index) => {
    const [state, who = ''] = description.split(' ')
    const id = who === 'opened' ? OPENED : index + 1 // an older status has a greater id: ids are not the order
    return state ? [{ id, state, description, target_url: linkOf(who, place) }] : []
  })
}

function linkOf(who: string, place: typeof PLACE): string {
  const [name = '', mark] = who.split(',') as [string, Mark | undefined]
  const isRenamed = name.startsWith('old:')
  const repository = isRenamed ? 'octo-org/old-name' : place.repository
  return jobLink(jobOf(name.replace('old:', ''), { ...place, repository }), mark) ?? who
}

function decide(seen: Seen[], who: Us, state: State = 'success'): string {
  const decision = lastWord(seen, who, state)
  if (decision.does === 'leave') return `leave ${decision.why}`
  return decision.does === 'repeat' ? `repeat ${decision.status.description}` : decision.does
}

// A failure never gives way to another one, so that with none of our pendings on top row 1 alone decides.
describe('row 1: another execution is newer', () => {
  test.each(
    cases(`
    Nothing is not. | 7/70 | | publish
    Ours is not. | 7/70 | success 7/70, pending 7/70 | publish
    A sibling is not. | 7/70 | success 7/71, pending 7/71, pending 7/70 | publish
    A later attempt of our run is. | 7/70 | success 7#2/60, pending 7/70 | leave newer
    So it is if it came first. | 7/70 | success 6/60, pending 7/70, pending 7#2/60 | leave newer
    An earlier attempt is not. | 7#2/70 | success 7/80, pending 7#2/70 | publish
    Nor is it if it began after us. | 7#2/70 | pending 7/80, pending 7#2/70 | publish
    A run that began after ours is. | 7/70 | pending 6/60, pending 7/70 | leave newer
    So is a re-run of an older run. | 7/70 | success 6#2/60, pending 6#2/60, pending 7/70 | leave newer
    Each attempt has its own beginning. | 7/70 | pending 6#2/60, pending 7/70, pending 6/50 | leave newer
    So it is if our first status is a result. | 7/70 | success 6/60, pending 6/60, failure 7/71 | leave newer
    A run that began before our pending is not. | 7/70 | success 8/80, pending 7/70, pending 8/80 | publish
    Nor is one whose first result came before. | 7/70 | success 8/80, pending 7/70, failure 8/80 | publish
    Only its first status tells where it began. | 7/70 | pending 8/80, pending 7/70, success 8/80 | publish
    What pre opened is our first. | 7/70 | success 8/80, pending opened, pending 8/80 | publish
    A status with a link elsewhere is nobody. | 7/70 | success https://ci.example/8, success 7/70 | publish
    So is one of another repository. | 7/70 | success https://github.com/a/b/actions/runs/8 | publish
    A result after our pending is, by a greater run. | 7/70 | success 8/60, pending 7/70 | leave newer
    It is not, by a smaller run. | 7/70 | success 6/80, pending 7/70 | publish
    A pending is, by a greater run, if we have no status. | 7/70 | pending 8/60 | leave newer
    It is not, by a smaller run. | 7/70 | pending 6/80 | publish
    A pending before our result is, by a greater run. | 7/70 | success 7/71, pending 8/60 | leave newer
    Runs are compared as numbers. | 7/70 | success 10/60 | leave newer
    A re-run is, by a greater job. | 7/70 | success 6#2/80 | leave newer
    It is not, by a smaller job. | 7/70 | success 8#2/60 | publish
    To our re-run a run is, by a greater job. | 7#2/70 | success 6/80 | leave newer
    It is not, by a smaller job. | 7#2/70 | success 8/60 | publish
    Of two re-runs the one with the greater job is. | 7#2/70 | success 6#3/71 | leave newer
    A re-run without a job id is not. | 7/70 | success 8#2 | publish
    To our re-run without a job id nothing is. | 7#2 | success 8/80 | publish
    The ids are those of its first status. | 7#2/70 | success 8/80, failure 8/60, success 7#2/70 | publish
    One of several is enough. | 7/70 | success 6/60, success 9/90, success 5/50, success 7/70 | leave newer`),
  )('$sentence', ({ us, history, decision }) => {
    for (const follows of [true, false])
      expect(decide(history, { ...us, follows }, 'failure')).toBe(decision)
    expect(hasNewerExecution(history, us)).toBe(decision === 'leave newer')
  })

  test('Whoever does not know his own run knows of no newer one.', () => {
    expect(decide(history('success 8/80, pending 8/80'), us(''))).toBe('publish')
    expect(hasNewerExecution(history('success 8/80'), us(''))).toBe(false)
  })

  test("On Gitea the run's number decides, and the server's own statuses are nobody.", () => {
    const place = { ...PLACE, platform: GITEA }
    const own = history('success /octo-org/octo-repo/actions/runs/8/jobs/0, pending 7', place)
    expect(decide(history('success 8, pending 7', place), us('7', place))).toBe('leave newer')
    expect(decide(own, us('7/70', place))).toBe('publish')
  })
})

describe('a link names a run', () => {
  test.each(
    cases(`
    of a repository of another name, if a followed job of it shows. | 7/70 | pending old:8/80,follows, pending 7/70 | leave newer
    So does its result. | 7/70 | success old:8/80, pending old:8/80,follows, pending 7/70 | leave newer
    A user's link to another repository names none. | 7/70 | pending old:8/80, pending 7/70 | publish
    So a start job's pending waits for its end job. | 7/70 once | pending old:8 | publish
    Our run's page is ours after our pending. | 7#2/70 | failure 7, pending 7#2/70 | leave failure
    It is, whatever else shows. | 7/70 | failure 7, pending 7#2/80, pending 7/70 | leave newer
    Before our pending it is an earlier attempt's. | 7#2/70 | pending 7#2/70, failure 7 | publish
    Another run's is its newest attempt's. | 7/70 | failure 6, pending 7/70, success 6#2/80 | publish
    It is the first's if none shows. | 7/70 | failure 8, pending 7/70 | leave newer`),
  )('$sentence', ({ us, history, decision }) => {
    expect(decide(history, us)).toBe(decision)
  })
})

describe('what is published once speaks for the run it links to', () => {
  test.each(
    cases(`
    A newer run has the last word. | 200/90 for 7 | failure 8, pending 8, pending 7 | leave newer
    So it has if only results show. | 200/90 for 7 | failure 8 | leave newer
    An older one has not. | 200/90 for 8 | failure 7 | publish
    Our own run's statuses are ours. | 200/90 for 7 | pending 200/90, failure 8, pending 8, pending 7 | publish
    Another relay's run counts for nothing. | 200/90 for 7 | success 7, pending 7, pending 201/91 | publish
    A re-run of it has begun. | 200/90 for 7#1 | pending 7#2, pending 7 | leave newer
    Without an attempt it is the newest. | 200/90 for 7 | pending 7#2, pending 7 | publish
    A re-run replaces a newer run that had ended. | 200/90 for 7#2 | pending 7#2, success 8, pending 8, pending 7 | publish
    Job ids are not compared. | 200/90 for 7#2 | success 8/95 | publish`),
  )('$sentence', ({ us, history, decision }) => {
    expect(decide(history, us)).toBe(decision)
  })
})

describe('row 2: a newer execution has the last word', () => {
  test.each(
    cases(`
    Its result is left. | 7/70 | success 8/80, pending 7/70 | leave newer
    So is its pending. | 7/70 | pending 8/80, pending 7/70 | leave newer
    So is what an older run has put on it. | 7/70 | failure 6/60, pending 8/80, pending 7/70 | leave newer
    So is a result of ours. | 7/70 | failure 7/70, pending 8/80, pending 7/70 | leave newer
    So is a result without a run. | 7/70 | success elsewhere, pending 8/80, pending 7/70 | leave newer
    An unknown state is no pending. | 7/70 | waiting 7/70, pending 8/80, pending 7/70 | leave newer
    A pending of our own job waits for us. | 7/70 | pending 7/70, success 8/80, pending 7/70 | publish
    So does what pre opened. | 7/70 | pending opened, success 7#2/80 | publish
    So does one without a run: nobody else would. | 7/70 | pending elsewhere, success 8/80, pending 7/70 | publish
    A sibling's does not, if we follow. | 7/70 | pending 7/71, pending 8/80, pending 7/70 | leave newer
    It does, if we publish once. | 7/70 once | pending 7/71, pending 8/80, pending 7/71 | publish
    So does one without a run. | 7/70 once | pending elsewhere, success 8/80 | publish
    An earlier attempt's does not. | 7#2/70 | pending 7/70, pending 8/80, pending 7#2/70 | leave newer
    Nor does it, if we publish once. | 7#2/70 once | pending 7/70, pending 8/80, pending 7#2/70 | leave newer
    Without job ids our run's page is ours. | 7 | pending 7, success 8, pending 7 | publish`),
  )('$sentence', ({ us, history, decision }) => {
    expect(decide(history, us, 'failure')).toBe(decision)
  })
})

describe("row 3: a followed job's success hides no failure", () => {
  test.each(
    cases(`
    A newer failure is repeated. | 7/70 | pending 7/70, failure 8/80, pending 7/70 | repeat failure 8/80
    So is an error. | 7/70 | pending 7/70, error 8/80, pending 7/70 | repeat error 8/80
    It need not be the newer run's latest word. | 7/70 | pending 7/70, success 8/80, failure 8/81, pending 7/70 | repeat failure 8/81
    A newer success is not repeated. | 7/70 | pending 7/70, success 8/80, pending 7/70 | publish
    An older failure does not count. | 7/70 | pending 7/70, failure 6/60 | publish
    Nor does an earlier attempt's. | 7#2/70 | pending 7#2/70, failure 7/60 | publish
    A sibling's failure is left, if it is the newest. | 7/70 | failure 7/71, pending 7/70, pending 7/71 | leave failure
    It is repeated, if something came after. | 7/70 | pending 7/70, failure 7/71 | repeat failure 7/71
    It counts, whatever the sibling has said since. | 7/70 | success 7/71, failure 7/71 | repeat failure 7/71
    The newest of several is repeated. | 7/70 | pending 7/70, error 7/72, failure 7/71 | repeat error 7/72
    Our own job's failure does not count. | 7/70 | failure 7/70, pending 7/70 | publish
    One on our run's page is a sibling's. | 7/70 | pending 7/70, failure 7 | repeat failure 7
    Without job ids each of our execution's is. | 7 | pending 7, failure 7, pending 7 | repeat failure 7
    So is one on a job's page. | 7 | pending 7, failure 7/71 | repeat failure 7/71
    Beside a sibling one without a run counts. | 7/70 | failure elsewhere, pending 7/71, pending 7/70 | leave failure
    It has to come after our execution's first. | 7/70 | pending 7/70, failure elsewhere, pending 7/71 | repeat failure elsewhere
    It does not count, if it came before. | 7/70 | pending 7/71, pending 7/70, failure elsewhere | publish
    Nor does it without a sibling. | 7/70 | failure elsewhere, pending 7/70 | publish
    An earlier attempt is no sibling. | 7#2/70 | failure elsewhere, pending 7#2/70, pending 7/71 | publish
    Nor is what pre opened, which has a run. | 7/70 | failure elsewhere, pending opened | publish
    Without job ids one without a run does not count. | 7 | failure elsewhere, pending 7, pending 7 | publish
    What is published once replaces a sibling's. | 7/70 once | failure 7/71, pending 7/70 | publish
    It replaces a newer one, if the name waits. | 7/70 once | pending 7/70, failure 8/80, pending 7/70 | publish
    An unknown state is a failure. | 7/70 | pending 7/70, warning 7/71 | repeat warning 7/71`),
  )('$sentence', ({ us, history, decision }) => {
    expect(decide(history, us)).toBe(decision)
  })

  test.each<State>(['failure', 'error', 'pending'])('Our %s hides nothing.', (state) => {
    expect(decide(history('failure 7/71, pending 7/70'), us('7/70'), state)).toBe('publish')
  })

  test.each([
    ['failure', 'failure'],
    ['error', 'error'],
    ['warning', 'failure'],
    ['Success', 'failure'],
  ])('%s is repeated as %s, with its description and link.', (state, repeated) => {
    const seen = history(`pending 7/70, ${state} 7/71`)
    const status = { ...seen[1], state: repeated }
    expect(lastWord(seen, us('7/70'), 'success')).toEqual({ does: 'repeat', status })
  })
})

describe("row 4: a followed job's success does not hide that a sibling runs", () => {
  test.each(
    cases(`
    A sibling that has begun runs. | 7/70 | pending 7/71,follows, pending 7/70,follows | mark
    So it does if it began before us. | 7/70 | pending 7/70,follows, pending 7/71,follows | mark
    The second time it is left so. | 7/70 marked | pending 7/70,passed, pending 7/71,follows, pending 7/70,follows | leave sibling
    It has ended meanwhile. | 7/70 marked | success 7/71, pending 7/70,passed, pending 7/71,follows | publish
    It has failed meanwhile. | 7/70 marked | failure 7/71, pending 7/70,passed, pending 7/71,follows | leave failure
    A newer run has begun meanwhile. | 7/70 marked | pending 8/80,follows, pending 7/70,passed, pending 7/71,follows | leave newer
    One that has passed does not run. | 7/70 | pending 7/71,passed, pending 7/71,follows, pending 7/70,follows | publish
    One that has ended does not. | 7/70 | success 7/71, pending 7/70,follows, pending 7/71,follows | publish
    One whose step is pending runs. | 7/70 | pending 7/71, pending 7/71,follows, pending 7/70,follows | mark
    One that left the name to our step's failure has ended. | 7/70 | failure 7/70, pending 7/71,follows, pending 7/70,follows | publish
    One on an older run's page ends none. | 7/70 | success 6, pending 7/71,follows, pending 6/60,follows | mark
    An older run's failure ends none. | 7/70 | failure 6/60, pending 7/71,follows, pending 7/70,follows | mark
    A start job's pending is no job that runs. | 7/70 | pending 7/70,follows, pending 7/69 | publish
    Nor is an earlier attempt's. | 7#2/70 | pending 7#2/70,follows, pending 7/71,follows | publish
    A result with a link of its own ends one. | 7/70 | success elsewhere, pending 7/71,follows, pending 7/70,follows | publish
    So does one on the run's page. | 7/70 | success 7, pending 7/71,follows, pending 7/70,follows | publish
    It ends no more than one. | 7/70 | success 7, pending 7/72,follows, pending 7/71,follows | mark
    It has to come after. | 7/70 | pending 7/71,follows, success 7, pending 7/70,follows | mark
    An older run's result ends none. | 7/70 | success 6/60, pending 7/71,follows, pending 6/60,follows | mark
    With a newer run there is none. | 7/70 | pending 7/70,follows, pending 8/80, pending 7/71,follows, pending 7/70,follows | publish
    Without job ids nobody knows. | 7 | pending 7/71,follows, pending 7,follows | publish
    What is published once replaces. | 7/70 once | pending 7/71,follows, pending 7/70,follows | publish`),
  )('$sentence', ({ us, history, decision }) => {
    expect(decide(history, us)).toBe(decision)
  })

  test.each<State>(['failure', 'error'])('our %s is published at once', (state) => {
    expect(decide(history('pending 7/71,follows, pending 7/70,follows'), us('7/70'), state)).toBe(
      'publish',
    )
  })
})

test.each(
  cases(`
    A name without a status is free. | 7/70 | | publish
    Our own pending is replaced. | 7/70 | pending 7/70 | publish
    An older run is replaced. | 7/70 | failure 6/60, pending 7/70, pending 6/60 | publish
    Another tool's failure is replaced. | 7/70 | failure elsewhere, pending 7/70 | publish`),
)('row 5: $sentence', ({ us, history, decision }) => {
  for (const follows of [true, false])
    for (const state of ['success', 'failure', 'error', 'pending'] as const)
      expect(decide(history, { ...us, follows }, state)).toBe(decision)
})

test('A thousand statuses of many runs take no time.', () => {
  const seen = Array.from({ length: 1_000 }, (_, index) => `failure ${index % 7}#2/${index}`)
  const begun = performance.now()
  decide(history(seen.join(', ')), us('7/70'))
  expect(performance.now() - begun).toBeLessThan(1_000)
})
