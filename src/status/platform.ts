import { withoutSlashes } from './url.ts'

/** What differs between GitHub on the one side, Gitea and Forgejo on the other. */
export type Platform = {
  /** Whether names that differ only in case are one status. */
  ignoresCase: boolean
  /** Whether jobs have ids and pages of their own. Without them a run is called by its number. */
  hasJobIds: boolean
  /** Whether jobs have check runs. Without them the server gives each job a status of its own. */
  hasCheckRuns: boolean
  /** Whether `job_status` is right in post by default, inside composite actions too. */
  tellsJobStatus: boolean
  /** Whether a job's token still works in the post step of a cancelled job. */
  keepsTokens: boolean
  /** Whether an annotation can have several lines. */
  hasLongAnnotations: boolean
  /** Whether `statuses: write` exists. Without it a job needs `contents: write` to publish. */
  hasStatusPermission: boolean
  /** What a branch or tag can be called besides its plain name. */
  refPrefix: RegExp
  /** The part of the address of a file's page that comes before the ref. */
  filePages: 'blob' | 'src'
}

export const GITHUB: Platform = {
  ignoresCase: true,
  hasJobIds: true,
  hasCheckRuns: true,
  tellsJobStatus: true,
  keepsTokens: true,
  hasLongAnnotations: true,
  hasStatusPermission: true,
  refPrefix: /^refs\//,
  filePages: 'blob',
}

export const GITEA: Platform = {
  ignoresCase: false,
  hasJobIds: false,
  hasCheckRuns: false,
  tellsJobStatus: false,
  keepsTokens: false,
  hasLongAnnotations: false,
  hasStatusPermission: false,
  refPrefix: /^(refs\/)?(heads\/|tags\/)/,
  filePages: 'src',
}

/** The platform of an API: that of Gitea and Forgejo is at `/api/v1`. */
export function platformOf(apiUrl: string): Platform {
  return withoutSlashes(apiUrl).endsWith('/api/v1') ? GITEA : GITHUB
}
