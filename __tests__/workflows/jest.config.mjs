// The tests of whole workflows, which need act: `npm run test:workflows`.
import base from '../../jest.config.mjs'

export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/__tests__/workflows/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/__tests__/workflows/setup.mjs',
  // How many workflows run at once: each is a dozen processes, one after the other.
  maxConcurrency: 4,
  maxWorkers: 1,
  testTimeout: 120_000,
}
