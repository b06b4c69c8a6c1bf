/**
 * Where results go: standard output, or a file that appears under its name when it is whole.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { type FileHandle, open as openFile, rename, rm } from "node:fs/promises"
import * as OutputError from "./OutputError.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface ResultFile {
  /** Gives the bytes on; done when more may follow. */
  readonly write: (bytes: Uint8Array) => Effect.Effect<void, OutputError.OutputError>
  /** Puts the whole file under its name. */
  readonly finish: Effect.Effect<void, OutputError.OutputError>
}

// --- constructors ---

/**
 * Standard output. Whoever reads slowly is waited for; a reader who is gone ends the program, in `Main`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const standardOutput: ResultFile = {
  write: (bytes) =>
    Effect.callback<void>((resume) => {
      process.stdout.write(bytes, () => resume(Effect.void))
    }),
  finish: Effect.void
}

/**
 * Starts a file next to its final place, readable by its owner only. It is removed again unless it is finished.
 *
 * @category constructors
 * @since 0.1.0
 */
export const open = Effect.fn("ResultFile.open")(function* (
  path: string
): Effect.fn.Return<ResultFile, OutputError.OutputError, Scope.Scope> {
  const partial = `${path}.part`
  const attempt = <A>(act: () => Promise<A>) =>
    Effect.tryPromise({ try: act, catch: (cause) => OutputError.fromCause(path, cause) })
  let isOpen = true
  let isFinished = false
  const close = async (handle: FileHandle) => {
    if (isOpen) await handle.close()
    isOpen = false
  }
  const handle = yield* Effect.acquireRelease(
    attempt(() => openFile(partial, "w", 0o600)),
    (handle) =>
      Effect.promise(async () => {
        await close(handle)
        if (!isFinished) await rm(partial, { force: true })
      })
  )
  return {
    write: (bytes) => attempt(() => handle.writeFile(bytes)),
    finish: attempt(async () => {
      await handle.sync()
      await close(handle)
      await rename(partial, path)
      isFinished = true
    })
  }
})
