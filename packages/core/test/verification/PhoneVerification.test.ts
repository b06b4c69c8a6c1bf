import { assert, describe, it } from "@effect/vitest"
import { Participant } from "@kis/core/deduplication"
import { PhoneNumber } from "@kis/core/identity"
import { Dispatch, MessageChannel } from "@kis/core/messaging"
import { PhoneVerification } from "@kis/core/verification"
import { Storage } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import { TestClock } from "effect/testing"
import * as Office from "../registration/Office.ts"

const phone = PhoneNumber.PhoneNumber.make("+6281210000021")
const other = PhoneNumber.PhoneNumber.make("+6281210000022")

/** Sends what waits, then gives the last text that a phone got. */
const lastText = (to: PhoneNumber.PhoneNumber) =>
  Effect.gen(function* () {
    const dispatch = yield* Dispatch.Dispatch
    const phones = yield* MessageChannel.MemoryPhones
    yield* dispatch.dispatchDue
    const texts = (yield* phones.received).filter((it) => it.to === to).map((it) => it.text)
    return texts.at(-1) ?? ""
  })

const reply = (from: PhoneNumber.PhoneNumber, text: string) =>
  Effect.gen(function* () {
    const phones = yield* MessageChannel.MemoryPhones
    const verification = yield* PhoneVerification.PhoneVerification
    yield* phones.reply(from, text)
    const summary = yield* verification.handleReplies
    return Object.entries(summary).flatMap(([end, count]) => Array.from({ length: count }, () => end))
  })

const confirmedPeople = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const page = yield* storage.snapshot(storage.scan(Participant.aggregate, "id", {}, { limit: 100 }))
  return page.rows.filter((row) => row.value.phoneVerifiedOn !== undefined).length
})

const registered = Effect.gen(function* () {
  yield* Office.importing("phones", Office.family(21))
  const notice = yield* lastText(phone)
  const number = /KODE ([0-9A-F]{8})/.exec(notice)?.[1] ?? ""
  assert.match(number, /^[0-9A-F]{8}$/)
  return number
})

const codeIn = (text: string) => /\b(\d{6})\b/.exec(text)?.[1] ?? ""

describe("PhoneVerification", () => {
  it.effect("confirms the phone of whoever sends the code back", () =>
    Effect.gen(function* () {
      const number = yield* registered
      assert.deepStrictEqual(yield* reply(phone, `kode ${number.toLowerCase()}`), ["asked"])
      const code = codeIn(yield* lastText(phone))
      assert.deepStrictEqual(yield* reply(phone, code), ["verified"])
      // the spouse has no phone of her own, so hers is not confirmed
      assert.strictEqual(yield* confirmedPeople, 1)
      assert.include(yield* lastText(phone), "sudah dikonfirmasi")
      assert.deepStrictEqual(yield* reply(phone, code), ["ended"])
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("does not take a wrong or a late code", () =>
    Effect.gen(function* () {
      const number = yield* registered
      yield* reply(phone, `KODE ${number}`)
      const code = codeIn(yield* lastText(phone))
      assert.deepStrictEqual(yield* reply(phone, code === "000000" ? "000001" : "000000"), ["wrong"])
      yield* TestClock.adjust("11 minutes")
      assert.deepStrictEqual(yield* reply(phone, code), ["ended"])
      assert.strictEqual(yield* confirmedPeople, 0)
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("handles many phones at once, and the replies of each in order", () =>
    Effect.gen(function* () {
      const families = Array.from({ length: 10 }, (_, i) => i + 100)
      yield* Office.importing(
        "many phones",
        families.flatMap((it) => Office.family(it))
      )
      const dispatch = yield* Dispatch.Dispatch
      const phones = yield* MessageChannel.MemoryPhones
      const verification = yield* PhoneVerification.PhoneVerification
      yield* dispatch.dispatchDue
      for (const { text, to } of yield* phones.received) {
        yield* phones.reply(to, `KODE ${/KODE ([0-9A-F]{8})/.exec(text)?.[1]}`)
      }
      assert.strictEqual((yield* verification.handleReplies).asked, 10)
      yield* dispatch.dispatchDue
      for (const { text, to } of (yield* phones.received).slice(-10)) {
        yield* phones.reply(to, codeIn(text))
        yield* phones.reply(to, codeIn(text))
      }
      assert.deepInclude(yield* verification.handleReplies, { verified: 10, ended: 10, wrong: 0 })
      assert.strictEqual(yield* confirmedPeople, 10)
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("asks only phones to answer that an answer can confirm", () =>
    Effect.gen(function* () {
      const [head = {}, spouse = {}] = Office.family(31)
      const [alone = {}] = Office.family(32, [{ phone: "" }])
      const helper = {
        helper_name: "Rina Wulandari",
        helper_phone: "081210009999",
        helper_relation: "cucu",
        helper_consent: "2026-11-20"
      }
      // the head is rejected, so the family's phone is nobody's; the helper's never was
      const cells = [{ ...head, nik: "123" }, spouse, { ...alone, ...helper }, ...Office.family(33)]
      yield* Office.importing("answers", cells)
      const dispatch = yield* Dispatch.Dispatch
      const phones = yield* MessageChannel.MemoryPhones
      yield* dispatch.dispatchDue
      const sent = yield* phones.received
      const asked = sent.filter((message) => message.text.includes("KODE"))
      assert.deepStrictEqual(
        asked.map((message) => message.to),
        [PhoneNumber.PhoneNumber.make("+6281210000033")]
      )
      for (const relayed of ["+6281210000031", "+6281210009999"]) {
        assert.isTrue(
          sent.some((message) => message.to === relayed && message.text.includes("didaftarkan")),
          relayed
        )
      }
      for (const { text, to } of asked) {
        assert.deepStrictEqual(yield* reply(to, /KODE [0-9A-F]{8}/.exec(text)?.[0] ?? ""), ["asked"])
      }
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("sends nothing to a phone that does not belong to the registration", () =>
    Effect.gen(function* () {
      const number = yield* registered
      assert.deepStrictEqual(yield* reply(other, `KODE ${number}`), ["unknown"])
      assert.deepStrictEqual(yield* reply(other, "KODE 00000000"), ["unknown"])
      assert.strictEqual(yield* lastText(other), "")
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("reads requests and codes as people type them, and ignores the rest", () =>
    Effect.gen(function* () {
      yield* registered
      assert.deepStrictEqual(yield* reply(phone, "Terima kasih"), ["ignored"])
      assert.deepStrictEqual(yield* reply(phone, "٣٤٥ ٦٧٨"), ["ended"])
    }).pipe(Effect.provide(Office.layer))
  )
})
