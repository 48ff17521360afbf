import type { StageResult } from '../../sandbox/runner/stage-runner.ts'
import { json } from './expect.ts'

/** What is in the output `statuses`, as `context: state`. */
export const listed = (result: StageResult) =>
  json<{ context: string; state: string }[]>(result, 'statuses').map(
    ({ context, state }) => `${context}: ${state}`,
  )
