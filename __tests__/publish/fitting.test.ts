import { describe, expect, test } from '@jest/globals'
import { expectQuiet } from '../support/expect.ts'
import { startJob } from '../support/job.ts'

describe('what can be made right is, and the log says so', () => {
  test.each<[string, string, string, RegExp]>([
    ['description', 'x'.repeat(141), `${'x'.repeat(139)}…`, /140/],
    ['description', 'ship 🚀 it', 'ship it', /4-byte/],
    ['context', '🚀 deploy', 'U+1F680 deploy', /🚀 deploy.*U\+1F680 deploy.*4-byte/],
  ])('%s %j', async (name, value, published, note) => {
    await using job = await startJob({ with: { state: 'success', [name]: value } })
    const main = await job.stage('main')
    expectQuiet(main)
    expect(main.outputs[name]).toBe(published)
    expect(job.published()).toMatchObject([{ [name]: published }])
    const notes = main.log.split('\n').filter((line) => line.includes(name))
    expect(notes.join('\n')).toMatch(note)
  })

  test('two long names stay two, and post finds them again', async () => {
    const long = 'x'.repeat(300)
    await using job = await startJob({ with: { context: `${long}a\n${long}b` } })
    expectQuiet(...Object.values(await job.follow()))
    expect(Object.values(job.shown())).toEqual(['success', 'success'])
    expect(Object.keys(job.shown()).map(({ length }) => length)).toEqual([255, 255])
  })
})
