import fc from 'fast-check'

/** How often each property is tried. A failure names the smallest text that breaks it, and the seed to find it again. */
export const RUNS = { numRuns: 1_000 }
/** For a property that runs whole stages. */
export const FEWER = { numRuns: 300 }

/** Text of every kind: plain, of any character, of halves of characters, and of what the runner takes for a command. */
const COMMANDS = [
  '::set-output name=state::success',
  '::add-mask::a',
  '##[add-mask]a',
  '##[',
  '::',
  '%0A',
  '%0D%0A::error::',
]
const BREAKS = ['\r\n', ...'\n\r\u2028\u2029\u0085\u0000\t \ufeff\u200d\ufe0f']
const ODD = ['\ud83d', '\ude80', '👩‍👩‍👧', '-->', ...'🚀🐛ﬀİ…"`|<']
export const foreign = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...COMMANDS) },
      { weight: 3, arbitrary: fc.constantFrom(...BREAKS) },
      { weight: 3, arbitrary: fc.constantFrom(...ODD) },
      { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200, size: 'max' }) },
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(''))

/** Values of a matrix, as `include` and lists of any depth can give them. */
const value = fc.oneof(
  foreign,
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue(),
)
export const matrix = fc.oneof(fc.constant(null), fc.dictionary(foreign, value, { maxKeys: 4 }))
