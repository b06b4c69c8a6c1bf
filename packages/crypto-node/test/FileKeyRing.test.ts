import { assert, describe, it } from "@effect/vitest"
import { KeyRing } from "@kis/core/privacy"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { KeyRingLaws } from "@kis/testkit/laws"
import * as FileKeyRing from "../src/FileKeyRing.ts"
import * as Tested from "./Tested.ts"

KeyRingLaws.suite("file", Tested.layer)

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-keys-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

const open = (path: string) => Effect.provide(KeyRing.KeyRing, Layer.fresh(FileKeyRing.layer(path)))

const secretsOf = (ring: KeyRing.KeyRing["Service"]) =>
  [Option.getOrThrow(ring.sealing(ring.current)), ring.index, ring.audit, ring.pepper].map((_) =>
    Buffer.from(_).toString("hex")
  )

const failureAt = (path: string) => Effect.flip(open(path))

describe("FileKeyRing", () => {
  it.effect("draws separate secrets into a file of its owner, and reads them again", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "keys.json")
      const first = yield* open(path)
      assert.strictEqual(statSync(path).mode & 0o777, 0o600)
      assert.strictEqual(new Set(secretsOf(first)).size, 4)
      assert.deepStrictEqual(secretsOf(yield* open(path)), secretsOf(first))
    })
  )

  it.effect("gives all who start together the same ring, and leaves no other file", () =>
    Effect.gen(function* () {
      const dir = yield* folder
      const rings = yield* Effect.all(
        Array.from({ length: 20 }, () => open(join(dir, "keys.json"))),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(new Set(rings.map((_) => secretsOf(_).join())).size, 1)
      assert.deepStrictEqual(readdirSync(dir), ["keys.json"])
    })
  )

  it.effect("keeps old sealing keys beside the current one", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "keys.json")
      const before = yield* open(path)
      const file = JSON.parse(readFileSync(path, "utf8"))
      file.sealing.push({ id: 2, key: Buffer.alloc(32, 7).toString("base64") })
      file.current = 2
      writeFileSync(path, JSON.stringify(file))
      const after = yield* open(path)
      assert.strictEqual(after.current, 2)
      assert.deepStrictEqual(after.sealing(KeyRing.KeyId.make(1)), before.sealing(KeyRing.KeyId.make(1)))
    })
  )

  it.effect("refuses a file that others may read", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "keys.json")
      yield* open(path)
      for (const mode of [0o640, 0o604, 0o660]) {
        chmodSync(path, mode)
        assert.strictEqual((yield* failureAt(path)).reason, "TooOpen")
      }
    })
  )

  it.effect("refuses whatever is not a key file, and never repeats what is in it", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "keys.json")
      yield* open(path)
      const whole = readFileSync(path, "utf8")
      const file = JSON.parse(whole)
      const wrong = [
        "",
        "canary-canary",
        whole.slice(0, -20),
        JSON.stringify({ ...file, version: 2 }),
        JSON.stringify({ ...file, index: file.index.slice(0, 20) }),
        JSON.stringify({ ...file, audit: "canary-canary" }),
        JSON.stringify({ ...file, current: 9 }),
        JSON.stringify({ ...file, sealing: [...file.sealing, ...file.sealing] })
      ]
      for (const text of wrong) {
        writeFileSync(path, text)
        const error = yield* failureAt(path)
        assert.strictEqual(error.reason, "WrongFormat")
        assert.notInclude(JSON.stringify(error) + error.message + String(error.stack), "canary")
        assert.strictEqual(readFileSync(path, "utf8"), text, "a wrong file must not be overwritten")
      }
    })
  )

  it.effect("says which way it could not be read or made", () =>
    Effect.gen(function* () {
      const dir = yield* folder
      mkdirSync(join(dir, "a-folder"), { mode: 0o700 })
      assert.strictEqual((yield* failureAt(join(dir, "a-folder"))).reason, "Unreadable")
      assert.strictEqual((yield* failureAt(join(dir, "no", "such", "folder", "keys.json"))).reason, "NotCreated")
    })
  )

  it.effect("layerExisting makes nothing", () =>
    Effect.gen(function* () {
      const dir = yield* folder
      const path = join(dir, "keys.json")
      const openExisting = Effect.provide(KeyRing.KeyRing, Layer.fresh(FileKeyRing.layerExisting(path)))
      assert.strictEqual((yield* Effect.flip(openExisting)).reason, "Unreadable")
      assert.deepStrictEqual(readdirSync(dir), [])
      const made = yield* open(path)
      assert.deepStrictEqual(secretsOf(yield* openExisting), secretsOf(made))
    })
  )

  it.effect("a new sealing key is drawn, and an open ring meets it without being opened anew", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "keys.json")
      const before = yield* open(path)
      const first = before.current
      assert.deepStrictEqual(yield* FileKeyRing.addSealing(path), {
        current: KeyRing.KeyId.make(2),
        older: [{ id: first }]
      })
      assert.strictEqual(statSync(path).mode & 0o777, 0o600)
      assert.strictEqual(before.current, first, "not asked for yet")
      // a body of another process, sealed under the new key
      const second = KeyRing.KeyId.make(2)
      const after = yield* open(path)
      assert.deepStrictEqual(before.sealing(second), after.sealing(second))
      assert.strictEqual(before.current, second)
      assert.deepStrictEqual(after.sealing(first), before.sealing(first))
      assert.notDeepEqual(after.sealing(first), after.sealing(second))
      assert.deepStrictEqual([after.index, after.audit, after.pepper], [before.index, before.audit, before.pepper])
      assert.isTrue(Option.isNone(before.sealing(KeyRing.KeyId.make(9))))
    })
  )

  it.effect("an older key is noted as unused and then forgotten; the current one never is", () =>
    Effect.gen(function* () {
      const dir = yield* folder
      const path = join(dir, "keys.json")
      const ring = yield* open(path)
      const [first, second] = [KeyRing.KeyId.make(1), KeyRing.KeyId.make(2)]
      yield* FileKeyRing.addSealing(path)
      yield* FileKeyRing.markUnused(path, [first, second], 7)
      const kept = { current: second, older: [{ id: first, unusedSince: 7 }] }
      assert.deepStrictEqual(yield* FileKeyRing.markUnused(path, [first], 9), kept, "since the first time")
      assert.deepStrictEqual(yield* FileKeyRing.forgetSealing(path, [first, second]), { current: second, older: [] })
      assert.isTrue(Option.isNone((yield* open(path)).sealing(first)))
      assert.isTrue(Option.isSome(ring.sealing(first)), "whoever has read it can still read what is on its way")
      assert.isTrue(Option.isSome(ring.sealing(second)))
      // its number is not given to another key
      assert.strictEqual((yield* FileKeyRing.addSealing(path)).current, 3)
      assert.deepStrictEqual(readdirSync(dir), ["keys.json"])
    })
  )

  it.effect("an index root is drawn, adopted and forgotten, and open rings meet it", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "keys.json")
      const ring = yield* open(path)
      const [first, second] = [KeyRing.KeyId.make(1), KeyRing.KeyId.make(2)]
      assert.deepStrictEqual(ring.indexRoot(first), Option.some(ring.index))
      assert.deepStrictEqual(yield* FileKeyRing.addIndex(path), { current: first, others: [second] })
      const root = Option.getOrThrow(ring.indexRoot(second))
      assert.notDeepEqual(root, ring.index)
      assert.deepStrictEqual(yield* FileKeyRing.adoptIndex(path, second), { current: second, others: [first] })
      const after = yield* open(path)
      assert.deepStrictEqual([after.indexId, after.index], [second, root])
      assert.deepStrictEqual(after.indexRoot(first), Option.some(ring.index))
      const kept = { current: second, others: [] }
      assert.deepStrictEqual(yield* FileKeyRing.forgetIndexes(path, [first, second]), kept)
      assert.isTrue(Option.isNone((yield* open(path)).indexRoot(first)))
      assert.deepStrictEqual(yield* FileKeyRing.adoptIndex(path, first), kept, "what is not there is not adopted")
    })
  )

  it.effect("of changes at the same time one is made at a time, and none is lost", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "keys.json")
      yield* open(path)
      const results = yield* Effect.all(
        Array.from({ length: 8 }, () => Effect.result(FileKeyRing.addSealing(path))),
        { concurrency: "unbounded" }
      )
      const made = results.filter((_) => _._tag === "Success").length
      for (const result of results) if (result._tag === "Failure") assert.strictEqual(result.failure.reason, "Busy")
      assert.isAbove(made, 0)
      assert.strictEqual((yield* FileKeyRing.sealingKeys(path)).older.length, made)
    })
  )

  it.effect("a change that was killed half way leaves the file as it was, and says what to do", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "keys.json")
      yield* open(path)
      const text = readFileSync(path, "utf8")
      writeFileSync(`${path}.next`, text.slice(0, 40))
      const error = yield* Effect.flip(FileKeyRing.addSealing(path))
      assert.strictEqual(error.reason, "Busy")
      assert.include(error.message, `${path}.next`)
      assert.strictEqual(readFileSync(path, "utf8"), text)
    })
  )

  it.effect("a file of another register in its place is not taken up", () =>
    Effect.gen(function* () {
      const dir = yield* folder
      const [path, other] = [join(dir, "keys.json"), join(dir, "other.json")]
      const ring = yield* open(path)
      yield* open(other)
      yield* FileKeyRing.addSealing(other)
      rmSync(path)
      writeFileSync(path, readFileSync(other), { mode: 0o600 })
      assert.isTrue(Option.isNone(ring.sealing(KeyRing.KeyId.make(2))))
      assert.strictEqual(ring.current, 1)
    })
  )
})
