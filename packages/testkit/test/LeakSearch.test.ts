import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as LeakSearch from "../src/LeakSearch.ts"
import * as Recorder from "../src/Recorder.ts"

const canary = "9901012345670001"
const name = "Ni Kadék Çanarywati"
const search = LeakSearch.make([canary, name])

const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16()

/** Each way in which a program may write a value, with the encoding that it must be told as. */
const writers: ReadonlyArray<[string, LeakSearch.Encoding, (text: string) => Buffer]> = [
  ["UTF-8", "utf-8", (_) => Buffer.from(_)],
  ["UTF-8, capitals", "utf-8", (_) => Buffer.from(_.replace(/[a-z]/g, (letter) => letter.toUpperCase()))],
  ["UTF-16, little end first", "utf-16le", (_) => Buffer.from(_, "utf16le")],
  ["UTF-16, big end first", "utf-16be", utf16be],
  ["hex", "hex", (_) => Buffer.from(Buffer.from(_).toString("hex"))],
  ["hex, capitals", "hex", (_) => Buffer.from(Buffer.from(_).toString("hex").toUpperCase())],
  ["hex of UTF-16", "hex", (_) => Buffer.from(Buffer.from(_, "utf16le").toString("hex"))],
  [
    "hex, spaced",
    "hex",
    (_) =>
      Buffer.from(
        Buffer.from(_)
          .toString("hex")
          .replace(/..(?!$)/g, "$& ")
      )
  ],
  [
    "hex, colons",
    "hex",
    (_) =>
      Buffer.from(
        Buffer.from(_)
          .toString("hex")
          .replace(/..(?!$)/g, "$&:")
      )
  ],
  ["a printed array", "decimal", (_) => Buffer.from(`[ ${[...Buffer.from(_)].join(", ")} ]`)],
  ["a Buffer in JSON", "decimal", (_) => Buffer.from(JSON.stringify(Buffer.from(_)))],
  ...[0, 1, 2].flatMap((before): Array<[string, LeakSearch.Encoding, (text: string) => Buffer]> =>
    [0, 1, 2].flatMap((after): Array<[string, LeakSearch.Encoding, (text: string) => Buffer]> => {
      const around = (text: string) => Buffer.from("~".repeat(before) + text + "?".repeat(after))
      const within = `${before} before and ${after} after`
      return [
        [`base64, ${within}`, "base64", (_) => Buffer.from(around(_).toString("base64"))],
        [`base64url, ${within}`, "base64url", (_) => Buffer.from(around(_).toString("base64url"))]
      ]
    })
  ),
  ...[0, 1, 2].map((before): [string, LeakSearch.Encoding, (text: string) => Buffer] => [
    `base64 of UTF-16, ${before} before`,
    "base64",
    (_) => Buffer.from(Buffer.concat([Buffer.alloc(before, 200), Buffer.from(_, "utf16le")]).toString("base64"))
  ])
]

const noise = fc.uint8Array({ maxLength: 60 })

