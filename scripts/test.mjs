/**
 * Runs jest. Without arguments it then says which lines of src were run, by jest itself and by the bundle in dist, which
 * the tests start as processes of their own, and fails where those are too few.
 */
import { execSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { eachMapping, TraceMap } from '@jridgewell/trace-mapping'

const LEAST = 95
const FOLDER = resolve('coverage')

/** How a source map names what was made of a file in src. */
const OURS = /^[./]+\/lib\/([\w-]+)\.js$/

const read = (path) => readFileSync(path, 'utf8')
const readJson = (path) => JSON.parse(read(path))
const list = (folder) => readdirSync(folder).map((name) => join(folder, name))

function jest(args, env = {}) {
  const { status } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', resolve('node_modules/jest/bin/jest.js'), ...args],
    { stdio: 'inherit', env: { ...process.env, ...env } },
  )
  if (status !== 0) process.exit(status ?? 1)
}

/** Builds dist a second time, with source maps: the same code, or what was tested is not what src says. */
function buildWithMaps() {
  const run = (command) => execSync(`npx ${command}`, { stdio: ['ignore', 'inherit', 'ignore'] })
  run('tsc')
  run(`tsc --sourceMap --outDir ${join('coverage', 'lib')}`)
  run(
    `ncc build lib/index.js --out ${join('coverage', 'dist')} --source-map --no-source-map-register --no-cache --quiet`,
  )
  return list(join(FOLDER, 'dist'))
    .filter((path) => path.endsWith('.js'))
    .map((path) => {
      const code = read(path).replace(/\n\/\/# sourceMappingURL=.*$/, '')
      if (code !== read(join('dist', basename(path))))
        throw new Error('dist is not built from src: npm run build')
      return {
        code,
        url: pathToFileURL(resolve('dist', basename(path))).href,
        map: new TraceMap(readJson(`${path}.map`)),
        ran: new Uint8Array(code.length),
      }
    })
}

/** Marks each character of a script that any of the processes ran. The inner of V8's ranges counts. */
function addProcesses({ url, ran }, processes) {
  for (const { functions } of processes.filter((script) => script.url === url)) {
    const once = new Uint8Array(ran.length)
    const ranges = functions.flatMap((one) => one.ranges)
    ranges.sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset)
    for (const { startOffset, endOffset, count } of ranges)
      once.fill(count > 0 ? 1 : 0, startOffset, endOffset)
    for (let index = 0; index < ran.length; index++) ran[index] |= once[index]
  }
}

/** Adds to each file of src its lines that are in a script, and whether any part of a line was run. */
function addLines({ code, map, ran }, files) {
  const ends = [...code.matchAll(/\n|$/g)].map(({ index }) => index)
  eachMapping(map, ({ source, originalLine, generatedLine }) => {
    const name = OURS.exec(source ?? '')?.[1]
    const [start, end] = [(ends[generatedLine - 2] ?? -1) + 1, ends[generatedLine - 1]]
    if (name === undefined || code.slice(start, end).trim() === '') return
    if (!files.has(name)) files.set(name, sourceOf(name))
    const { lines, linesOf } = files.get(name)
    const first = start + code.slice(start, end).search(/\S/)
    for (const line of linesOf.get(originalLine) ?? []) {
      lines.set(line, lines.get(line) || ran.subarray(first, end).includes(1))
    }
  })
}

/** Which lines of a file in src each line of the JavaScript is made of; those of comments and of brackets alone are left out. */
function sourceOf(name) {
  const linesOf = new Map()
  const text = read(join('src', `${name}.ts`)).split('\n')
  eachMapping(
    new TraceMap(readJson(join(FOLDER, 'lib', `${name}.js.map`))),
    ({ generatedLine, originalLine }) => {
      const line = text[originalLine - 1] ?? ''
      if (/^\s*(\/\/|\/?\*)/.test(line) || !/\w/.test(line)) return
      linesOf.set(generatedLine, (linesOf.get(generatedLine) ?? new Set()).add(originalLine))
    },
  )
  return { lines: new Map(), linesOf }
}

/** Marks what jest itself ran, which it says line by line. */
function addJest(files) {
  for (const { path, statementMap, s } of Object.values(
    readJson(join(FOLDER, 'jest', 'coverage-final.json')),
  )) {
    const lines = files.get(basename(path, '.ts'))?.lines
    for (const [id, { start }] of Object.entries(statementMap)) {
      if (s[id] > 0 && lines?.has(start.line)) lines.set(start.line, true)
    }
  }
}

/** `3 7-9` */
function spans(numbers) {
  const sorted = numbers.sort((a, b) => a - b)
  const firsts = sorted.filter((number) => !numbers.includes(number - 1))
  const lasts = sorted.filter((number) => !numbers.includes(number + 1))
  return firsts
    .map((first, index) => (first === lasts[index] ? first : `${first}-${lasts[index]}`))
    .join(' ')
}

function report() {
  const scripts = buildWithMaps().filter(({ map }) =>
    map.sources.some((source) => OURS.test(source)),
  )
  for (const path of list(join(FOLDER, 'stages'))) {
    const processes = readJson(path)
    for (const script of scripts) addProcesses(script, processes)
  }
  const files = new Map()
  for (const script of scripts) addLines(script, files)
  addJest(files)

  const sum = { all: 0, ran: 0 }
  const row = (name, { all, ran }, missed = '') =>
    console.log(
      `${name.padEnd(16)} ${((100 * ran) / all).toFixed(1).padStart(6)} % ${String(all).padStart(6)}  ${missed}`,
    )
  console.log('\nLines of src     run by the tests (%, of so many; not run)')
  for (const [name, { lines }] of [...files].sort()) {
    const missed = [...lines].filter(([, ran]) => !ran).map(([line]) => line)
    const count = { all: lines.size, ran: lines.size - missed.length }
    row(`${name}.ts`, count, spans(missed))
    sum.all += count.all
    sum.ran += count.ran
  }
  row('all', sum)
  return (100 * sum.ran) / sum.all
}

const args = process.argv.slice(2)
if (args.length > 0) jest(args)
else {
  rmSync(FOLDER, { recursive: true, force: true })
  jest(['--coverage'], { STAGE_COVERAGE: join(FOLDER, 'stages') })
  if (report() < LEAST) {
    console.error(`Fewer than ${LEAST} % of the lines of src were run.`)
    process.exitCode = 1
  }
}
