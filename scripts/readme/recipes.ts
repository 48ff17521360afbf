import { readFileSync } from 'node:fs'
import { fence } from './parts.ts'

type Recipe = { path: string; title: string; text: string; yaml: string }

/** The examples by what they are for, in the order of the page. */
const GROUPS: Readonly<Record<string, string>> = {
  'The result of a job': 'follow matrix late-description deploy-links',
  'One status for many jobs': 'roll-up roll-up-required complete-needs path-filters',
  'A merge queue': 'merge-queue merge-queue-mirror',
  'A state of your own': 'once steps table mirror override freeze same-tree',
  'Other commits and repositories': 'forks bots bots-push comment another-repository',
  'Waiting for statuses':
    'gate gate-check-runs auto-merge release-gate gate-without-runner monorepo wait-for-deployment',
  'Reading and closing': 'history broke-and-fixed sweep nightly-sweep',
  'Reuse, and other servers':
    'composite composite/action reusable reusable-caller gitea gitea-sweep',
}

/** Every example, its leading comment as text, and a table of contents. */
export function recipes(): string {
  const groups = Object.entries(GROUPS).map(([group, names]) => ({
    group,
    all: names.split(' ').map((name) => recipeOf(`examples/${name}.yml`)),
  }))
  const contents = groups.flatMap(({ group, all }) => [
    `- ${group}`,
    ...all.map(({ title }) => `  - [${title}](#${anchor(title)})`),
  ])
  const all = groups.flatMap((one) => one.all)
  const sections = all.map(
    ({ path, title, text, yaml }) =>
      `## ${title}\n\n${text}\n[${path}](../${path})\n\n${fence(yaml)}`,
  )
  return [
    '<!-- Written by `npm run readme` from examples/. -->',
    '# Recipes',
    'Complete workflows. Replace `OWNER` with the account that hosts the action.',
    contents.join('\n'),
    ...sections,
  ]
    .join('\n\n')
    .concat('\n')
}

/** The leading comment of an example is a title, an empty line, and text. */
function recipeOf(path: string): Recipe {
  const whole = readFileSync(path, 'utf8')
  const comment = /^(?:#.*\n)*/.exec(whole)?.[0] ?? ''
  const [title = '', empty, ...lines] = comment.split('\n').map((line) => line.replace(/^# ?/, ''))
  if (empty !== '') throw new Error(`${path}: expected a title and an empty line on top`)
  return { path, title, text: lines.join('\n'), yaml: whole.slice(comment.length) }
}

/** A heading's anchor on GitHub. */
const anchor = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')
