/**
 * The folder that a demonstration keeps its files in.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { mkdir } from "node:fs/promises"

// --- errors ---

export class FolderUnusable extends Schema.TaggedError<FolderUnusable>("@kis/example-quickstart/FolderUnusable")(
  "FolderUnusable",
  { path: Schema.String, code: Schema.String }
) {
  override get message() {
    return `The folder ${this.path} cannot be made (${this.code}). Choose another one with --out FOLDER.`
  }
}

// --- making ---

/** Makes the folder, with those above it, where it is not there. */
export const make = (path: string): Effect.Effect<void, FolderUnusable> =>
  Effect.asVoid(
    Effect.tryPromise({
      try: () => mkdir(path, { recursive: true }),
      catch: (cause) =>
        new FolderUnusable({
          path,
          code: cause instanceof Error && "code" in cause ? String(cause.code) : "unknown"
        })
    })
  )
