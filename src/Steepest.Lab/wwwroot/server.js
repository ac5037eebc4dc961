// @ts-check

/** The name of this tab, so that its races are its own. */
const tab = crypto.randomUUID()

/**
 * Sends a description; gives the answer, or throws the sentence with which it was refused.
 * @param {string} path
 * @param {unknown} [body]
 * @param {AbortSignal} [signal]
 */
export async function post(path, body = {}, signal) {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Steepest-Tab': tab }, body: JSON.stringify(body), signal })
  await requireGood(response)
  return response
}

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
export async function get(path) {
  const response = await fetch(path, { headers: { 'Steepest-Tab': tab } })
  await requireGood(response)
  return response.json()
}

/**
 * The events of a stream, as they come.
 * @param {string} path
 * @param {unknown} body
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{name: string, data: any}>}
 */
export async function* events(path, body, signal) {
  const response = await post(path, body, signal)
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    const blocks = (rest + value).split('\n\n')
    rest = /** @type {string} */ (blocks.pop())
    for (const block of blocks) {
      const lines = block.split('\n')
      const name = lines.find((line) => line.startsWith('event: '))?.slice(7) ?? 'message'
      yield { name, data: JSON.parse(lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6)).join('\n')) }
    }
  }
}

/** @param {Response} response */
async function requireGood(response) {
  if (response.ok) return
  let sentence = 'The lab did not understand that.'
  try {
    sentence = (await response.json()).error ?? sentence
  } catch {
    // It has no sentence of its own.
  }
  throw new Error(sentence)
}
