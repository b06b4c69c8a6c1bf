/**
 * `kis db migrate`: brings the tables of an older version to those of this one.
 *
 * @since 0.1.0
 */
import { Register } from "@kis/core/registration"
import { Storage, type StorageAdapter } from "@kis/core/storage"
import { Command, Flag } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Database from "../../Database.ts"
import * as ExitCode from "../../ExitCode.ts"
import { CommandFailed, settle } from "../../Failure.ts"
import * as Flags from "../../Flags.ts"
import * as Place from "./Place.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make(
  "migrate",
  {
    ...Place.flags,
    check: Flag.Boolean("check").pipe(
      Flag.withDescription("Only say what is missing, and change nothing"),
      Flag.withDefault(false)
    ),
    json: Flags.json
  },
  Effect.fn("kis db migrate")(function* ({ check, database, json, keys }) {
    const place = Database.placeOf(database, keys)
    const before = yield* Database.lookExisting(place)
    const plan = { ...planOf(before), version: before.version }
    if (check) {
      const needed = plan.missing.length + plan.differing.length > 0
      yield* Console.log(json ? JSON.stringify({ needed, ...plan }) : checked(plan))
      if (needed) return yield* new CommandFailed({ exit: "Negative" })
      return
    }
    if (plan.differing.length > 0) {
      return yield* otherwise(database, plan.differing.join(", "))
    }
    yield* Effect.void.pipe(
      Effect.provide(Storage.layer(Register.aggregates).pipe(Layer.provide(Database.layerExisting(place)))),
      Effect.catchReason("StorageError", "Incompatible", ({ aggregate }) => otherwise(database, aggregate))
    )
    const { version } = yield* Database.lookExisting(place)
    yield* Console.log(
      json
        ? JSON.stringify({ from: before.version, to: version, made: plan.missing })
        : [
            before.version === version ? `schema version ${version}` : `schema version ${before.version} to ${version}`,
            plan.missing.length === 0 ? "nothing was missing" : `made tables for ${plan.missing.join(", ")}`
          ].join("\n")
    )
  }, settle)
).pipe(
  Command.withDescription(
    "Makes the tables that this version needs and an older one did not make. Every command that writes does so too, when " +
      "it opens the register; here it is done and told apart. Where rows would have to be found otherwise than before, " +
      "it changes nothing, and says to export and import: that makes all columns and keys anew. Back up first." +
      `\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Bring an older database to this version"),
  Command.withExamples([
    { command: "kis db migrate --check --db sqlite:register.db", description: "Say what is missing" },
    { command: "kis db migrate --db sqlite:register.db", description: "Make it" }
  ])
)

// --- private ---

interface Plan {
  readonly version: number
  /** Aggregates that have no table yet. */
  readonly missing: ReadonlyArray<string>
  /** Aggregates whose table has other columns. */
  readonly differing: ReadonlyArray<string>
}

const otherwise = (database: Database.Address, aggregates: string) => {
  const sentence =
    `${aggregates}: this version finds rows otherwise than the one that made ${Database.nameOf(database)}. ` +
    "Run kis db export, then kis db import into a new database with the same key file."
  return Effect.fail(new CommandFailed({ exit: "Storage", sentence }))
}

const planOf = ({ aggregates }: StorageAdapter.Contents): Omit<Plan, "version"> => {
  const there = new Map(aggregates.map((_) => [_.name, JSON.stringify(_.columns)]))
  const declared = Register.aggregates.map((_) => _.declaration)
  return {
    missing: declared.filter((_) => !there.has(_.name)).map((_) => _.name),
    differing: declared
      .filter((_) => there.has(_.name) && there.get(_.name) !== JSON.stringify(_.columns))
      .map((_) => _.name)
  }
}

const checked = ({ differing, missing, version }: Plan): string =>
  [
    `schema version ${version}`,
    missing.length === 0 ? "no table is missing" : `no table for ${missing.join(", ")}`,
    ...(differing.length === 0 ? [] : [`other columns: ${differing.join(", ")}; export, then import`])
  ].join("\n")
