import { assert, describe, it } from "@effect/vitest"
import { Eligibility } from "@kis/core/eligibility"
import { CanonicalJson, National } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import { Facts } from "@kis/testkit"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { createHash } from "node:crypto"
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Answers from "../src/evaluation/Answers.ts"
import * as Threads from "../src/evaluation/Threads.ts"
import * as FactsFile from "../src/intake/FactsFile.ts"
import * as FactsLine from "../src/intake/FactsLine.ts"
import { kis } from "./process.ts"

const folder = () => mkdtempSync(join(tmpdir(), "kis-evaluate-"))
const put = (cwd: string, name: string, content: string | Uint8Array) => writeFileSync(join(cwd, name), content)

const on = PlainDate.make("2026-02-10")
const question: Answers.Question = { asOf: { appliesOn: on, knownOn: on }, language: "en", policy: National.policy }
const days = ["--applies-on", on, "--known-on", on]
const evaluate = (...args: ReadonlyArray<string>) => ["eligibility", "evaluate", ...args, ...days]

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest()

/** What the library itself says of the facts, as the line that the command should write. */
const expected = (line: number, id: string, facts: object) => {
  const decision = Eligibility.record(Eligibility.evaluate(facts, question.asOf), sha256)
  return `{"line":${line},"id":${JSON.stringify(id)},"decision":${Result.getOrThrow(CanonicalJson.encode(decision))}}\n`
}

const answered = ({ length, memory }: Answers.Answers) => new TextDecoder().decode(memory.subarray(0, length))
const answer = (text: string | Uint8Array) =>
  answered(
    Answers.of(
      { bytes: Uint8Array.from(typeof text === "string" ? new TextEncoder().encode(text) : text), line: 1 },
      question,
      new Uint8Array(0)
    )
  )

/** People enough for many blocks, no two alike. */
const many = 20_000
const person = (no: number) => ({
  birthDate: PlainDate.addDays(PlainDate.make("1940-01-01"), no),
  citizenship: "WNI" as const,
  wage: no,
  ...(no % 3 === 0 ? { occupation: "private" as const } : {})
})
const idOf = (no: number) => `orang ke-${no} ✓`

describe("answers to facts", () => {
  it("are the library's own decisions, byte for byte", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: "binary" }), Facts.some(on)), { maxLength: 12 }), (people) => {
        const lines = people.map(([id, facts]) => JSON.stringify({ id, facts }))
        assert.strictEqual(
          answer(lines.join("\n")),
          people.map(([id, facts], i) => expected(i + 1, id, facts)).join("")
        )
      })
    )
  })

  it("tell all that is wrong with a line, and go on with the next", () => {
    const good = '{"id":7,"facts":{"occupation":"private","wage":null}}'
    const bytes = Buffer.concat([
      Buffer.from(`${good}\r\n\n[1]\n{"id":"x"}\nnonsense\n`),
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      Buffer.from('{"id":12345678901234567890,"facts":{"ocupation":"private","hasNik":"yes","childOrder":0,"wage":5}}')
    ])
    const lines = answer(bytes)
      .trimEnd()
      .split("\n")
      .map((_) => JSON.parse(_))
    assert.deepStrictEqual(
      lines.map(({ id, line, problems }) => [
        line,
        id,
        problems?.map(({ code, fact }: FactsLine.Problem) => [code, ...(fact === undefined ? [] : [fact])])
      ]),
      [
        [1, 7, undefined],
        [3, undefined, [["NotAnObject"]]],
        [4, "x", [["FactsMissing"]]],
        [5, undefined, [["NotJson"]]],
        [6, undefined, [["NotUtf8"]]],
        [
          7,
          undefined,
          [["IdUnreadable"], ["FactUnknown", "ocupation"], ["FactInvalid", "hasNik"], ["FactInvalid", "childOrder"]]
        ]
      ]
    )
    assert.deepStrictEqual(lines[0].decision.facts, { occupation: "private" })
  })

  it("never fail, whatever the line", () => {
    const anything: fc.Arbitrary<string> = fc.oneof(
      fc.string({ unit: "binary" }).map((_) => _.replaceAll("\n", "")),
      fc.json(),
      fc
        .record({
          id: fc.jsonValue(),
          facts: fc.dictionary(fc.constantFrom("__proto__", "toString", "wage", "birthDate"), fc.jsonValue())
        })
        .map((_) => JSON.stringify(_))
    )
    fc.assert(
      fc.property(anything, (line) => {
        const lines = answer(line).split("\n")
        assert.strictEqual(lines.pop(), "")
        assert.strictEqual(lines.length, line.trim() === "" ? 0 : 1)
        for (const each of lines) {
          const { decision, problems } = JSON.parse(each)
          assert.strictEqual(decision === undefined, problems?.length > 0)
        }
      }),
      { numRuns: 1000 }
    )
  })

  it("say in both languages what may be written instead", () => {
    for (const fact of ["citizenship", "birthDate", "hasNik", "wage", "wardClass"]) {
      const [id, en] = [
        FactsLine.render({ code: "FactInvalid", fact }, "id"),
        FactsLine.render({ code: "FactInvalid", fact }, "en")
      ]
      for (const text of [id, en]) assert.notMatch(text, /[{}]/)
      assert.notStrictEqual(id, en)
    }
    assert.include(FactsLine.render({ code: "FactInvalid", fact: "citizenship" }, "en"), 'one of "WNI", "WNA"')
  })
})

