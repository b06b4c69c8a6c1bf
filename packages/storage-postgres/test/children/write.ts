/**
 * Registers households from a number on, eight at a time, and prints the number of each as soon as
 * it is acknowledged, until it is killed.
 */
import { Storage } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import { writeSync } from "node:fs"
import * as Register from "./Register.ts"

let next = Number(process.argv[3])

const program = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const client = Effect.forever(
    Effect.gen(function* () {
      const number = next++
      yield* storage.transaction(Register.household(number))
      // at once, past every buffer of this process
      writeSync(1, `${number}\n`)
    })
  )
  yield* Effect.all(
    Array.from({ length: 8 }, () => client),
    { concurrency: "unbounded" }
  )
})

await Effect.runPromise(Effect.provide(program, Register.layer(process.argv[2]!)))
