import { expect, test } from '@jest/globals'
import { startSandbox } from '../../sandbox/api/server.ts'
import { until } from '../support/expect.ts'

test('closing a server ends what hangs', async () => {
  const sandbox = await startSandbox()
  sandbox.fault({ hang: true })
  const hanging = fetch(sandbox.url).catch(() => 'broken')
  await until(() => sandbox.requests.length > 0)
  await sandbox.close()
  expect(await hanging).toBe('broken')
})
