import { describe, expect, test } from '@jest/globals'
import { parse, parseAllDocuments } from 'yaml'
import { asWorkflow, blocksOf } from '../../scripts/document-blocks.ts'
import { ACTIONS, DOCUMENTS, find, manifestOf, namesOf, read } from './documents.ts'

type Step = { id?: string; uses: string; with?: Record<string, unknown> }

/** The recipes hold the examples, which are looked at as files. */
const blocks = DOCUMENTS.filter((path) => path !== 'docs/recipes.md').flatMap((path) =>
  blocksOf(read(path)).map(({ text, index }) => ({ name: `${path}, block ${index}`, text })),
)
const examples = find('examples/**/*.yml').map((name) => ({ name, text: read(name) }))

describe('YAML in the documents and the examples', () => {
  test.each([...blocks, ...examples])(
    '$name names only inputs and outputs that exist',
    ({ text }) => {
      expect(unknownNames(text)).toEqual([])
    },
  )

  test('is found in most documents', () => {
    expect(blocks.length).toBeGreaterThan(25)
  })

  test('that names what does not exist is found', () => {
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

describe('a block as the linter sees it', () => {
  test.each(blocks)('$name is a workflow, jobs or steps', ({ text }) => {
    expect(parse(asWorkflow(text))).toMatchObject({
      on: expect.anything(),
      jobs: expect.anything(),
    })
  })

  test('of steps is in a job', () => {
    const { jobs } = parse(asWorkflow('- run: "true"'))
    expect(jobs).toEqual({ job: { 'runs-on': 'ubuntu-latest', steps: [{ run: 'true' }] } })
  })

  test('of a job has the jobs that it needs', () => {
    const { jobs } = parse(asWorkflow('all: { needs: [a, b], steps: [] }'))
    expect(namesOf(jobs)).toEqual(['a', 'b', 'all'])
  })

  test('of a diff is what comes afterwards', () => {
    const [block] = blocksOf('```diff\n- - run: old\n+ - run: new\n    id: kept\n```\n')
    expect(block?.text.trimEnd()).toBe('- run: new\n  id: kept')
  })

  test('that is something else is an error', () => {
    expect(() => asWorkflow('key: value')).toThrow('neither a workflow nor jobs nor steps')
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
  if (!uses.startsWith('OWNER/commit-status')) return []
  const [, folder = '.'] = /^OWNER\/commit-status(?:\/([^@]+))?@v1$/.exec(uses) ?? [uses, uses]
  if (!ACTIONS.includes(folder)) return [`action ${folder}`]

  const { inputs, outputs } = manifestOf(folder)
  const used = [...text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)]
  const ofStep = used.filter(([, step]) => step === id).map(([, , name = '']) => name)
  const unknown = (names: string[], known: object | undefined) =>
    names.filter((name) => !namesOf(known).includes(name))
  return [
    ...unknown(namesOf(given), inputs).map((name) => `input ${name}`),
    ...unknown(ofStep, outputs).map((name) => `output ${name}`),
  ]
}
