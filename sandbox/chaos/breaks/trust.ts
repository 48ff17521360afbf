/** What others must not get or give. See `breaks.ts` for the form. */
export const TRUST = String.raw`
a memory without a seal is taken
  publish/memory.ts
- if (seal.length !== right.length || !timingSafeEqual(seal, right)) return 'not ours'
+ if (seal.length < 0 && timingSafeEqual(seal, right)) return 'not ours'

the job's own token goes to any API
  runner/access.ts
- !isOwnApi(apiUrl, inputs.env)
+ false

NODE_TLS_REJECT_UNAUTHORIZED is obeyed
  runner/transport.ts
- delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
+
  github/connections: NODE_TLS_REJECT_UNAUTHORIZED

joiners take more than linear time
  status/text.ts
- /[\u200d\ufe0f\u{10000}-\u{10ffff}]+/gu
+ /(?:[\u200d\ufe0f]*[\u{10000}-\u{10ffff}][\u200d\ufe0f]*)+/gu
  publish/hostile: costs no more than a moment

the state remembers a wrong context
  publish/memory.ts
- const text = memory === undefined ? '' : JSON.stringify(memory)
+ const text = memory === undefined ? '' : JSON.stringify(memory).replaceAll('CI / build', 'CI / built')

the token is not hidden in what a server says
  github/request-error.ts
- text.replaceAll(token, '***')
+ text
`
