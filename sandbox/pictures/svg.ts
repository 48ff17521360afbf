/** Escapes text for SVG. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Cut with an ellipsis, as GitHub does. @param width in pixels */
export function cutToFit(text: string, width: number, fontSize: number): string {
  if (widthOf(text, fontSize) <= width) return text
  let kept = text
  while (kept !== '' && widthOf(`${kept}…`, fontSize) > width) kept = kept.slice(0, -1)
  return `${kept.trimEnd()}…`
}

/** About how wide a text is, in pixels: a little more than in most fonts, since any of several may be used. */
export function widthOf(text: string, fontSize: number): number {
  return [...text].reduce((sum, character) => sum + shareOf(character), 0) * fontSize
}

function shareOf(character: string): number {
  if (/[\s.,:;'’!|()[\]/ijltfrI]/.test(character)) return 0.34
  return /[A-Zmw%@&…—]/.test(character) ? 0.84 : 0.6
}
