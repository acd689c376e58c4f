// Drives the whole Management API through Prisma's SDK.
// Arguments: the API's URL, the file for the answers. The service token comes on standard input, as do the ids of
// backups, which only the emulator can make on demand.
import assert from 'node:assert/strict'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { createManagementApiClient } from '@prisma/management-api-sdk'
import { Answers } from './answers.mjs'

const [baseUrl, answersFile] = process.argv.slice(2)
const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const nextLine = async () => (await input.next()).value
const token = await nextLine()

const answers = new Answers()
const client = answers.watch(createManagementApiClient({ baseUrl, token }))
const stranger = answers.watch(createManagementApiClient({ baseUrl, token: 'wrong' }))

/** Asserts the status and returns the data of the envelope. */
function data(result, status = 200) {
  assert.equal(result.response.status, status, JSON.stringify(result.error))
  return result.data?.data
}

/** Asserts the status and the code of an error. */
function refused(result, status, code) {
  assert.equal(result.response.status, status)
  assert.equal(result.error.error.code, code)
}

async function untilReady(databaseId) {
  const deadline = Date.now() + 30_000
  for (;;) {
    const database = data(await client.GET('/v1/databases/{databaseId}', { params: { path: { databaseId } } }))
    if (database.status === 'ready') {
      return database
    }
    assert.ok(['provisioning', 'recovering'].includes(database.status), database.status)
    assert.ok(Date.now() < deadline, 'not ready within 30 s')
    await delay(20)
  }
}

async function backUp(databaseId) {
  console.log(`back-up ${databaseId}`)
  return nextLine()
}

// Workspaces, the caller, regions
const [workspace] = data(await client.GET('/v1/workspaces'))
const workspaceId = { params: { path: { id: workspace.id } } }
assert.equal(data(await client.GET('/v1/workspaces/{id}', workspaceId)).name, workspace.name)
const subscription = await client.GET('/v1/workspaces/{id}/subscription', workspaceId)
assert.equal(subscription.response.status, 200)
assert.equal(data(await client.GET('/v1/me')).workspace.id, workspace.id)
data(await client.GET('/v1/regions'))
const regions = data(await client.GET('/v1/regions/postgres'))
assert.ok(regions.some((region) => region.id === 'us-east-1' && region.status === 'available'))

// Projects
const project = data(await client.POST('/v1/projects', { body: { name: 'shop', region: 'eu-central-1' } }), 201)
assert.match(project.database.connections[0].endpoints.direct.connectionString, /^postgres:\/\/.*sslmode=require$/)
const empty = data(await client.POST('/v1/projects', { body: { createDatabase: false } }), 201)
assert.equal(empty.database, null)
const byId = (id) => ({ params: { path: { id } } })
assert.equal(data(await client.GET('/v1/projects/{id}', byId(project.id))).name, 'shop')
assert.equal(data(await client.PATCH('/v1/projects/{id}', { ...byId(empty.id), body: { name: 'spare' } })).name, 'spare')
const page = await client.GET('/v1/projects', { params: { query: { limit: 1 } } })
assert.equal(page.data.pagination.hasMore, true)
const rest = await client.GET('/v1/projects', { params: { query: { cursor: page.data.pagination.nextCursor } } })
assert.equal(rest.data.pagination.hasMore, false)
assert.deepEqual([...data(page), ...data(rest)].map((it) => it.id).sort(), [project.id, empty.id].sort())

// Databases
const database = data(
  await client.POST('/v1/databases', { body: { projectId: project.id, region: 'us-east-1', name: 'orders' } }),
  201,
)
assert.equal(database.status, 'provisioning')
await untilReady(database.id)
const nested = data(
  await client.POST('/v1/projects/{projectId}/databases', {
    params: { path: { projectId: project.id } },
    body: { region: 'us-east-1', name: 'nested', isDefault: false },
  }),
  201,
)
await untilReady(nested.id)
const inDatabase = (databaseId) => ({ params: { path: { databaseId } } })
assert.equal(
  data(await client.PATCH('/v1/databases/{databaseId}', { ...inDatabase(nested.id), body: { name: 'renamed' } })).name,
  'renamed',
)
assert.equal(data(await client.GET('/v1/databases', { params: { query: { projectId: project.id } } })).length, 3)
assert.equal(
  data(await client.GET('/v1/projects/{projectId}/databases', { params: { path: { projectId: project.id } } })).length,
  3,
)

