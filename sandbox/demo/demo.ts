/**
 * Shows what a commit shows: the committed bundle, stage by stage, against the sandbox. Exits with 1 if a scene's
 * claim does not hold. `--verbose` adds each scene's requests and log; a scene that fails shows them anyway.
 */
import { parseArgs } from 'node:util'
import { allHold, type Played, playScene, type Scene } from './play.ts'
import { follow } from './scenes/follow.ts'
import { gate } from './scenes/gate.ts'
import { rollUp } from './scenes/roll-up.ts'
import { sweep } from './scenes/sweep.ts'
import { intro, requestLines, sceneLines, summary } from './screen.ts'

const { values } = parseArgs({ options: { verbose: { type: 'boolean', default: false } } })
/** In the order in which they are played. */
const SCENES: readonly Scene[] = [follow, rollUp, gate, sweep]
const say = (lines: string[]) => process.stdout.write(`${lines.join('\n')}\n`)

say(intro())
const startedAt = performance.now()
const all: Played[] = []
for (const scene of SCENES) {
  const played = await playScene(scene)
  all.push(played)
  const isDetailed = values.verbose || !allHold(played.claims)
  say(['', ...sceneLines(played, all.length), ...(isDetailed ? requestLines(played) : [])])
}

const seconds = (performance.now() - startedAt) / 1000
say(['', summary(all, seconds), 'All requests and log lines: npm run demo -- --verbose'])
process.exitCode = all.every(({ claims }) => allHold(claims)) ? 0 : 1
