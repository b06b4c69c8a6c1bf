import { assert, describe, it } from "@effect/vitest"
import { actsOn, type Habit, habitOf, type Options } from "../src/world/Phones.ts"

const options: Options = { seed: "test", lateAfter: 9_500, within: 4_000 }

const phones = Array.from({ length: 2_000 }, (_, i) => `+62812${String(i).padStart(8, "0")}`)

const phoneOf = (habit: Habit): string => phones.find((phone) => habitOf(options.seed, phone) === habit) ?? ""

const notice = (to: string) => ({
  id: "n",
  to,
  text: "JKN: 3 orang terdaftar dan aktif sejak 2026-11-24. Balas KODE 1A2B3C4D untuk konfirmasi nomor ini"
})

const code = (to: string) => ({ id: "c", to, text: "012345 adalah kode JKN Anda, berlaku 1 menit." })

const said = (message: { readonly id: string; readonly to: string; readonly text: string }) =>
  actsOn(message, options).flatMap(({ after, line }) => ("from" in line ? [{ after, text: line.text }] : []))

const texts = (message: Parameters<typeof said>[0]) => said(message).map((it) => it.text)

describe("the phones of the demonstration", () => {
  it("are of every kind, most of them prompt, and stay what they are", () => {
    const habits = phones.map((phone) => habitOf("2026", phone))
    for (const habit of ["prompt", "family", "late", "wrong", "forgetful", "silent", "off"]) {
      assert.include(habits, habit)
    }
    assert.isAbove(habits.filter((habit) => habit === "prompt").length, 1_000)
    assert.deepStrictEqual(
      phones.map((phone) => habitOf("2026", phone)),
      habits
    )
  })

  it("ask with what the message told them, and only when it told them", () => {
    assert.deepStrictEqual(texts(notice(phoneOf("prompt"))), ["KODE 1A2B3C4D"])
    assert.deepStrictEqual(texts(notice(phoneOf("family"))), ["KODE 1A2B3C4D", "kode 1a2b3c4d"])
    assert.deepStrictEqual(texts(notice(phoneOf("silent"))), [])
    const held = { ...notice(phoneOf("prompt")), text: "JKN: 1 orang mungkin sudah terdaftar. No. 1A2B3C4D" }
    assert.deepStrictEqual(texts(held), [])
  })

  it("send the code back at once, late, wrongly, or never", () => {
    assert.deepStrictEqual(texts(code(phoneOf("prompt"))), ["012345"])
    assert.deepStrictEqual(texts(code(phoneOf("family"))), ["012 345"])
    assert.deepStrictEqual(texts(code(phoneOf("forgetful"))), [])
    const [late] = said(code(phoneOf("late")))
    assert.strictEqual(late?.text, "012345")
    assert.isAtLeast(late?.after ?? 0, options.lateAfter)
    const wrong = texts(code(phoneOf("wrong")))
    assert.lengthOf(wrong, 2)
    assert.notInclude(wrong, "012345")
  })

  it("that are switched off get nothing, and their provider says so", () => {
    const lines = actsOn(notice(phoneOf("off")), options).map((it) => it.line)
    assert.deepStrictEqual(lines, [{ id: "n", status: "failed" }])
  })
})
