import { beforeAll, describe, expect, test } from '@jest/globals'
import { playScene } from '../sandbox/demo/play.ts'
import { follow } from '../sandbox/demo/scenes/follow.ts'
import { card } from '../sandbox/pictures/card.ts'
import { drawPictures, type Picture } from '../sandbox/pictures/pictures.ts'
import { themeOf } from '../sandbox/pictures/theme.ts'

const textOf = (svg: string) => svg.replace(/<[^>]+>/g, '|')

describe('the picture of the README', () => {
  let picture: Picture
  let svgs: string[]

  beforeAll(async () => {
    ;[picture] = (await drawPictures()) as [Picture]
    svgs = Object.values(picture.files)
  })

  test('comes in light and dark, which differ in colours alone', () => {
    const [light = '', dark = ''] = svgs
    const withoutColours = (svg: string) => svg.replace(/#[0-9a-f]{6,8}\b/g, '')
    expect(dark).not.toBe(light)
    expect(withoutColours(dark)).toBe(withoutColours(light))
  })

  test('says in words what it shows', () => {
    expect(picture.alternative).toContain(
      'Job starts: CI / test (push) is pending, GitHub’s own check',
    )
    expect(picture.alternative).toContain('CI / test is success, Successful in 2m 13s')
    for (const svg of svgs) expect(svg).toContain(`<title id="title">${picture.title}`)
  })

  test('shows what the demo has published at its start and at its end', async () => {
    const { moments } = await playScene(follow)
    const rows = [moments.at(0), moments.at(-1)].flatMap((moment) => moment?.rows ?? [])
    const statuses = rows.filter(({ context }) => context === 'CI / test')
    expect(statuses).toHaveLength(2)
    for (const { description } of statuses)
      expect(textOf(svgs[0] ?? '')).toContain(`|CI / test||${description}|`)
  })
})

test('a picture shows the text of a status and never its markup', () => {
  const row = { state: 'success', context: '<b>"&', description: '' }
  expect(card([row], themeOf('light')).svg).toContain('&#60;b&#62;&#34;&#38;')
})
