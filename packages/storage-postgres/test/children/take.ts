/**
 * Tries 250 times at once to register one NIK, as soon as it is told to, and prints what came of it.
 */
import { Storage } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import { once } from "node:events"
import * as Register from "./Register.ts"

const program = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  process.stdout.write("ready\n")
  yield* Effect.promise(() => once(process.stdin, "data"))
  const attempt = storage.transaction(storage.insert(Register.Person, { nik: "99", household: process.pid })).pipe(
    Effect.as("registered"),
    Effect.catch((error) => Effect.succeed(error._tag === "StorageError" ? error.reason._tag : error._tag))
  )
  const answers = yield* Effect.all(
    Array.from({ length: 250 }, () => attempt),
    { concurrency: "unbounded" }
  )
  process.stdout.write(`${JSON.stringify(answers)}\n`)
})

await Effect.runPromise(Effect.provide(program, Register.layer(process.argv[2]!)))
process.stdin.destroy()
