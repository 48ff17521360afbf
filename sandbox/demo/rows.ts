import type { StatusRecord } from '../api/bodies.ts'

/** One line of a commit's page. */
export type Row = { state: string; context: string; description: string }

/** A commit's statuses as its page lists them: failing ones first, then pending, then successful, each by name. */
export function shownRows(statuses: readonly StatusRecord[]): Row[] {
  return statuses.map(rowOf).sort(byGroupAndName)
}

/** The group that a state is listed in. */
export function groupOf(state: string): 'failing' | 'pending' | 'successful' {
  if (state === 'success') return 'successful'
  return state === 'pending' ? 'pending' : 'failing'
}

function byGroupAndName(a: Row, b: Row): number {
  const byGroup = groupOf(a.state).localeCompare(groupOf(b.state))
  return byGroup || a.context.localeCompare(b.context)
}

const rowOf = ({ state, context, description }: StatusRecord): Row => ({
  state,
  context,
  description: description ?? '',
})
