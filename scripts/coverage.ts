/**
 * Which lines of src the tests have run, in the processes that they start with the bundle in dist. Those write down what
 * they run (NODE_V8_COVERAGE); a second build with source maps leads from there to src.
 */
import { execSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import remapping from '@jridgewell/remapping'
import { CoverageReport, type V8CoverageEntry } from 'monocart-coverage-reports'
import { build } from './build.ts'

export const FOLDER = 'coverage'
const LEAST = 98

/** Of a file of src, whether each line that holds code was run. */
type Lines = Map<number, boolean>

const read = (path: string) => readFileSync(path, 'utf8')
const readJson = (path: string) => JSON.parse(read(path))

/** A source map from a file of the bundle to src, made of the bundler's and the compiler's. */
function mapOf(path: string): object {
  const map = remapping(readJson(`${path}.map`), (source) => {
    const [, module] = /^[./]+\/lib\/(.+)\.js$/.exec(source) ?? []
    return module === undefined ? null : readJson(join(FOLDER, 'lib', `${module}.js.map`))
  })
  return JSON.parse(map.toString())
}

/** The files of dist by their URL, with source maps: the same code, or what was tested is not what src says. */
function buildWithMaps() {
  build(join(FOLDER, 'dist'), '--source-map --no-source-map-register')
  execSync(`npx tsc --sourceMap --inlineSources --outDir ${join(FOLDER, 'lib')}`)
  const paths = globSync(`${FOLDER}/dist/*.js.map`).map((path) => path.slice(0, -'.map'.length))
  const bundles = paths.map((path) => {
    const source = read(path).replace(/\n\/\/# sourceMappingURL=.*$/, '')
    const committed = resolve('dist', basename(path))
    if (source !== read(committed)) throw new Error('dist is not built from src: npm run build')
    return [pathToFileURL(committed).href, { source, sourceMap: mapOf(path) }] as const
  })
  return new Map(bundles)
}

/** What the processes ran. */
async function ofBundle(): Promise<Map<string, Lines>> {
  const bundles = buildWithMaps()
  const report = new CoverageReport({
    outputDir: join(FOLDER, 'report'),
    reports: [],
    logging: 'error',
    sourceFilter: (path) => path.startsWith('src/'),
  })
  for (const path of globSync(`${FOLDER}/stages/*.json`)) {
    const entries: V8CoverageEntry[] = readJson(path)
    const ours = entries
      .filter(({ url }) => bundles.has(url))
      .map((entry) => ({ ...entry, ...bundles.get(entry.url) }))
    if (ours.length) await report.add(ours)
  }
  const files = (await report.generate())?.files ?? []
  return new Map(
    files.map(({ sourcePath = '', data }) => {
      const lines = Object.entries(data?.lines ?? {})
      return [sourcePath, new Map(lines.map(([line, count]) => [Number(line), count !== 0]))]
    }),
  )
}

/** Prints how much of each file of src was run, and which lines were not; whether that is enough. */
export async function report(): Promise<boolean> {
  const rows = [...(await ofBundle())].sort().map(([path, lines]) => {
    const missed = [...lines].filter(([, ran]) => !ran).map(([line]) => line)
    return { path, all: lines.size, missed }
  })
  console.log('\nLines of src               run by the tests (%); not run')
  const shareOf = (all: number, missed: number) => (all ? 100 - (100 * missed) / all : 100)
  const print = (path: string, share: number, missed: readonly number[]) =>
    console.log(`${path.padEnd(36)} ${share.toFixed(1).padStart(5)} %  ${missed.join(' ')}`)
  for (const { path, all, missed } of rows) print(path, shareOf(all, missed.length), missed)

  const sum = (numbers: number[]) => numbers.reduce((before, number) => before + number, 0)
  const share = shareOf(
    sum(rows.map(({ all }) => all)),
    sum(rows.map(({ missed }) => missed.length)),
  )
  print('all', share, [])
  if (share < LEAST) console.error(`Fewer than ${LEAST} % of the lines of src were run.`)
  return share >= LEAST
}
