/**
 * Several processes on one database; a process that is killed, and a server that is killed.
 */
import { assert, describe, it } from "@effect/vitest"
import { Audit } from "@kis/core/audit"
import { Storage } from "@kis/core/storage"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import * as Place from "./Place.ts"
import * as Register from "./children/Register.ts"

const child = (name: string, ...args: ReadonlyArray<string>) =>
  Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, [new URL(`./children/${name}.ts`, import.meta.url).pathname, ...args], {
        stdio: ["pipe", "pipe", "inherit"]
      })
    ),
    (running) => Effect.sync(() => running.kill("SIGKILL"))
  )

const linesOf = (running: ChildProcess) => createInterface({ input: running.stdout! })[Symbol.asyncIterator]()

describe.skipIf(Place.isSkipped)(`several processes: ${Place.onPostgres}`, () => {
  it.live("of 1,000 who register one NIK from four processes exactly one does", () =>
    Effect.gen(function* () {
      const url = Redacted.value(yield* Place.database)
      const children = yield* Effect.all(Array.from({ length: 4 }, () => child("take", url)))
      const outputs = children.map(linesOf)
      // all four open the empty database at once, and begin only when all have
      for (const output of outputs) {
        assert.strictEqual((yield* Effect.promise(() => output.next())).value, "ready")
      }
      for (const { stdin } of children) stdin.write("go\n")
      const answers: Array<string> = []
      for (const output of outputs) {
        const line = (yield* Effect.promise(() => output.next())).value as string
        answers.push(...(JSON.parse(line) as ReadonlyArray<string>))
      }
      assert.lengthOf(answers, 1_000)
      assert.lengthOf(
        answers.filter((_) => _ === "registered"),
        1
      )
      assert.lengthOf(
        answers.filter((_) => _ === "UniqueViolation"),
        999
      )
      const people = yield* Effect.provide(
        Storage.Storage.use((storage) => storage.snapshot(storage.countBy(Register.Person, "id", {}))),
        Register.layer(url)
      )
      assert.strictEqual(people, 1)
    })
  )
})

describe.skipIf(Place.isSkipped)(`kill -9: ${Place.onPostgres}`, () => {
  it.live("of our process loses nothing that was acknowledged and leaves nothing half written", () =>
    Effect.gen(function* () {
      const url = Redacted.value(yield* Place.database)
      const acknowledged: Array<number> = []
      for (const wanted of [1, 15, 60, 120]) {
        const running = yield* child("write", url, `${(acknowledged.at(-1) ?? 0) + 1_000}`)
        const output = linesOf(running)
        for (let i = 0; i < wanted; i++) {
          acknowledged.push(Number((yield* Effect.promise(() => output.next())).value))
        }
        running.kill("SIGKILL")
        yield* Effect.promise(() => once(running, "exit"))
        // what it had printed before it died was acknowledged too
        while (true) {
          const { done, value } = yield* Effect.promise(() => output.next())
          if (done === true) break
          acknowledged.push(Number(value))
        }
        acknowledged.sort((a, b) => a - b)
        yield* Effect.provide(demandWhole(acknowledged), Register.layer(url))
      }
    })
  )

  it.live("of the server loses nothing that was acknowledged, and the same store goes on", () =>
    Effect.gen(function* () {
      const server = yield* PostgresServer.start()
      const url = server.url()
      yield* Effect.provide(
        Effect.gen(function* () {
          const storage = yield* Storage.Storage
          const acknowledged: Array<number> = []
          let next = 0
          const load = { on: true }
          const client = Effect.gen(function* () {
            while (load.on) {
              const number = next++
              // whoever is told that the store does not answer does not know whether it was written
              yield* storage.transaction(Register.household(number)).pipe(
                Effect.tap(() => Effect.sync(() => acknowledged.push(number))),
                Effect.catchTag("StorageError", (error) => {
                  assert.strictEqual(error.reason._tag, "Unavailable")
                  return Effect.sleep("20 millis")
                })
              )
            }
          })
          const clients = Effect.all(
            Array.from({ length: 8 }, () => client),
            { concurrency: "unbounded" }
          )
          const crashes = Effect.gen(function* () {
            for (const wanted of [20, 150, 300]) {
              yield* Effect.sleep("10 millis").pipe(Effect.repeat({ until: () => acknowledged.length >= wanted }))
              yield* server.crash
            }
            const before = acknowledged.length
            yield* Effect.sleep("10 millis").pipe(Effect.repeat({ until: () => acknowledged.length > before + 20 }))
            load.on = false
          })
          yield* Effect.all([clients, crashes], { concurrency: "unbounded" })
          yield* demandWhole(acknowledged)
        }),
        Register.layer(url)
      )
    })
  )
})

/** Everything acknowledged is there; every household that is there is there whole, with its logs. */
const demandWhole = Effect.fnUntraced(function* (acknowledged: ReadonlyArray<number>) {
  const storage = yield* Storage.Storage
  const audit = yield* Audit.Audit
  const sizes = new Map<number, number>()
  let after: Storage.Cursor | undefined
  do {
    const page = yield* storage.snapshot(storage.scan(Register.Person, "household", {}, { after, limit: 500 }))
    for (const { id, value } of page.rows) {
      sizes.set(value.household, (sizes.get(value.household) ?? 0) + 1)
      const { entries, findings } = yield* audit.verify(id)
      assert.deepStrictEqual([entries.length, findings], [1, []])
      assert.strictEqual(Option.getOrThrow(yield* storage.findBy(Register.Person, "nik", value.nik)).id, id)
    }
    after = page.next
  } while (after !== undefined)
  for (const number of acknowledged) assert.strictEqual(sizes.get(number), Register.SIZE, `household ${number}`)
  for (const [number, size] of sizes) {
    assert.strictEqual(size, Register.SIZE, `household ${number}`)
    const held = yield* storage.snapshot(storage.countBy(Register.Person, "kin", String(number)))
    assert.strictEqual(held, Register.SIZE)
  }
})
