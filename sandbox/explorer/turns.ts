/** Whose turn it was, of how many, in which situation. */
export type Choice = { taken: number; options: number; situation: string }

/** Decides in which order things happen that can happen in any: one after the other. */
export type Turns = {
  choices: Choice[]
  /** Waits for its turn. */
  take(who: string): Promise<void>
  /** Lets the next one go on; false if none waits. */
  next(): boolean
}

/**
 * @param schedule whose turn it is each time, of those that wait, in the order of their names; the first if it says nothing
 * @param situation what decides how everything goes on: the same text for the same
 */
export function createTurns(schedule: readonly number[], situation: () => string): Turns {
  const waiting = new Map<string, () => void>()
  const choices: Choice[] = []
  return {
    choices,
    take: (who) => new Promise((resolve) => waiting.set(who, resolve)),
    next() {
      const names = [...waiting.keys()].sort()
      const taken = schedule[choices.length] ?? 0
      const name = names[taken]
      if (name === undefined) return false

      choices.push({ taken, options: names.length, situation: situation() })
      waiting.get(name)?.()
      waiting.delete(name)
      return true
    },
  }
}
