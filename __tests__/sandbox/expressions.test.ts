import { describe, expect, test } from '@jest/globals'
import { interpolate } from '../../sandbox/runner/expressions.ts'

describe('expressions', () => {
  test.each<[string, string]>([
    ['plain', 'plain'],
    [`\${{ github.sha }}`, 'abc'],
    [`a-\${{ github.sha }}-\${{ matrix.os }}`, 'a-abc-linux'],
    [`\${{ github.nothing.at.all }}`, ''],
    [`\${{ job.check_run_id }}`, '51725241954'],
    [`\${{ true }} \${{ null }} \${{ 1.50 }}`, 'true  1.5'],
    [`\${{ format('{0}}}', 'x') }}`, 'x}'],
    [`\${{ 'it''s }} here' }}`, "it's }} here"],
    [`\${{ toJSON(strategy) }}`, 'null'],
    [`\${{ github.sha == 'ABC' && 'same' || 'other' }}`, 'same'],
    [`\${{ hashFiles('**/lock') }}`, ''],
  ])('%s is %j', (text, expected) => {
    const contexts = {
      github: { sha: 'abc' },
      matrix: { os: 'linux' },
      job: { check_run_id: 51725241954 },
      strategy: null,
    }
    expect(interpolate(text, contexts)).toBe(expected)
  })

  test.each([`\${{ secrets.X }}`, `\${{ github }}`, `\${{ success() }}`, `\${{ fromJSON('') }}`])(
    '%s is an error',
    (text) => {
      expect(() => interpolate(text, { github: { sha: 'abc' } })).toThrow()
    },
  )
})
