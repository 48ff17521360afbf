import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { WORDS } from '../../src/status/state.ts'
import { ACTIONS, type Manifest, manifestOf, namesOf, read } from './documents.ts'

const WIRED = ['job_status', 'matrix', 'job_total', 'check_run_id', 'job_token']
const LONGEST = 125

describe.each(ACTIONS)('the action in %s', (folder) => {
  const manifest = manifestOf(folder)
  const inputs = namesOf(manifest.inputs)

  test('has its inputs and outputs in the README beside it', () => {
    const path = join(folder, 'action.yml').replaceAll('\\', '/')
    const readme = read(join(folder, 'README.md'))
    for (const part of ['inputs', 'outputs'])
      expect(readme).toContain(`<!-- ${part}:start ${path} -->`)
  })

  test('has types for exactly its inputs and outputs', () => {
    const types: Manifest = parse(read(join(folder, 'action-types.yml')))
    expect(namesOf(types.inputs).sort()).toEqual([...inputs].sort())
    expect(namesOf(types.outputs).sort()).toEqual(namesOf(manifest.outputs).sort())
  })

  test('has every result word among the values of `state` in action-types.yml', () => {
    const types = parse(read(join(folder, 'action-types.yml')))
    const { 'allowed-values': values = ['job', ...WORDS] } = types.inputs.state ?? {}
    expect([...values].sort()).toEqual(['job', ...WORDS].sort())
  })

  test(`describes each input and output in ${LONGEST} characters`, () => {
    const all = Object.entries({ ...manifest.inputs, ...manifest.outputs })
    const long = all.filter(([, { description }]) => description.trim().length > LONGEST)
    expect(long.map(([name]) => name)).toEqual([])
  })

  test('has its wired inputs last, marked as internal', () => {
    const wired = inputs.filter((name) => WIRED.includes(name))
    expect(inputs.slice(-wired.length)).toEqual(wired)
    for (const name of wired) expect(manifest.inputs?.[name]?.description).toMatch(/^Internal;/)
  })

  test('has an expression nowhere but in defaults: any other keeps the runner from loading it', () => {
    const described = Object.values(manifest.inputs ?? {}).map(({ description }) => description)
    const rest = { ...manifest, inputs: undefined }
    expect(JSON.stringify([rest, described])).not.toContain('${{')
  })
})
