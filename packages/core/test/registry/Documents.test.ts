import { assert, describe, it } from "@effect/vitest"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Documents, DocumentStore } from "@kis/core/registry"
import { Id } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as fc from "fast-check"

const layer = (options?: Documents.Options, keys = 1) =>
  Documents.layer(options).pipe(
    Layer.provideMerge(DocumentStore.layerMemory),
    Layer.provideMerge(Layer.merge(Crypto.layer, KeyRing.layerMemory(new Uint8Array(32).fill(9), { keys })))
  )

const id = (n: number) => Id.Id.make(`0190a1b2-0000-7000-8000-${String(n).padStart(12, "0")}`)
const pdf = (content: string) => new TextEncoder().encode(`%PDF-1.7\n${content}`)
const keep = (n: number, said: string, content: Uint8Array) =>
  Effect.flatMap(Documents.Documents, (_) => _.keep(id(n), said, content))
const shelf = Effect.map(DocumentStore.MemoryShelf, (_) => _.shelf)

describe("Documents", () => {
  it("knows a file by its content", () => {
    const bytes = (...parts: ReadonlyArray<string | ReadonlyArray<number>>) =>
      new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)))
    const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    assert.strictEqual(Documents.typeOf(bytes("%PDF-1.4")), "application/pdf")
    assert.strictEqual(Documents.typeOf(bytes([0xff, 0xd8, 0xff, 0xe0])), "image/jpeg")
    assert.strictEqual(Documents.typeOf(bytes(png, [0, 0, 0, 13], "IHDR")), "image/png")
    assert.strictEqual(Documents.typeOf(bytes("RIFF", [1, 2, 3, 4], "WEBPVP8 ")), "image/webp")
    for (const other of [
      bytes(),
      bytes("%PDF"),
      bytes(png),
      bytes("RIFF", [1, 2, 3, 4], "WAVE"),
      bytes("MZ"),
      bytes(" %PDF-1.4")
    ]) {
      assert.isUndefined(Documents.typeOf(other))
    }
  })

  it.effect("keeps what it says, and gives it back whole; the shelf sees nothing of it", () =>
    Effect.gen(function* () {
      const documents = yield* Documents.Documents
      const content = pdf("Kartu Keluarga Budi Santoso 9971010304850001")
      const kept = yield* keep(1, "application/pdf", content)
      assert.deepStrictEqual([kept.type, kept.size, kept.sha256.length], ["application/pdf", content.length, 64])
      assert.deepStrictEqual(yield* documents.fetch(kept), content)
      const raw = Buffer.from((yield* shelf).get(id(1)) ?? []).toString("latin1")
      for (const secret of ["%PDF", "Santoso", "9971010304850001"]) assert.notInclude(raw, secret)
    }).pipe(Effect.provide(layer()))
  )

  it.effect("content of any length comes back as it was", () =>
    Effect.gen(function* () {
      const documents = yield* Documents.Documents
      const contents = fc.sample(fc.uint8Array({ maxLength: 5_000 }), { numRuns: 40, seed: 1 })
      for (const [n, tail] of contents.entries()) {
        const content = new Uint8Array([...pdf(""), ...tail])
        assert.deepStrictEqual(yield* documents.fetch(yield* keep(n, "application/pdf", content)), content)
      }
    }).pipe(Effect.provide(layer()))
  )

  it.effect("what is too large or is another thing is refused with both named, and not kept", () =>
    Effect.gen(function* () {
      const large = yield* Effect.flip(keep(1, "application/pdf", pdf("x".repeat(100))))
      assert.deepInclude(large, { _tag: "TooLarge", size: 109, limit: 50 })
      assert.strictEqual((yield* keep(2, "application/pdf", pdf("x".repeat(41)))).size, 50)
      const other = yield* Effect.flip(keep(3, "image/png", pdf("")))
      assert.deepInclude(other, { _tag: "TypeDiffers", said: "image/png", found: "application/pdf" })
      const script = yield* Effect.flip(keep(4, "application/pdf", new TextEncoder().encode("<script>")))
      assert.isTrue(script._tag === "TypeDiffers" && script.found === undefined)
      assert.deepStrictEqual([...(yield* shelf).keys()], [id(2)])
    }).pipe(Effect.provide(layer({ limit: 50 })))
  )

  it.effect("the same again is the same; another content under its id is refused", () =>
    Effect.gen(function* () {
      const first = yield* keep(1, "application/pdf", pdf("one"))
      assert.deepStrictEqual(yield* keep(1, "application/pdf", pdf("one")), first)
      const other = yield* Effect.flip(keep(1, "application/pdf", pdf("two")))
      assert.deepInclude(other, { _tag: "DocumentStoreError", reason: "Taken" })
      const documents = yield* Documents.Documents
      assert.deepStrictEqual(yield* documents.fetch(first), pdf("one"))
    }).pipe(Effect.provide(layer()))
  )

  it.effect("what was changed, moved, exchanged or lost is Damaged, never something else", () =>
    Effect.gen(function* () {
      const documents = yield* Documents.Documents
      const one = yield* keep(1, "application/pdf", pdf("one"))
      const two = yield* keep(2, "application/pdf", pdf("two"))
      const on = yield* shelf
      const whole = on.get(id(1)) ?? new Uint8Array()
      const reason = Effect.map(Effect.flip(documents.fetch(one)), (_) => (_._tag === "Damaged" ? _.reason : _._tag))
      for (let bit = 0; bit < whole.length * 8; bit += 7) {
        on.set(
          id(1),
          whole.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
        )
        assert.strictEqual(yield* reason, "Tampered")
      }
      for (const length of [0, 1, 20, whole.length - 1]) {
        on.set(id(1), whole.slice(0, length))
        assert.strictEqual(yield* reason, "Tampered")
      }
      on.set(id(1), on.get(two.id) ?? new Uint8Array())
      assert.strictEqual(yield* reason, "Tampered", "another document of the shelf")
      on.set(id(1), whole)
      const noted = yield* Effect.flip(documents.fetch({ ...one, sha256: two.sha256 }))
      assert.deepInclude(noted, { _tag: "Damaged", reason: "Another" })
      yield* documents.forget(one.id)
      yield* documents.forget(one.id)
      assert.strictEqual(yield* reason, "Missing")
    }).pipe(Effect.provide(layer()))
  )
})
