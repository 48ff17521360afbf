// Writes the parts of README.md that repeat another file, each between two comments:
//   inputs, outputs   a table of those in an action.yml
//   example           a file, as a block of YAML
// as `<!-- inputs:start action.yml -->` to `<!-- inputs:end -->`. With --check nothing is written: it fails where a part
// is not current.
import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'

const FILE = 'README.md'
const PART = /(<!-- (\w+):start (\S+) -->\n)[\s\S]*?(<!-- \2:end -->)/g

const MAKERS = {
  inputs: (path) => {
    const rows = entries(path, 'inputs').map(
      ([name, { description, default: value, required }]) => {
        const given =
          value === undefined || value === '' ? (required ? 'required' : '') : code(String(value))
        return [code(name), given, description]
      },
    )
    return table(['Input', 'Default', 'Meaning'], rows)
  },
  outputs: (path) => {
    const rows = entries(path, 'outputs').map(([name, { description }]) => [
      code(name),
      description,
    ])
    return table(['Output', 'Meaning'], rows)
  },
  example: (path) => ['```yaml', readFileSync(path, 'utf8').trimEnd(), '```'].join('\n'),
}

const code = (text) => `\`${text}\``
const entries = (path, section) => Object.entries(parse(readFileSync(path, 'utf8'))[section] ?? {})

function table(head, rows) {
  const line = (cells) =>
    `| ${cells.map((cell) => cell.trim().replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const before = readFileSync(FILE, 'utf8')
const after = before.replace(PART, (_, start, kind, path, end) => {
  const make = MAKERS[kind]
  if (make === undefined) throw new Error(`${FILE}: no part is called ${kind}`)
  return `${start}\n${make(path)}\n\n${end}`
})

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, after)
} else if (after !== before) {
  console.error(`${FILE} is not current: run \`npm run readme\`.`)
  process.exitCode = 1
}
