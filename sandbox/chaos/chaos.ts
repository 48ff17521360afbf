/**
 * Whole jobs under faults, from a seed: thousands of them in simulated time in this process
 * (`play.ts`), and some as processes of the committed bundle in true time (`processes.ts`). Ends
 * with a table of what was thrown at them and what came of it; stops at the first thing that must
 * never be, with everything that happened.
 *
 *     npm run chaos                 a fresh seed, which it prints
 *     npm run chaos -- 7            the same again, each time
 *     npm run chaos -- 7 8 9        those of several seeds that are played in simulated time
 *     npm run chaos -- 7.123        that one world alone, with everything that happens in it
 *     npm run chaos -- p7.12        the same of one that is played by processes
 */
import { randomInt } from 'node:crypto'
import { check, type Findings } from './checks/check.ts'
import { type Played, play } from './play.ts'
import { playProcesses } from './processes.ts'
import { count, newTally, table } from './tally.ts'
import { transcript } from './transcript.ts'

const WORLDS = 1_500
const PROCESS_WORLDS = 40

type Player = (seed: string) => Promise<Played>

function say(text = ''): void {
  process.stdout.write(`${text}\n`)
}

function sayWorld(played: Played, { wrong, excused }: Findings): void {
  say(transcript(played))
  for (const one of excused) say(`Excused: ${one}`)
  for (const one of wrong) say(`WRONG: ${one}`)
  say(`npm run chaos -- ${played.seed}`)
}

/** Plays worlds until one is wrong; several at once if they wait for true time. */
async function isRight(title: string, seeds: string[], player: Player, atOnce: number) {
  const startedAt = performance.now()
  const tally = newTally()
  let isAllRight = true

  const playOn = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined && isAllRight; seed = seeds.shift()) {
      const played = await player(seed)
      const findings = check(played)
      count(played, findings, tally)
      if (findings.wrong.length === 0) continue

      isAllRight = false
      sayWorld(played, findings)
      say(`${tally.sums.get('jobs')} jobs were played until then.`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, playOn))
  const took = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (isAllRight) say(`${title}, in ${took} s:\n${table(tally)}\n`)
  return isAllRight
}

function seedsOf(seed: string, length: number): string[] {
  return Array.from({ length }, (_, index) => `${seed}.${index}`)
}

async function playOne(seed: string): Promise<boolean> {
  const played = await (seed.startsWith('p') ? playProcesses(seed) : play(seed))
  const findings = check(played)
  sayWorld(played, findings)
  return findings.wrong.length === 0
}

/** Several seeds are played in simulated time alone. */
async function playAll(seeds: readonly string[]): Promise<boolean> {
  say(`Seed ${seeds.join(', ')}`)
  const simulated = seeds.flatMap((seed) => seedsOf(seed, WORLDS))
  if (!(await isRight('In simulated time, in this process', simulated, play, 1))) return false
  if (seeds.length > 1) return true

  const inProcesses = seedsOf(`p${seeds[0]}`, PROCESS_WORLDS)
  return isRight('In true time, as processes of dist', inProcesses, playProcesses, 6)
}

const [seed = String(randomInt(1_000_000)), ...more] = process.argv.slice(2)
const right = await (seed.includes('.') ? playOne(seed) : playAll([seed, ...more]))
process.exitCode = right ? 0 : 1