describe("a file of facts", () => {
  const read = async (content: string | Uint8Array) => {
    const cwd = folder()
    put(cwd, "a.jsonl", content)
    let text = ""
    let end = 0
    const bytes = Buffer.byteLength(content)
    for await (const one of Threads.answer(FactsFile.blocks({ path: join(cwd, "a.jsonl"), bytes }), question)) {
      text += new TextDecoder().decode(one.bytes)
      end = one.end
    }
    assert.strictEqual(end, bytes)
    return text
  }

  it("of many blocks is answered in its order, by several threads", async () => {
    const file = Array.from({ length: many }, (_, no) => JSON.stringify({ id: idOf(no), facts: person(no) })).join("\n")
    const text = await read(file)
    assert.strictEqual(text, Array.from({ length: many }, (_, no) => expected(no + 1, idOf(no), person(no))).join(""))
  })

  it("may begin with a mark, hold a line that is far too long, and end without a line feed", async () => {
    const long = `{"id":"${"x".repeat(3_000_000)}","facts":{}}`
    const one = '{"id":"a","facts":{}}'
    const expectations: ReadonlyArray<readonly [file: string, codes: Array<string>]> = [
      [`\ufeff${one}`, ["decided"]],
      [`${one}\n${long}\n${one}\n`, ["decided", "TooLong", "decided"]],
      [`${long}\n${one}`, ["TooLong", "decided"]],
      [`${one}\n\n${long}`, ["decided", "TooLong"]],
      [`${"x".repeat(1_500_000)}\n${one}`, ["TooLong", "decided"]]
    ]
    for (const [file, codes] of expectations) {
      const lines = (await read(file))
        .trimEnd()
        .split("\n")
        .map((_) => JSON.parse(_))
      assert.deepStrictEqual(
        lines.map(({ problems }) => problems?.[0].code ?? "decided"),
        codes
      )
      const at = file.split("\n").flatMap((line, i) => (line === "" ? [] : [i + 1]))
      assert.deepStrictEqual(
        lines.map(({ line }) => line),
        at
      )
    }
  })
})

describe("kis eligibility evaluate", () => {
  const people = Array.from({ length: 3000 }, (_, no) => JSON.stringify({ id: idOf(no), facts: person(no) })).join("\n")
  const decisions = Array.from({ length: 3000 }, (_, no) => expected(no + 1, idOf(no), person(no))).join("")

  it("writes the decisions on facts to standard output, and how far it is to standard error", async () => {
    const cwd = folder()
    put(cwd, "people.jsonl", people)
    const { code, stderr, stdout } = await kis(evaluate("people.jsonl"), { cwd })
    assert.strictEqual(code, 0, stderr)
    assert.strictEqual(stdout, decisions)
    assert.match(stderr, /^100% ([\d,]+)\/\1 bytes.* 3,000 decided, 0 with problems$/m)
  })

  it("writes them into a file that only its owner may read, and that is there when it is whole", async () => {
    const cwd = folder()
    put(cwd, "people.jsonl", people)
    const { code, stderr, stdout } = await kis(evaluate("people.jsonl", "--output", "out.jsonl"), { cwd })
    assert.deepStrictEqual([code, stdout], [0, ""], stderr)
    assert.strictEqual(readFileSync(join(cwd, "out.jsonl"), "utf8"), decisions)
    assert.deepStrictEqual(readdirSync(cwd).toSorted(), ["out.jsonl", "people.jsonl"])
    const replayed = await kis(["replay", "out.jsonl"], { cwd })
    assert.deepStrictEqual([replayed.code, replayed.stdout], [0, "replayed 3000: 3000 the same, 0 not\n"])
  })

  it("leaves no half of a file behind when it is stopped", async () => {
    const cwd = folder()
    put(cwd, "people.jsonl", `${people}\n`.repeat(100))
    let isStopped = false
    const { code } = await kis(evaluate("people.jsonl", "--output", "out.jsonl"), {
      cwd,
      onStderr: (text, kill) => {
        if (isStopped || !text.includes("% ")) return
        isStopped = true
        kill("SIGINT")
      }
    })
    assert.isTrue(isStopped)
    assert.strictEqual(code, 130)
    assert.deepStrictEqual(readdirSync(cwd), ["people.jsonl"])
  })

  it("refuses an output that would take the place of the input, or that has no folder", async () => {
    const cwd = folder()
    put(cwd, "people.jsonl", people)
    const same = await kis(evaluate("people.jsonl", "--output", "./people.jsonl"), { cwd })
    assert.strictEqual(same.code, 2)
    assert.include(same.stderr, "name another")
    const nowhere = await kis(evaluate("people.jsonl", "--output", "none/out.jsonl"), { cwd })
    assert.strictEqual(nowhere.code, 6)
    assert.include(nowhere.stderr, "out.jsonl: the folder of this file does not exist")
    assert.strictEqual(readFileSync(join(cwd, "people.jsonl"), "utf8"), people)
  })

  it("refuses facts in UTF-16", async () => {
    const cwd = folder()
    put(cwd, "people.jsonl", Buffer.from(`\ufeff${people}`, "utf16le"))
    const { code, stderr } = await kis(evaluate("people.jsonl"), { cwd })
    assert.strictEqual(code, 3)
    assert.include(stderr, "people.jsonl: the text is in an encoding other than UTF-8")
  })
})
