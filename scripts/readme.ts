/**
 * Writes what the documents repeat from elsewhere: parts between two comments such as `<!-- inputs:start action.yml -->`
 * and `<!-- inputs:end -->`, docs/recipes.md, and the pictures. With `--check` it writes nothing, and fails if anything
 * is not current.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { drawPictures, type Picture } from '../sandbox/pictures/pictures.ts'
import { exampleBlock, inputsTable, outputsTable, pictureTag, wordsTable } from './readme/parts.ts'
import { recipes } from './readme/recipes.ts'

const DOCUMENTS = ['README.md', 'combined/README.md', 'list/README.md', 'sweep/README.md']
const PART = /(<!-- (\w+):start(?: (\S+))? -->\n)[\s\S]*?(<!-- \2:end -->)/g

type Maker = (argument: string, document: string) => string

function makersFor(pictures: readonly Picture[]): Record<string, Maker> {
  return {
    inputs: inputsTable,
    outputs: outputsTable,
    example: exampleBlock,
    words: wordsTable,
    picture: (name, document) => pictureTag(pictures, name, document),
  }
}

function withParts(document: string, makers: Record<string, Maker>): string {
  return readFileSync(document, 'utf8').replace(PART, (_, start, kind, argument, end) => {
    const make = makers[kind]
    if (make === undefined) throw new Error(`${document}: no part is called ${kind}`)
    return `${start}\n${make(argument, document)}\n\n${end}`
  })
}

async function filesToWrite(): Promise<[path: string, text: string][]> {
  const pictures = await drawPictures()
  const makers = makersFor(pictures)
  const documents = DOCUMENTS.filter((document) => existsSync(document))
  return [
    ...documents.map((path): [string, string] => [path, withParts(path, makers)]),
    ['docs/recipes.md', recipes()],
    ...pictures.flatMap(({ files }) => Object.entries(files)),
  ]
}

const isCurrent = ([path, text]: [string, string]) =>
  existsSync(path) && readFileSync(path, 'utf8') === text

const outdated = (await filesToWrite()).filter((file) => !isCurrent(file))
if (!process.argv.includes('--check')) {
  for (const [path, text] of outdated) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
} else if (outdated.length > 0) {
  const paths = outdated.map(([path]) => path).join(', ')
  console.error(`Not current: ${paths}. Run \`npm run readme\`.`)
  process.exitCode = 1
}
