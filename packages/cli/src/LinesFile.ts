/**
 * The lines of a text file that this program wrote earlier, one after the other.
 *
 * @since 0.1.0
 */
import * as Stream from "effect/Stream"
import { open } from "node:fs/promises"
import { IntakeError } from "./intake/IntakeError.ts"

// --- reading ---

/**
 * The lines of a file of any size, without their ends; blank ones are left out.
 *
 * @category reading
 * @since 0.1.0
 */
export const read = (path: string): Stream.Stream<string, IntakeError> =>
  // each reading begins at the beginning: an iterable is used up by the first
  Stream.suspend(() => Stream.fromAsyncIterable(lines(path), (cause) => IntakeError.fromCause(path, cause))).pipe(
    Stream.flatMap(Stream.fromIterable)
  )

// --- private ---

async function* lines(path: string): AsyncGenerator<ReadonlyArray<string>> {
  const file = await open(path)
  try {
    let rest = ""
    for await (const chunk of file.createReadStream({ encoding: "utf8", autoClose: false })) {
      const found = (rest + String(chunk)).split("\n")
      rest = found.pop()!
      if (found.length > 0) yield found.filter((_) => _ !== "")
    }
    if (rest !== "") yield [rest]
  } finally {
    await file.close()
  }
}
