import { tool } from '../../scripts/tools.mjs'

export default function setup() {
  process.env.ACT = tool('act')
}
