/**
 * Plays whole jobs and compares what comes of them with what a person would call right. Ends with a table of what was
 * played; stops at the first thing that must never be, with everything that happened.
 *
 *     npm run explore                     all four ways, by a fresh seed, which it prints:
 *     npm run explore -- rule all         the rule of the last word alone, in every order of events; by a seed a tenth of it
 *     npm run explore -- orders 7         jobs under one name without faults, in orders of events that the seed chooses
 *     npm run explore -- orders all       the same in every order of events
 *     npm run explore -- faults 7 8       thousands of jobs under faults, in simulated time, by two seeds
 *     npm run explore -- processes 7      processes of the bundle, in true time, stopped by true signals
 *     npm run explore -- faults 7.123     that one world alone
 */
import { randomInt } from 'node:crypto'
import { check, type Findings } from './checks/check.ts'
import { orders } from './orders.ts'
import { type Played, play } from './play.ts'
import { playProcesses } from './processes.ts'
import { playRule } from './rule/explore.ts'
import type { Scene } from './scenes/scene.ts'
import { count, type Tally, table } from './tally.ts'
import { transcript } from './transcript.ts'
import { worlds } from './worlds.ts'

type Way = {
  title: string
  worlds: number
  atOnce: number
  play(seed: string, index: number): AsyncIterable<Played>
}

const ORDERED = worlds()

async function* once(played: Promise<Played>): AsyncIterable<Played> {
  yield await played
}

const WAYS: Readonly<Record<string, Way>> = {
  orders: {
    title: 'In orders of events, without faults',
    worlds: ORDERED.length,
    atOnce: 1,
    play: (seed, index) => orders(seed, index, ORDERED[index] as Scene),
  },
  faults: {
    title: 'In simulated time, under faults',
    worlds: 1_500,
    atOnce: 1,
    play: (seed, index) => once(play(`${seed}.${index}`)),
  },
  processes: {
    title: 'In true time, as processes of dist',
    worlds: 40,
    // They wait most of the time.
    atOnce: 6,
    play: (seed, index) => once(playProcesses(`p${seed}.${index}`)),
  },
}

function say(text = ''): void {
  process.stdout.write(`${text}\n`)
}

/** What is wrong comes first: what was expected of what. */
function sayPlayed(name: string, played: Played, { wrong, excused }: Findings): void {
  for (const one of wrong) say(`WRONG: ${one}`)
  for (const one of excused) say(`Excused: ${one}`)
  say(`npm run explore -- ${name}\n`)
  say(transcript(played))
}

/** Plays all worlds of a seed, or one, until something is wrong. */
async function isRight(name: string, way: Way, seed: string, only?: number): Promise<boolean> {
  const startedAt = performance.now()
  const tally: Tally = new Map()
  const left = only === undefined ? Array.from({ length: way.worlds }, (_, index) => index) : [only]
  let isAllRight = true

  /** Whether it is as it has to be. */
  const look = (index: number, played: Played): boolean => {
    const findings = check(played)
    const isAsItHasToBe = findings.wrong.length === 0
    count(played, findings, tally)
    if (!isAsItHasToBe || only !== undefined)
      sayPlayed(`${name} ${seed}.${index}`, played, findings)
    return isAsItHasToBe
  }
  const playOn = async (): Promise<void> => {
    for (let index = left.shift(); index !== undefined && isAllRight; index = left.shift())
      for await (const played of way.play(seed, index)) isAllRight &&= look(index, played)
  }
  await Promise.all(Array.from({ length: way.atOnce }, playOn))
  const took = ((performance.now() - startedAt) / 1000).toFixed(1)
  say(`${way.title}, seed ${seed}, in ${took} s:\n${table(tally)}\n`)
  return isAllRight
}

/** The rule of the last word alone, without stages: in every order of events of all small worlds, or of a tenth of them. */
function isRuleRight(seed: string): boolean {
  const isChosen = (index: number) => seed === 'all' || index % 10 === Number(seed) % 10
  const { text, isRight } = playRule((_, index) => isChosen(index))
  say(`The rule alone, seed ${seed}:\n${text}\n`)
  return isRight
}

const [first = '', ...rest] = process.argv.slice(2)
const isNamed = first in WAYS || first === 'rule'
const chosen = Object.entries(WAYS).filter(([name]) => !isNamed || name === first)
const given = isNamed ? rest : [first, ...rest].filter(Boolean)
for (const text of given.length > 0 ? given : [String(randomInt(1_000_000))]) {
  const [seed = '', only] = text.split('.')
  if ((!isNamed || first === 'rule') && !isRuleRight(seed)) process.exit(1)
  for (const [name, way] of chosen)
    if (!(await isRight(name, way, seed, only ? Number(only) : undefined))) process.exit(1)
}
