import { assert, describe, it } from "@effect/vitest"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Simulator from "@kis/testkit/simulator"
import * as Redacted from "effect/Redacted"
import * as PostgresStorage from "../src/PostgresStorage.ts"

const missing = PostgresServer.missing()

describe(missing === undefined ? "Simulator on PostgreSQL" : `Simulator on PostgreSQL, skipped: ${missing}`, () => {
  it.skipIf(missing !== undefined)(
    "keeps every invariant, and does turn by turn what it does in memory",
    async () => {
      for (const seed of [1, 2, 3]) {
        const { drop, url } = await PostgresServer.makeDatabase()
        try {
          const store = PostgresStorage.layer({ url: Redacted.make(url), maxConnections: 2 })
          const outcome = await Simulator.run(seed, { commands: 100, store })
          assert.deepStrictEqual(outcome.violations, [])
          assert.deepStrictEqual(outcome, await Simulator.run(seed, { commands: 100 }))
        } finally {
          await drop()
        }
      }
    },
    120_000
  )
})
