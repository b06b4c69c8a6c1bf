/** A back-up is put back after an erasure: what was erased is erased again, by commands as processes of their own. */
import { assert, describe, it } from "@effect/vitest"
import type { Consents } from "@kis/core/access"
import { Drafts } from "@kis/core/application"
import { Claims } from "@kis/core/complaint"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Draft, Register } from "@kis/core/registration"
import { Id, Storage } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Database from "../src/Database.ts"
import * as households from "./households.ts"
import { kis } from "./process.ts"

const citizen = { kind: "citizen", id: "siti" } as const
const officer = { kind: "officer", id: "417" } as const
const about = { aggregate: "participant", id: Id.Id.make("01900000-0000-7000-8000-000000000001") }

const on = <A, E>(
  cwd: string,
  act: Effect.Effect<A, E, Storage.Storage | Drafts.Drafts | Claims.Claims | Consents.Consents>
) =>
  Effect.runPromise(
    act.pipe(
      Effect.provide(
        Layer.mergeAll(Drafts.layer(), Claims.layer()).pipe(
          Layer.provideMerge(Register.layer()),
          Layer.provideMerge(Storage.layer(Register.aggregates)),
          Layer.provide(PopulationRegistry.layerSimulator(() => undefined)),
          Layer.provideMerge(CardNumbers.layerSimulator("test")),
          Layer.provideMerge(Database.layerExisting({ path: join(cwd, "r.db") })),
          Layer.fresh
        )
      )
    )
  )

const drafts = Effect.flatMap(Storage.Storage, (storage) =>
  storage.snapshot(storage.countBy(Draft.aggregate, "person", "citizen:siti"))
)

const succeed = async (cwd: string, ...args: ReadonlyArray<string>) => {
  const { code, stderr, stdout } = await kis(["db", ...args, "--db", "sqlite:r.db"], { cwd })
  assert.strictEqual(code, 0, stderr)
  return stdout
}

describe("kis db erasures and erase-again", () => {
  it("take away what a back-up brings back", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kis-erasures-"))
    writeFileSync(join(cwd, "a.csv"), households.file(1))
    const run = await kis(["register", "a.csv", "--db", "sqlite:r.db"], { cwd })
    assert.strictEqual(run.code, 0, run.stderr)
    await on(
      cwd,
      Effect.gen(function* () {
        const service = yield* Drafts.Drafts
        yield* service.begin({ key: "d1", actor: citizen, office: "0903", channel: "app", path: "self-pay" })
      })
    )
    copyFileSync(join(cwd, "r.db"), join(cwd, "copy.db"))
    await on(
      cwd,
      Effect.gen(function* () {
        const claims = yield* Claims.Claims
        const { id } = yield* claims.ask({
          key: "o1",
          actor: citizen,
          owner: citizen,
          about,
          office: "0903",
          language: "id",
          kind: "erasure"
        })
        yield* claims.settle({ key: "a", actor: officer, version: 1, request: id, outcome: { _tag: "Granted" } })
      })
    )
    assert.strictEqual(await on(cwd, drafts), 0)
    assert.include(
      await succeed(cwd, "erasures", "erased.jsonl"),
      "rows erased on request: 1, by requests: 1: erased.jsonl"
    )
    const list = readFileSync(join(cwd, "erased.jsonl"), "utf8")
    assert.notInclude(readFileSync(join(cwd, "erased.jsonl"), "utf8"), "siti")

    copyFileSync(join(cwd, "copy.db"), join(cwd, "r.db"))
    assert.strictEqual(await on(cwd, drafts), 1)
    const erased = JSON.parse(await succeed(cwd, "erase-again", "erased.jsonl", "--json"))
    assert.deepStrictEqual(erased, { file: "erased.jsonl", erased: 1, gone: 0, needed: 0 })
    assert.strictEqual(await on(cwd, drafts), 0)
    assert.include(await succeed(cwd, "erase-again", "erased.jsonl"), "erased 0 rows again, 1 were not there")
    assert.include(await succeed(cwd, "verify"), "whole")
    // the copy has never heard of the request, and the list keeps what it had erased
    await succeed(cwd, "erasures", "erased.jsonl")
    assert.strictEqual(readFileSync(join(cwd, "erased.jsonl"), "utf8"), list)

    writeFileSync(
      join(cwd, "bad.jsonl"),
      `${readFileSync(join(cwd, "erased.jsonl"), "utf8")}{"aggregate":"participant"}\n`
    )
    const bad = await kis(["db", "erase-again", "bad.jsonl", "--db", "sqlite:r.db"], { cwd })
    assert.strictEqual(bad.code, 3)
    assert.include(bad.stderr, "bad.jsonl: line 2 is not of a list of erasures")
  })
})
