/**
 * What LevelDB and the file system report, as the reasons of the storage port.
 */
import { StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

// --- attempts ---

/** Runs what may fail. What is no failure of the store is a defect of ours, and stays one. */
export const attempt = <A>(place: string, act: () => Promise<A>): Effect.Effect<A, StorageError.StorageError> =>
  Effect.flatMap(
    Effect.promise(() => act().then(Result.succeed, Result.fail<unknown>)),
    (settled) => {
      if (Result.isSuccess(settled)) return Effect.succeed(settled.success)
      const error = settled.failure
      if (error instanceof StorageError.StorageError) return Effect.fail(error)
      const reason = reasonOf(error, place)
      return reason === undefined ? Effect.die(error) : Effect.fail(StorageError.of(reason))
    }
  )

// --- reasons ---

const reasonOf = (error: unknown, place: string): StorageError.Reason | undefined => {
  const { code, cause, message } = detailsOf(error)
  // an opening that failed says why in its cause
  if (code === "LEVEL_DATABASE_NOT_OPEN" && cause !== undefined) return reasonOf(cause, place)
  switch (code) {
    case "LEVEL_DATABASE_NOT_OPEN":
    case "LEVEL_ITERATOR_NOT_OPEN":
    case "LEVEL_SNAPSHOT_NOT_OPEN":
      return new StorageError.Unavailable({ place, detail: "it was closed" })
    case "LEVEL_LOCKED":
      return new StorageError.Unavailable({ place, detail: "another process holds it" })
    case "LEVEL_CORRUPTION":
      return new StorageError.Corrupt({ place, detail: "LevelDB finds it damaged" })
    case "LEVEL_DECODING_ERROR":
      return new StorageError.Corrupt({ place, detail: "an entry cannot be read" })
    case "LEVEL_IO_ERROR":
      // LevelDB hands on the text of the system's error, no code
      if (/no space left|quota exceeded/i.test(message)) return new StorageError.Full({ place })
      if (/permission denied|read-only/i.test(message)) return new StorageError.ReadOnly({ place })
      return new StorageError.Unavailable({ place, detail: "the disk gave an error" })
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new StorageError.ReadOnly({ place })
    case "ENOSPC":
    case "EDQUOT":
      return new StorageError.Full({ place })
    case "EEXIST":
    case "ENOTDIR":
      return new StorageError.CannotOpen({ place, detail: "it is no folder" })
    default:
      return undefined
  }
}

// --- private ---

const detailsOf = (error: unknown): { readonly code: unknown; readonly cause: unknown; readonly message: string } =>
  error instanceof Error
    ? { code: "code" in error ? error.code : undefined, cause: error.cause, message: error.message }
    : { code: undefined, cause: undefined, message: "" }
