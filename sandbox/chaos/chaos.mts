/**
 * Whole jobs under faults, from a seed: thousands of them in simulated time in this process (`play.mts`), and some as
 * processes of the committed bundle in true time (`processes.mts`). Ends with a table of what was thrown at them and what
 * came out; stops at the first thing that must never be, with all that happened.
 *
 *     npm run chaos             a fresh seed, which it prints
 *     npm run chaos 7           the same again, each time
 *     npm run chaos 7.123       that one world alone, with all that happens in it
 */
import { randomInt } from 'node:crypto'
import { check, type Findings } from './check.mjs'
import { type Played, play } from './play.mjs'
import { count, newTally, table, transcript } from './report.mjs'

const WORLDS = 1_500

const say = (text = '') => process.stdout.write(`${text}\n`)

function sayWrong(played: Played, { wrong }: Findings): void {
  say(transcript(played))
  for (const one of wrong) say(`WRONG: ${one}`)
  say(`npm run chaos ${played.seed}`)
}

/** Plays worlds until one is wrong. */
async function simulate(seed: string): Promise<boolean> {
  const startedAt = performance.now()
  const tally = newTally()
  for (let index = 0; index < WORLDS; index++) {
    const played = await play(`${seed}.${index}`)
    const findings = check(played)
    count(played, findings, tally)
    if (findings.wrong.length === 0) continue
    say(`${tally.jobs} jobs were right before.`)
    sayWrong(played, findings)
    return false
  }
  say(`In simulated time, in this process, ${((performance.now() - startedAt) / 1000).toFixed(1)} s:`)
  say(table(tally))
  return true
}

const seed = process.argv[2] ?? String(randomInt(1_000_000))
if (seed.includes('.')) {
  const played = await play(seed)
  const findings = check(played)
  sayWrong(played, findings)
  process.exitCode = findings.wrong.length > 0 ? 1 : 0
} else {
  say(`Seed ${seed}`)
  process.exitCode = (await simulate(seed)) ? 0 : 1
}
