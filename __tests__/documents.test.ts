import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

type Manifest = Partial<
  Record<'inputs' | 'outputs', Record<string, { description?: string; default?: unknown }>>
>
type Step = { id?: string; uses?: string; with?: Record<string, unknown> }

const ROOT = join(import.meta.dirname, '..')
const FOLDERS = [
  '.',
  ...readdirSync(ROOT).filter((name) => existsSync(join(ROOT, name, 'action.yml'))),
]
const DOCUMENTS = readdirSync(ROOT).filter((name) => name.endsWith('.md'))
const EXAMPLES = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yml'))
  .map((name) => `examples/${name.replaceAll('\\', '/')}`)

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const manifestOf = (folder: string): Manifest => parse(read(join(folder, 'action.yml')))
const namesOf = (part: object | undefined) => Object.keys(part ?? {})

const readme = read('README.md')

test('the generated parts of the README are current', () => {
  execFileSync(process.execPath, ['scripts/readme.ts', '--check'], { cwd: ROOT })
})

describe.each(FOLDERS)('the action in %s', (folder) => {
  const path = folder === '.' ? 'action.yml' : `${folder}/action.yml`

  test('has its inputs and outputs in the README', () => {
    expect(readme).toContain(`<!-- inputs:start ${path} -->`)
    expect(readme).toContain(`<!-- outputs:start ${path} -->`)
  })

  test('has types for exactly its inputs and outputs', () => {
    const types: Manifest = parse(read(join(folder, 'action-types.yml')))
    const manifest = manifestOf(folder)
    expect(namesOf(types.inputs)).toEqual(namesOf(manifest.inputs))
    expect(namesOf(types.outputs)).toEqual(namesOf(manifest.outputs))
  })

  test('has an expression nowhere but in defaults: any other keeps the runner from loading it', () => {
    const { inputs, ...rest } = manifestOf(folder)
    const withoutDefaults = Object.values(inputs ?? {}).map((input) => ({
      ...input,
      default: undefined,
    }))
    expect(JSON.stringify([rest, withoutDefaults])).not.toContain('${{')
  })
})

test('every example is in the README', () => {
  const missing = EXAMPLES.filter((path) => !readme.includes(`<!-- example:start ${path} -->`))
  expect(missing).toEqual([])
})

describe('YAML in the documents', () => {
  const blocks = DOCUMENTS.flatMap((name) =>
    [...read(name).matchAll(/^```ya?ml\n(.*?)^```$/gms)].map(([, text = ''], index) => ({
      name: `${name}, block ${index + 1}`,
      text,
    })),
  )

  test('is there', () => expect(blocks.length).toBeGreaterThan(EXAMPLES.length / 2))

  test.each(blocks)('$name is a workflow, an action or steps', ({ text }) => {
    expect(stepsOf(parse(text))).not.toHaveLength(0)
  })

  test.each(blocks)('$name names only inputs and outputs that exist', ({ text }) => {
    expect(unknownNames(text)).toEqual([])
  })

  test('an input or output that does not exist is found', () => {
    const text = `
- uses: OWNER/commit-status@v1
  id: status
  with:
    contxt: x
    sha: \${{ steps.status.outputs.shaa }}
- uses: OWNER/commit-status/nothing@v1
`
    expect(unknownNames(text)).toEqual(['input contxt', 'output shaa', 'action nothing'])
  })
})

/** The steps of a workflow's jobs, of an action, or of a list; a job that calls a workflow counts as one. */
function stepsOf(document: unknown): Step[] {
  if (Array.isArray(document)) return document
  const { jobs, runs } = (document ?? {}) as {
    jobs?: Record<string, { steps?: Step[]; uses?: string }>
    runs?: { steps?: Step[] }
  }
  return (
    runs?.steps ??
    Object.values(jobs ?? {}).flatMap((job) => job.steps ?? [{ uses: job.uses ?? '' }])
  )
}

/** What the steps of a text name of our actions that these do not have. */
function unknownNames(text: string): string[] {
  const steps = stepsOf(parse(text))
  return steps.flatMap(({ id, uses = '', with: given }) => {
    const reference = /^OWNER\/commit-status(?:\/([^@]+))?@v1$/.exec(uses)
    if (reference === null)
      return uses.startsWith('OWNER/commit-status') ? [`reference ${uses}`] : []
    const folder = reference[1] ?? '.'
    if (!FOLDERS.includes(folder)) return [`action ${folder}`]
    const manifest = manifestOf(folder)
    const outputs = [...text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(
      ([, step]) => step === id,
    )
    return [
      ...namesOf(given)
        .filter((name) => !namesOf(manifest.inputs).includes(name))
        .map((name) => `input ${name}`),
      ...outputs
        .map(([, , name = '']) => name)
        .filter((name) => !namesOf(manifest.outputs).includes(name))
        .map((name) => `output ${name}`),
    ]
  })
}

describe('troubleshooting', () => {
  const bundle = readdirSync(join(ROOT, 'dist'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => read(`dist/${name}`).replace(/\\(.)/g, '$1'))
    .join('\n')
  const section = readme.split('### Messages of the action\n')[1]?.split('\n#')[0] ?? ''
  const messages = [...section.matchAll(/^\| (`+)(.+?)\1 \|/gm)].map(([, , message = '']) =>
    message.trim(),
  )

  test('quotes messages', () => expect(messages.length).toBeGreaterThan(20))

  test.each(messages)('%s', (message) => {
    const fragments = message.split('…').map((fragment) => fragment.trim())
    expect(fragments.filter((fragment) => !bundle.includes(fragment))).toEqual([])
  })
})

/** Headings as GitHub makes anchors of them. */
const anchorsOf = (markdown: string) =>
  [...markdown.replace(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )

test.each(DOCUMENTS)('the links of %s inside the repository lead somewhere', (name) => {
  const prose = read(name)
    .replace(/^```.*?^```$/gms, '')
    .replace(/`[^`]*`/g, '')
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  const broken = links
    .filter((link) => !/^(https?|mailto):/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#')
      const file = path === '' ? name : join(dirname(name), path)
      if (!existsSync(join(ROOT, file))) return true
      return anchor !== undefined && !anchorsOf(read(file)).includes(anchor)
    })
  expect(broken).toEqual([])
})
