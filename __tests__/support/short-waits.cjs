/**
 * Loaded into a stage before the action: a wait of more than 10 s (longer than any attempt of a request; LONG_WAIT is
 * another length in milliseconds) is over in a twentieth of that, and the clock is set forward by the rest. Writes down by how much in all.
 */
const { writeFileSync } = require('node:fs')

const LONG = Number(process.env.LONG_WAIT ?? 10_000)
const { Date: TrueDate, setTimeout: startTimer } = globalThis
let ahead = 0
const now = () => TrueDate.now() + ahead

globalThis.Date = class extends TrueDate {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [now()]))
  }

  static now() {
    return now()
  }
}
globalThis.setTimeout = (work, milliseconds, ...rest) => {
  if (!(milliseconds > LONG)) return startTimer(work, milliseconds, ...rest)
  const end = now() + milliseconds
  return startTimer(() => {
    ahead += Math.max(0, end - now())
    work(...rest)
  }, milliseconds / 20)
}
process.on('exit', () => writeFileSync(`${process.env.HOME}/ahead`, String(ahead)))
