import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import * as CanonicalJson from "../../src/policy/CanonicalJson.ts"

const encode = (value: unknown) => Result.getOrThrow(CanonicalJson.encode(value))
const refusal = (value: unknown) => {
  const result = CanonicalJson.encode(value)
  return Result.isFailure(result) ? [result.failure.path, result.failure.found] : "written"
}

/** The IEEE 754 double with these 64 bits. */
const double = (bits: string) => new DataView(new BigUint64Array([BigInt(`0x${bits}`)]).buffer).getFloat64(0, true)

// RFC 8785, Appendix B.
const numbers: ReadonlyArray<readonly [bits: string, text: string]> = [
  ["0000000000000000", "0"],
  ["8000000000000000", "0"],
  ["0000000000000001", "5e-324"],
  ["8000000000000001", "-5e-324"],
  ["7fefffffffffffff", "1.7976931348623157e+308"],
  ["ffefffffffffffff", "-1.7976931348623157e+308"],
  ["4340000000000000", "9007199254740992"],
  ["c340000000000000", "-9007199254740992"],
  ["4430000000000000", "295147905179352830000"],
  ["44b52d02c7e14af5", "9.999999999999997e+22"],
  ["44b52d02c7e14af6", "1e+23"],
  ["44b52d02c7e14af7", "1.0000000000000001e+23"],
  ["444b1ae4d6e2ef4e", "999999999999999700000"],
  ["444b1ae4d6e2ef4f", "999999999999999900000"],
  ["444b1ae4d6e2ef50", "1e+21"],
  ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
  ["3eb0c6f7a0b5ed8d", "0.000001"],
  ["41b3de4355555553", "333333333.3333332"],
  ["41b3de4355555554", "333333333.33333325"],
  ["41b3de4355555555", "333333333.3333333"],
  ["41b3de4355555556", "333333333.3333334"],
  ["41b3de4355555557", "333333333.33333343"],
  ["becbf647612f3696", "-0.0000033333333333333333"],
  ["43143ff3c1cb0959", "1424953923781206.2"]
]

describe("CanonicalJson", () => {
  it("writes the numbers of RFC 8785, Appendix B", () => {
    for (const [bits, text] of numbers) assert.strictEqual(encode(double(bits)), text, bits)
  })

  it("refuses NaN and the infinities", () => {
    assert.deepStrictEqual(refusal(double("7fffffffffffffff")), ["", "number"])
    assert.deepStrictEqual(refusal({ a: [1, double("7ff0000000000000")] }), ["/a/1", "number"])
    assert.deepStrictEqual(refusal({ a: -Infinity }), ["/a", "number"])
  })

  it("writes the sample of RFC 8785, section 3.2.2", () => {
    const sample = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`)
    assert.strictEqual(
      encode(sample),
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
        String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`
    )
  })

  it("sorts keys by UTF-16 code units, as in section 3.2.3", () => {
    const sample = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis"
    }
    assert.deepStrictEqual(Object.values(JSON.parse(encode(sample))).sort(), Object.values(sample).sort())
    const order = [...encode(sample).matchAll(/:"([^"]*)"/g)].map((match) => match[1])
    assert.deepStrictEqual(order, [
      "Carriage Return",
      "One",
      "Control",
      "Latin Small Letter O With Diaeresis",
      "Euro Sign",
      "Emoji: Grinning Face",
      "Hebrew Letter Dalet With Dagesh"
    ])
  })

  it("refuses what would not come back: lone surrogates, undefined, functions", () => {
    assert.deepStrictEqual(refusal({ a: "\ud83d" }), ["/a", "surrogate"])
    assert.deepStrictEqual(refusal({ "\udc00": 1 }), ["", "surrogate"])
    assert.deepStrictEqual(refusal({ a: undefined }), ["/a", "undefined"])
    assert.deepStrictEqual(refusal([() => 1]), ["/0", "function"])
    assert.deepStrictEqual(refusal(1n), ["", "bigint"])
  })

  it("reads back as the same value, and does not depend on the order of keys", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const result = CanonicalJson.encode(value)
        if (Result.isFailure(result)) {
          assert.strictEqual(result.failure.found, "surrogate")
          return
        }
        const again = JSON.parse(result.success)
        assert.strictEqual(encode(again), result.success)
        assert.strictEqual(encode(reversed(value)), result.success)
      })
    )
  })

  it("gives UTF-8 bytes", () => {
    assert.deepStrictEqual([...Result.getOrThrow(CanonicalJson.encodeBytes("é"))], [0x22, 0xc3, 0xa9, 0x22])
  })
})

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, reversed(inner)] as const)
      .reverse()
  )
}
