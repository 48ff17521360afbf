import { COMMON, type InputNames } from '../../runner/input-names.ts'

/** The inputs of the root action, and what other publishers call them. */
export const NAMES: InputNames = {
  own: {
    ...COMMON.own,
    context: 'job',
    description: '',
    target_url: '',
    state: 'job',
    needs: 'none',
    allowed_skips: 'none',
    statuses: 'none',
    enabled: 'true',
    sha: 'event',
    pull_request: 'none',
    require_success: 'false',
    cancelled_state: 'error',
    skipped_state: 'error',
    fail_on_error: 'true',
    job_status: '',
    matrix: '',
    job_total: '',
    check_run_id: '',
  },
  others: {
    ...COMMON.others,
    state: 'status conclusion outcome result',
    needs: 'jobs',
    context: 'statuscontext checkname',
    description: 'message',
    target_url: 'detailsurl link',
    sha: 'commit commitsha headsha',
    pull_request: 'pr prnumber pullnumber pullrequestnumber',
  },
}
