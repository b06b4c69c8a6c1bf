/**
 * The main job in one screen: households from a file onto a register, once each.
 *
 *     node examples/quickstart/src/main.ts FILE.csv register.sqlite
 */
import { IntakeFile } from "@kis/cli"
import { Region } from "@kis/core/identity"
import { Bulk } from "@kis/core/intake"
import { Register } from "@kis/core/registration"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { FileKeyRing, NodeCrypto } from "@kis/crypto-node"
import { SqliteStorage } from "@kis/storage-sqlite"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const [file = "examples/quickstart/data/households.csv", path = "register.sqlite"] = process.argv.slice(2)

const program = Effect.gen(function* () {
  const intake = yield* IntakeFile.open(file)
  const tally = yield* Bulk.importRows(IntakeFile.rows(intake), {
    digest: intake.digest,
    actor: { kind: "officer", id: "417" },
    office: "3671",
    on: PlainDate.fromInstant(yield* Clock.currentTimeMillis, "WIB"),
    onBatch: ({ tally }) => Console.log(`${tally.read} of ${intake.rowCount} people`)
  })
  yield* Console.log(
    `registered ${tally.registered}, already here ${tally.already}, ` +
      `an officer decides on ${tally.review}, rejected with reasons ${tally.rejected}`
  )
})

const ports = Layer.mergeAll(
  SqliteStorage.layer({ path }),
  FileKeyRing.layer(`${path}.keys`),
  PopulationRegistry.layerNotConnected, // until there is an agreement with Dukcapil, everybody is pending
  CardNumbers.layerSimulator("quickstart"),
  Region.layer
).pipe(Layer.provideMerge(NodeCrypto.layer))

const register = Register.layer().pipe(
  Layer.provideMerge(Storage.layer(Register.aggregates)),
  Layer.provideMerge(ports)
)

program.pipe(Effect.provide(register), NodeRuntime.runMain)
