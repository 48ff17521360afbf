import { type Moment, type Played, playScene } from '../demo/play.ts'
import type { Row } from '../demo/rows.ts'
import { follow } from '../demo/scenes/follow.ts'
import { describe, draw } from './draw.ts'
import { THEMES } from './theme.ts'

export type Picture = {
  name: string
  title: string
  /** For readers who cannot see it. */
  alternative: string
  /** By path from the root of the repository. */
  files: Record<string, string>
}

const STATUS = 'CI / test'

/** The pictures of the documents. They show what a scene of the demo, played now, has published. */
export async function drawPictures(): Promise<Picture[]> {
  const moments = momentsOf(await playScene(follow))
  const ends = [moments.slice(0, 1), moments.slice(-1)].flat().map(withItsCheck)
  return [picture('life', 'A job’s own check, and the status, at its start and at its end', ends)]
}

/** The status, and above it the check that GitHub shows for the job anyway. */
function withItsCheck({ rows, ...moment }: Moment): Moment {
  const status = rows.filter(({ context }) => context === STATUS)
  return { ...moment, rows: [...status.map(checkOf), ...status] }
}

const checkOf = (row: Row): Row => ({
  ...row,
  context: `${row.context} (push)`,
  description: 'GitHub’s own check',
})

function picture(name: string, title: string, moments: readonly Moment[]): Picture {
  const files = THEMES.map((theme) => [
    `docs/images/${name}-${theme}.svg`,
    draw(title, moments, theme),
  ])
  const alternative = `${title}. ${moments.map(describe).join('. ')}.`
  return { name, title, alternative, files: Object.fromEntries(files) }
}

function momentsOf({ scene, moments, claims }: Played): Moment[] {
  const failed = claims.filter(({ holds }) => !holds).map(({ text }) => text)
  if (failed.length > 0) throw new Error(`${scene.title}: does not hold: ${failed.join(', ')}`)
  return moments
}
