import { tool } from '../../scripts/tools.ts'

export default function setup() {
  process.env.ACT = tool('act')
}