// Connections
const connection = data(
  await client.POST('/v1/connections', { body: { databaseId: database.id, name: 'reporting' } }),
  201,
)
data(await client.POST('/v1/databases/{databaseId}/connections', { ...inDatabase(database.id), body: { name: 'dev' } }))
assert.equal(data(await client.GET('/v1/databases/{databaseId}/connections', inDatabase(database.id))).length, 3)
assert.ok(data(await client.GET('/v1/connections', { params: { query: { databaseId: database.id } } })).length === 3)
const shown = data(await client.GET('/v1/connections/{id}', byId(connection.id)))
assert.equal(shown.endpoints.direct.connectionString, undefined)
const rotated = data(await client.POST('/v1/connections/{id}/rotate', byId(connection.id)))
assert.notEqual(
  rotated.endpoints.direct.connectionString,
  connection.endpoints.direct.connectionString,
)
data(await client.DELETE('/v1/connections/{id}', byId(connection.id)), 204)

// A clone, a backup, a database from it, a database restored from it, usage
const clone = data(
  await client.POST('/v1/databases', {
    body: {
      projectId: project.id,
      region: 'us-east-1',
      name: 'clone',
      source: { type: 'database', databaseId: database.id },
    },
  }),
  201,
)
assert.equal((await untilReady(clone.id)).source.type, 'database')
const backupId = await backUp(database.id)
const backups = await client.GET('/v1/databases/{databaseId}/backups', inDatabase(database.id))
assert.deepEqual(data(backups).map((backup) => backup.id), [backupId])
const source = { type: 'backup', databaseId: database.id, backupId }
const fromBackup = data(
  await client.POST('/v1/databases', {
    body: { projectId: project.id, region: 'us-east-1', name: 'from-backup', source },
  }),
  201,
)
assert.equal((await untilReady(fromBackup.id)).source.type, 'backup')
const restored = data(
  await client.POST('/v1/databases/{targetDatabaseId}/restore', {
    params: { path: { targetDatabaseId: clone.id } },
    body: { source },
  }),
)
assert.equal(restored.status, 'recovering')
await untilReady(clone.id)
const usage = await client.GET('/v1/databases/{databaseId}/usage', inDatabase(database.id))
assert.equal(usage.data.metrics.storage.unit, 'GiB')

// A job of GitHub Actions
const idTokenUrl = `${process.env.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=prisma-cloud`
const idToken = await fetch(idTokenUrl, {
  headers: { Authorization: `bearer ${process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
}).then((response) => response.json())
const job = data(await client.POST('/v1/auth/github-actions/token', { body: { token: idToken.value } }), 201)
assert.equal(job.workspaceId, workspace.id)
const inJob = answers.watch(createManagementApiClient({ baseUrl, token: job.value }))
data(await inJob.GET('/v1/projects'))
const forged = await client.POST('/v1/auth/github-actions/token', { body: { token: 'a.b.c' } })
assert.equal(forged.response.status, 401)
assert.equal(forged.error.error, 'unauthorized')

// What is refused
const unknown = { params: { path: { id: 'proj_unknown' } } }
refused(await client.GET('/v1/projects/{id}', unknown), 404, 'resource-not-found')
refused(await stranger.GET('/v1/projects'), 401, 'authentication-failed')
refused(await client.POST('/v1/databases', { body: { projectId: project.id, region: 'mars-1' } }), 400, 'validation-error')
refused(await client.DELETE('/v1/databases/{databaseId}', inDatabase(project.database.id)), 403, 'permission-denied')

// The end
data(await client.DELETE('/v1/databases/{databaseId}', inDatabase(database.id)), 204)
refused(await client.GET('/v1/databases/{databaseId}', inDatabase(database.id)), 404, 'resource-not-found')
data(await client.DELETE('/v1/projects/{id}', byId(project.id)), 204)
data(await client.DELETE('/v1/projects/{id}', byId(empty.id)), 204)
assert.deepEqual(data(await client.GET('/v1/projects')), [])

answers.mustBe([
  'GET /v1/workspaces',
  'GET /v1/workspaces/{id}',
  'GET /v1/workspaces/{id}/subscription',
  'GET /v1/me',
  'GET /v1/regions',
  'GET /v1/regions/postgres',
  'POST /v1/projects',
  'GET /v1/projects',
  'GET /v1/projects/{id}',
  'PATCH /v1/projects/{id}',
  'DELETE /v1/projects/{id}',
  'POST /v1/databases',
  'GET /v1/databases',
  'GET /v1/databases/{databaseId}',
  'PATCH /v1/databases/{databaseId}',
  'DELETE /v1/databases/{databaseId}',
  'GET /v1/projects/{projectId}/databases',
  'POST /v1/projects/{projectId}/databases',
  'POST /v1/connections',
  'GET /v1/connections',
  'GET /v1/connections/{id}',
  'DELETE /v1/connections/{id}',
  'POST /v1/connections/{id}/rotate',
  'POST /v1/databases/{databaseId}/connections',
  'GET /v1/databases/{databaseId}/connections',
  'GET /v1/databases/{databaseId}/backups',
  'POST /v1/databases/{targetDatabaseId}/restore',
  'GET /v1/databases/{databaseId}/usage',
  'POST /v1/auth/github-actions/token',
])
answers.writeTo(answersFile)
process.stdin.destroy()
