import type { Scene } from '../play.ts'
import { follow } from './follow.ts'
import { gate } from './gate.ts'
import { list } from './list.ts'
import { matrix } from './matrix.ts'
import { sweep } from './sweep.ts'

/** In the order in which they are played. */
export const SCENES: readonly Scene[] = [follow, matrix, list, gate, sweep]
