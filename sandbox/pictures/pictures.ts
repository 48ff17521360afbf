import { type Moment, type Played, playScene } from '../demo/play.ts'
import { follow } from '../demo/scenes/follow.ts'
import { matrix } from '../demo/scenes/matrix.ts'
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

/** The pictures of the documents. Each shows what a scene of the demo, played now, has published. */
export async function drawPictures(): Promise<Picture[]> {
  const [followed, legs] = await Promise.all([playScene(follow), playScene(matrix)])
  return [
    picture('life', 'The life of a status in three moments', momentsOf(followed)),
    picture('matrix', 'A matrix with a failing leg', momentsOf(legs).slice(-1)),
  ]
}

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
