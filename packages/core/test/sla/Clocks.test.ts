import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as WorkCalendar from "../../src/calendar/WorkCalendar.ts"
import * as Crypto from "../../src/privacy/Crypto.ts"
import * as KeyRing from "../../src/privacy/KeyRing.ts"
import * as Clock from "../../src/sla/Clock.ts"
import * as Clocks from "../../src/sla/Clocks.ts"
import * as Storage from "../../src/storage/Storage.ts"
import * as StorageMemory from "../../src/storage/StorageMemory.ts"
import * as PlainDate from "../../src/time/PlainDate.ts"
import type { Zone } from "../../src/time/Zone.ts"

const at = (date: string, minute: number, zone: Zone = "WIB") =>
  PlainDate.toEpochMillis(PlainDate.make(date), zone, minute)

const register = Layer.fresh(
  Clocks.layer({ calendarOf: (office) => WorkCalendar.office(office.startsWith("26") ? "WIT" : "WIB") }).pipe(
    Layer.provideMerge(Storage.layer([Clock.aggregate], { rehearse: true })),
    Layer.provide([StorageMemory.layer, Crypto.layerSeeded("clocks"), KeyRing.layerMemory(new Uint8Array(32).fill(7))])
  )
)

const open = Effect.fnUntraced(function* (office: string, instant: number) {
  const storage = yield* Storage.Storage
  const clocks = yield* Clocks.Clocks
  const subject = yield* storage.nextId
  const id = yield* storage.transaction(clocks.open({ subject, kind: "registration", office, at: instant }))
  return { subject, id }
})

describe("Clocks", () => {
  it.effect("runs by the calendar of its office, as it was known that day", () =>
    Effect.gen(function* () {
      const clocks = yield* Clocks.Clocks
      const west = yield* open("0903", at("2025-08-11", 480))
      const east = yield* open("2601", at("2025-08-11", 480, "WIT"))
      // Opened four days before it was decreed that 18 August is closed.
      const before = yield* open("0903", at("2025-08-06", 600))
      const due = (yield* clocks.due({ until: at("2025-12-31", 0), limit: 10 })).rows
      assert.deepStrictEqual(
        due.map((_) => [_.id, _.value.dueAt]),
        [
          [before.id, at("2025-08-13", 960)],
          [east.id, at("2025-08-19", 960, "WIT")],
          [west.id, at("2025-08-19", 960)]
        ]
      )
    }).pipe(Effect.provide(register))
  )

  it.effect("lists what is due until an instant, page by page, of one office or of all", () =>
    Effect.gen(function* () {
      const clocks = yield* Clocks.Clocks
      const days = ["2026-07-01", "2026-07-02", "2026-07-03"]
      for (const day of days) for (const office of ["0903", "0904"]) yield* open(office, at(day, 600))
      const until = at("2026-07-09", 960)
      const first = yield* clocks.due({ until, limit: 3 })
      const rest = yield* clocks.due({ until, limit: 3, after: first.next })
      assert.deepStrictEqual([first.rows.length, rest.rows.length, rest.next], [3, 1, undefined])
      const one = yield* clocks.due({ until, limit: 9, office: "0904" })
      assert.deepStrictEqual(
        one.rows.map((_) => _.value.office),
        ["0904", "0904"]
      )
    }).pipe(Effect.provide(register))
  )

  it.effect("is closed once, and then is not due any more", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      const clocks = yield* Clocks.Clocks
      const { id, subject } = yield* open("0903", at("2026-07-01", 600))
      assert.strictEqual(Option.getOrThrow(yield* clocks.running(subject, "registration")).id, id)
      const closed = yield* storage.transaction(clocks.close(id, at("2026-07-02", 600)))
      assert.strictEqual(Option.getOrThrow(closed).state, "met")
      const again = yield* storage.transaction(clocks.close(id, at("2027-07-02", 600)))
      assert.deepStrictEqual(again, closed)
      assert.deepStrictEqual(yield* clocks.running(subject, "registration"), Option.none())
      assert.strictEqual((yield* clocks.due({ until: at("2030-01-01", 0), limit: 9 })).rows.length, 0)
    }).pipe(Effect.provide(register))
  )

  it.effect("refuses a second running clock of one kind, and allows one after it is closed", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      const clocks = yield* Clocks.Clocks
      const { id, subject } = yield* open("0903", at("2026-07-01", 600))
      const start = clocks.open({ subject, kind: "registration", office: "0903", at: at("2026-07-02", 600) })
      const second = yield* Effect.result(storage.transaction(start))
      assert.strictEqual(Result.isFailure(second) && second.failure._tag, "UniqueViolation")
      yield* storage.transaction(clocks.open({ subject, kind: "change", office: "0903", at: at("2026-07-02", 600) }))
      yield* storage.transaction(clocks.close(id, at("2026-07-02", 600)))
      yield* storage.transaction(start)
    }).pipe(Effect.provide(register))
  )

  it.effect("dies with a plain sentence when no target reaches the day", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      const clocks = yield* Clocks.Clocks
      const subject = yield* storage.nextId
      const exit = yield* Effect.exit(
        storage.transaction(clocks.open({ subject, kind: "complaint", office: "0903", at: at("2013-07-01", 600) }))
      )
      assert.include(String(exit), 'no target for "complaint" on 2013-07-01')
    }).pipe(Effect.provide(register))
  )
})
