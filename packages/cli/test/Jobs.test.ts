import { assert, describe, it } from "@effect/vitest"
import { Attachments, Drafts } from "@kis/core/application"
import { Draft, Register } from "@kis/core/registration"
import { CardNumbers, Documents, PopulationRegistry } from "@kis/core/registry"
import { Storage } from "@kis/core/storage"
import { FileDocuments } from "@kis/documents-file"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Database from "../src/Database.ts"
import * as households from "./households.ts"
import { kis } from "./process.ts"

const registered = async () => {
  const cwd = mkdtempSync(join(tmpdir(), "kis-jobs-"))
  writeFileSync(join(cwd, "a.csv"), households.file(4))
  writeFileSync(join(cwd, "residents.csv"), households.residents(3))
  const run = await kis(["register", "a.csv", "--db", "sqlite:r.db"], { cwd })
  assert.strictEqual(run.code, 0, run.stderr)
  return cwd
}

const jobs = async (cwd: string, ...more: ReadonlyArray<string>) => {
  const { code, stderr, stdout } = await kis(["jobs", "--db", "sqlite:r.db", ...more], { cwd })
  assert.strictEqual(code, 0, stderr)
  return stdout
}

/** A draft with two papers, one of them taken off, and one whose time is over. */
const handIn = (cwd: string) =>
  Effect.runPromise(
    Effect.gen(function* () {
      const drafts = yield* Drafts.Drafts
      const attachments = yield* Attachments.Attachments
      const storage = yield* Storage.Storage
      const actor = { kind: "citizen", id: "siti" } as const
      const opening = { actor, office: "0903", channel: "app", path: "self-pay" } as const
      const { draft } = yield* drafts.begin({ ...opening, key: "d1" })
      const paper = { actor, draft: draft.id, paper: "family-card", said: "application/pdf" } as const
      const hand = (key: string) =>
        attachments.attach({ ...paper, key, content: new TextEncoder().encode(`%PDF-1.7 ${key}`) })
      yield* hand("a1")
      yield* attachments.remove({ ...paper, attachment: (yield* hand("a2")).id })
      const old = (yield* drafts.begin({ ...opening, key: "d2" })).draft
      yield* storage.transaction(storage.update(Draft.aggregate, old, { ...old.value, expiresAt: old.value.begunAt }))
    }).pipe(
      Effect.provide(
        Attachments.layer.pipe(
          Layer.provide(Documents.layer()),
          Layer.provide(FileDocuments.layer({ folder: join(cwd, "papers") })),
          Layer.provideMerge(Drafts.layer()),
          Layer.provideMerge(Register.layer()),
          Layer.provideMerge(Storage.layer(Register.aggregates)),
          Layer.provide(PopulationRegistry.layerSimulator(() => undefined)),
          Layer.provide(CardNumbers.layerSimulator("test")),
          Layer.provideMerge(Database.layerExisting({ path: join(cwd, "r.db") })),
          Layer.fresh
        )
      )
    )
  )

describe("kis jobs", () => {
  it("gathers households and asks about whoever is not confirmed, each once", async () => {
    const cwd = await registered()
    const first = JSON.parse(await jobs(cwd, "--population", "residents.csv", "--json"))
    assert.deepStrictEqual(first, {
      households: 4,
      verification: { confirmed: 9, denied: 3, postponed: 0, left: 0 },
      firstPayments: { reminded: 0, expired: 0, settled: 0, putOff: 0 },
      drafts: { expired: 0 }
    })
    const second = JSON.parse(await jobs(cwd, "--population", "residents.csv", "--json"))
    assert.deepStrictEqual(second.verification, { confirmed: 0, denied: 0, postponed: 0, left: 0 })
  })

  it("says that the population register gave no answer, and when it is asked again", async () => {
    const told = await jobs(await registered())
    assert.match(told, /^households: 4 gathered$/m)
    assert.match(told, /; it gave no answer \(\w+\), again from 2\d{3}-\d\d-\d\dT[\d:.]+Z$/m)
  })

  it("ends drafts whose time is over, and clears away the papers that were taken off", async () => {
    const cwd = await registered()
    mkdirSync(join(cwd, "papers"), { mode: 0o700 })
    const files = () =>
      readdirSync(join(cwd, "papers"), { recursive: true, withFileTypes: true }).filter((it) => it.isFile())
    await handIn(cwd)
    assert.strictEqual(files().length, 2)
    const told = await jobs(cwd, "--documents", "papers")
    assert.match(told, /^drafts: expired 1$/m)
    assert.match(told, /^documents: gone 1, arrived unseen 0, left for the next time 0$/m)
    assert.strictEqual(files().length, 1)
    const again = JSON.parse(await jobs(cwd, "--documents", "papers", "--json"))
    assert.deepStrictEqual([again.drafts, again.documents], [{ expired: 0 }, { gone: 0, arrived: 0, left: 0 }])
  })

  it("takes no folder for the papers that is not there", async () => {
    const cwd = await registered()
    const { code, stderr } = await kis(["jobs", "--db", "sqlite:r.db", "--documents", "paper"], { cwd })
    assert.strictEqual(code, 2)
    assert.strictEqual(stderr, "There is no folder paper; name the one in which the papers are kept.\n")
    assert.isFalse(existsSync(join(cwd, "paper")))
  })

  it("needs a register that is there", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kis-jobs-"))
    const { code, stderr } = await kis(["jobs", "--db", "sqlite:none.db"], { cwd })
    assert.notStrictEqual(code, 0)
    assert.include(stderr, "none.db")
  })
})
