import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as fc from "fast-check"
import * as Code from "../../src/otp/Code.ts"
import * as Crypto from "../../src/privacy/Crypto.ts"
import * as KeyRing from "../../src/privacy/KeyRing.ts"

const codesOf = (pepper: number) =>
  Effect.gen(function* () {
    return Code.make(yield* Crypto.Crypto, yield* KeyRing.KeyRing)
  }).pipe(
    Effect.provide(
      Layer.fresh(
        Layer.merge(Crypto.layerSeeded(`codes ${pepper}`), KeyRing.layerMemory(new Uint8Array(32).fill(pepper)))
      )
    )
  )

const request: Code.Request = { id: "a", purpose: "confirm-phone", destination: "+628129900001", subject: "p1" }

const read = (text: string) => Option.getOrUndefined(Code.read(text, 6))

const scripts: ReadonlyArray<[string, number]> = [
  ["ASCII", 0x30],
  ["full-width", 0xff10],
  ["Arabic-Indic", 0x660],
  ["Persian", 0x6f0],
  ["Javanese", 0xa9d0],
  ["Balinese", 0x1b50],
  ["Sundanese", 0x1bb0],
  ["mathematical bold", 0x1d7ce]
]

const written = (code: string, zero: number) => Array.from(code, (_) => String.fromCodePoint(zero + Number(_))).join("")

describe("Code.read", () => {
  it("reads any code in any script, broken up in any way", () => {
    const code = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 }).map((_) => _.join(""))
    const breaks = fc.array(fc.constantFrom("", "", " ", "-", "\u00a0", "\u200f", ".", "\t"), {
      minLength: 7,
      maxLength: 7
    })
    fc.assert(
      fc.property(code, fc.constantFrom(...scripts), breaks, (code, [script, zero], breaks) => {
        const typed = Array.from(written(code, zero)).reduce(
          (text, digit, i) => text + digit + breaks[i + 1]!,
          breaks[0]!
        )
        assert.strictEqual(read(typed), code, script)
      })
    )
  })

  it("keeps leading zeros", () => {
    assert.strictEqual(read("000042"), "000042")
    assert.strictEqual(read(" 000 042 "), "000042")
  })

  it("finds the one code in a sentence", () => {
    assert.strictEqual(read("Kode saya ١٢٣ ٤٥٦, terima kasih"), "123456")
    assert.strictEqual(read("kode: 123-456."), "123456")
    assert.strictEqual(read("123456 atau 123456?"), "123456")
  })

  it("does not guess: too few, too many, or two different groups", () => {
    for (const text of ["", "halo", "12345", "1234567", "123456 654321", "123456 atau 654321", "9901012345670001"]) {
      assert.isUndefined(read(text), text)
    }
  })

  it("bears a text of any length", () => {
    assert.isUndefined(read("1 ".repeat(1_000_000)))
  })
})

describe("Code", () => {
  it.effect("draws the asked number of digits, leading zeros as well", () =>
    Effect.gen(function* () {
      const codes = yield* codesOf(1)
      const drawn = Array.from({ length: 5_000 }, () => codes.draw(6))
      for (const code of drawn) assert.match(code, /^\d{6}$/)
      // 500 of 5,000 start with 0; five standard deviations are 106
      const zeros = drawn.filter((_) => _.startsWith("0")).length
      assert.isTrue(zeros > 394 && zeros < 606, String(zeros))
      assert.isAbove(new Set(drawn).size, 4_950)
    })
  )

  it.effect("binds a code to all of its request and to the pepper", () =>
    Effect.gen(function* () {
      const [codes, others] = [yield* codesOf(1), yield* codesOf(2)]
      const mac = (request: Code.Request, code = "123456", by = codes) =>
        Buffer.from(by.mac(request, code)).toString("hex")
      const of = mac(request)
      assert.strictEqual(mac({ ...request }), of)
      for (const field of ["id", "purpose", "destination", "subject"] as const) {
        assert.notStrictEqual(mac({ ...request, [field]: "other" }), of, field)
      }
      assert.notStrictEqual(mac(request, "123457"), of)
      assert.notStrictEqual(mac(request, "123456", others), of)
      assert.notStrictEqual(
        mac({ ...request, destination: "a", subject: "bc" }),
        mac({ ...request, destination: "ab", subject: "c" })
      )
    })
  )

  it.effect("opens a copy only for its own request", () =>
    Effect.gen(function* () {
      const codes = yield* codesOf(1)
      const copy = codes.seal(request, "000042")
      assert.deepStrictEqual(codes.open(request, copy), Option.some("000042"))
      assert.deepStrictEqual(codes.open({ ...request, id: "b" }, copy), Option.none())
      assert.notInclude(Buffer.from(copy).toString("latin1"), "000042")
    })
  )
})
