import type { NewStatus, Status } from '../../github/status.ts'
import type { Rule, Step } from '../../github/write.ts'
import { isSameName } from '../../status/context.ts'
import { at } from '../../status/json.ts'
import { isOurJob, type Job, jobLink, pageOf, parseLink } from '../../status/link.ts'
import type { Platform } from '../../status/platform.ts'
import { targetUrlOf } from '../../status/url.ts'
import type { Us } from './entries.ts'
import { type Decision, hasNewerExecution, lastWord, PASSED } from './last-word.ts'

/** A list is published as it stands: nobody's last word is looked for. */
export const AS_IT_STANDS: Rule = {
  looksFirst: false,
  decide: (_, own) => ({ does: 'write', status: own }),
}

/**
 * A pending is sent without a look, unless an earlier stage may have stored it already, and is not
 * sent again if an execution is newer.
 */
export function openingRule(us: Us, mayBeStored: boolean): Rule {
  return {
    looksFirst: mayBeStored,
    mayBeStored,
    decide: (seen, own) =>
      hasNewerExecution(seen, us)
        ? { does: 'leave', why: 'newer' }
        : { does: 'write', status: own },
  }
}

/** A result, a roll-up or a single state is published by the rule of the last word. */
export function resultRule(us: Us): Rule {
  return {
    looksFirst: true,
    decide: (seen, own) => stepBy(lastWord(seen, us, own.state), us, own),
  }
}

/**
 * What a decision says to write: our own status, a failure that our success must not hide, or a
 * pending until the other jobs of our name have ended.
 */
function stepBy(decision: Decision, us: Us, own: NewStatus): Step {
  switch (decision.does) {
    case 'leave':
      return decision
    case 'publish':
      return { does: 'write', status: own }
    case 'mark': {
      const target_url = jobLink(us.job, 'passed')
      const status: NewStatus = { ...own, state: 'pending', description: PASSED, target_url }
      return { does: 'write', status, next: resultRule({ ...us, hasMarked: true }) }
    }
    case 'repeat': {
      const { state, description, target_url } = decision.status
      const link = targetUrlOf(target_url) || undefined
      const status: NewStatus = { ...own, state, description, target_url: link }
      return { does: 'write', status, why: 'failure' }
    }
  }
}

/** Whether the pending of our own job is there under each name. */
export function hasOpenings(
  statuses: readonly Status[],
  openings: readonly { context: string; us: Us }[],
  platform: Platform,
): boolean {
  return openings.every(({ context, us }) =>
    statuses.some((one) => isSameName(one.context, context, platform) && isOpening(one, us)),
  )
}

function isOpening({ id, state, target_url }: Status, { job, opened }: Us): boolean {
  if (opened.length > 0) return opened.includes(String(id))
  return state === 'pending' && isOurJob(target_url, job)
}

/**
 * Which run a status that is published once speaks for: the one that its link names, if it is not
 * our own. The page of the run that the event is about gets the attempt that the event names.
 * @param targetUrl the user's link, empty if it is derived
 * @param payload the event's
 */
export function relayOf(
  targetUrl: string,
  job: Job,
  payload: unknown,
): { targetUrl: string; speaksFor: Us['speaksFor'] } {
  const page = parseLink(targetUrl, job)
  if (page === undefined || page.run === pageOf(job).run) return { targetUrl, speaksFor: undefined }

  const { run, isVague } = page
  const id = at(payload, job.platform.hasJobIds ? 'workflow_run.id' : 'workflow_run.run_number')
  const told = isVague && String(id) === run ? at(payload, 'workflow_run.run_attempt') : undefined
  if (typeof told !== 'number') {
    return { targetUrl, speaksFor: { run, attempt: isVague ? undefined : page.attempt } }
  }
  const link =
    told > 1 ? `${targetUrl}${targetUrl.includes('#') ? ',' : '#'}attempt-${told}` : targetUrl
  return { targetUrl: link, speaksFor: { run, attempt: told } }
}
