import { assert, describe, it } from "@effect/vitest"
import { Aggregate, Id } from "@kis/core/storage"
import { Crypto } from "@kis/core/privacy"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as fc from "fast-check"

const schema = Schema.Struct({ lane: Schema.String, due: Schema.Finite, at: Schema.optionalKey(Schema.DateTimeUtc) })

const ordered = (lane: string, due: number) =>
  Aggregate.make("job", {
    schema,
    ordered: { lane: { text: (job) => job.lane }, due: { number: (job) => job.due } },
    indexes: { queue: ["lane", "due"] }
  }).columnsOf({ lane, due })

describe("Aggregate", () => {
  it("a declaration that no store could keep throws when it is made", () => {
    assert.throws(() => Aggregate.make("Job", { schema }), /lower-case words/)
    assert.throws(
      () => Aggregate.make("job", { schema, unique: { a: () => [] }, blind: { a: () => [] } }),
      /one name for two/
    )
    assert.throws(
      () =>
        Aggregate.make("job", {
          schema,
          blind: { due: () => [] },
          ordered: { due: { number: (job) => job.due } },
          indexes: { due: ["due"] }
        }),
      /one name for two/
    )
    assert.throws(
      () =>
        Aggregate.make("job", {
          schema,
          ordered: { due: { number: (job) => job.due }, Due: { number: (job) => job.due } }
        }),
      /by capitals only/
    )
    assert.throws(
      () => Aggregate.make("job", { schema, ordered: { due: { number: (job) => job.due } }, indexes: { id: ["due"] } }),
      /always there/
    )
  })

  it("an ordered column takes short ASCII text and safe integers, and never tells what it refused", () => {
    assert.deepStrictEqual(ordered("a~ ", -0), ["a~ ", 0])
    for (const lane of ["é", "日", "a\n", "x".repeat(201)]) {
      assert.throws(() => ordered(lane, 1), /ASCII/)
      try {
        ordered(lane, 1)
      } catch (error) {
        assert.notInclude(String(error), lane)
      }
    }
    for (const due of [0.5, 2 ** 53, Number.NaN]) assert.throws(() => ordered("a", due), /safe integers/)
  })

  it("a value comes back from its body, whatever JSON cannot say by itself", () => {
    const job = Aggregate.make("job", { schema })
    const value = Schema.decodeUnknownSync(Schema.toCodecJson(schema))({
      lane: "日",
      due: 1.5,
      at: "2026-03-13T00:00:00Z"
    })
    assert.deepStrictEqual(job.decode(job.encode(value)), value)
    assert.throws(() => job.decode(new TextEncoder().encode('{"lane":1}')))
  })
})

describe("Id", () => {
  it.effect("each id is new, well formed and after the one before, whatever the clock does", () =>
    Effect.gen(function* () {
      const ids = Id.makeIds(yield* Crypto.Crypto)
      const isId = Schema.is(Id.Id)
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 42 }), { minLength: 1, maxLength: 50 }), (instants) => {
          let last = ids.at(0)
          for (const instant of instants) {
            const next = ids.at(instant)
            assert.isTrue(isId(next) && next > last)
            last = next
          }
        })
      )
      // more than one millisecond's counter holds
      const many = Array.from({ length: 10_000 }, () => ids.at(5))
      assert.deepStrictEqual(many, [...new Set(many)].sort())
    }).pipe(Effect.provide(Crypto.layer))
  )

  it.effect("begins with the time that it was made at", () =>
    Effect.gen(function* () {
      const ids = Id.makeIds(yield* Crypto.Crypto)
      const at = Date.UTC(2026, 2, 13)
      assert.strictEqual(Number.parseInt(ids.at(at).replaceAll("-", "").slice(0, 12), 16), at)
    }).pipe(Effect.provide(Crypto.layer))
  )
})
