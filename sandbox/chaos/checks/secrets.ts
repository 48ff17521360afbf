import type { JobRecord } from '../plan.ts'
import type { Played } from '../play.ts'

/** No token is shown, and the job's own goes to the runner's own API alone. */
export function checkSecrets({ plan, name, stages }: JobRecord, { exchanges }: Played): string[] {
  const { post, main } = plan.changes
  const tokens = [plan.token, plan.with.token, main?.token, post?.token].filter(Boolean)
  const shown = stages.filter(({ lines, outputs, saved, raw }) => {
    const texts = [...lines.map(({ text }) => text), ...Object.values(outputs), ...saved, ...raw]
    return texts.some((text) => tokens.some((token) => token && text.includes(token)))
  })
  const strayed = exchanges.filter(
    ({ by, host, token }) =>
      by === name && token === plan.token && !/^(api\.github\.com|127\.0\.0\.1)/.test(host),
  )
  return [
    ...shown.map((stage) => `${stage.name} of ${name} shows the token`),
    ...strayed.map(({ host, stage }) => `${stage} of ${name} sends the job's own token to ${host}`),
  ]
}

export function checkCrashes({ name, stages }: JobRecord): string[] {
  return stages.flatMap((stage) =>
    stage.crash === undefined ? [] : [`${stage.name} of ${name}: ${stage.crash}`],
  )
}

/** Nothing is on a commit that nobody asked for. */
export function checkCommits({ plan, name }: JobRecord, { exchanges, statuses }: Played): string[] {
  const stored = exchanges.filter(({ by }) => by === name).map((exchange) => exchange.stored)
  const strayed = statuses.filter(
    ({ id, sha }) => stored.includes(id) && !plan.commits.includes(sha),
  )
  return strayed.map(
    ({ context, sha }) => `${name} has published "${context}" on ${sha}, for which nobody asked`,
  )
}
