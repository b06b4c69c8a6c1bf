/**
 * The store in an empty folder, and what lies in it: what the laws ask.
 */
import type { DocumentStore } from "@kis/core/registry"
import { DocumentStoreLaws } from "@kis/testkit/laws"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as FileDocuments from "../src/FileDocuments.ts"

export const capabilities = {}

export const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-documents-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** Everything in a folder, by its path. */
export const filesIn = (path: string): ReadonlyArray<string> =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())

export const layer: Layer.Layer<
  DocumentStore.DocumentStore | DocumentStoreLaws.Shelf,
  DocumentStore.DocumentStoreError
> = Layer.unwrap(
  Effect.map(folder, (path) =>
    Layer.merge(
      FileDocuments.layer({ folder: path }),
      Layer.succeed(
        DocumentStoreLaws.Shelf,
        DocumentStoreLaws.Shelf.of({
          contents: Effect.sync(() => filesIn(path).map((file) => readFileSync(file))),
          // where the folder was there is a file: nothing below it can be reached
          breakDown: Effect.sync(() => {
            rmSync(path, { recursive: true })
            writeFileSync(path, "")
          })
        })
      )
    )
  )
)
