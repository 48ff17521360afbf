import { similarNames } from '../status/near.ts'
import { joined, listed, quote } from '../status/text.ts'
import type { CombinedInputs } from './inputs.ts'
import type { Missing } from './names.ts'
import { nameWithApp } from './rules/required.ts'
import type { Verdict } from './verdict.ts'

const MOST_NAMES = 20
const MOST_SIMILAR = 2
const MOST_REASONS = 3
const SHOWN = 255

type Scope = Pick<CombinedInputs, 'withCheckRuns' | 'platform'>

/** What stands in the way of success, in one line. */
export function describeVerdict(verdict: Verdict, read: Scope): string {
  const { failing, pending, missing, required, names, isOpen } = verdict
  const name = (text: string) => quote(text, SHOWN)
  const absent: Absent[] = [
    ...required.filter(isMissing).map(({ context: line, app }) => {
      const isElsewhere = app !== null && names.includes(line)
      return { line, label: nameWithApp({ context: line, app }), ...(isElsewhere && ELSEWHERE) }
    }),
    ...missing.map((one) => ({ ...one, label: name(one.line) })),
  ]
  const parts = [
    titled('Failing', failing.map(name)),
    titled('Pending', pending.map(name)),
    titled(
      'Missing',
      absent.map((one, index) => (index < MOST_NAMES ? withReason(one, names) : one.label)),
    ),
  ].filter((part) => part !== '')

  if (parts.length === 0) parts.push(isOpen ? nothing(read) : 'All are successful.')
  const isInTheWay = isOpen || failing.length > 0
  // The job cannot wait for itself.
  const own = required.filter(({ became }) => became === 'this job').map(nameWithApp)
  const leftOut = own.length === 0 ? [] : [`Left out: ${joined(own)}, which is this job.`]
  return [...parts, ...(isInTheWay ? advice(verdict, read) : []), ...leftOut].join(' ')
}

function isMissing({ became }: Verdict['required'][number]): boolean {
  return became === 'missing'
}

function nothing({ withCheckRuns }: Scope): string {
  return withCheckRuns ? 'No status or check run counts yet.' : 'No status counts yet.'
}

function advice(
  { statuses, missing, required, suspects, elsewhere, why }: Verdict,
  { withCheckRuns, platform }: Scope,
): string[] {
  const isIncomplete = missing.length > 0 || statuses.length === 0
  const lines: [applies: boolean, line: string][] = [
    [
      elsewhere.length > 0,
      `This job itself, in another leg, run or attempt: ${listed(elsewhere)}. Add it to \`ignore\`, or two of them can wait for each other.`,
    ],
    [
      suspects.length > 0,
      `If one of these is this job, or waits for this job, add it to \`ignore\`: ${listed(suspects)}.`,
    ],
    [required.some(isMissing), 'If one of the required ones needs this job, put it in `ignore`.'],
    [
      isIncomplete && !withCheckRuns && platform.hasCheckRuns,
      'Check runs, such as jobs, are not statuses: `check_runs: true` counts them too.',
    ],
  ]
  const applying = lines.filter(([applies]) => applies).map(([, line]) => line)
  return [...why.slice(0, MOST_REASONS), ...applying]
}

type Absent = Missing & { label: string }

const ELSEWHERE = { why: 'only another app has reported it' }

function withReason({ line, label, why }: Absent, names: readonly string[]): string {
  const similar = similarNames(line, names, MOST_SIMILAR).map((name) => quote(name, SHOWN))
  const reason = why ?? (similar.length > 0 ? `similar: ${similar.join(', ')}` : '')
  return label + (reason === '' ? '' : ` (${reason})`)
}

function titled(title: string, texts: readonly string[]): string {
  return texts.length === 0 ? '' : `${title}: ${joined(texts)}.`
}
