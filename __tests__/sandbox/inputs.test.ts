import { describe, expect, test } from '@jest/globals'
import { action, echoAll, echoInputs, job } from './actions.ts'

describe('inputs', () => {
  test('defaults are evaluated anew at every stage', async () => {
    const folder = action(
      echoAll,
      `  job_status:\n    description: x\n    default: \${{ job.status }}`,
    )
    const created = job(folder)
    const { pre, main, post } = await created.run({ jobStatus: 'cancelled' })
    expect([pre, main, post].map((result) => result?.inputs.job_status)).toEqual([
      'success',
      'success',
      'cancelled',
    ])
    expect(JSON.parse(post?.stdout ?? '')).toEqual({ INPUT_JOB_STATUS: 'cancelled' })
  })

  test('on Gitea they are frozen at the first stage, and what is given is not', async () => {
    const inputs = `  job_status:\n    default: \${{ job.status }}\n  given: {}\n  matrix:\n    default: \${{ toJSON(matrix) }}`
    const created = job(action(echoAll, inputs), {
      gitea: true,
      with: { given: `\${{ job.status }}` },
    })
    const { post } = await created.run({ jobStatus: 'failure' })
    expect(post?.inputs).toEqual({ given: 'failure', job_status: 'success', matrix: '{}' })
  })

  test('an explicit empty text suppresses the default, in any case of the name', async () => {
    const folder = action(
      { main: echoInputs },
      '  a:\n    default: x\n  b:\n    default: y\n  c: {}',
    )
    const result = await job(folder, { with: { A: '' } }).stage('main')
    expect(JSON.parse(result.stdout)).toEqual({ INPUT_A: '', INPUT_B: 'y', INPUT_C: '' })
  })

  test('numbers, booleans, null and spaces in a name', async () => {
    const inputs = `  a b:\n    default: 1\n  yes:\n    default: true\n  m:\n    default: \${{ toJSON(matrix) }}\n  index:\n    default: \${{ strategy.job-index }}\n  dash-ed:\n    default: x`
    const result = await job(action({ main: echoInputs }, inputs)).stage('main')
    expect(JSON.parse(result.stdout)).toEqual({
      INPUT_A_B: '1',
      INPUT_YES: 'true',
      INPUT_M: 'null',
      INPUT_INDEX: '0',
      'INPUT_DASH-ED': 'x',
    })
  })

  test('what is given sees steps, needs and env; a default must not', async () => {
    const given = job(action({ main: echoInputs }, '  a: {}'), {
      with: { a: `\${{ steps.x.outputs.y }}\${{ env.Z }}` },
      env: { Z: 'z' },
    })
    given.contexts.steps.x = { outputs: { y: 'late-' } }
    expect((await given.stage('main')).inputs.a).toBe('late-z')
    expect(() => job(action({ main: '' }, `  a:\n    default: \${{ steps.x }}`))).toThrow(/steps/)
  })

  test('an expression in a description keeps the action from loading', () => {
    expect(() =>
      job(action({ main: '' }, `  a:\n    description: such as \${{ github.token }}`)),
    ).toThrow(/outside of an input default/)
  })
})
