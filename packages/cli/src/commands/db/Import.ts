/**
 * `kis db import`: fills a database from an export.
 *
 * @since 0.1.0
 */
import { Backup } from "@kis/core/audit"
import { Register } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import { Argument, Command } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Database from "../../Database.ts"
import * as ExitCode from "../../ExitCode.ts"
import { CommandFailed, settle } from "../../Failure.ts"
import * as Flags from "../../Flags.ts"
import * as LinesFile from "../../LinesFile.ts"
import * as Progress from "../../Progress.ts"
import * as Place from "./Place.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make(
  "import",
  {
    file: Argument.String("FILE").pipe(Argument.withDescription("What `kis db export` wrote")),
    ...Place.flags,
    json: Flags.json
  },
  Effect.fn("kis db import")(function* ({ database, file, json, keys }) {
    const answer = yield* importing(file, json).pipe(
      Effect.provide(
        Storage.layer(Register.aggregates).pipe(
          Layer.provideMerge(Database.layerOfKeys(Database.placeOf(database, keys)))
        )
      )
    )
    const rows = answer.rows.reduce((sum, _) => sum + _.count, 0)
    yield* Console.log(
      json
        ? JSON.stringify({ file, whole: answer.refused === 0, ...answer })
        : [
            `put back ${answer.restored} of ${rows} rows, ${answer.already} were there, ${answer.logs} logs with ${answer.lines} lines`,
            answer.refused === 0
              ? "whole; kis db verify --checkpoint holds it against a checkpoint of the original"
              : `NOT WHOLE: ${answer.refused} were refused. The rest is there; take another copy of the export.`
          ].join("\n")
    )
    if (answer.refused > 0) return yield* new CommandFailed({ exit: "Negative" })
  }, settle)
).pipe(
  Command.withDescription(
    "Fills a new database, SQLite or PostgreSQL, from an export, and makes all columns and keys anew: a register gets from " +
      "one to the other so, and from an older version's tables to today's. The key file must be there. The export is " +
      "checked whole first; a database that holds anything else is left alone. May be stopped and run again: it goes " +
      `on where it was. With --json, one object a refusal, then one for the whole.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Fill a database from an export"),
  Command.withExamples([
    {
      command: "kis db import 2026-11.export --db sqlite:copy.db --keys register.db.keys",
      description: "Restore a back-up into a new file"
    },
    {
      command: "kis db import 2026-11.export --db postgres://kis@127.0.0.1/register --keys register.db.keys",
      description: "Move from SQLite to PostgreSQL"
    }
  ])
)

// --- private ---

const importing = Effect.fnUntraced(function* (file: string, json: boolean) {
  let bar: Progress.Progress | undefined
  const clear = Effect.suspend(() => bar?.clear ?? Effect.void)
  return yield* Backup.restore(LinesFile.read(file), {
    onRefusal: (refusal) => Effect.andThen(clear, Console.log(json ? JSON.stringify(refusal) : sentence(refusal))),
    onRows: Effect.fnUntraced(function* (done, total) {
      bar ??= yield* Progress.make({ total, unit: "rows", screen: process.stderr })
      yield* bar.update(done, "")
    })
  }).pipe(
    Effect.onInterrupt(() => Effect.andThen(clear, Console.error("Stopped. Run the same command again to go on."))),
    Effect.onExit(() => clear)
  )
})

const sentence = (refusal: Backup.Refusal): string =>
  refusal._tag === "Log"
    ? `log ${refusal.subject}: from line ${refusal.sequence} it does not follow from what is before`
    : `${refusal.aggregate} ${refusal.id}: ${reasons[refusal.fault]}`

const reasons: Readonly<Record<Extract<Backup.Refusal, { readonly _tag: "Row" }>["fault"], string>> = {
  Truncated: "its body was cut",
  Forged: "its body was changed",
  UnknownFormat: "its body is of a format that this version does not read",
  UnknownKey: "it is sealed under a key that the key file lacks",
  IndexDiffers: "its columns differ from its body",
  Undecodable: "its body is no value that this version reads",
  KeyMissing: "a key by which it is found is held by another row",
  Taken: "another version of it is there, or another row holds a key of it"
}
