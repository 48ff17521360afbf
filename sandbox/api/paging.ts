import type { Call } from './http.ts'

/** Which page of how many a query asks for. */
function paging(query: URLSearchParams, total: number, size: { name: string; maximum: number }) {
  const count = (name: string, fallback: number) => {
    const value = Number(query.get(name) ?? fallback)
    return Number.isInteger(value) && value > 0 ? value : fallback
  }
  const perPage = Math.min(count(size.name, 30), size.maximum)
  return { page: count('page', 1), perPage, last: Math.max(1, Math.ceil(total / perPage)) }
}

/**
 * The Link header of one page, undefined if everything fits on it.
 * https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
function linkHeader(url: string, query: URLSearchParams, page: number, last: number) {
  const link = (rel: string, target: number) => {
    const parameters = new URLSearchParams(query)
    parameters.set('page', String(target))
    return `<${url}?${parameters}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [link('prev', Math.min(page - 1, last))] : []),
    ...(page < last ? [link('next', page + 1), link('last', last)] : []),
    ...(page > 1 ? [link('first', 1)] : []),
  ]
  return links.length ? links.join(', ') : undefined
}

/** The page that a call asks for, and the headers that lead to the others. Gitea pages by `limit`. */
export function pageOf<T>(
  { store, query, base, repository, segments }: Call,
  all: T[],
  withLink = true,
): { items: T[]; headers: Record<string, string> } {
  const isGitea = store.dialect === 'gitea'
  const size = isGitea ? { name: 'limit', maximum: 50 } : { name: 'per_page', maximum: 100 }
  const { page, perPage, last } = paging(query, all.length, size)
  const { id, owner, name } = repository
  const path = isGitea ? `repos/${owner}/${name}` : `repositories/${id}`
  const url = `${base}/${path}/${segments.map(encodeURIComponent).join('/')}`
  const link = withLink && linkHeader(url, query, page, last)
  const headers: Record<string, string> = {
    ...(link && { link }),
    ...(isGitea && { 'x-total-count': String(all.length) }),
  }
  return { items: all.slice((page - 1) * perPage, page * perPage), headers }
}
