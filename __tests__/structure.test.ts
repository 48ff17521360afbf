import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from '@jest/globals'

/** The folders of src, and its files beside them, from top to bottom; each imports only from those below its row. */
const ROWS = [
  ['index'],
  ['stages'],
  ['publish', 'combined', 'list', 'sweep'],
  ['github'],
  ['runner'],
  ['status'],
]

type Edge = [from: string, to: string]

const rowOf = (folder: string) => ROWS.findIndex((row) => row.includes(folder))
const folderOf = (path: string) => relative('src', path).split('/')[0]?.replace(/\.ts$/, '') ?? ''
const shown = (edges: Edge[]) => [...new Set(edges.map((edge) => edge.join(' --> ')))].sort()

/** The modules that a file of src imports from src, now or later. */
function importsOf(path: string): Edge[] {
  const text = readFileSync(path, 'utf8')
  const paths = [...text.matchAll(/(?:from|import\() ?'(\.{1,2}\/[^']+)'/g)]
  return paths.map(([, to = '']) => [folderOf(path), folderOf(join(dirname(path), to))])
}

const edges = globSync('src/**/*.ts')
  .flatMap(importsOf)
  .filter(([from, to]) => from !== to)

test('every folder of src is in a row', () => {
  const folders = new Set(globSync('src/**/*.ts').map(folderOf))
  folders.delete('stubs') // stand-ins for packages: the bundler alone imports them
  expect([...folders].filter((folder) => rowOf(folder) < 0)).toEqual([])
})

test('every folder of src imports only from those below it', () => {
  expect(edges).not.toEqual([])
  expect(shown(edges.filter(([from, to]) => rowOf(from) >= rowOf(to)))).toEqual([])
})

/** The arrows of a mermaid drawing: `a & b --> c`, in which a name can bear a label, as in `a["A: …"]`. */
function drawnEdges(drawing: string): Edge[] {
  const bare = drawing.replaceAll(/"[^"]*"/g, '').replaceAll(/\[[^\]]*\]|\([^)]*\)/g, '')
  return bare.split('\n').flatMap((line) => {
    const groups = line.split('-->').map((group) => group.split('&').map((name) => name.trim()))
    return groups
      .slice(1)
      .flatMap((to, index) =>
        (groups[index] ?? []).flatMap((from) => to.map((one): Edge => [from, one])),
      )
  })
}

/** Whether arrows lead from one folder to another, directly or by way of others. */
const leads = (arrows: Edge[], from: string, to: string): boolean =>
  arrows.some(([start, end]) => start === from && (end === to || leads(arrows, end, to)))

const [, drawing] = /```mermaid\n(.*?)```/s.exec(readFileSync('CONTRIBUTING.md', 'utf8')) ?? []
const testDrawing = drawing === undefined ? test.skip : test

testDrawing('the drawing in CONTRIBUTING shows these imports and no others', () => {
  const arrows = drawnEdges(drawing ?? '')
  const real = shown(edges)
  expect(shown(arrows).filter((arrow) => !real.includes(arrow))).toEqual([])
  expect(shown(edges.filter(([from, to]) => !leads(arrows, from, to)))).toEqual([])
})
