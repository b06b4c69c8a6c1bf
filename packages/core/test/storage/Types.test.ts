/**
 * What must compile and what must not. The compiler is the judge: an expected error that does not
 * come fails the type check.
 */
import { assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Aggregate, type Id, type Storage, type StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Job, Person, person } from "./Register.ts"

declare const storage: Storage.Storage["Service"]
declare const id: Id.Id

/** For the compiler only. */
const neverRun = (code: () => unknown) => assert.isFunction(code)

describe("types", () => {
  it("a unit of work takes away its requirement and adds its failures", () => {
    neverRun(() => {
      const one = storage.transaction(storage.insert(Person, person()))
      expectTypeOf(one).toEqualTypeOf<Effect.Effect<Id.Id, StorageError.UniqueViolation | StorageError.StorageError>>()
      const found = storage.findBy(Person, "nik", "9901")
      expectTypeOf<Effect.Services<typeof found>>().toEqualTypeOf<never>()
    })
  })

  it("a write outside of a unit of work leaves Transaction to be provided", () => {
    neverRun(() => {
      expectTypeOf<Effect.Services<ReturnType<typeof storage.append>>>().toEqualTypeOf<Storage.Transaction>()
      // @ts-expect-error Transaction is missing
      Effect.runSync(storage.insert(Person, person()))
      // @ts-expect-error a write cannot run inside a snapshot
      storage.snapshot(storage.insert(Person, person()))
    })
  })

  it("a scan inside a unit of work does not compile", () => {
    neverRun(() => {
      const due = storage.scan(Job, "due", { to: 5 }, { limit: 10 })
      expectTypeOf<Effect.Services<typeof due>>().toEqualTypeOf<Storage.Snapshot>()
      storage.snapshot(due)
      // @ts-expect-error a scan cannot run inside a unit of work
      storage.transaction(due)
      // @ts-expect-error nor in one of many
      storage.each([due])
      // @ts-expect-error nor a count
      storage.transaction(storage.countBy(Person, "phone", "+62811"))
      // @ts-expect-error Snapshot is missing
      Effect.runSync(due)
    })
  })

  it("names of keys and columns, and the types of values, are checked", () => {
    neverRun(() => {
      storage.scan(Job, "queue", { equals: { lane: "a" }, from: 1, to: 5 }, { limit: 10 })
      storage.scan(Job, "id", {}, { limit: 10 })
      storage.scanKeys(Person, "phone", ["+62811"], 10)
      storage.scanKey(Person, "nik", "9901", { limit: 1 })
      storage.countBy(Job, "queue", { equals: { lane: "a" } })
      // @ts-expect-error no such unique key
      storage.findBy(Person, "phone", "+62811")
      // @ts-expect-error no such index
      storage.scan(Job, "lane", {}, { limit: 10 })
      // @ts-expect-error the leading column is missing
      storage.scan(Job, "queue", { from: 1 }, { limit: 10 })
      // @ts-expect-error the range is over a number
      storage.scan(Job, "due", { from: "1" }, { limit: 10 })
      // @ts-expect-error a blind key is asked for in clear text
      storage.countBy(Person, "phone", { from: 1 })
      // @ts-expect-error a value of another aggregate
      storage.insert(Person, { lane: "a", due: 1, state: "waiting" })
      Effect.flatMap(storage.get(Person, id), (row) =>
        // @ts-expect-error a row of another aggregate
        row._tag === "Some" ? storage.remove(Job, row.value) : Effect.void
      )
    })
  })

  it("an index over a column that is not declared does not compile", () => {
    neverRun(() =>
      Aggregate.make("thing", {
        schema: Schema.Struct({ due: Schema.Int }),
        ordered: { due: { number: (thing) => thing.due } },
        // @ts-expect-error no such column
        indexes: { other: ["other"] }
      })
    )
  })
})
