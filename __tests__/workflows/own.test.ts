import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import * as on from './events.ts'
import { byContext, cleanUp, PARTS, play, ROOT } from './play.ts'

afterAll(cleanUp)

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** The action's own files, by their paths. */
function action(): Record<string, string> {
  const paths = PARTS.flatMap((part) =>
    part.endsWith('.yml') ? [part] : readdirSync(join(ROOT, part)).map((name) => `${part}/${name}`),
  )
  return Object.fromEntries(paths.map((path) => [path, read(path)]))
}

test('CI uses the action on itself, from the checkout, and finds what it has published', async () => {
  const run = { event: on.push(), files: action(), job: 'self-settled' }
  const { shows, jobs, log } = await play('ci.yml', run, read('.github/workflows/ci.yml'))
  expect(byContext(shows)).toEqual(
    ['macos', 'ubuntu', 'windows'].flatMap((system) => [
      `pending | CI / self (${system}-latest) | In progress`,
      `success | CI / self (${system}-latest) | Successful in <time>`,
    ]),
  )
  expect(jobs).toEqual({ self: 'success', 'self-settled': 'success' })
  expect(log).toMatch(/The combined status of \S+ is success\. All are successful\./)
})
