/**
 * Stands in for packages that the dependencies load but that nothing here reaches (see `paths` in tsconfig.json, which
 * the bundler follows): `undici` (every request goes through `transport.ts`; saves 1 MB and 40 ms a stage),
 * `@actions/exec` (for `platform` in core; saves 45 kB), and Octokit's plugins for named methods and paging (routes are
 * written out here; saves 120 kB). A name that a package's update newly asks for fails the build.
 */

export class ProxyAgent {}

export function fetch(): never {
  throw new Error('undici is not part of this bundle')
}

export function getExecOutput(): never {
  throw new Error('@actions/exec is not part of this bundle')
}

export const restEndpointMethods = () => ({})

export const paginateRest = () => ({})
