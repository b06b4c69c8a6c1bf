import { assert, describe, it } from "@effect/vitest"
import { PhoneNumber } from "@kis/core/identity"
import { Dispatch, Inbox, Message, MessageChannel, Outbox } from "@kis/core/messaging"
import { Challenge, Ledger, Otp } from "@kis/core/otp"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Storage, StorageMemory } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { TestClock } from "effect/testing"
import * as LeakSearch from "../src/LeakSearch.ts"
import * as Recorder from "../src/Recorder.ts"

const phone = PhoneNumber.PhoneNumber.make("+628129977553311")
const subject = "9901014499220017"
const purpose = Challenge.Purpose.make("confirm-phone")

const canaries = [phone.slice(3), subject]

/** A register in memory, whose bytes can be looked at. */
const house = (memory: StorageMemory.Memory) =>
  Layer.mergeAll(Dispatch.layer(), Otp.layer(), Inbox.layer).pipe(
    Layer.provideMerge(Outbox.layer),
    Layer.provideMerge(MessageChannel.layerMemory()),
    Layer.provideMerge(Storage.layer([Message.aggregate, Inbox.aggregate, Challenge.aggregate, Ledger.aggregate])),
    Layer.provideMerge(StorageMemory.layerOf(memory)),
    Layer.provideMerge(Layer.merge(Crypto.layerSeeded("leaks"), KeyRing.layerMemory(new Uint8Array(32).fill(1))))
  )

/** Everything that can happen to codes: sent, guessed, replied, refused, out of reach, over. Gives the codes. */
const life = Effect.gen(function* () {
  const otp = yield* Otp.Otp
  const dispatch = yield* Dispatch.Dispatch
  const inbox = yield* Inbox.Inbox
  const phones = yield* MessageChannel.MemoryPhones
  const start = otp.start({ purpose, destination: phone, subject, language: "id" })
  const told: Array<string> = []

  const onePass = Effect.gen(function* () {
    const { challenge } = yield* start
    yield* phones.failNext([{ reason: new MessageChannel.Transient({ code: "NoConnection" }) }])
    yield* dispatch.dispatchDue
    yield* TestClock.adjust("3 seconds")
    yield* dispatch.dispatchDue
    const code = (yield* phones.received).at(-1)!.text.slice(0, 6)
    told.push(code)
    yield* otp.check({ challenge, code: String((Number(code) + 1) % 1_000_000).padStart(6, "0") })
    yield* phones.reply(phone, `kode ${code}`)
    yield* inbox.receive(({ from, text }) => Effect.asVoid(otp.check({ destination: from, code: text })))
    yield* TestClock.adjust("15 minutes")
  })
  for (let i = 0; i < 25; i++) yield* Effect.catchTag(onePass, "OtpClosed", (error) => Effect.logWarning(error))
  yield* Effect.ignore(start)
  yield* otp.endExpired
  yield* Effect.logInfo(yield* Effect.flip(start))
  return told
})

const bytesOf = (memory: StorageMemory.Memory): ReadonlyArray<Uint8Array> =>
  [...memory.tables.values()].flatMap((table) => [
    ...[...table.rows.values()].map((_) => _.body),
    ...[...table.unique.values(), ...table.blind.values()].flatMap((_) =>
      [..._.keys()].map((key) => Uint8Array.from(key, (sign) => sign.charCodeAt(0)))
    )
  ])

describe("One-time codes", () => {
  it.effect("leave no number, no account and no code in telemetry or in the store", () =>
    Effect.gen(function* () {
      const memory = StorageMemory.make()
      const recorder = Recorder.make()
      const codes = yield* life.pipe(Effect.provide(house(memory)), Effect.provide(recorder.layer))
      assert.isAtLeast(codes.length, 5)
      const search = LeakSearch.make(canaries)
      const telemetry = recorder.text()
      assert.include(telemetry, "span Otp.check")
      assert.include(telemetry, "TooManyGuesses")
      assert.deepStrictEqual(LeakSearch.inText(search, "telemetry", telemetry), [])
      for (const code of codes) assert.notMatch(telemetry, new RegExp(`(?<!\\d)${code}(?!\\d)`))
      const stored = bytesOf(memory)
      assert.isAbove(stored.length, 30)
      for (const bytes of stored) assert.deepStrictEqual(LeakSearch.inBytes(search, "the store", bytes), [])
    })
  )
})
