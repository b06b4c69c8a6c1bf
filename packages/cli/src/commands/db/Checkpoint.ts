/**
 * `kis db checkpoint`: writes down how far a register is, to be kept elsewhere.
 *
 * @since 0.1.0
 */
import { Checkpoint } from "@kis/core/audit"
import { Actor } from "@kis/core/access"
import { Argument, Command } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { existsSync } from "node:fs"
import { basename } from "node:path"
import * as ExitCode from "../../ExitCode.ts"
import { CommandFailed, settle } from "../../Failure.ts"
import * as Flags from "../../Flags.ts"
import * as ResultFile from "../../ResultFile.ts"
import * as Place from "./Place.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make(
  "checkpoint",
  {
    file: Argument.String("FILE").pipe(Argument.withDescription("Where the checkpoint goes; no file is written over")),
    ...Place.flags,
    actor: Flags.actor,
    json: Flags.json
  },
  Effect.fn("kis db checkpoint")(
    function* ({ actor, file, json }) {
      if (existsSync(file)) {
        const sentence = `${basename(file)}: there is a file of this name; a checkpoint is never written over another, name a new one.`
        return yield* new CommandFailed({ exit: "Output", sentence })
      }
      const result = yield* ResultFile.open(file)
      const summary = yield* Checkpoint.take(Actor.label({ kind: "officer", id: actor }), (lines) =>
        lines.length === 0 ? Effect.void : result.write(new TextEncoder().encode(`${lines.join("\n")}\n`))
      )
      yield* result.finish
      const rows = summary.rows.reduce((sum, _) => sum + _.count, 0)
      yield* Console.log(
        json
          ? JSON.stringify({ file, ...summary })
          : `checkpoint ${summary.number} of ${summary.logs.count} logs and ${rows} rows: ${file}\n` +
              "Keep it on another medium; kis db verify --checkpoint holds the register against it."
      )
    },
    (effect, place) => Effect.provide(effect, Place.layer(place)),
    Effect.scoped,
    settle
  )
).pipe(
  Command.withDescription(
    "Writes the end of every log and the version of every row, with hashes over all of them that only this register's " +
      "keys can make. Kept outside of the machine, it shows later what was cut off, removed, or put back from an older " +
      `copy. It holds ids and numbers, no personal data. The register may be at work meanwhile.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Write a checkpoint to be kept elsewhere"),
  Command.withExamples([
    { command: "kis db checkpoint 2026-11.checkpoint --db sqlite:register.db", description: "Take one" },
    { command: "kis db checkpoint 2026-11.checkpoint --db sqlite:register.db --json", description: "For a program" }
  ])
)
