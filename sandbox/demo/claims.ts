import type { StageResult } from '../runner/stage-runner.ts'

export const TOKEN = 'ghs_ThisIsTheTokenOfTheDemo0000000000001'

/** Something that a scene shows, and whether it was so. */
export type Claim = { text: string; holds: boolean }

export const allHold = (claims: readonly Claim[]) => claims.every(({ holds }) => holds)

/** Whether a stage wrote the token nowhere, except in the command that makes the runner mask it. */
export function keepsTheToken({ stdout, stderr, files }: StageResult): boolean {
  const log = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return ![...log, stderr, ...Object.values(files)].join('\n').includes(TOKEN)
}
