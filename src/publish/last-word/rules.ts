import type { NewStatus } from '../../github/create-status.ts'
import type { Status } from '../../github/status.ts'
import type { Rule, Step } from '../../github/write.ts'
import { isSameName } from '../../status/context.ts'
import { isOurJob } from '../../status/link.ts'
import type { Platform } from '../../status/platform.ts'
import { targetUrlOf } from '../../status/url.ts'
import type { Us } from './entries.ts'
import { type Decision, hasNewerExecution, lastWord } from './last-word.ts'

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
    decide: (seen, own) => stepBy(lastWord(seen, us, own.state), own),
  }
}

/** What a decision says to write: our own status, or a failure that our success must not hide. */
function stepBy(decision: Decision, own: NewStatus): Step {
  if (decision.does === 'leave') return decision
  if (decision.does === 'publish') return { does: 'write', status: own }
  const { state, description, target_url } = decision.status
  const repeated = { ...own, state, description, target_url: targetUrlOf(target_url) || undefined }
  return { does: 'write', status: repeated, why: 'failure' }
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
