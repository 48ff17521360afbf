import { once } from 'node:events'
import { request } from 'node:http'
import { expect, test } from '@jest/globals'
import { startProxy } from '../../sandbox/api/proxy.ts'
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

test('a proxy refuses a host that it does not know', async () => {
  const proxy = await startProxy({ resolve: () => undefined })
  const { port } = new URL(proxy.url)
  const asked = request({ port, method: 'CONNECT', path: 'nowhere.test:80' }).end()
  const [answer] = await once(asked, 'connect')
  await proxy.close()
  expect(answer.statusCode).toBe(502)
})
