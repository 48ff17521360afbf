import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse, parseAllDocuments } from 'yaml'

type Manifest = Partial<Record<'inputs' | 'outputs', Record<string, unknown>>>
type Step = { id?: string; uses: string; with?: Record<string, unknown> }

const ROOT = join(import.meta.dirname, '..')
const find = (...patterns: string[]) => globSync(patterns, { cwd: ROOT }).map(slashed).sort()
const slashed = (path: string) => path.replaceAll('\\', '/')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

const MANIFESTS = find('action.yml', '{combined,list,sweep}/action.yml')
const FOLDERS = MANIFESTS.map((path) => slashed(dirname(path)))
const DOCUMENTS = find('*.md', '{combined,list,sweep,docs,__tests__,examples}/**/*.md')
const EXAMPLES = find('examples/**/*.yml')
const TEXT = DOCUMENTS.map(read).join('\n')

const manifestOf = (folder: string): Manifest => parse(read(join(folder, 'action.yml')))
const namesOf = (part: object | undefined) => Object.keys(part ?? {})

test('the generated parts of the documents are current', () => {
  execFileSync(process.execPath, ['scripts/readme.ts', '--check'], { cwd: ROOT })
})

describe.each(FOLDERS)('the action in %s', (folder) => {
  const path = folder === '.' ? 'action.yml' : `${folder}/action.yml`
  const manifest = manifestOf(folder)

  test('has its inputs and outputs in a document', () => {
    for (const part of ['inputs', 'outputs']) expect(TEXT).toContain(`<!-- ${part}:start ${path}`)
  })

  test('has types for exactly its inputs and outputs', () => {
    const types: Manifest = parse(read(join(folder, 'action-types.yml')))
    expect(namesOf(types.inputs).sort()).toEqual(namesOf(manifest.inputs).sort())
    expect(namesOf(types.outputs).sort()).toEqual(namesOf(manifest.outputs).sort())
  })

  test('describes each input and output in 125 characters, the wired inputs last', () => {
    const described = { ...manifest.inputs, ...manifest.outputs }
    const texts = Object.entries(described as Record<string, { description: string }>)
    const long = texts.filter(([, { description }]) => description.trim().length > 125)
    expect(long.map(([name]) => name)).toEqual([])
    const wired = ['job_status', 'matrix', 'check_run_id', 'job_token']
    const names = namesOf(manifest.inputs)
    const last = names.filter((name) => wired.includes(name))
    expect(names.slice(-last.length).sort()).toEqual(last.sort())
  })

  test('has an expression nowhere but in defaults: any other keeps the runner from loading it', () => {
    const inputs = Object.values(manifest.inputs ?? {})
    const rest = inputs.map((input) => ({ ...(input as object), default: undefined }))
    expect(JSON.stringify([{ ...manifest, inputs: undefined }, rest])).not.toContain('${{')
  })
})

test.each(EXAMPLES)('%s is in a document', (path) => {
  expect(TEXT).toContain(`<!-- example:start ${path} -->`)
})

describe('YAML in the documents', () => {
  const blocks = DOCUMENTS.flatMap((name) =>
    [...read(name).matchAll(/^ *```ya?ml\n(.*?)^ *```$/gms)].map(([, text = ''], index) => ({
      name: `${name}, block ${index + 1}`,
      text,
    })),
  )

  test.each(blocks)('$name parses, and names only inputs and outputs that exist', ({ text }) => {
    expect(unknownNames(text)).toEqual([])
  })

  test('names that do not exist are found', () => {
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

/** Every step, and every job that calls a workflow, however deep in a document. */
function stepsOf(node: unknown): Step[] {
  if (typeof node !== 'object' || node === null) return []
  const inner = Object.values(node).flatMap(stepsOf)
  return 'uses' in node && typeof node.uses === 'string' ? [node as Step, ...inner] : inner
}

/** What the steps of a text name of our actions that these do not have; it throws if the text is no YAML. */
function unknownNames(text: string): string[] {
  const documents = parseAllDocuments(text)
  for (const { errors } of documents) if (errors[0]) throw errors[0]
  return documents
    .flatMap((document) => stepsOf(document.toJS()))
    .flatMap((step) => unknownIn(step, text))
}

function unknownIn({ id, uses, with: given }: Step, text: string): string[] {
  const [, folder = '.'] = /^OWNER\/commit-status(?:\/([^@]+))?@\S+$/.exec(uses) ?? [undefined, '']
  if (folder === '') return uses.startsWith('OWNER/commit-status') ? [`reference ${uses}`] : []
  if (folder.startsWith('.github/workflows/')) return []
  if (!FOLDERS.includes(folder)) return [`action ${folder}`]
  const { inputs, outputs } = manifestOf(folder)
  const read = [...text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)]
  const ofStep = read.filter(([, step]) => step === id).map(([, , name = '']) => name)
  const unknown = (names: string[], known: object | undefined) =>
    names.filter((name) => !namesOf(known).includes(name))
  return [
    ...unknown(namesOf(given), inputs).map((name) => `input ${name}`),
    ...unknown(ofStep, outputs).map((name) => `output ${name}`),
  ]
}

describe('the messages in the troubleshooting page are those of the action', () => {
  const bundle = find('dist/*.js')
    .map((name) => read(name).replace(/\\(.)/g, '$1'))
    .join('\n')
  const page = find('docs/troubleshooting.md').map(read).join('')
  const rows = [...TEXT.matchAll(/^\| (`+)(.+?)\1 \|/gm)]
  const headings = [...page.matchAll(/^#+ (`+)(.+?)\1$/gm)]
  const section = TEXT.split('### Messages of the action\n')[1]?.split('\n#')[0] ?? ''
  const inTable = rows.filter(([row]) => section.includes(row))
  const messages = [...headings, ...inTable].map(([, , message = '']) => message.trim())

  test('there are some', () => expect(messages.length).toBeGreaterThan(10))

  test.each(messages)('%s', (message) => {
    const fragments = message.split('…').map((fragment) => fragment.trim())
    const wrong = fragments.filter((fragment) => !bundle.includes(fragment))
    expect({ message, 'no file of dist says': wrong }).toEqual({
      message,
      'no file of dist says': [],
    })
  })
})

/** Headings as GitHub makes anchors of them; a second one of the same text gets a number. */
function anchorsOf(markdown: string): string[] {
  const prose = markdown.replace(/^ *```.*?^ *```$/gms, '')
  const anchors = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  )
  const given = [...prose.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name = '']) => name)
  const numbered = anchors.map((anchor, index) => {
    const before = anchors.slice(0, index).filter((other) => other === anchor).length
    return before > 0 ? `${anchor}-${before}` : anchor
  })
  return [...numbered, ...given]
}

test.each(DOCUMENTS)('the links of %s inside the repository lead somewhere', (name) => {
  const prose = read(name)
    .replace(/^ *```.*?^ *```$/gms, '')
    .replace(/`[^`]*`/g, '')
  const inline = [...prose.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, link = '']) => link)
  const html = [...prose.matchAll(/(?:src|srcset|href)="([^"]+)"/g)].map(([, link = '']) => link)
  const broken = [...inline, ...html]
    .filter((link) => !/^(https?|mailto):/.test(link))
    .filter((link) => {
      const [path = '', anchor] = link.split('#')
      const file = path === '' ? name : join(dirname(name), path)
      if (!existsSync(join(ROOT, file))) return true
      return anchor !== undefined && !anchorsOf(read(file)).includes(anchor)
    })
  expect(broken).toEqual([])
})
