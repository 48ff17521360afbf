import { at } from '../../status/json.ts'
import { type Job, pageOf, parseLink } from '../../status/link.ts'
import type { Us } from './entries.ts'

type Relay = { targetUrl: string; speaksFor: Us['speaksFor'] }

/**
 * Which run a status that is published once speaks for: the one that its link names, if it is not
 * our own. The page of the run that the event is about gets the attempt that the event names.
 * @param targetUrl the user's link, empty if it is derived
 * @param payload the event's
 */
export function relayOf(targetUrl: string, job: Job, payload: unknown): Relay {
  const page = parseLink(targetUrl, job)
  if (page === undefined || page.run === pageOf(job).run) return { targetUrl, speaksFor: undefined }

  const { run, isVague } = page
  const id = at(payload, job.platform.hasJobIds ? 'workflow_run.id' : 'workflow_run.run_number')
  const told = isVague && String(id) === run ? at(payload, 'workflow_run.run_attempt') : undefined
  if (typeof told !== 'number') {
    return { targetUrl, speaksFor: { run, attempt: isVague ? undefined : page.attempt } }
  }
  const hasFragment = targetUrl.includes('#')
  const link = told > 1 && !hasFragment ? `${targetUrl}#attempt-${told}` : targetUrl
  return { targetUrl: link, speaksFor: { run, attempt: told } }
}
