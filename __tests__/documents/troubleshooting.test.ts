import { expect, test } from '@jest/globals'
import { PROBLEMS } from '../../src/github/problems.ts'
import { anchorOf, find, headings, read } from './documents.ts'

const PAGE = 'docs/troubleshooting.md'

/** Headings that describe what a user sees, and are no message. */
const SYMPTOMS = [
  'Nothing runs',
  '`if: always()` is forgotten',
  'Part of the description is missing while the job runs',
  'A job fails, and its status says success',
  'A step before the action fails, and the status stays pending',
  '`statuses: write` is not enough',
  'A job that ran out of time is a failure',
  'A status is overwritten by `CI / test (push)`',
]

const page = read(PAGE)
const [own = '', foreign = ''] = page.split('## Messages from GitHub and the runner\n')
const source = [...find('src/**/*.ts'), 'scripts/build.ts'].map(read).join('\n')
const literals = source.replace(/\\(.)/g, '$1')

/** The link in the log leads to the anchor of the problem. */
const problems = PROBLEMS.map(({ problem }) => problem)

/** Anchors that the source names itself. */
const topics = [...source.matchAll(/\btopic: '([^']+)'/g)].map(([, topic = '']) => topic)

const linked = [...problems.map(anchorOf), ...topics]

test('the messages that link to the page are found in the source', () => {
  expect(topics.length).toBeGreaterThanOrEqual(2)
})

test('every message that links to the page has its heading there', () => {
  const anchors = headings(page, 3).map(anchorOf)
  const missing = linked.filter((anchor) => !anchors.includes(anchor))
  expect({ [`${PAGE} has no heading for`]: missing }).toEqual({
    [`${PAGE} has no heading for`]: [],
  })
})

test('every heading is a message of the action, in its own words', () => {
  const wrong = headings(own, 3)
    .filter((heading) => !SYMPTOMS.includes(heading) && !linked.includes(anchorOf(heading)))
    .map((heading) => ({ heading, 'the source does not say': unsaid(heading) }))
    .filter(({ 'the source does not say': fragments }) => fragments.length > 0)
  expect(wrong).toEqual([])
})

test('the headings that are symptoms are there', () => {
  expect(headings(own, 3)).toEqual(expect.arrayContaining(SYMPTOMS))
})

test('no two headings are the same, so that every link leads to one entry', () => {
  const anchors = headings(page, 3).map(anchorOf)
  expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([])
})

test('messages of GitHub and the runner stand apart', () => {
  expect(headings(foreign, 3).length).toBeGreaterThan(4)
})

/** The parts of a message, between names, numbers and code, that are nowhere in the source. */
function unsaid(message: string): string[] {
  return message
    .split(/[…`]/)
    .map((fragment) => fragment.trim())
    .filter((fragment) => !literals.includes(fragment))
}
