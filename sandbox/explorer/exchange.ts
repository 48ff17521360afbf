/** One request. Times are in milliseconds since the world's beginning. */
export type Exchange = {
  by: string
  stage: string
  method: string
  host: string
  token: string
  /** Which context a write is about. */
  context: string
  sent: number
  /** When the server handled it, NEVER if it did not get there. */
  handled: number
  fault: string
  /** The HTTP status that the client was answered in the end, if any, and when. */
  told: number | undefined
  answered: number
  /**
   * How long the answer asks the client to wait: of a secondary limit that does not say, undefined
   * like of any other.
   */
  asked: number | undefined
  isLimit: boolean
  /** The newest status of all when the server handled it, without its own. */
  newest: number
  /** The id of the status that was stored. */
  stored: number | undefined
  /** Whether the client no longer waited for it when the server handled it. */
  isGivenUp: boolean
}
