/**
 * `kis db status`: what a register holds.
 *
 * @since 0.1.0
 */
import { Audit, Checkpoint } from "@kis/core/audit"
import { KeyRing } from "@kis/core/privacy"
import { Storage, Upkeep } from "@kis/core/storage"
import { Command } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Database from "../../Database.ts"
import * as ExitCode from "../../ExitCode.ts"
import { settle } from "../../Failure.ts"
import * as Flags from "../../Flags.ts"
import * as Place from "./Place.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make(
  "status",
  { ...Place.flags, json: Flags.json },
  Effect.fn("kis db status")(
    function* ({ database, json, keys }) {
      const { upkeep } = yield* Storage.Storage
      const audit = yield* Audit.Audit
      const { current } = yield* KeyRing.KeyRing
      const logs = { count: 0, lines: 0 }
      yield* Upkeep.eachPage(
        (after) => upkeep.scanHeads({ after, limit: PAGE }),
        (heads) =>
          Effect.sync(() => {
            logs.count += heads.length
            for (const { head } of heads) logs.lines += head.sequence
          })
      )
      const rows = yield* Effect.forEach(upkeep.aggregates, (aggregate) =>
        Effect.map(upkeep.count(aggregate), (count) => ({ aggregate, count }))
      )
      const { entries } = yield* audit.verify(Checkpoint.subject)
      const last = entries.at(-1)
      const checkpoint = last === undefined ? undefined : { number: entries.length, at: instant(last.at) }
      const contents = Option.getOrThrow(yield* Database.look(Database.placeOf(database, keys)))
      const status = {
        path: Database.nameOf(database),
        schema: contents.version,
        bytes: contents.bytes,
        rows,
        logs,
        sealingKey: current,
        ...(checkpoint === undefined ? {} : { checkpoint })
      }
      if (json) return yield* Console.log(JSON.stringify(status))
      const lines = [
        `${status.path}: schema version ${status.schema}, ${number(status.bytes)} bytes, sealing key ${current}`,
        ...rows.filter((_) => _.count > 0).map((_) => `  ${_.aggregate.padEnd(24)}${number(_.count).padStart(14)}`),
        `  ${"logs".padEnd(24)}${number(logs.count).padStart(14)} with ${number(logs.lines)} lines`,
        checkpoint === undefined
          ? "no checkpoint was taken yet: kis db checkpoint FILE"
          : `last checkpoint: number ${checkpoint.number}, ${checkpoint.at}`
      ]
      yield* Console.log(lines.join("\n"))
    },
    (effect, place) => Effect.provide(effect, Place.layer(place)),
    settle
  )
).pipe(
  Command.withDescription(
    `Says how many rows and logs a register holds, and when a checkpoint was last taken.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Say what a register holds"),
  Command.withExamples([
    { command: "kis db status --db sqlite:register.db", description: "What is in it" },
    { command: "kis db status --db sqlite:register.db --json", description: "For a program" }
  ])
)

// --- private ---

const PAGE = 2_000

const number = (value: number) => value.toLocaleString("en")

const instant = (millis: number) => new Date(millis).toISOString()
