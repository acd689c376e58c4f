// Logs in through Prisma's SDK as a browser would, and lets it refresh.
// Arguments: the API's URL, the authorization server's URL, the file for the answers.
import assert from 'node:assert/strict'
import { AuthError, createManagementApiSdk } from '@prisma/management-api-sdk'
import { Answers } from './answers.mjs'

const [apiBaseUrl, authBaseUrl, answersFile] = process.argv.slice(2)

let tokens = null
const tokenStorage = {
  getTokens: async () => tokens,
  setTokens: async (newTokens) => {
    tokens = newTokens
  },
  clearTokens: async () => {
    tokens = null
  },
}
const redirectUri = 'http://127.0.0.1:34567/callback'
const sdk = createManagementApiSdk({ clientId: 'prisma-clients', redirectUri, tokenStorage, apiBaseUrl, authBaseUrl })
const answers = new Answers()
answers.watch(sdk.client)

async function logIn() {
  const { url, state, verifier } = await sdk.getLoginUrl({ scope: 'workspace:admin offline_access' })
  const consent = await fetch(url, { redirect: 'manual' })
  assert.equal(consent.status, 302)
  const callbackUrl = consent.headers.get('location')
  assert.ok(callbackUrl.startsWith(redirectUri))
  await sdk.handleCallback({ callbackUrl, verifier, expectedState: state })
  return { callbackUrl, verifier, state }
}

async function workspaces() {
  const { data, error } = await sdk.client.GET('/v1/workspaces')
  assert.equal(error, undefined)
  return data.data
}

// Logging in
const used = await logIn()
assert.deepEqual((await workspaces()).map((workspace) => workspace.id), [tokens.workspaceId])
const { data: me } = await sdk.client.GET('/v1/me')
assert.equal(me.data.workspace.id, tokens.workspaceId)
assert.notEqual(me.data.user, null)

// A code is good for once, and one that is used again takes what it gave along
await assert.rejects(
  sdk.handleCallback({ callbackUrl: used.callbackUrl, verifier: used.verifier, expectedState: used.state }),
  (error) => error instanceof AuthError && error.message.startsWith('invalid_grant'),
)

// A token that is refused is refreshed, once for many calls
await logIn()
const before = tokens
tokens = { ...before, accessToken: before.accessToken.replace(/\.[^.]*$/, '.forged') }
await Promise.all(Array.from({ length: 8 }, workspaces))
assert.notEqual(tokens.refreshToken, before.refreshToken)

// A refresh token is good for once
tokens = { ...before, accessToken: 'a.b.c' }
const refused = await sdk.client.GET('/v1/workspaces').catch((error) => ({ error }))
assert.ok(refused.error instanceof AuthError, String(refused.error))
assert.equal(refused.error.refreshTokenInvalid, true)
assert.equal(tokens, null)

answers.mustBe(['GET /v1/workspaces', 'GET /v1/me'])
answers.writeTo(answersFile)
