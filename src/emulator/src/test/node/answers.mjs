import { writeFileSync } from 'node:fs'

/**
 * Keeps every answer that a client of the SDK gets, and writes them as TypeScript: each a constant whose type is the
 * SDK's own for that path, method and status. The compiler then finds what is missing, misnamed or of another type.
 */
export class Answers {
  #operations = new Map()
  #constants = []

  /** Watches a client from now on. */
  watch(client) {
    client.use({
      onResponse: async ({ schemaPath, request, response }) => {
        await this.#keep(schemaPath, request.method.toLowerCase(), response.clone())
      },
    })
    return client
  }

  async #keep(path, method, response) {
    const operation = `${method.toUpperCase()} ${path}`
    this.#operations.set(operation, [...(this.#operations.get(operation) ?? []), response.status])
    const type = `paths[${JSON.stringify(path)}][${JSON.stringify(method)}]["responses"][${response.status}]`
    const text = await response.text()
    const name = `answer${this.#constants.length}`
    this.#constants.push(
      text === ''
        ? `export const ${name}: ${type}["content"] = undefined`
        : `export const ${name}: ${type}["content"]["application/json"] = ${text}`,
    )
  }

  /** Fails unless each of these operations was answered with success, and no other was called. */
  mustBe(operations) {
    const succeeded = [...this.#operations].filter(([, statuses]) => statuses.some((status) => status < 300))
    const names = succeeded.map(([operation]) => operation)
    const missing = operations.filter((operation) => !names.includes(operation))
    const unexpected = [...this.#operations.keys()].filter((operation) => !operations.includes(operation))
    if (missing.length > 0 || unexpected.length > 0) {
      throw new Error(`Not driven: ${missing.join(', ')}; not expected: ${unexpected.join(', ')}`)
    }
  }

  writeTo(file) {
    const lines = ["import type { paths } from '@prisma/management-api-sdk'", '', ...this.#constants, '']
    writeFileSync(file, lines.join('\n'), { mode: 0o600 })
    console.log(`${this.#constants.length} answers of ${this.#operations.size} operations`)
  }
}
