import { describe, expect, test } from '@jest/globals'
import { type Asked, explain } from '../../src/github/explain.ts'
import { isLasting, type Trouble, waitBefore } from '../../src/github/trouble.ts'

const NOW = Date.parse('2026-11-21T10:00:00Z')
const request: Asked = {
  doing: 'publish "CI / test" on octo-org/octo-repo@6dcb09b',
  repository: 'octo-org/octo-repo',
  apiUrl: 'https://api.github.com',
  permission: 'statuses: write',
}

const answer = (
  status: number | undefined,
  message = '',
  headers: Trouble['headers'] = {},
  rest: Partial<Trouble> = {},
) => ({
  status,
  code: '',
  message,
  reasons: '',
  headers,
  ...rest,
})
const broken = (code: string, message = `read ${code}`) => answer(undefined, message, {}, { code })
const refused = (reasons: string) => answer(422, 'Validation Failed', {}, { reasons })
const seconds = (count: number) => count * 1000
const epoch = (offset: number) => String(NOW / 1000 + offset)
const httpDate = (offset: number) => new Date(NOW + seconds(offset)).toUTCString()
const text = (trouble: Trouble, over: Partial<Asked> = {}) =>
  explain(trouble, { ...request, ...over }, NOW).message

const SECONDARY =
  'You have exceeded a secondary rate limit and have been temporarily blocked from content creation.'
const PRIMARY = 'API rate limit exceeded for installation ID 12345678.'
const TUNNEL = 'tunneling socket could not be established,'

