/**
 * Whole jobs under faults, from a seed: thousands of them in simulated time in this process (`play.mts`), and some as
 * processes of the committed bundle in true time (`processes.mts`). Ends with a table of what was thrown at them and what
 * came out; stops at the first thing that must never be, with all that happened.
 *
 *     npm run chaos             a fresh seed, which it prints
 *     npm run chaos 7           the same again, each time
 *     npm run chaos 7.123       that one world alone, with all that happens in it
 *     npm run chaos p7.12       the same of one that is played by processes
 */
import { randomInt } from 'node:crypto'
import { check, type Findings } from './check.ts'
import { type Played, play } from './play.ts'
import { playProcesses } from './processes.ts'
import { count, newTally, table, transcript } from './report.ts'

const WORLDS = 1_500
const PROCESS_WORLDS = 40

const say = (text = '') => process.stdout.write(`${text}\n`)

function sayWrong(played: Played, { wrong }: Findings): void {
  say(transcript(played))
  for (const one of wrong) say(`WRONG: ${one}`)
  say(`npm run chaos ${played.seed}`)
}

/** Plays worlds until one is wrong, some at once where they wait for true time. */
async function isRight(
  title: string,
  seeds: string[],
  player: (seed: string) => Promise<Played>,
  atOnce: number,
) {
  const startedAt = performance.now()
  const tally = newTally()
  let isAllRight = true
  const next = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined && isAllRight; seed = seeds.shift()) {
      const played = await player(seed)
      const findings = check(played)
      if (findings.wrong.length > 0) {
        say(`${tally.jobs} jobs were right before.`)
        sayWrong(played, findings)
        isAllRight = false
      }
      count(played, findings, tally)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, next))
  if (isAllRight)
    say(`${title}, in ${((performance.now() - startedAt) / 1000).toFixed(1)} s:\n${table(tally)}\n`)
  return isAllRight
}

const seedsOf = (seed: string, length: number) =>
  Array.from({ length }, (_, index) => `${seed}.${index}`)

const seed = process.argv[2] ?? String(randomInt(1_000_000))
if (seed.includes('.')) {
  const played = await (seed.startsWith('p') ? playProcesses(seed) : play(seed))
  const findings = check(played)
  sayWrong(played, findings)
  process.exitCode = findings.wrong.length > 0 ? 1 : 0
} else {
  say(`Seed ${seed}`)
  const right =
    (await isRight('In simulated time, in this process', seedsOf(seed, WORLDS), play, 1)) &&
    (await isRight(
      'In true time, as processes of dist',
      seedsOf(`p${seed}`, PROCESS_WORLDS),
      playProcesses,
      6,
    ))
  process.exitCode = right ? 0 : 1
}
