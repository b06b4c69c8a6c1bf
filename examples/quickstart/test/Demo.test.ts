import { assert, describe, it } from "@effect/vitest"
import { Database } from "@kis/cli"
import { RegistrationRecord } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import type { IntakeFile } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { figures, scoreOf, share } from "./scoring.ts"

const demo = (out: string) =>
  new Promise<{ readonly code: number; readonly lines: ReadonlyArray<string>; readonly printed: string }>((resolve) => {
    const script = fileURLToPath(new URL("../src/demo.ts", import.meta.url))
    execFile(process.execPath, [script, "--out", out], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : 1, lines: stdout.trim().split("\n"), printed: stdout + stderr })
    )
  })

const last = /^demo: read (\d+), registered (\d+), already (\d+), review (\d+), rejected (\d+)$/

const numbersIn = (line: string | undefined) => {
  const [, ...numbers] = last.exec(line ?? "") ?? []
  const [read = Number.NaN, registered = 0, already = 0, review = 0, rejected = 0] = numbers.map(Number)
  return { read, registered, already, review, rejected }
}

/** Who asked for a code, who was sent one, and whose phone was confirmed, by what went to and fro. */
const phonesIn = (outbox: string, inbox: string) => {
  const linesOf = (text: string): ReadonlyArray<Record<string, string | undefined>> =>
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
  const told = (pattern: RegExp) =>
    linesOf(outbox).flatMap(({ text = "", to = "" }) => (pattern.test(text) ? [to] : []))
  return {
    asked: new Set(linesOf(inbox).flatMap(({ from = "", text = "" }) => (/^kode /i.test(text) ? [from] : []))),
    codes: told(/^\d{6} adalah kode/),
    confirmed: told(/sudah dikonfirmasi/)
  }
}

const outcomes = (out: string) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const all: Array<RegistrationRecord.RegistrationRecord["outcomes"]> = []
    let after: Storage.Cursor | undefined
    do {
      const page: Storage.Page<RegistrationRecord.RegistrationRecord> = yield* storage.snapshot(
        storage.scan(RegistrationRecord.aggregate, "id", {}, { after, limit: 200 })
      )
      all.push(...page.rows.map((row) => row.value.outcomes))
      after = page.next
    } while (after !== undefined)
    return all.flat()
  }).pipe(
    Effect.provide(
      Layer.fresh(
        Storage.layer([RegistrationRecord.aggregate]).pipe(
          Layer.provide(Database.layerExisting({ path: join(out, "register.sqlite") }))
        )
      )
    ),
    Effect.runPromise
  )

describe("pnpm demo", () => {
  it("accounts for every row, finds what was planted, and a second time changes nothing", async () => {
    const out = mkdtempSync(join(tmpdir(), "kis-demo-"))
    const first = await demo(out)
    assert.strictEqual(first.code, 0, first.printed)
    const once = numbersIn(first.lines.at(-1))
    assert.strictEqual(once.read, once.registered + once.already + once.review + once.rejected)
    assert.include(first.lines.at(-2), "report.html")
    assert.match(readFileSync(join(out, "report.html"), "utf8"), /^<!doctype html>/i)

    const truth: { readonly rows: ReadonlyArray<IntakeFile.Truth> } = JSON.parse(
      readFileSync(new URL("../data/truth.json", import.meta.url), "utf8")
    )
    const score = scoreOf(truth.rows, await outcomes(out))
    console.log(`demo: ${figures(score)}`)
    const told = score.misses.join("\n")
    assert.strictEqual(share(score, "broken-number"), 1, told)
    assert.strictEqual(share(score, "two-persons"), 1, told)
    assert.isAtLeast(share(score, "near-match"), 0.95, told)
    assert.isAtMost(score.heldWrongly / score.wellMeant, 0.005, told)

    const sent = readFileSync(join(out, "outbox.jsonl"), "utf8")
    const { asked, codes, confirmed } = phonesIn(sent, readFileSync(join(out, "inbox.jsonl"), "utf8"))
    assert.isAbove(confirmed.length, 0, first.printed)
    for (const phone of codes) assert.isTrue(asked.has(phone), "a code goes only to who asked for one")
    for (const phone of confirmed) assert.include(codes, phone)
    assert.include(first.printed, "Tidak pernah meminta kode")
    const second = await demo(out)
    assert.strictEqual(second.code, 0, second.printed)
    assert.deepStrictEqual(numbersIn(second.lines.at(-1)), {
      ...once,
      registered: 0,
      already: once.registered + once.already
    })
    assert.strictEqual(readFileSync(join(out, "outbox.jsonl"), "utf8"), sent, "nobody is told twice")
  }, 120_000)
})