describe('the wait before the next attempt', () => {
  const backoff = [0.5, 1] as const
  test.each<[string, Trouble, readonly [number, number]]>([
    ['a reset', broken('ECONNRESET'), backoff],
    ['nobody listening', broken('ECONNREFUSED'), backoff],
    ['a name that is not found', broken('ENOTFOUND'), backoff],
    ['an attempt that took too long', broken('ETIMEDOUT'), backoff],
    [
      'a proxy that is not there',
      broken('ECONNRESET', `${TUNNEL} cause=connect ECONNREFUSED 10.0.0.1:3128`),
      backoff,
    ],
    ['a proxy that finds nobody', broken('ECONNRESET', `${TUNNEL} statusCode=502`), backoff],
    ['408', answer(408), backoff],
    ['429 without a word of when', answer(429), backoff],
    ['500', answer(500), backoff],
    ['502 of a proxy', answer(502, 'Bad Gateway'), backoff],
    ['503', answer(503), backoff],
    ['503 with retry-after', answer(503, '', { 'retry-after': '7' }), [7, 8.75]],
    ['429 with retry-after', answer(429, '', { 'retry-after': '7' }), [7, 8.75]],
    ['403 with retry-after', answer(403, '', { 'retry-after': '7' }), [7, 8.75]],
    [
      'retry-after 0, which is no reason to hammer',
      answer(429, '', { 'retry-after': '0' }),
      backoff,
    ],
    ['retry-after as a date', answer(429, '', { 'retry-after': httpDate(9) }), [9, 11.25]],
    ['retry-after as a date gone by', answer(429, '', { 'retry-after': httpDate(-9) }), backoff],
    [
      'retry-after as a date, the server an hour ahead',
      answer(429, '', { 'retry-after': httpDate(3609), date: httpDate(3600) }),
      [9, 11.25],
    ],
    ['retry-after that is nonsense', answer(429, '', { 'retry-after': 'soon' }), backoff],
    ['retry-after below zero', answer(429, '', { 'retry-after': '-5' }), backoff],
    [
      'a used-up limit',
      answer(403, PRIMARY, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': epoch(30) }),
      [31, 38.75],
    ],
    [
      'a used-up limit, the server an hour behind',
      answer(403, PRIMARY, {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': epoch(-3570),
        date: httpDate(-3600),
      }),
      [31, 38.75],
    ],
    [
      'a used-up limit as 429',
      answer(429, '', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': epoch(5) }),
      [6, 7.5],
    ],
    [
      'a limit that has ended by now',
      answer(403, PRIMARY, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': epoch(-60) }),
      [1, 2],
    ],
    [
      'a used-up limit without its end',
      answer(403, PRIMARY, { 'x-ratelimit-remaining': '0' }),
      backoff,
    ],
    [
      'a used-up limit whose end is nonsense',
      answer(403, PRIMARY, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'NaN' }),
      backoff,
    ],
    [
      'a secondary limit without retry-after',
      answer(403, SECONDARY, { 'x-ratelimit-remaining': '4999' }),
      [60, 75],
    ],
    ['a secondary limit as 429', answer(429, SECONDARY), [60, 75]],
    [
      'a secondary limit with retry-after',
      answer(403, SECONDARY, { 'retry-after': '5' }),
      [5, 6.25],
    ],
    [
      'the words of an older server',
      answer(403, 'You have triggered an abuse detection mechanism.'),
      [60, 75],
    ],
  ])('%s', (_, trouble, [least, most]) => {
    expect(waitBefore(trouble, 0, NOW, 0)).toBe(seconds(least))
    expect(waitBefore(trouble, 0, NOW, 1)).toBe(seconds(most))
  })

  test.each<[string, Trouble]>([
    ['400', answer(400, 'Problems parsing JSON')],
    ['401', answer(401, 'Bad credentials')],
    ...[
      'Resource not accessible by integration',
      'Repository was archived so is read-only.',
      'SAML',
    ].flatMap((message): [string, Trouble][] => [
      [`403 ${message}`, answer(403, message)],
      [
        `403 ${message}, on the last request of a limit`,
        answer(403, message, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': epoch(9) }),
      ],
    ]),
    ['403 without a word', answer(403)],
    ['404', answer(404, 'Not Found')],
    ['410', answer(410, 'Gone')],
    ['422', refused('Validation failed: Description is too long (maximum is 140 characters)')],
    ['451', answer(451, 'Repository access blocked')],
    ['a redirect', answer(301, '', { location: 'https://elsewhere.test/' })],
    [
      '500 of Gitea for an unknown commit',
      answer(500, 'GetCommit[6dcb09b]: object does not exist'),
    ],
    ['an untrusted certificate', broken('SELF_SIGNED_CERT_IN_CHAIN')],
    ['a certificate signed by nobody known', broken('UNABLE_TO_VERIFY_LEAF_SIGNATURE')],
    ['a certificate for another name', broken('ERR_TLS_CERT_ALTNAME_INVALID')],
    ['a proxy that asks for a password', broken('ECONNRESET', `${TUNNEL} statusCode=407`)],
    ['a proxy that forbids the host', broken('ECONNRESET', `${TUNNEL} statusCode=403`)],
    [
      'a token that is no header',
      broken('ERR_INVALID_CHAR', 'Invalid character in header content ["authorization"]'),
    ],
    ['a proxy that is no address', broken('ERR_INVALID_URL', 'Invalid URL')],
    ['an error without a code', broken('', 'URI malformed')],
  ])('none for %s', (_, trouble) => {
    expect(waitBefore(trouble, 0, NOW, 0)).toBeUndefined()
    expect(isLasting(explain(trouble, request, NOW).cause)).toBe(true)
  })

  test('doubles up to half a minute, half of it by chance', () => {
    const waits = (random: number) =>
      [0, 1, 2, 3, 4, 5, 6, 60].map((n) => waitBefore(answer(502), n, NOW, random))
    expect(waits(1)).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map(seconds))
    expect(waits(0)).toEqual([0.5, 1, 2, 4, 8, 15, 15, 15].map(seconds))
  })

  test('grows beyond what a server asks for again and again', () => {
    expect(waitBefore(answer(429, '', { 'retry-after': '1' }), 4, NOW, 1)).toBe(seconds(16))
  })

  test('is a number, however far away', () => {
    for (const after of ['9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT']) {
      const trouble = answer(429, '', { 'retry-after': after })
      expect(waitBefore(trouble, 0, NOW, 0)).toBeGreaterThan(seconds(86_400 * 365))
      expect(text(trouble)).toMatch(/another attempt is possible at \d{4}-\d\d-\d\d/)
    }
  })
})

type Row = { when: string; trouble: Trouble; cause: string; says: string[]; asked?: Partial<Asked> }

const headAsked = {
  doing: 'ask for the head of pull request #7 of octo-org/octo-repo',
  permission: 'pull-requests: read',
}
const rows: Row[] = [
  {
    when: 'the job lacks the permission',
    trouble: answer(403, 'Resource not accessible by integration'),
    cause: 'permission',
    says: [
      'Add `permissions: { statuses: write }` to the job',
      '"Resource not accessible by integration"',
    ],
  },
  {
    when: 'the job may not read pull requests',
    trouble: answer(403, 'Resource not accessible by integration'),
    cause: 'permission',
    says: ['#7', 'Add `permissions: { statuses: write, pull-requests: read }` to the job'],
    asked: headAsked,
  },
  {
    when: 'a fine-grained token lacks the permission',
    trouble: answer(403, 'Resource not accessible by personal access token'),
    cause: 'permission',
    says: [
      'settings of the personal access token',
      '"Commit statuses: write" for octo-org/octo-repo',
    ],
  },
  {
    when: 'a fine-grained token may not read pull requests',
    trouble: answer(403, 'Resource not accessible by personal access token'),
    cause: 'permission',
    says: ['"Pull requests: read" for octo-org/octo-repo'],
    asked: headAsked,
  },
  {
    when: 'a token of Gitea lacks the scope',
    trouble: answer(
      403,
      'token does not have at least one of required scope(s): [write:repository]',
    ),
    cause: 'permission',
    says: ['Gitea', '`write:repository`', 'required scope'],
  },
  {
    when: 'a job of Gitea lacks the permission',
    trouble: answer(403, 'user should have a permission to write to a repo'),
    cause: 'permission',
    says: ['`permissions: { contents: write }`', 'should have a permission'],
  },
  {
    when: 'the token sees no such repository',
    trouble: answer(404, 'Not Found'),
    cause: 'missing',
    says: [
      'octo-org/octo-repo was not found',
      '"Not Found"',
      '`repository`',
      '`token`',
      '`repo:status`',
      '/api/v3',
    ],
  },
  {
    when: 'it is gone',
    trouble: answer(410, 'Gone'),
    cause: 'missing',
    says: ['octo-org/octo-repo was not found', '410 "Gone"'],
  },
  {
    when: 'the token is bad',
    trouble: answer(401, 'Bad credentials'),
    cause: 'credentials',
    says: ['the token is not valid', '"Bad credentials"', 'Check `token`'],
  },
  {
    when: 'the commit is unknown, before 2026',
    trouble: answer(422, 'No commit found for SHA: 6dcb09b'),
    cause: 'refused',
    says: [
      'the commit is not in octo-org/octo-repo',
      '"No commit found for SHA: 6dcb09b"',
      'Check `sha`',
      'pushed',
    ],
  },
  {
    when: 'the commit is unknown, since 2026',
    trouble: refused('Validation failed: No commit found for SHA: 6dcb09b'),
    cause: 'refused',
    says: [
      'the commit is not in octo-org/octo-repo',
      'No commit found for SHA: 6dcb09b',
      'Check `sha`',
    ],
  },
  {
    when: 'the commit is unknown to Gitea',
    trouble: answer(500, 'GetCommit[6dcb09b]: object does not exist'),
    cause: 'refused',
    says: ['the commit is not in octo-org/octo-repo', 'object does not exist'],
  },
  {
    when: 'the repository is archived',
    trouble: answer(403, 'Repository was archived so is read-only.'),
    cause: 'refused',
    says: [
      'octo-org/octo-repo is archived',
      '"Repository was archived so is read-only."',
      'Unarchive',
    ],
  },
  {
    when: 'single sign-on is asked for',
    trouble: answer(
      403,
      'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
    ),
    cause: 'refused',
    says: ['single sign-on', 'SAML enforcement', 'Authorize `token`'],
  },
  {
    when: 'single sign-on is asked for in a header',
    trouble: answer(403, '', {
      'x-github-sso': 'required; url=https://github.com/orgs/octo-org/sso',
    }),
    cause: 'refused',
    says: ['single sign-on', 'Authorize `token`'],
  },
  {
    when: 'the limit is used up',
    trouble: answer(403, PRIMARY, {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': epoch(1799),
    }),
    cause: 'limit',
    says: [
      'rate limit of the token is used up',
      PRIMARY,
      'at 2026-11-21 10:30:00 UTC (in 30m)',
      '`needs`',
      '`token`',
    ],
  },
  {
    when: 'the limit is used up, by a clock a day ahead',
    trouble: answer(403, PRIMARY, {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': epoch(86_400 + 59),
      date: httpDate(86_400),
    }),
    cause: 'limit',
    says: ['at 2026-11-22 10:01:00 UTC (in 1m)'],
  },
  {
    when: 'statuses are written too fast',
    trouble: answer(403, SECONDARY),
    cause: 'limit',
    says: ['written too fast', SECONDARY, '(in 1m)', '`needs`'],
  },
  {
    when: 'a limit without its end',
    trouble: answer(429),
    cause: 'limit',
    says: ['rate limit', 'answered 429. Publish fewer'],
  },
  {
    when: 'the server is down',
    trouble: answer(502, 'Bad Gateway'),
    cause: 'server',
    says: [
      'api.github.com answered 502 "Bad Gateway"',
      'for as long as this stage may try',
      'later',
    ],
  },
  {
    when: 'the server says when it is up again',
    trouble: answer(503, '', { 'retry-after': '3600' }),
    cause: 'server',
    says: [
      'answered 503, and another attempt is possible at 2026-11-21 11:00:00 UTC (in 1h)',
      'later',
    ],
  },
  {
    when: 'nobody listens',
    trouble: broken('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1'),
    cause: 'unreachable',
    says: [
      'api.github.com gave no whole answer ("connect ECONNREFUSED 127.0.0.1:1")',
      '`api_url`',
      '`https_proxy`',
    ],
  },
  {
    when: 'it takes too long',
    trouble: broken('ETIMEDOUT', 'no answer within 10 s'),
    cause: 'unreachable',
    says: ['(ETIMEDOUT, "no answer within 10 s")', 'the network'],
  },
  {
    when: 'the proxy is not there',
    trouble: broken('ECONNRESET', `${TUNNEL} cause=connect ECONNREFUSED 10.0.0.1:3128`),
    cause: 'unreachable',
    says: [
      'the proxy did not connect to api.github.com',
      'ECONNREFUSED 10.0.0.1:3128',
      '`https_proxy`',
      '`no_proxy`',
    ],
  },
  {
    when: 'the proxy asks for a password',
    trouble: broken('ECONNRESET', `${TUNNEL} statusCode=407`),
    cause: 'credentials',
    says: ['the proxy asks for a name and password', '`https_proxy`', '407'],
  },
  {
    when: 'the proxy forbids the host',
    trouble: broken('ECONNRESET', `${TUNNEL} statusCode=403`),
    cause: 'credentials',
    says: ['the proxy refuses to connect to api.github.com', '`no_proxy`', '403'],
  },
  {
    when: 'the token holds a line break',
    trouble: broken('ERR_INVALID_CHAR', 'Invalid character in header content ["authorization"]'),
    cause: 'credentials',
    says: ['Check what is given for `token`', 'line break'],
  },
  {
    when: 'the proxy is no address',
    trouble: broken('ERR_INVALID_URL', 'Invalid URL'),
    cause: 'unexpected',
    says: ['could not be made (ERR_INVALID_URL, "Invalid URL")', '`https_proxy` is an address'],
  },
  {
    when: 'the certificate is signed by nobody known',
    trouble: broken('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'),
    cause: 'certificate',
    says: [
      'certificate of api.github.com is not trusted (UNABLE_TO_VERIFY',
      'Set NODE_EXTRA_CA_CERTS',
    ],
  },
  {
    when: 'the certificate signs itself',
    trouble: broken('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'),
    cause: 'certificate',
    says: ['not trusted', 'Set NODE_EXTRA_CA_CERTS'],
  },
  {
    when: 'the certificate is too old',
    trouble: broken('CERT_HAS_EXPIRED', 'certificate has expired'),
    cause: 'certificate',
    says: ['out of date', 'Renew', 'clock'],
  },
  {
    when: 'the certificate is for another name',
    trouble: broken(
      'ERR_TLS_CERT_ALTNAME_INVALID',
      "Host: api.github.com. is not in the cert's altnames",
    ),
    cause: 'certificate',
    says: ['another name', 'altnames', '`api_url`'],
  },
  {
    when: 'it leads elsewhere',
    trouble: answer(301, 'Moved Permanently', { location: 'https://elsewhere.test/api' }),
    cause: 'unexpected',
    says: ['301 "Moved Permanently"', '"https://elsewhere.test/api"', '`api_url`', '`repository`'],
  },
  {
    when: 'it is no statuses API',
    trouble: answer(200, 'Welcome to nginx!'),
    cause: 'unexpected',
    says: [
      'answered 200 "Welcome to nginx!", which is not the answer of a statuses API',
      '`api_url`',
    ],
  },
  {
    when: 'a firewall stands before it',
    trouble: answer(403, 'Forbidden'),
    cause: 'refused',
    says: ['answered 403 "Forbidden"', 'ask whoever runs it'],
  },
  {
    when: 'the law forbids it',
    trouble: answer(451, 'Repository access blocked'),
    cause: 'refused',
    says: ['451 "Repository access blocked"', 'Check'],
  },
  {
    when: 'the body is no JSON',
    trouble: answer(400, 'Problems parsing JSON'),
    cause: 'refused',
    says: ['400 "Problems parsing JSON"', 'Check'],
  },
]

/** The reasons of a 422: of today, of before 2026, and what helps. */
const refusals: [input: string, today: string, before: string][] = [
  [
    'description',
    'Description is too long (maximum is 140 characters)',
    'description is too long (maximum is 140 characters)',
  ],
  [
    'description',
    "Description doesn't accept 4-byte Unicode",
    "description doesn't accept 4-byte Unicode",
  ],
  [
    'context',
    'Context is too long (maximum is 255 characters)',
    'context is too long (maximum is 255 characters)',
  ],
  ['context', "Context can't be blank", 'Status context missing_field'],
  ['target_url', 'Target url must use http(s) scheme', 'target_url must use http(s) scheme'],
  ['state', 'State is not included in the list', 'state is not included in the list'],
  ['sha', 'Sha must be a 40 character SHA1', 'sha must be a 40 character SHA1'],
]
for (const [input, today, before] of refusals) {
  for (const reasons of [`Validation failed: ${today}`, before]) {
    rows.push({
      when: reasons,
      trouble: refused(reasons),
      cause: 'refused',
      says: [reasons, `Correct the input \`${input}\``],
    })
  }
}
for (const reasons of [
  'This SHA and context has reached the maximum number of statuses.',
  'Validation failed: This SHA and context has reached the maximum number of statuses.',
]) {
  rows.push({
    when: reasons,
    trouble: refused(reasons),
    cause: 'refused',
    says: ['1,000 statuses', reasons, '`context`'],
  })
}

describe('what a failure says', () => {
  test.each(rows)('$when', ({ trouble, cause, says, asked }) => {
    const failure = explain(trouble, { ...request, ...asked }, NOW)
    expect(failure.cause).toBe(cause)
    expect(failure.message).toMatch(new RegExp(`^Could not ${asked?.doing ?? request.doing}: `))
    for (const part of says) expect(failure.message).toContain(part)
    expect(failure.message).not.toMatch(/undefined|NaN|null|\[object|Infinity|[\r\n]| {2}|""|\.\./)
    const sentences = failure.message.replace(/"[^"]*"/g, '').split(/\.(?: |$)/)
    expect(sentences.filter(Boolean).length).toBeLessThanOrEqual(2)
  })

  test('the same reason once, both where they differ', () => {
    expect(text(refused('Validation failed: Context is odd'))).toContain(
      'answered 422 "Validation failed: Context is odd". ',
    )
    expect(text(refused('context is odd'))).toContain('422 "Validation Failed", "context is odd". ')
  })

  test('an address that is none is named as it is', () => {
    expect(text(answer(502), { apiUrl: 'nonsense' })).toContain(': nonsense answered 502, and')
  })

  const hostile = `\r\n::error::owned\u2028##[error]x\u0000\ud800\u001b[31m${'x'.repeat(5000)}`
  test.each<[string, Trouble]>([
    ...[200, 301, 400, 401, 403, 404, 408, 422, 429, 500].map((status): [string, Trouble] => [
      `message and reasons of a ${status}`,
      answer(status, hostile, { location: hostile, 'retry-after': hostile }, { reasons: hostile }),
    ]),
    ['permission', answer(403, `Resource not accessible by integration${hostile}`)],
    ['SAML', answer(403, `SAML${hostile}`)],
    ['proxy', broken('ECONNRESET', `tunneling socket ${hostile}`)],
    ['network', broken('ECONNRESET', hostile)],
  ])('a hostile text stays on one line and short: %s', (_, trouble) => {
    const message = text(trouble)
    expect(message).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u)
    expect(message.length).toBeLessThan(1500)
  })
})
