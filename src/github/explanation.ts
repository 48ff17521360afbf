import type { Platform } from '../status/platform.ts'
/** What was asked for. */
export type Asked = {
  /** In words that fit after "Could not". */
  doing: string
  repository: string
  apiUrl: string
  permission: string
  isJobToken: boolean
  platform: Platform
  /** The SHA, branch or tag, if something is read. */
  ref?: string | undefined
  /** The number of a pull request, if its head is asked for. */
  pullRequest?: number | undefined
}

/**
 * What was met, in words that are also the heading in docs/troubleshooting.md, and what helps. The
 * server's own words are put between the two.
 */
export type Explanation = { met: string; fix: string }
