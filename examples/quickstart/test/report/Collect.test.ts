import { assert, describe, it } from "@effect/vitest"
import { Region } from "@kis/core/identity"
import { Bulk } from "@kis/core/intake"
import { Membership } from "@kis/core/membership"
import { Dispatch, MessageChannel } from "@kis/core/messaging"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Register } from "@kis/core/registration"
import { PhoneVerification } from "@kis/core/verification"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Storage, StorageMemory } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { IntakeFile } from "@kis/testkit"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { TestClock } from "effect/testing"
import { collect } from "../../src/report/Collect.ts"
import { sum } from "../../src/report/ReportData.ts"

const today = PlainDate.make("2026-11-24")

const register = Layer.fresh(
  PhoneVerification.layerMessages().pipe(
    Layer.provideMerge(Register.layer()),
    Layer.provideMerge(Storage.layer(Register.aggregates)),
    Layer.provideMerge(
      Layer.mergeAll(
        StorageMemory.layer,
        MessageChannel.layerMemory(),
        PopulationRegistry.layerNotConnected,
        CardNumbers.layerSimulator("collect"),
        KeyRing.layerMemory(new Uint8Array(32).fill(5)),
        Region.layer
      )
    ),
    Layer.provideMerge(Crypto.layerSeeded("collect"))
  )
)

const file = IntakeFile.generate({ seed: 11, households: 90, today, problems: 0.2 })

const importing = Effect.gen(function* () {
  yield* TestClock.setTime(PlainDate.toEpochMillis(today, "WIB", 9 * 60))
  const tally = yield* Bulk.importRows(Stream.fromIterable(file.rows), {
    digest: "collect",
    actor: { kind: "system", id: "test" },
    office: "3671",
    on: today
  })
  yield* (yield* Dispatch.Dispatch).dispatchDue
  return tally
})

const collected = (lateCodes: number) => Effect.flatMap(Clock.currentTimeMillis, (now) => collect({ now, lateCodes }))

describe("what a report is drawn from", () => {
  it.effect("is what the import said, and adds up", () =>
    Effect.gen(function* () {
      const tally = yield* importing
      const data = yield* collected(0)
      assert.deepStrictEqual(data.tally, tally)
      assert.strictEqual(sum(data.people), tally.registered)
      assert.strictEqual(sum(data.duplicates), tally.review)
      assert.isAbove(tally.review, 0)
      assert.isAtLeast(sum(data.refusals), tally.rejected)
      assert.strictEqual(sum(data.clocks), tally.registered + tally.review)
      assert.strictEqual(data.on, today)
      for (const { left, name, right } of data.checks) assert.strictEqual(left, right, name)
    }).pipe(Effect.provide(register))
  )

  it.effect("tells by a check when a record is gone", () =>
    Effect.gen(function* () {
      yield* importing
      const storage = yield* Storage.Storage
      const page = yield* storage.snapshot(storage.scan(Membership.aggregate, "id", {}, { limit: 1 }))
      yield* storage.transaction(
        Effect.forEach(page.rows, (row) => storage.remove(Membership.aggregate, row), { discard: true })
      )
      const wrong = (yield* collected(0)).checks.filter(({ left, right }) => left !== right)
      assert.deepStrictEqual(
        wrong.map((it) => it.name),
        ["memberships"]
      )
    }).pipe(Effect.provide(register))
  )

  it.effect("counts each phone by how far it came", () =>
    Effect.gen(function* () {
      yield* importing
      const phones = yield* MessageChannel.MemoryPhones
      const verification = yield* PhoneVerification.PhoneVerification
      const dispatch = yield* Dispatch.Dispatch
      const asking = (yield* phones.received).flatMap(({ text, to }) => {
        const asked = /Balas (KODE [0-9A-F]{8})/.exec(text)?.[1]
        return asked === undefined ? [] : [{ to, asked }]
      })
      const [right, wrong, late, silent, open] = [...new Map(asking.map((it) => [it.to, it])).values()]
      const ask = (it: (typeof asking)[number] | undefined) =>
        it === undefined ? Effect.die("the file has too few phones") : phones.reply(it.to, it.asked)
      for (const it of [right, wrong, late, silent]) yield* ask(it)
      yield* verification.handleReplies
      yield* dispatch.dispatchDue
      const codes = new Map(
        (yield* phones.received).flatMap(({ text, to }) => {
          const code = /^(\d{6}) adalah/.exec(text)?.[1]
          return code === undefined ? [] : [[to, code]]
        })
      )
      const codeOf = (it: (typeof asking)[number] | undefined) => (it === undefined ? "" : (codes.get(it.to) ?? ""))
      if (right === undefined || wrong === undefined || late === undefined) return yield* Effect.die("too few phones")
      yield* phones.reply(right.to, codeOf(right))
      yield* phones.reply(wrong.to, codeOf(wrong) === "000000" ? "000001" : "000000")
      yield* verification.handleReplies
      yield* TestClock.adjust("11 minutes")
      yield* phones.reply(late.to, codeOf(late))
      const { ended } = yield* verification.handleReplies
      yield* ask(open)
      yield* verification.handleReplies
      yield* dispatch.dispatchDue
      const { checks, phones: counted } = yield* collected(ended)
      assert.deepInclude(counted, { verified: 1, wrong: 1, late: 1, silent: 1, open: 1 })
      assert.isAbove(counted.never, 0)
      for (const { left, name, right } of checks) assert.strictEqual(left, right, name)
    }).pipe(Effect.provide(register))
  )

  it.effect("holds nothing of any one person", () =>
    Effect.gen(function* () {
      yield* importing
      const text = JSON.stringify(yield* collected(0))
      for (const { fields } of file.rows) {
        for (const column of ["name", "nik", "family_card", "mother_name", "phone", "address", "birth_date"]) {
          const cell = fields[column] ?? ""
          if (cell.length >= 4) assert.notInclude(text, cell)
        }
      }
    }).pipe(Effect.provide(register))
  )
})