describe("LeakSearch", () => {
  for (const [title, encoding, write] of writers) {
    it(`finds ${title}, wherever it lies`, () => {
      fc.assert(
        fc.property(noise, noise, fc.constantFrom(canary, name), (before, after, planted) => {
          const bytes = Buffer.concat([before, write(planted), after])
          const leaks = LeakSearch.inBytes(search, "here", bytes)
          const told = leaks.map((_) => _.encoding)
          // base64 without + and / is the same in both alphabets, and told as both or as the first
          const same = encoding === "base64url" && told.includes("base64")
          assert.isTrue(same || told.includes(encoding), `${title}: ${told.join()}`)
          for (const leak of leaks) assert.strictEqual(leak.canary, planted)
        }),
        { numRuns: 30 }
      )
    })
  }

  it("finds nothing where nothing is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        assert.deepStrictEqual(LeakSearch.inBytes(search, "here", bytes), [])
      })
    )
    const masked = `9901**********01 NIK 99 01 01, ${Buffer.from("9901012345").toString("base64")}`
    assert.deepStrictEqual(LeakSearch.inText(search, "here", masked), [])
  })

  it("tells where", () => {
    const [leak] = LeakSearch.inText(search, "the log", `12345 ${canary}`)
    assert.deepStrictEqual(leak, { canary, encoding: "utf-8", place: "the log", offset: 6 })
  })

  it("finds each once in a stream, however it is cut into pieces", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(200), { maxLength: 8 }), noise, async (cuts, before) => {
        const bytes = Buffer.concat([
          before,
          ...writers.map(([, , write]) => Buffer.concat([write(canary), Buffer.from(" ")]))
        ])
        const expected = LeakSearch.inBytes(search, "here", bytes)
        const ends = [...new Set(cuts.map((_) => Math.min(_ * 7, bytes.length)))].toSorted((a, b) => a - b)
        const pieces = [...ends, bytes.length].map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end))
        const found = await LeakSearch.inChunks(
          search,
          "here",
          (async function* () {
            yield* pieces
          })()
        )
        const order = (_: ReadonlyArray<LeakSearch.Leak>) =>
          _.map((leak) => `${leak.offset} ${leak.encoding}`).toSorted()
        assert.deepStrictEqual(order(found), order(expected))
      })
    )
  })

  it.effect("searches every file of a folder, and their names", () =>
    Effect.gen(function* () {
      const dir = yield* Effect.acquireRelease(
        Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-leaks-"))),
        (path) => Effect.sync(() => rmSync(path, { recursive: true }))
      )
      mkdirSync(join(dir, "deep"))
      writeFileSync(join(dir, "deep", "register.db-wal"), Buffer.concat([Buffer.alloc(3_000_000), utf16be(name)]))
      writeFileSync(join(dir, `${canary}.tmp`), "")
      writeFileSync(join(dir, "clean"), "nothing")
      const leaks = yield* LeakSearch.inFolder(search, dir)
      assert.deepStrictEqual(
        leaks.map((_) => [_.canary, _.encoding, _.offset]).toSorted(),
        [
          [canary, "utf-8", 0],
          [name, "utf-16be", 3_000_000]
        ].toSorted()
      )
    })
  )

  it("refuses a canary that chance would find", () => {
    assert.throws(() => LeakSearch.make(["12345"]), RangeError)
    assert.throws(() => LeakSearch.make(["a-b-c-d-e-f"]), RangeError)
  })
})

describe("Recorder", () => {
  const told = (program: Effect.Effect<unknown, unknown>) => {
    const recorder = Recorder.make()
    return Effect.map(Effect.exit(Effect.provide(program, recorder.layer)), () =>
      LeakSearch.inText(search, "telemetry", recorder.text())
    )
  }

  it.effect("hears whatever a program tells, on every path", () =>
    Effect.gen(function* () {
      const leaky: Record<string, Effect.Effect<unknown, unknown>> = {
        "a log line": Effect.logDebug(canary),
        "a trace line": Effect.logTrace({ deep: { nik: canary } }),
        "an annotation of a line": Effect.annotateLogs(Effect.log("x"), { nik: canary }),
        "a logged cause": Effect.sandbox(Effect.die(new Error(canary))).pipe(Effect.catch((_) => Effect.log(_))),
        "a span's name": Effect.withSpan(Effect.void, `check ${canary}`),
        "a span's attribute": Effect.withSpan(Effect.void, "check", { attributes: { nik: canary } }),
        "an annotated span": Effect.withSpan(Effect.annotateCurrentSpan("nik", canary), "check"),
        "a span's failure": Effect.withSpan(Effect.fail({ nik: canary }), "check"),
        "a span's defect": Effect.withSpan(Effect.die(new Error(`no such ${canary}`)), "check"),
        "a log line within a span": Effect.withSpan(Effect.log(canary), "check")
      }
      for (const [where, program] of Object.entries(leaky)) assert.isNotEmpty(yield* told(program), where)
    })
  )

  it.effect("hears nothing of what a span returned", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* told(Effect.withSpan(Effect.succeed(canary), "check")), [])
    })
  )
})
