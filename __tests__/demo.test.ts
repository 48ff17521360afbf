import { execFileSync } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { allHold, playScene } from '../sandbox/demo/play.ts'
import { follow } from '../sandbox/demo/scenes/follow.ts'
import { gate } from '../sandbox/demo/scenes/gate.ts'
import { rollUp } from '../sandbox/demo/scenes/roll-up.ts'
import { sweep } from '../sandbox/demo/scenes/sweep.ts'
import { sceneLines, WIDTH } from '../sandbox/demo/screen.ts'

const SCREENS = 2 * 40
const ESCAPE = String.fromCharCode(27)

function demo(args: string[] = [], env: NodeJS.ProcessEnv = {}): string {
  const { PATH } = process.env
  const options = { encoding: 'utf8', env: { PATH, ...env } } as const
  return execFileSync(process.execPath, ['sandbox/demo/demo.ts', ...args], options)
}

describe('npm run demo', () => {
  let plain = ''

  beforeAll(() => {
    plain = demo()
  })

  test('fills at most two screens of 80 columns', () => {
    const lines = plain.trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(SCREENS)
    expect(lines.filter((line) => line.length > WIDTH)).toEqual([])
  })

  test('says what is simulated before the first scene', () => {
    expect(plain).toMatch(/^commit-status.*\nSimulated: .*\nReal: .*\n\n1\. /)
  })

  test('shows every scene with its YAML', () => {
    const told = plain.replace(/^ {3}/gm, '')
    for (const { title, yaml } of [follow, rollUp, gate, sweep]) {
      expect(told).toContain(title)
      expect(told).toContain(yaml.trimEnd())
    }
  })

  test('prints no colour unless a terminal shows it', () => {
    expect(plain).not.toContain(ESCAPE)
  })

  test('prints no full SHA', () => {
    expect(plain).not.toMatch(/[0-9a-f]{40}/)
  })
})

test('colours and --verbose only add to what the demo shows', () => {
  const verbose = demo(['--verbose'], { FORCE_COLOR: '1' })
  expect(verbose).toContain(`${ESCAPE}[32m✓`)
  expect(verbose).toContain(`${ESCAPE}[31m✗`)
  expect(verbose).toContain(`${ESCAPE}[33m●`)
  expect(stripVTControlCharacters(verbose)).toMatch(/POST \/repos\/.*\/statuses\/[0-9a-f]{7} 201/)
})

test('a claim that does not hold is shown, and fails the demo', async () => {
  const act: typeof follow.act = async (play) => play.claim('pigs fly', false)
  const played = await playScene({ ...follow, act })
  expect(allHold(played.claims)).toBe(false)
  expect(sceneLines(played, 1).at(-1)).toContain('✗ NOT pigs fly')
})
