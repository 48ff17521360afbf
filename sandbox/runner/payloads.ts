import { createRequire } from 'node:module'
import type { WebhookDefinition } from '@octokit/webhooks-examples'

type Event = WebhookDefinition['name']
export type Payload<N extends Event> = WebhookDefinition<N>['examples'][number]

/** Webhook payloads that GitHub has really sent. */
const definitions: WebhookDefinition[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
)

/** A payload of an event, as JSON: a copy that can be changed. @param fits which one, if there are several */
export function payloadOf<N extends Event, P extends Payload<N> = Payload<N>>(
  event: N,
  fits: (payload: Payload<N>) => payload is P = (_): _ is P => true,
): P {
  const examples = definitions.find(({ name }) => name === event)?.examples ?? []
  const found = (examples as Payload<N>[]).find(fits)
  if (found === undefined) throw new Error(`no such payload of ${event}`)
  return structuredClone(found)
}

export const openedPullRequest = () => payloadOf('pull_request', (one) => one.action === 'opened')

export const pushToBranch = () =>
  payloadOf('push', (one): one is Payload<'push'> => one.ref.startsWith('refs/heads/'))

export const completedRun = () => payloadOf('workflow_run', (one) => one.action === 'completed')
