import { createRequire } from 'node:module'
import type { WebhookDefinition } from '@octokit/webhooks-examples'

/** Webhook payloads that GitHub has really sent. */
const definitions: WebhookDefinition[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples',
)

/** A payload of an event, as JSON: a copy that can be changed. @param fits which one, if there are several */
export function payloadOf<T extends object>(
  event: string,
  fits: (payload: T) => boolean = () => true,
): T {
  const examples = definitions.find(({ name }) => name === event)?.examples ?? []
  const found = (examples as object[]).find((example) => fits(example as T))
  if (found === undefined) throw new Error(`no such payload of ${event}`)
  return structuredClone(found) as T
}
