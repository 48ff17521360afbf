import { COMMON, type InputNames } from '../runner/input-names.ts'

/** The inputs of `combined`, and what other gates call them. */
export const NAMES: InputNames = {
  own: {
    ...COMMON.own,
    ref: 'event',
    contexts: '*',
    ignore: '',
    allowed_skips: '',
    required_by: 'none',
    check_runs: 'false',
    timeout_minutes: '0',
    interval_seconds: '15',
    require_success: 'false',
    matrix: '',
    check_run_id: '',
  },
  others: {
    ...COMMON.others,
    ref: 'sha commit',
    contexts: 'status checkname checkregexp matchpattern',
    ignore: 'ignored ignoreactions ignorecontexts ignorechecks ignorepattern runningworkflowname',
    timeout_minutes: 'timeout checktimeout checkretrycount',
    interval_seconds: 'interval checkinterval checkretryinterval waitinterval pollinterval',
    require_success: 'expectedstate',
  },
}
