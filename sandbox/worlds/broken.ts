import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Break } from './breaks.ts'
import type { Rule } from './world.ts'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))
const FILES = ['publish/last-word/last-word.ts', 'publish/last-word/entries.ts'] as const

/** A copy of the rule with one clause broken. */
export async function brokenRule({ clause, from, to }: Break): Promise<Rule> {
  const copy = mkdtempSync(join(tmpdir(), 'last-word-'))
  try {
    cpSync(SRC, copy, { recursive: true })
    const texts = FILES.map((file) => readFileSync(join(copy, file), 'utf8').split(from))
    if (texts.flat().length !== FILES.length + 1)
      throw new Error(`Not once in src (${clause}): ${from}`)
    for (const [index, file] of FILES.entries())
      writeFileSync(join(copy, file), texts[index]?.join(to) ?? '')
    return await import(join(copy, FILES[0]))
  } finally {
    rmSync(copy, { recursive: true })
  }
}
