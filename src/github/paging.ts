import type { Headers } from './cause.ts'

/** The largest page. Gitea and Forgejo call it `limit`; each server ignores the other's word. */
export const pageSize = { per_page: 100, limit: 100 } as const

/** Whether there is one more page. It is asked for by number: a link could lead to another host. */
export function hasNextPage({ link }: Headers): boolean {
  return /rel="?next\b/.test(String(link ?? ''))
}
