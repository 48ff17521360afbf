import { styleText } from 'node:util'
import type { Recorded } from '../api/server.ts'
import type { Claim, Moment, Played } from './play.ts'
import type { Row } from './rows.ts'

export const WIDTH = 80
const LABEL = 14

type Style = Parameters<typeof styleText>[0]

/** Coloured on a terminal, unless NO_COLOR is set. https://no-color.org */
const paint = (style: Style, text: string) => styleText(style, text, { stream: process.stdout })

const SYMBOLS: Record<string, { symbol: string; colour: Style }> = {
  pending: { symbol: '●', colour: 'yellow' },
  success: { symbol: '✓', colour: 'green' },
  failure: { symbol: '✗', colour: 'red' },
  error: { symbol: '✗', colour: 'red' },
}

/** What is real in the demo and what is not. */
export function intro(): string[] {
  return [
    `${paint('bold', 'commit-status: what a commit shows')}`,
    'Simulated: GitHub (a server on this machine), the runner, the clock, other apps.',
    'Real: the action as published (dist/), and event payloads that GitHub has sent.',
  ]
}

/** A scene as it was played, at most 80 columns wide. */
export function sceneLines({ scene, moments, claims }: Played, number: number): string[] {
  const commit = `${scene.about}, commit ${scene.sha.slice(0, 7)}`
  const title = `${number}. ${scene.title}`
  const yaml = scene.yaml.trimEnd().split('\n')
  return [
    `${paint('bold', title)}  ${paint('dim', cut(commit, WIDTH - title.length - 2))}`,
    ...yaml.map((line) => paint('cyan', `   ${line}`)),
    ...moments.flatMap(momentLines),
    ...claimLines(claims),
  ]
}

/** The requests and the log of each moment; these may be longer than a line. */
export function requestLines({ moments }: Played): string[] {
  return moments.flatMap(({ when, requests, log }) => [
    paint('dim', `   ${when}:`),
    ...requests.map((request) => `     ${requestLine(request)}`),
    ...log.map((line) => `     ${paint('dim', 'log')} ${line}`),
  ])
}

/** How many of all claims hold. */
export function summary(all: readonly Played[], seconds: number): string {
  const claims = all.flatMap((played) => played.claims)
  const held = claims.filter(({ holds }) => holds).length
  const requests = all.reduce((sum, played) => sum + played.requests, 0)
  return `${held} of ${claims.length} checks passed; ${requests} requests, ${seconds.toFixed(1)} s.`
}

function momentLines({ when, rows }: Moment): string[] {
  const width = Math.max(...rows.map(({ context }) => context.length))
  return rows.map((row, index) => {
    const label = (index === 0 ? when : '').padEnd(LABEL)
    return `   ${paint('dim', label)}${rowLine(row, width, WIDTH - 3 - LABEL)}`
  })
}

function rowLine({ state, context, description }: Row, nameWidth: number, width: number): string {
  const { symbol, colour } = SYMBOLS[state] ?? { symbol: '?', colour: 'dim' }
  const text = cut(description, width - nameWidth - 4)
  return `${paint(colour, symbol)} ${paint('bold', context.padEnd(nameWidth))}  ${text}`
}

/** All claims that hold, on as few lines as they need, and a line for each that does not. */
function claimLines(claims: readonly Claim[]): string[] {
  const held = claims.filter(({ holds }) => holds).map(({ text }) => text)
  const failed = claims.filter(({ holds }) => !holds).map(({ text }) => text)
  const title = 'checked: '
  return [
    ...wrap(held.join(' · '), WIDTH - 3 - title.length).map(
      (line, index) => `   ${paint('dim', index === 0 ? title : ' '.repeat(title.length))}${line}`,
    ),
    ...failed.map((text) => `   ${paint('red', `✗ NOT ${text}`)}`),
  ]
}

function requestLine({ method, path, query, status }: Recorded): string {
  const search = new URLSearchParams(query).toString()
  const shown = path.replace(/[0-9a-f]{40}/g, (sha) => sha.slice(0, 7))
  const isGood = status !== null && status < 400
  const answer = paint(isGood ? 'green' : 'red', String(status ?? 'no answer'))
  return `${method.padEnd(4)} ${shown}${search && `?${search}`} ${answer}`
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ').filter(Boolean)) {
    const last = lines.at(-1)
    const joined = `${last} ${word}`
    if (last === undefined || joined.length > width) lines.push(word)
    else lines[lines.length - 1] = joined
  }
  return lines
}

const cut = (text: string, width: number) =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text
