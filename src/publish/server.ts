import type { Access } from '../runner/access.ts'
import type { Job } from '../status/link.ts'
import { parseUrl } from '../status/url.ts'

/**
 * The server of a repository's pages: our job's own, or empty if the API is that of another server.
 */
export function ownServer({ server }: Job, { apiUrl }: Access): string {
  const [page, api] = [parseUrl(server)?.hostname, parseUrl(apiUrl)?.hostname]
  return page !== undefined && (api === page || api === `api.${page}`) ? server : ''
}
