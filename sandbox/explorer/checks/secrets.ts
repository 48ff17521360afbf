import type { JobRecord } from '../plan.ts'
import type { Played } from '../play.ts'
import type { CheckStage } from './lines.ts'

/** No token is shown, and the job's own goes to the runner's own API alone. */
export const checkSecrets: CheckStage = ({ lines, outputs, saved, raw }, { plan }, _, own) => {
  const { post, main } = plan.changes
  const tokens = [plan.token, plan.with.token, main?.token, post?.token].filter(Boolean)
  const texts = [...lines.map(({ text }) => text), ...Object.values(outputs), ...saved, ...raw]
  const isShown = texts.some((text) => tokens.some((token) => token && text.includes(token)))
  const strayed = own.filter(
    ({ host, token }) => token === plan.token && !/^(api\.github\.com|127\.0\.0\.1)/.test(host),
  )
  return [
    ...(isShown ? ['shows the token'] : []),
    ...strayed.map(({ host }) => `sends the job's own token to ${host}`),
  ]
}

/**
 * Nothing is on a commit that nobody asked for, nor on another than the one that was found first.
 */
export function checkCommits({ plan, name }: JobRecord, { exchanges, statuses }: Played): string[] {
  const stored = exchanges.filter(({ by }) => by === name).map((exchange) => exchange.stored)
  const own = statuses.filter(({ id }) => stored.includes(id))
  const strayed = own.filter(({ sha }) => !plan.commits.includes(sha) || sha !== own[0]?.sha)
  return strayed.map(
    ({ context, sha }) => `${name} has published "${context}" on ${sha}, for which nobody asked`,
  )
}
