/**
 * Stands in for packages that the dependencies load but that nothing here reaches (see `paths` in
 * tsconfig.json, which the bundler follows): `undici` (every request goes through
 * `runner/transport.ts`; saves 1 MB and 40 ms per stage), `@actions/exec` (for `platform` in core;
 * saves 45 kB), `json-with-bigint` (no id needs it; saves 10 kB), and Octokit's GraphQL, named
 * methods and paging (routes are written out here; saves 125 kB). If an update of a package needs
 * another name from one of them, the build fails.
 */

export class ProxyAgent {}

export function fetch(): never {
  throw new Error('undici is not part of this bundle')
}

export function getExecOutput(): never {
  throw new Error('@actions/exec is not part of this bundle')
}

/** No id of this API comes near 2^53, and plain `JSON` takes linear time. */
export const JSONParse = (text: string) => JSON.parse(text)

export const JSONStringify = (value: unknown) => JSON.stringify(value)

export const withCustomRequest = () => ({ defaults() {} })

export const restEndpointMethods = () => ({})

export const paginateRest = () => ({})
