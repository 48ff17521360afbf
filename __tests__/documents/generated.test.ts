import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { SHA_FIELD } from '../../src/status/event-commit.ts'
import { codesIn, find, ROOT, read } from './documents.ts'

const readme = read('README.md')

test('the generated parts of the documents are current', () => {
  execFileSync(process.execPath, ['scripts/readme.ts', '--check'], { cwd: ROOT })
})

test.each([
  ['README.md', 260],
  ['CONTRIBUTING.md', 60],
])('%s has at most %i lines besides what is generated', (path, most) => {
  const written = read(path).replace(/(<!-- (\w+):start.*-->\n)[\s\S]*?(?=<!-- \2:end)/g, '$1')
  expect(written.trimEnd().split('\n').length).toBeLessThanOrEqual(most)
})

test.each(find('examples/**/*.yml'))('%s is in the recipes', (path) => {
  expect(read('docs/recipes.md')).toContain(`[${path}](../${path})`)
})

describe('the list of events in the README', () => {
  const [, section = ''] = readme.split('\n## Which commit\n')
  const [list = ''] = section.split('\n#')
  const rows = [...list.matchAll(/^- ([^:]+): (.*)$/gm)].map(([, events = '', commit = '']) => ({
    events: codesIn(events),
    commit,
  }))
  const commitOf = (event: string) => rows.find(({ events }) => events.includes(event))?.commit

  test.each(Object.entries(SHA_FIELD))('%s: %s', (event, field) => {
    const [shown = 'nothing', ...others] = codesIn(commitOf(event) ?? '')
    expect(`.${field}`).toMatch(new RegExp(`\\.${shown}$`))
    expect(others).toEqual([])
  })

  test('names no event that is not special', () => {
    const special = [...Object.keys(SHA_FIELD), 'issue_comment', 'push']
    expect(
      rows.flatMap(({ events }) => events).filter((event) => !special.includes(event)),
    ).toEqual([])
  })
})
