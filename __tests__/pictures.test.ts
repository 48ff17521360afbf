import { beforeAll, describe, expect, test } from '@jest/globals'
import { playScene } from '../sandbox/demo/play.ts'
import type { Row } from '../sandbox/demo/rows.ts'
import { follow } from '../sandbox/demo/scenes/follow.ts'
import { card, WIDTH } from '../sandbox/pictures/card.ts'
import { drawPictures, type Picture } from '../sandbox/pictures/pictures.ts'
import { cutToFit, widthOf } from '../sandbox/pictures/svg.ts'
import { themeOf } from '../sandbox/pictures/theme.ts'

const row = (state: string, context = 'CI / test', description = ''): Row => ({
  state,
  context,
  description,
  publisher: 'github-actions[bot]',
})

const textOf = (svg: string) => svg.replace(/<[^>]+>/g, '|')
const cardOf = (...rows: Row[]) => textOf(card(rows, themeOf('light')).svg)

describe('the pictures', () => {
  let pictures: Picture[] = []

  beforeAll(async () => {
    pictures = await drawPictures()
  })

  test('come in light and dark, which differ in colours alone', () => {
    for (const { files } of pictures) {
      const [light = '', dark = ''] = Object.values(files)
      const withoutColours = (svg: string) => svg.replace(/#[0-9a-f]{6,8}\b/g, '')
      expect(dark).not.toBe(light)
      expect(withoutColours(dark)).toBe(withoutColours(light))
    }
  })

  test('say in words what they show', () => {
    const [life] = pictures.map(({ alternative }) => alternative)
    expect(life).toContain('Job starts: CI / test (push) is pending, GitHub’s own check')
    expect(life).toContain('CI / test is success, Successful in 2m 13s')
    for (const { title, files } of pictures) {
      for (const svg of Object.values(files)) expect(svg).toContain(`<title id="title">${title}`)
    }
  })

  test('show what the demo has published at its start and at its end', async () => {
    const { moments } = await playScene(follow)
    const shown = textOf(Object.values(pictures[0]?.files ?? {})[0] ?? '')
    const texts = [moments.at(0), moments.at(-1)].flatMap((moment) =>
      (moment?.rows ?? []).filter(({ context }) => context === 'CI / test'),
    )
    expect(texts).toHaveLength(2)
    for (const { description } of texts) expect(shown).toContain(`|CI / test||${description}|`)
  })
})

describe('a card', () => {
  test('shows the text of a status and never its markup', () => {
    expect(card([row('success', '<b>"&')], themeOf('light')).svg).toContain('&#60;b&#62;&#34;&#38;')
  })

  test('cuts a name that is too long for it, and the text beside it', () => {
    const shown = cardOf(row('success', 'CI / '.repeat(40), 'Successful in 2m 13s'))
    expect(shown).toMatch(/\|CI \/ [^|]*…\|/)
    expect(shown).not.toContain('Successful')
  })
})

test('a text is cut to the width that it is given', () => {
  expect(cutToFit('short', WIDTH, 14)).toBe('short')
  const cut = cutToFit('A long text, which goes on and on', 100, 14)
  expect(cut).toMatch(/^A long .*…$/)
  expect(widthOf(cut, 14)).toBeLessThanOrEqual(100)
})
