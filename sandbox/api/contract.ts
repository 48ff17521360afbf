import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type Document from './openapi.json'

const openapi = createRequire(import.meta.url)('./openapi.json') as typeof Document

interface Parameter {
  name: string
  in: string
}
interface Operation {
  parameters: (Parameter | { $ref: string })[]
  requestBody?: unknown
  responses: Record<string, { content?: unknown }>
}

const ajv = new Ajv({ strict: false, allErrors: true })
addFormats(ajv)
ajv.addSchema(openapi, 'openapi')

const paths = openapi.paths as unknown as Record<string, Record<string, Operation>>
const sharedParameters = openapi.components.parameters as unknown as Record<string, Parameter>

/** The validator of a schema in the document, by the keys that lead to it. */
function validator(...keys: string[]): ValidateFunction {
  const pointer = keys
    .map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/')
  const found = ajv.getSchema(`openapi#/${pointer}`)
  if (!found) throw new Error(`not in the document: ${keys.join(' ')}`)
  return found
}

/** The operation that a method and path belong to; also below `/api/v3`, and by a repository's id. */
function operationOf(
  method: string,
  path: string,
): { template: string; method: string; operation: Operation } | undefined {
  const plain = path
    .replace(/^\/api\/v3/, '')
    .replace(/^\/repositories\/\d+\//, '/repos/owner/repo/')
  for (const [template, operations] of Object.entries(paths)) {
    const operation = operations[method.toLowerCase()]
    const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`)
    if (operation && pattern.test(plain))
      return { template, method: method.toLowerCase(), operation }
  }
  return undefined
}

function problemsOf(validate: ValidateFunction, value: unknown, what: string): string[] {
  if (validate(value)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${what}${instancePath} ${message}`,
  )
}

const named = (parameter: Parameter | { $ref: string }): Parameter | undefined =>
  'name' in parameter ? parameter : sharedParameters[parameter.$ref.split('/').at(-1) ?? '']

/**
 * What in a request is not as GitHub's OpenAPI document has it; empty where all is. `limit` is let pass:
 * it is the page size of Gitea, and GitHub leaves it alone.
 * https://github.com/octokit/openapi
 */
export function checkRequest(request: {
  method: string
  path: string
  query?: Record<string, string>
  body?: unknown
}): string[] {
  const found = operationOf(request.method, request.path)
  if (!found) return [`${request.method} ${request.path} is not in the document`]
  const { template, method, operation } = found
  const known = operation.parameters.map(named).filter((parameter) => parameter?.in === 'query')
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) => {
    if (name === 'limit') return []
    if (!known.some((parameter) => parameter?.name === name))
      return [`query/${name} is not in the document`]
    return /^[1-9]\d*$/.test(value) ? [] : [`query/${name} must be a number`]
  })
  if (!operation.requestBody)
    return [...query, ...(request.body === undefined ? [] : ['a body where none belongs'])]
  const schema = ['paths', template, method, 'requestBody', 'content', 'application/json', 'schema']
  const fields = Object.keys(at(schema, 'properties'))
  const sent =
    typeof request.body === 'object' && request.body !== null ? Object.keys(request.body) : []
  return [
    ...query,
    ...problemsOf(validator(...schema), request.body, 'body'),
    ...sent
      .filter((name) => !fields.includes(name))
      .map((name) => `body/${name} is not in the document`),
  ]
}

function at(keys: string[], last: string): object {
  const value = [...keys, last].reduce<unknown>(
    (node, key) => (node as Record<string, unknown>)?.[key],
    openapi,
  )
  return (value as object | undefined) ?? {}
}

/**
 * What in an answer is not as GitHub's OpenAPI document has it. The document declares hardly any errors, and those
 * not as they are: an answer of 300 or above is let pass.
 */
export function checkResponse(
  request: { method: string; path: string },
  response: { status: number; body: unknown },
): string[] {
  const found = operationOf(request.method, request.path)
  if (!found) return [`${request.method} ${request.path} is not in the document`]
  if (response.status >= 300) return []
  const status = String(response.status)
  const { template, method, operation } = found
  return operation.responses[status]?.content
    ? problemsOf(
        validator(
          'paths',
          template,
          method,
          'responses',
          status,
          'content',
          'application/json',
          'schema',
        ),
        response.body,
        'body',
      )
    : [`status ${status} is not in the document`]
}
