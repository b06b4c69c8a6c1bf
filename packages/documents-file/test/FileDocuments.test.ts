import { assert, describe, it } from "@effect/vitest"
import { DocumentStore } from "@kis/core/registry"
import { Id } from "@kis/core/storage"
import { DocumentStoreLaws } from "@kis/testkit/laws"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as TestClock from "effect/testing/TestClock"
import { chmodSync, existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as FileDocuments from "../src/FileDocuments.ts"
import * as Tested from "./Tested.ts"

DocumentStoreLaws.suite("file", Tested.layer)

const id = Id.Id.make("0190a1b2-0000-7000-8000-0000000000ab")

const opened = (folder: string) => Layer.build(Layer.fresh(FileDocuments.layer({ folder })))

const storeIn = (folder: string) =>
  Effect.flatMap(opened(folder), (context) =>
    Effect.provide(
      Effect.map(DocumentStore.DocumentStore, (_) => _),
      context
    )
  )

describe("FileDocuments", () => {
  it.effect("makes a folder that only its owner enters, and keeps documents for the next process", () =>
    Effect.gen(function* () {
      const folder = join(yield* Tested.folder, "documents")
      const first = yield* storeIn(folder)
      yield* first.put(id, new Uint8Array([1, 2, 3]))
      assert.strictEqual(statSync(folder).mode & 0o777, 0o700)
      const [file] = Tested.filesIn(folder)
      assert.strictEqual(file, join(folder, "ab", id))
      assert.strictEqual(statSync(file ?? "").mode & 0o777, 0o600)
      const next = yield* storeIn(folder)
      assert.deepStrictEqual(Option.getOrThrow(yield* next.get(id)), new Uint8Array([1, 2, 3]))
    })
  )

  it.effect("refuses a folder that others may enter, and one that cannot be made", () =>
    Effect.gen(function* () {
      const folder = yield* Tested.folder
      chmodSync(folder, 0o750)
      assert.strictEqual((yield* Effect.flip(opened(folder))).reason, "Misconfigured")
      const nowhere = join(folder, "not", "there")
      assert.strictEqual((yield* Effect.flip(opened(nowhere))).reason, "Misconfigured")
    })
  )

  it.effect("what a crash left half-written is no document, and goes after an hour", () =>
    Effect.gen(function* () {
      const folder = yield* Tested.folder
      mkdirSync(join(folder, "ab"))
      const [old, young] = ["old", "young"].map((name) => join(folder, "ab", `${id}.${name}.half`)) as [string, string]
      for (const path of [old, young]) writeFileSync(path, "half")
      const now = statSync(young).mtimeMs
      utimesSync(old, now / 1000 - 7_200, now / 1000 - 7_200)
      yield* TestClock.setTime(now)
      const store = yield* storeIn(folder)
      assert.deepStrictEqual([existsSync(old), existsSync(young)], [false, true])
      assert.isTrue(Option.isNone(yield* store.get(id)))
      yield* store.put(id, new Uint8Array([7]))
      assert.deepStrictEqual(Option.getOrThrow(yield* store.get(id)), new Uint8Array([7]))
    })
  )
})
