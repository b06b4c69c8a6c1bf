/**
 * People a second: the storage port on SQLite against prepared statements written by hand that
 * write the same rows and make the same seals and MACs.
 *
 *     node src/Import.ts [people]
 *
 * One line of JSON a measurement. `bench.ts` runs it three times and writes the medians down.
 */
import { Crypto, KeyRing } from "@kis/core/privacy"
import { StorageMemory } from "@kis/core/storage"
import { SqliteStorage } from "@kis/storage-sqlite"
import * as Effect from "effect/Effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Bare from "./Bare.ts"
import { keys, measured, onAdapter, throughPort } from "./PortImport.ts"
import { HOUSEHOLD } from "./Register.ts"

const program = Effect.gen(function* () {
  const people = Number(process.argv[2] ?? 20_000)
  const few = Math.min(people, 8_000)
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-bench-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true }))
  )
  const sqlite = (name: string) => onAdapter(SqliteStorage.layer({ path: join(folder, name) }))
  const byHand = (name: string, file: string, people: number, commit: number) =>
    Effect.gen(function* () {
      const write = yield* Bare.open(join(folder, file), yield* Crypto.Crypto, yield* KeyRing.KeyRing)
      yield* measured(
        name,
        people,
        Effect.sync(() => write(people, commit))
      )
    }).pipe(Effect.provide(keys), Effect.scoped)
  yield* byHand("bare SQLite, 248 people a commit", "bare.db", people, 248)
  yield* measured("port on SQLite, 248 people a commit", people, throughPort(people, 62)).pipe(
    Effect.provide(sqlite("batch.db"))
  )
  yield* byHand("bare SQLite, one household a commit", "bare-household.db", few, HOUSEHOLD)
  yield* measured("port on SQLite, one household a commit", few, throughPort(few, 1)).pipe(
    Effect.provide(sqlite("household.db"))
  )
  yield* measured("port in memory, 248 people a commit", few, throughPort(few, 62)).pipe(
    Effect.provide(onAdapter(StorageMemory.layer))
  )
})

await Effect.runPromise(Effect.scoped(program))
