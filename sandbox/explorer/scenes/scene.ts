import type { Plan } from '../plan.ts'
import type { Weather } from '../world.ts'

/** The jobs of one commit, and what they meet. */
export type Scene = {
  title: string
  weather: Weather
  plans: Plan[]
  /** When another commit becomes the head of the pull request, since the world's beginning. */
  pushedAt?: number
  /** When the server knows a commit that was pushed before. */
  knownAt?: number
  /** When a token changes, in milliseconds since the world's beginning. */
  tokens: { token: string; at: number; statuses: 'write' | 'read' | 'none' | 'hidden' }[]
}

/** What a scene is made of; the rest is as usual. */
export type Made = Pick<Scene, 'plans'> & Partial<Scene>
