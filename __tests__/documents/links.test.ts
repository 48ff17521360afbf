import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { anchorOf, DOCUMENTS, headings, prose, ROOT, read } from './documents.ts'

test.each(DOCUMENTS)('the links of %s inside the repository lead somewhere', (path) => {
  expect(linksOf(read(path)).filter((link) => isBroken(link, path))).toEqual([])
})

test('a link that leads nowhere is found', () => {
  const broken = linksOf('[a](nothing.md) [b](#nothing) [c](README.md#nothing) <img src="no.svg">')
  expect(broken.filter((link) => isBroken(link, 'README.md'))).toHaveLength(4)
})

function linksOf(markdown: string): string[] {
  const text = prose(markdown).replace(/`[^`]*`/g, '')
  const inline = [...text.matchAll(/\]\(([^)\s]+)[^)]*\)/g)]
  const html = [...text.matchAll(/(?:src|srcset|href)="([^"]+)"/g)]
  return [...inline, ...html]
    .map(([, link = '']) => link)
    .filter((link) => !/^(https?|mailto):/.test(link))
}

function isBroken(link: string, from: string): boolean {
  const [path = '', anchor] = link.split('#')
  const file = path === '' ? from : join(dirname(from), path)
  if (!existsSync(join(ROOT, file))) return true
  return anchor !== undefined && !anchorsOf(read(file)).includes(anchor)
}

/** A second heading of the same text gets a number. */
function anchorsOf(markdown: string): string[] {
  const anchors = headings(markdown).map(anchorOf)
  return anchors.map((anchor, index) => {
    const before = anchors.slice(0, index).filter((other) => other === anchor).length
    return before > 0 ? `${anchor}-${before}` : anchor
  })
}
