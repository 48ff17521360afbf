import { describe, expect, test } from '@jest/globals'
import { action, echoAll, job } from './actions.ts'

describe('the log', () => {
  test('commands are carried out, secrets masked', async () => {
    const created = job(
      action({
        main: `console.log('::add-mask::hunter2')
console.log('::group::Details')
console.log('hunter2 and ghs_secret')
console.log('::endgroup::')
console.log('::debug::hidden')
console.log('::warning::careful')
process.stderr.write('::error::boom\\n')
console.log('::notice title=Hm::by the way')
console.log('::add-mask::')`,
        post: "console.log('hunter2 again')",
      }),
    )
    const { main, post } = await created.run()
    expect(main?.log.split('\n').sort()).toEqual([
      '*** and ***',
      'Details',
      'Error: boom',
      'Notice: by the way',
      "Warning: Can't add secret mask for empty string in ##[add-mask] command.",
      'Warning: careful',
    ])
    expect(main?.stdout).toContain('hunter2 and ghs_secret')
    expect(main?.masks).toEqual(['hunter2'])
    expect(main?.annotations).toHaveLength(4)
    expect(main?.annotations).toContainEqual({
      level: 'notice',
      message: 'by the way',
      title: 'Hm',
    })
    expect(main?.annotations).toContainEqual({
      level: 'warning',
      message: expect.stringContaining('empty string'),
    })
    expect(main?.annotations).toContainEqual({ level: 'error', message: 'boom' })
    expect(main?.commands.map(({ name }) => name).sort()).toEqual(
      ['add-mask', 'add-mask', 'group', 'endgroup', 'debug', 'warning', 'error', 'notice'].sort(),
    )
    expect(post?.log).toBe('*** again')
  })

  test('annotations are cut at 4,096 characters, and ten of a level are shown', async () => {
    const script =
      "for (const n of Array(12).keys()) console.log('::warning::' + n + 'x'.repeat(5000))"
    const { annotations, log } = await job(action({ main: script })).stage('main')
    expect(annotations).toHaveLength(10)
    expect(annotations[0]?.message).toHaveLength(4096)
    expect(log.split('\n').map(({ length }) => length)).toEqual(Array(12).fill(4096 + 9))
  })

  test('NODE_OPTIONS cannot be set by GITHUB_ENV', async () => {
    const created = job(
      action({
        pre: "write('ENV', 'NODE_OPTIONS=x')",
        main: 'console.log(process.env.NODE_OPTIONS)',
      }),
    )
    const { pre, main } = await created.run()
    expect(pre).toMatchObject({
      conclusion: 'success',
      annotations: [
        { level: 'error', message: expect.stringContaining("Can't store NODE_OPTIONS") },
      ],
    })
    expect(main?.stdout).toBe('undefined\n')
  })

  test('an expression in `with` that throws fails the stage', async () => {
    const created = job(action(echoAll, '  a: {}'), { with: { a: `\${{ fromJSON('') }}` } })
    const { pre, main, post } = await created.run()
    expect([pre?.conclusion, main, post?.conclusion]).toEqual(['failure', undefined, 'failure'])
    expect(pre?.annotations).toEqual([
      { level: 'error', message: expect.stringContaining('The template is not valid.') },
    ])
  })

  test('nothing is a command between stop-commands and its token', async () => {
    const result = await job(
      action({
        main: "console.log('::stop-commands::t0p\\n::error::not this\\n::t0p::\\n::error::this')",
      }),
    ).stage('main')
    expect(result.annotations).toEqual([{ level: 'error', message: 'this' }])
    expect(result.log).toContain('::error::not this')
  })
})

describe('signals', () => {
  const main = (handlers: string) => `${handlers}
console.log('ready')
setInterval(() => {}, 1000)`

  const stopWhenReady = () => {
    const controller = new AbortController()
    return {
      signal: controller.signal,
      onLine: (line: string) => line === 'ready' && controller.abort(),
    }
  }

  test('SIGINT first, and the state is kept', async () => {
    const script = main(
      "process.on('SIGINT', () => { write('STATE', 'stopped=yes'); process.exit(5) })",
    )
    expect(await job(action({ main: script })).stage('main', stopWhenReady())).toMatchObject({
      exitCode: 5,
      signal: null,
      state: { stopped: 'yes' },
    })
  })

  test('then SIGTERM, then SIGKILL', async () => {
    const deaf = main(
      "process.on('SIGINT', () => console.log('int')); process.on('SIGTERM', () => console.log('term'))",
    )
    const result = await job(action({ main: deaf })).stage('main', {
      ...stopWhenReady(),
      grace: [300, 300],
    })
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', conclusion: 'failure' })
    expect(result.stdout).toBe('ready\nint\nterm\n')
  })
})
