import type { components } from '@octokit/openapi-types'
import { userBody } from './identities.ts'

type App = NonNullable<components['schemas']['nullable-integration']>

/** The app whose check runs are the jobs of workflows. */
export const ACTIONS = 15368

/** An app as check runs and check suites name it; all but GitHub Actions are called after their id. */
export function appBody(base: string, id: number): App {
  const slug = id === ACTIONS ? 'github-actions' : `app-${id}`
  const url = `https://github.com/apps/${slug}`
  return {
    id,
    slug,
    node_id: `A_${Buffer.from(String(id)).toString('base64url')}`,
    owner: userBody(base, { login: 'github', id: 9919, type: 'Organization' }),
    name: id === ACTIONS ? 'GitHub Actions' : `App ${id}`,
    description: '',
    external_url: url,
    html_url: url,
    created_at: '2018-07-30T09:30:17Z',
    updated_at: '2024-04-10T20:33:16Z',
    permissions: { checks: 'write', statuses: 'write' },
    events: [],
  }
}
