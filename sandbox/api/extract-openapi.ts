/**
 * Cuts what concerns commit statuses out of GitHub's OpenAPI document, into sandbox/openapi.json.
 * Run in the repository's root: `npx tsc -p sandbox && node lib/sandbox/extract-openapi.mjs [version]`
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null

const version = process.argv[2] ?? '23.0.2'
const operations = [
  ['/repos/{owner}/{repo}/statuses/{sha}', 'post'],
  ['/repos/{owner}/{repo}/commits/{ref}/status', 'get'],
  ['/repos/{owner}/{repo}/commits/{ref}/statuses', 'get'],
] as const

const at = (document: Json | undefined, ...path: string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (value, key) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? value[key] : undefined,
    document,
  )

/** A copy without examples: they are most of the document. */
function withoutExamples(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutExamples)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => key !== 'example' && key !== 'examples')
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutExamples(item)]))
}

const references = (value: Json) =>
  [...JSON.stringify(value).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path)

function download(): Json {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
  try {
    const name = execFileSync('npm', ['pack', '--silent', `@octokit/openapi@${version}`], {
      cwd: folder,
      encoding: 'utf8',
    }).trim()
    const file = 'package/generated/api.github.com.json'
    execFileSync('tar', ['xzf', name, file], { cwd: folder })
    return JSON.parse(readFileSync(join(folder, file), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const source = download()
const paths: { [path: string]: Json } = {}
for (const [path, method] of operations)
  paths[path] = { [method]: withoutExamples(at(source, 'paths', path, method) ?? null) }

const components: { [kind: string]: { [name: string]: Json } } = {}
const wanted = references(paths)
for (let next = wanted.pop(); next !== undefined; next = wanted.pop()) {
  const [, kind = '', name = ''] = next.split('/')
  components[kind] ??= {}
  if (name in components[kind]) continue
  const found = withoutExamples(at(source, 'components', kind, name) ?? null)
  components[kind][name] = found
  wanted.push(...references(found))
}

const info = {
  ...(at(source, 'info') as { [key: string]: Json }),
  'x-source': `@octokit/openapi@${version}`,
}
const extract = { openapi: at(source, 'openapi') ?? null, info, paths, components }
writeFileSync('sandbox/openapi.json', `${JSON.stringify(extract, null, 2)}\n`)
