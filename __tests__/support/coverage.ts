import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'

// Before each test file: has Node write down what the processes of the file run, and afterwards keeps of that what is
// of the bundle (scripts/coverage.ts reads it). https://nodejs.org/api/cli.html#node_v8_coveragedir
const folder = process.env.STAGE_COVERAGE
if (folder) {
  const raw = join(folder, `${randomUUID()}-raw`)
  process.env.NODE_V8_COVERAGE = raw
  afterAll(() => {
    if (!existsSync(raw)) return
    const scripts = readdirSync(raw).flatMap(
      (name) => JSON.parse(readFileSync(join(raw, name), 'utf8')).result,
    )
    rmSync(raw, { recursive: true })
    mkdirSync(folder, { recursive: true })
    const ours = scripts.filter(({ url }: { url: string }) => /\/dist\/[^/]*\.js$/.test(url))
    writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(ours))
  })
}
