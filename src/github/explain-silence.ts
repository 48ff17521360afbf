import { causeOf, PROXIED } from './cause.ts'
import type { Explanation } from './explanation.ts'
import type { RequestError } from './request-error.ts'

const CHECK_PROXY = 'Check `https_proxy`, or name the host in `no_proxy`.'

/** What helps if no complete answer came. */
export function explainSilence(error: RequestError): Explanation {
  switch (causeOf(error)) {
    case 'certificate':
      return explainCertificate(error)
    case 'credentials':
      return explainCredentials(error)
    case 'unexpected':
      return {
        met: 'the request failed or its response could not be read',
        fix: 'Check `api_url`, and that `https_proxy` is an address such as http://HOST:PORT.',
      }
    default:
      return explainUnreachable(error)
  }
}

function explainCertificate({ code }: RequestError): Explanation {
  if (/EXPIRED|NOT_YET_VALID/.test(code)) {
    return {
      met: "the server's certificate has expired or is not valid yet",
      fix: "Renew it on that server, or correct the runner's clock.",
    }
  }
  if (/ALTNAME|HOSTNAME/.test(code)) {
    return {
      met: "the server's certificate is for another name",
      fix: 'Check the host in `api_url`.',
    }
  }
  return {
    met: "the server's certificate is not trusted",
    fix: "Set NODE_EXTRA_CA_CERTS in the runner's environment to a file with the certificate of the authority that signed it.",
  }
}

function explainCredentials({ message }: RequestError): Explanation {
  if (!PROXIED.test(message)) {
    return {
      met: 'the token contains an invalid character',
      fix: 'Check the value of `token`: a secret may have a line break in it.',
    }
  }
  if (message.includes('=407')) {
    return {
      met: 'the proxy asks for a user name and password',
      fix: 'Set them in `https_proxy`, as http://NAME:PASSWORD@HOST:PORT.',
    }
  }
  return {
    met: 'the proxy refuses to connect',
    fix: 'Ask for the host to be allowed there, or add it to `no_proxy`.',
  }
}

function explainUnreachable({ message }: RequestError): Explanation {
  if (PROXIED.test(message)) return { met: 'the proxy did not connect', fix: CHECK_PROXY }
  return {
    met: 'the server did not send a complete response',
    fix: 'Check `api_url`, the network, and `https_proxy` if there is a proxy.',
  }
}
