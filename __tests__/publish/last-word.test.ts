import { describe, expect, test } from '@jest/globals'
import {
  type Decision,
  hasNewerExecution,
  lastWord,
  type Seen,
  type Us,
} from '../../src/publish/last-word.ts'
import { type Job, jobLink } from '../../src/status/link.ts'
import type { State } from '../../src/status/state.ts'

const PLACE = { server: 'https://github.com', repository: 'octo-org/octo-repo', isGitea: false }
const OUR_ID = 500

/** `run#attempt/job` as the link of a job; anything else as it is. */
function link(name: string, place = PLACE): string {
  const ids = /^(\d+)(?:#(\d+))?(?:\/(\d+))?$/.exec(name)
  if (ids === null) return name
  return jobLink(jobOf(name, place)) ?? ''
}

function jobOf(name: string, place = PLACE): Job {
  const [, run = '', attempt = '1', job = ''] = /^(\d+)(?:#(\d+))?(?:\/(\d+))?$/.exec(name) ?? []
  return { ...place, run, attempt: Number(attempt), job }
}

/** Statuses as `state who`, newest first; `opened` in place of a link is what pre opened, with a link elsewhere. */
function history(statuses: readonly string[], place = PLACE): Seen[] {
  return statuses.map((line, index) => {
    const [state = '', who = ''] = line.split(' ')
    const isOpened = who === 'opened'
    return {
      id: isOpened ? OUR_ID : index + 1, // as if an older status had a greater id: ids are not the order
      state,
      description: `${line}, said so`,
      target_url: isOpened ? 'https://ci.example/opened' : link(who, place),
    }
  })
}

const us = (name: string, follows = true, place = PLACE): Us => ({
  job: jobOf(name, place),
  opened: [String(OUR_ID)],
  follows,
})

/** `publish`, `leave newer`, `leave failure`, or `repeat` and the line of the status. */
function decide(statuses: readonly string[], who: Us, state: State = 'success'): string {
  const decision: Decision = lastWord(history(statuses, who.job), who, state)
  if (decision.does === 'publish') return 'publish'
  if (decision.does === 'leave') return `leave ${decision.why}`
  return `repeat ${decision.status.description.replace(', said so', '')}`
}

type Case = [sentence: string, who: string, statuses: string[], isNewer: boolean]

// A failure of ours never gives way to a sibling's, and the newest status is never a pending of ours: the name is left if
// and only if an execution is newer.
describe('row 1: another execution is newer', () => {
  test.each<Case>([
    ['Nothing is not.', '7/70', [], false],
    ['Ours is not.', '7/70', ['success 7/70', 'pending 7/70'], false],
    ["A sibling's is not.", '7/70', ['success 7/71', 'pending 7/71', 'pending 7/70'], false],
    ['A later attempt of our run is.', '7/70', ['success 7#2/60', 'pending 7/70'], true],
    [
      'A later attempt of our run is, whatever came first.',
      '7/70',
      ['success x', 'pending 7/70', 'pending 7#2/60'],
      true,
    ],
    ['An earlier attempt is not.', '7#2/70', ['success 7/80', 'pending 7#2/70'], false],
    [
      'An earlier attempt is not, even if it began after us.',
      '7#2/70',
      ['pending 7/80', 'pending 7#2/70'],
      false,
    ],
    ['A run that began after ours is.', '7/70', ['pending 6/60', 'pending 7/70'], true],
    [
      'A re-run of an older run that began after ours is.',
      '7/70',
      ['success 6#2/60', 'pending 6#2/60', 'pending 7/70'],
      true,
    ],
    [
      'A run that began after our first status is, even if that is a result.',
      '7/70',
      ['success 6/60', 'pending 6/60', 'failure 7/71'],
      true,
    ],
    [
      'A run that began before our pending is not, whatever its id.',
      '7/70',
      ['success 8/80', 'pending 7/70', 'pending 8/80'],
      false,
    ],
    [
      'A run whose first status is a result is not, if that came before our pending.',
      '7/70',
      ['success 8/80', 'pending 7/70', 'failure 8/80'],
      false,
    ],
    [
      'What pre opened is our first, wherever it links.',
      '7/70',
      ['success 8/80', 'pending opened', 'pending 8/80'],
      false,
    ],
    [
      'A status with a link elsewhere is nobody.',
      '7/70',
      ['success https://ci.example/8', 'success 7/70'],
      false,
    ],
    [
      'A status of another repository is nobody.',
      '7/70',
      ['success https://github.com/octo-org/other/actions/runs/8', 'success 7/70'],
      false,
    ],
    [
      'Only the first status tells where an execution began.',
      '7/70',
      ['pending 8/80', 'pending 7/70', 'success 8/80'],
      false,
    ],
    [
      'A result after our pending is, by a greater run.',
      '7/70',
      ['success 8/80', 'pending 7/70'],
      true,
    ],
    [
      'A result after our pending is not, by a smaller run.',
      '7/70',
      ['success 6/80', 'pending 7/70'],
      false,
    ],
    ['A pending is, by a greater run, if we have no status.', '7/70', ['pending 8/60'], true],
    ['A pending is not, by a smaller run, if we have no status.', '7/70', ['pending 6/80'], false],
    [
      'A pending before our result is, by a greater run.',
      '7/70',
      ['success 7/71', 'pending 8/60'],
      true,
    ],
    ['Runs are compared as numbers.', '7/70', ['success 10/60'], true],
    ['A re-run is, by a greater job.', '7/70', ['success 6#2/80'], true],
    ['A re-run is not, by a smaller job.', '7/70', ['success 8#2/60'], false],
    ['A run is newer than our re-run by a greater job.', '7#2/70', ['success 6/80'], true],
    ['A run is not newer than our re-run by a smaller job.', '7#2/70', ['success 8/60'], false],
    ['Two re-runs are compared by their jobs.', '7#2/70', ['success 6#3/71'], true],
    ['A re-run without a job id is not.', '7/70', ['success 8#2'], false],
    ['A run is not newer than our re-run without a job id.', '7#2', ['success 8/80'], false],
    [
      'The ids are those of its first status.',
      '7#2/70',
      ['success 8/80', 'failure 8/60', 'success 7#2/70'],
      false,
    ],
    [
      'One of several is enough.',
      '7/70',
      ['success 6/60', 'success 9/90', 'success 5/50', 'success 7/70'],
      true,
    ],
  ])('%s', (_, who, statuses, isNewer) => {
    for (const follows of [true, false])
      expect(decide(statuses, us(who, follows), 'failure')).toBe(
        isNewer ? 'leave newer' : 'publish',
      )
    expect(hasNewerExecution(history(statuses), us(who))).toBe(isNewer)
  })

  test('A run that we do not know ourselves has no newer one.', () => {
    const nobody = us('')
    expect(decide(['success 8/80', 'pending 8/80'], nobody)).toBe('publish')
    expect(hasNewerExecution(history(['success 8/80']), nobody)).toBe(false)
  })

  test('On Gitea the number decides, and the own statuses of the server are nobody.', () => {
    const place = { ...PLACE, isGitea: true }
    expect(decide(['success 8', 'pending 7'], us('7', true, place))).toBe('leave newer')
    const own = 'success /octo-org/octo-repo/actions/runs/8/jobs/0'
    expect(decide([own, 'pending 7'], us('7/70', true, place))).toBe('publish')
  })
})

type Row = [sentence: string, who: Us, statuses: string[], decision: string]
const once = (name: string) => us(name, false)

describe('row 2: the name is left to a newer execution', () => {
  test.each<Row>([
    ['A result of its own is left.', us('7/70'), ['success 8/80', 'pending 7/70'], 'leave newer'],
    ['So is a pending.', us('7/70'), ['pending 8/80', 'pending 7/70'], 'leave newer'],
    [
      'So is what an older run has written over it.',
      us('7/70'),
      ['failure 6/60', 'pending 8/80', 'pending 7/70'],
      'leave newer',
    ],
    [
      'So is a result of ours.',
      us('7/70'),
      ['failure 7/70', 'pending 8/80', 'pending 7/70'],
      'leave newer',
    ],
    [
      'So is what another tool has written over it.',
      us('7/70'),
      ['success https://ci.example', 'pending 8/80', 'pending 7/70'],
      'leave newer',
    ],
    [
      'A state that we do not know is no pending.',
      us('7/70'),
      ['waiting 7/70', 'pending 8/80', 'pending 7/70'],
      'leave newer',
    ],
    [
      'A pending of our own job waits for us.',
      us('7/70'),
      ['pending 7/70', 'success 8/80', 'pending 7/70'],
      'publish',
    ],
    ['So does what pre opened.', us('7/70'), ['pending opened', 'success 9#2/80'], 'publish'],
    [
      'A pending that names no run waits for us, too: nobody else would replace it.',
      us('7/70'),
      ['pending https://ci.example', 'success 8/80', 'pending 7/70'],
      'publish',
    ],
    [
      "A sibling's pending does not wait for a job that is followed.",
      us('7/70'),
      ['pending 7/71', 'pending 8/80', 'pending 7/70'],
      'leave newer',
    ],
    [
      "A sibling's pending waits for what is published once.",
      once('7/70'),
      ['pending 7/71', 'pending 8/80', 'pending 7/71'],
      'publish',
    ],
    [
      'A pending that names no run waits for what is published once.',
      once('7/70'),
      ['pending https://ci.example', 'success 8/80'],
      'publish',
    ],
    [
      'A pending of an earlier attempt waits for neither.',
      us('7#2/70'),
      ['pending 7/70', 'pending 8/80', 'pending 7#2/70'],
      'leave newer',
    ],
    [
      "Without job ids a pending on our run's page waits for us.",
      us('7'),
      ['pending 7', 'success 8'],
      'publish',
    ],
  ])('%s', (_, who, statuses, decision) => {
    expect(decide(statuses, who, 'failure')).toBe(decision)
  })
})

describe("row 3: a followed job's success hides no failure", () => {
  test.each<Row>([
    [
      'A failure of a newer execution is repeated if the name waits for us.',
      us('7/70'),
      ['pending 7/70', 'failure 8/80', 'pending 7/70'],
      'repeat failure 8/80',
    ],
    [
      'So is an error.',
      us('7/70'),
      ['pending 7/70', 'error 8/80', 'pending 8/80', 'pending 7/70'],
      'repeat error 8/80',
    ],
    [
      'The failure need not be the latest word of that execution.',
      us('7/70'),
      ['pending 7/70', 'success 8/80', 'failure 8/81', 'pending 7/70'],
      'repeat failure 8/81',
    ],
    [
      'A success of a newer execution is not.',
      us('7/70'),
      ['pending 7/70', 'success 8/80', 'pending 7/70'],
      'publish',
    ],
    [
      "An older execution's failure does not count.",
      us('7/70'),
      ['pending 7/70', 'failure 6/60'],
      'publish',
    ],
    [
      "An earlier attempt's failure does not count.",
      us('7#2/70'),
      ['pending 7#2/70', 'failure 7/60'],
      'publish',
    ],
    [
      "A sibling's failure is left if it is the newest status.",
      us('7/70'),
      ['failure 7/71', 'pending 7/70', 'pending 7/71'],
      'leave failure',
    ],
    [
      'It is repeated if something came after it.',
      us('7/70'),
      ['pending 7/70', 'failure 7/71'],
      'repeat failure 7/71',
    ],
    [
      'It counts whatever the sibling has said since.',
      us('7/70'),
      ['success 7/71', 'failure 7/71', 'pending 7/70'],
      'repeat failure 7/71',
    ],
    [
      'The newest of several is repeated.',
      us('7/70'),
      ['pending 7/70', 'error 7/72', 'failure 7/71'],
      'repeat error 7/72',
    ],
    [
      'Our own earlier failure does not count.',
      us('7/70'),
      ['failure 7/70', 'pending 7/70'],
      'publish',
    ],
    [
      "A failure on our run's page is a sibling's.",
      us('7/70'),
      ['pending 7/70', 'failure 7'],
      'repeat failure 7',
    ],
    [
      'Without a job id of ours, every failure of our execution counts.',
      us('7'),
      ['pending 7', 'failure 7', 'pending 7'],
      'repeat failure 7',
    ],
    [
      "Without a job id of ours, a failure on a job's page counts, too.",
      us('7'),
      ['pending 7', 'failure 7/71'],
      'repeat failure 7/71',
    ],
    [
      'With a sibling, a failure that names no run counts if it came after our first status.',
      us('7/70'),
      ['failure https://ci.example', 'pending 7/71', 'pending 7/70'],
      'leave failure',
    ],
    [
      "Our first status is our execution's, not our job's.",
      us('7/70'),
      ['pending 7/70', 'failure https://ci.example', 'pending 7/71'],
      'repeat failure https://ci.example',
    ],
    [
      'It does not count if it came before.',
      us('7/70'),
      ['pending 7/71', 'pending 7/70', 'failure https://ci.example'],
      'publish',
    ],
    [
      'It does not count without a sibling.',
      us('7/70'),
      ['failure https://ci.example', 'pending 7/70'],
      'publish',
    ],
    [
      'An earlier attempt is no sibling.',
      us('7#2/70'),
      ['failure https://ci.example', 'pending 7#2/70', 'pending 7/71'],
      'publish',
    ],
    [
      'It does not count without a job id of ours.',
      us('7'),
      ['failure https://ci.example', 'pending 7', 'pending 7'],
      'publish',
    ],
    [
      'What pre opened is no sibling, and names us.',
      us('7/70'),
      ['failure https://ci.example', 'pending opened'],
      'publish',
    ],
    [
      'What is published once replaces: a failure of its own execution.',
      once('7/70'),
      ['failure 7/71', 'pending 7/70'],
      'publish',
    ],
    [
      'What is published once replaces: a newer failure, if the name waits for it.',
      once('7/70'),
      ['pending 7/70', 'failure 8/80', 'pending 7/70'],
      'publish',
    ],
    [
      'A state that we do not know is a failure, and is repeated as one.',
      us('7/70'),
      ['pending 7/70', 'warning 7/71'],
      'repeat warning 7/71',
    ],
  ])('%s', (_, who, statuses, decision) => {
    expect(decide(statuses, who)).toBe(decision)
  })

  test.each<[state: State]>([['failure'], ['error'], ['pending']])(
    'Our %s hides nothing.',
    (state) => {
      expect(decide(['failure 7/71', 'pending 7/70'], us('7/70'), state)).toBe('publish')
    },
  )

  test.each<[state: string, repeated: string]>([
    ['failure', 'failure'],
    ['error', 'error'],
    ['warning', 'failure'],
    ['', 'failure'],
  ])('%j is repeated as %s, with its description and link.', (state, repeated) => {
    const [top, failed] = history(['pending 7/70', `${state} 7/71`]) as [Seen, Seen]
    const decision = lastWord([top, failed], us('7/70'), 'success')
    expect(decision).toEqual({ does: 'repeat', status: { ...failed, state: repeated } })
  })
})

describe('row 4: all else is published', () => {
  test.each<[sentence: string, statuses: string[]]>([
    ['A name without a status is free.', []],
    ['Our own pending is replaced.', ['pending 7/70']],
    ['An older run is replaced.', ['failure 6/60', 'pending 7/70', 'pending 6/60']],
    ["Another tool's failure is replaced.", ['failure https://ci.example', 'pending 7/70']],
  ])('%s', (_, statuses) => {
    for (const follows of [true, false])
      for (const state of ['success', 'failure', 'error', 'pending'] as const)
        expect(decide(statuses, us('7/70', follows), state)).toBe('publish')
  })
})

test('A thousand statuses of hostile links take no time.', () => {
  const statuses = Array.from({ length: 1_000 }, (_, index) => `failure ${index % 7}#2/${index}`)
  const begun = performance.now()
  decide(statuses, us('7/70'))
  expect(performance.now() - begun).toBeLessThan(1_000)
})
