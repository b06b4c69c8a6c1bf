import { assert, describe, it } from "@effect/vitest"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { ContinuationCode } from "@kis/core/application"
import { Id } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"

const ports = (pepper: number) => Layer.mergeAll(Crypto.layer, KeyRing.layerMemory(new Uint8Array(32).fill(pepper)))

const codesOf = (pepper: number) =>
  Effect.runSync(
    Effect.gen(function* () {
      return ContinuationCode.make(yield* Crypto.Crypto, yield* KeyRing.KeyRing)
    }).pipe(Effect.provide(ports(pepper)))
  )

const codes = codesOf(1)
const draft = Id.Id.make("0190a1b2-0000-7000-8000-000000000001")
const many = Array.from({ length: 2_000 }, (_, serial) => codes.of(draft, serial))

describe("ContinuationCode", () => {
  it("is another one each time, and under another pepper", () => {
    assert.strictEqual(new Set(many).size, many.length)
    assert.strictEqual(codes.of(draft, 7), many[7])
    assert.notStrictEqual(codesOf(2).of(draft, 7), many[7])
    assert.notStrictEqual(codesOf(2).mac(many[7]!), codes.mac(many[7]!))
  })

  it("uses all of its letters alike: no less than 64 bits of it are secret", () => {
    const counts = new Map<string, number>()
    for (const code of many) {
      for (const symbol of code.replaceAll("-", "").slice(0, 15)) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
    }
    assert.strictEqual(counts.size, 31)
    assert.isAbove(15 * Math.log2(counts.size), 64)
    const expected = (many.length * 15) / 31
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // 30 degrees of freedom: above 60 once in a thousand
    assert.isBelow(chi, 60)
  })

  it("is read as people type it", () => {
    const code = many[0]!
    for (const typed of [code, code.toLowerCase(), code.replaceAll("-", ""), ` ${code.replaceAll("-", " – ")} `]) {
      assert.deepStrictEqual(ContinuationCode.read(typed), Option.some(code))
    }
    const ones = many.find((it) => it.includes("1"))!
    assert.deepStrictEqual(ContinuationCode.read(ones.replaceAll("1", "l")), Option.some(ones))
    for (const typed of ["", "1", `${code}1`, code.slice(1), "0000-0000-0000-0000", "x".repeat(10_000)]) {
      assert.deepStrictEqual(ContinuationCode.read(typed), Option.none())
    }
  })

  it("shows one letter that is wrong and two that were exchanged", () => {
    const symbols = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
    for (const code of many.slice(0, 20)) {
      const plain = code.replaceAll("-", "")
      for (let i = 0; i < plain.length; i++) {
        for (const symbol of symbols) {
          if (symbol === plain[i]) continue
          const wrong = plain.slice(0, i) + symbol + plain.slice(i + 1)
          assert.deepStrictEqual(ContinuationCode.read(wrong), Option.none(), wrong)
        }
        if (i > 0 && plain[i] !== plain[i - 1]) {
          const exchanged = plain.slice(0, i - 1) + plain[i] + plain[i - 1] + plain.slice(i + 1)
          assert.deepStrictEqual(ContinuationCode.read(exchanged), Option.none(), exchanged)
        }
      }
    }
  })
})
