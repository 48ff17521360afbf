import {
  ARCHIVED,
  headerOf,
  NO_COMMIT,
  type RequestError,
  SECONDARY_LIMIT,
  SINGLE_SIGN_ON,
} from './cause.ts'
import {
  type Asked,
  anotherToken,
  correction,
  grant,
  notFound,
  redirected,
  renewed,
  whenAgain,
} from './fixes.ts'

/** What can go wrong with a request; `problem` is also a heading in docs/troubleshooting.md. */
export type Diagnosis = {
  when(error: RequestError, asked: Asked): boolean
  problem: string
  fix: string | ((error: RequestError, asked: Asked, now: number) => string)
}

const isProxied = ({ message }: RequestError) => /tunneling socket/.test(message)
export const isSilent = ({ status }: RequestError) => status === undefined
const wordsOf = ({ message, reasons }: RequestError) => `${message} ${reasons}`
const isNoCommit = (error: RequestError) => NO_COMMIT.test(wordsOf(error))

const isRefAsked = ({ ref, commitInput }: Asked) => ref !== undefined && commitInput === 'ref'

/** The first row that applies says what went wrong, and what helps. */
export const PROBLEMS: readonly Diagnosis[] = [
  // No complete answer came.
  {
    when: ({ cause, code }) => cause === 'certificate' && /EXPIRED|NOT_YET_VALID/.test(code),
    problem: "the server's certificate has expired or is not valid yet",
    fix: "Renew it on that server, or correct the runner's clock.",
  },
  {
    when: ({ cause, code }) => cause === 'certificate' && /ALTNAME|HOSTNAME/.test(code),
    problem: "the server's certificate is for another name",
    fix: 'Check the host in `api_url`.',
  },
  {
    when: ({ cause }) => cause === 'certificate',
    problem: "the server's certificate is not trusted",
    fix: "Set NODE_EXTRA_CA_CERTS in the runner's environment to a file with the certificate of the authority that signed it.",
  },
  {
    when: (error) => isSilent(error) && isProxied(error) && error.message.includes('=407'),
    problem: 'the proxy asks for a user name and password',
    fix: 'Set them in `https_proxy`, as http://NAME:PASSWORD@HOST:PORT.',
  },
  {
    when: (error) => isSilent(error) && isProxied(error) && error.cause === 'credentials',
    problem: 'the proxy refuses to connect',
    fix: 'Ask for the host to be allowed there, or add it to `no_proxy`.',
  },
  {
    when: (error) => isSilent(error) && isProxied(error),
    problem: 'the proxy did not connect',
    fix: 'Check `https_proxy`, or name the host in `no_proxy`.',
  },
  {
    when: (error) => isSilent(error) && error.cause === 'credentials',
    problem: 'the token contains an invalid character',
    fix: 'Check the value of `token`: a secret may have a line break in it.',
  },
  {
    when: (error) => isSilent(error) && error.cause === 'unexpected',
    problem: 'the request failed or its response could not be read',
    fix: 'Check `api_url`, and that `https_proxy` is an address such as http://HOST:PORT.',
  },
  {
    when: isSilent,
    problem: 'the server did not send a complete response',
    fix: 'Check `api_url`, the network, and `https_proxy` if there is a proxy.',
  },

  // A limit, or a server that fails.
  {
    when: (error) => error.cause === 'limit' && SECONDARY_LIMIT.test(error.message),
    problem: 'too many statuses were created in a short time',
    fix: (error, _, now) => `${whenAgain(error, now)}${FEWER}`,
  },
  {
    when: ({ cause }) => cause === 'limit',
    problem: 'the rate limit of the token is used up',
    fix: (error, _, now) => `${whenAgain(error, now)}${FEWER}`,
  },
  {
    when: ({ cause }) => cause === 'server',
    problem: 'the server kept failing until this stage ran out of time',
    fix: (error, _, now) => `${whenAgain(error, now)}Run the job again later.`,
  },

  // Something else answered.
  {
    when: (error) => error.cause === 'unexpected' && headerOf(error, 'location') !== '',
    problem: 'the server redirects to another address',
    fix: redirected,
  },
  {
    when: ({ cause }) => cause === 'unexpected' || cause === 'odd',
    problem: 'the response is not from a statuses API',
    fix: 'Check `api_url`, and any proxy in between.',
  },

  // The server refused.
  {
    when: ({ cause }) => cause === 'credentials',
    problem: 'the token is not valid',
    fix: renewed,
  },
  {
    when: ({ cause }, { isJobToken, isOwnRepository }) =>
      cause === 'permission' && isJobToken && !isOwnRepository,
    problem: "the job's own token is for its own repository only",
    fix: anotherToken,
  },
  {
    when: ({ cause }) => cause === 'permission',
    problem: 'the token lacks a permission',
    fix: grant,
  },
  {
    when: ({ cause }, { pullRequest }) => cause === 'missing' && pullRequest !== undefined,
    problem: 'the pull request was not found',
    fix: notFound,
  },
  {
    when: ({ cause }, { route = '' }) =>
      cause === 'missing' && route.endsWith('/branches/{branch}'),
    problem: 'the branch was not found',
    fix: 'Check `required_by`, `repository`, and that `token` can see it: in a private repository it needs `contents: read`.',
  },
  {
    when: ({ cause }, asked) => cause === 'missing' && isRefAsked(asked),
    problem: 'the repository or the ref was not found',
    fix: notFound,
  },
  {
    when: ({ cause }) => cause === 'missing',
    problem: 'the repository was not found',
    fix: notFound,
  },
  {
    when: (error, asked) => isNoCommit(error) && isRefAsked(asked),
    problem: 'the repository has no such SHA, branch or tag',
    fix: 'Check `ref` and `repository`.',
  },
  {
    when: isNoCommit,
    problem: 'the commit is not in the repository',
    fix: 'Check `sha` and `repository`; a commit must be pushed before it can have a status.',
  },
  {
    when: (error) => /maximum number of statuses/i.test(wordsOf(error)),
    problem: 'this commit already has 1000 statuses with this context',
    fix: 'GitHub keeps no more. Use another `context`, or push a new commit.',
  },
  {
    when: (error) => SINGLE_SIGN_ON.test(wordsOf(error)) || headerOf(error, 'x-github-sso') !== '',
    problem: 'the organization requires single sign-on',
    fix: 'Authorize `token` for the organization, in the settings of your personal access tokens.',
  },
  {
    when: (error) => ARCHIVED.test(wordsOf(error)),
    problem: 'the repository is archived',
    fix: 'It is read-only: unarchive it first, or remove this step.',
  },
  {
    when: (error) => /upgrade to github/i.test(wordsOf(error)),
    problem: 'no rules can exist there',
    fix: "The owner's plan has none for private repositories. Remove `required_by`, and name what has to pass in `contexts`.",
  },
  {
    when: ({ status }) => status === 403,
    problem: 'the server blocks this token or runner',
    fix: 'Contact its administrator.',
  },
  {
    when: () => true,
    problem: 'the server rejected the request',
    fix: correction,
  },
]

const FEWER =
  'Publish fewer statuses (one roll-up of `needs` instead of one per job), or use another `token`.'
