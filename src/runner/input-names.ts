import { isNear } from '../status/near.ts'
import { type Env, inputText } from './env.ts'
import type { Inputs } from './inputs.ts'

/** The inputs of an action, and what people write in their place. */
export type InputNames = {
  /** Every input with its default; empty if it has none, or one that only the runner knows. */
  own: Readonly<Record<string, string>>
  /** Our names, and what other actions call the same, without `-` and `_`. */
  others: Readonly<Record<string, string>>
}

/** What all four actions have. */
export const COMMON: InputNames = {
  own: { repository: '', token: '', api_url: '', job_token: '' },
  others: {
    repository: 'repo githubrepository',
    token: 'authtoken accesstoken githubtoken ghtoken repotoken',
    api_url: 'githubapiurl baseurl apiendpoint',
  },
}

/** Words that people also use for variables of their own: these are only worth a warning. */
const EVERYDAY: Readonly<Record<string, readonly string[]>> = {
  name: ['context', 'contexts'],
  url: ['target_url'],
  owner: ['repository'],
  ref: ['sha'],
  stage: ['state'],
}

/**
 * Checks for inputs that do not exist but were meant: the runner only warns of them, and a gate
 * would not gate. It is a problem if our own input is left at its default, otherwise a warning.
 */
export function checkNames(inputs: Inputs, names: InputNames): void {
  for (const given of unknownNames(inputs.env, names)) {
    const meant = meantBy(given, names)
    if (meant === undefined) continue

    const isLeft = ['', defaultOf(inputs.env, names, meant)].includes(inputText(inputs.env, meant))
    const isEveryday = Object.hasOwn(EVERYDAY, bare(given))
    const line = `Input \`${given}\` does not exist: expected \`${meant}\`. If an environment variable INPUT_${given.toUpperCase()} of your own causes this, rename it.`
    if (isLeft && !isEveryday) inputs.problems.push(line)
    else inputs.warnings.push(line)
  }
}

function defaultOf(env: Env, { own }: InputNames, name: string): string {
  const ofRunner: Record<string, string | undefined> = {
    repository: env.GITHUB_REPOSITORY,
    token: inputText(env, 'job_token'),
    api_url: env.GITHUB_API_URL,
  }
  return ofRunner[name] ?? own[name] ?? ''
}

const LONGEST_NAME = 40

function unknownNames(env: Env, { own }: InputNames): string[] {
  return Object.keys(env)
    .filter((key) => key.startsWith('INPUT_') && key.length <= LONGEST_NAME)
    .map((key) => key.slice('INPUT_'.length).toLowerCase())
    .filter((name) => !Object.hasOwn(own, name))
}

/** The input that a name was meant for, or undefined. */
function meantBy(given: string, { own, others }: InputNames): string | undefined {
  const name = bare(given)
  const everyday = Object.hasOwn(EVERYDAY, name) ? EVERYDAY[name] : undefined
  if (everyday !== undefined) return everyday.find((known) => Object.hasOwn(own, known))

  const isMeant = (candidate: string) => others[candidate]?.split(' ').includes(name)
  const names = Object.keys(own)
  return names.find(isMeant) ?? names.find((candidate) => isNear(bare(candidate), name))
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, '')
}
