/**
 * `kis db export`: a register as a file that any database can be filled from.
 *
 * @since 0.1.0
 */
import { Backup } from "@kis/core/audit"
import { type Aggregate, Storage, type StorageAdapter, Upkeep } from "@kis/core/storage"
import { Argument, Command } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { existsSync } from "node:fs"
import { basename } from "node:path"
import * as Database from "../../Database.ts"
import * as ExitCode from "../../ExitCode.ts"
import { CommandFailed, settle } from "../../Failure.ts"
import * as Flags from "../../Flags.ts"
import * as Progress from "../../Progress.ts"
import * as ResultFile from "../../ResultFile.ts"
import * as Place from "./Place.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make(
  "export",
  {
    file: Argument.String("FILE").pipe(Argument.withDescription("Where the export goes; no file is written over")),
    ...Place.flags,
    json: Flags.json
  },
  Effect.fn("kis db export")(function* ({ database, file, json, keys }) {
    if (existsSync(file)) {
      const sentence = `${basename(file)}: there is a file of this name; an export is never written over another, name a new one.`
      return yield* new CommandFailed({ exit: "Output", sentence })
    }
    const place = Database.placeOf(database, keys)
    const contents = yield* Database.lookExisting(place)
    const summary = yield* exporting(file).pipe(
      Effect.provide(
        Storage.layer(contents.aggregates.filter((_) => _.name !== Upkeep.keyPlanRows).map(asStored)).pipe(
          Layer.provideMerge(Database.layerExisting(place))
        )
      )
    )
    const rows = summary.rows.reduce((sum, _) => sum + _.count, 0)
    yield* Console.log(
      json
        ? JSON.stringify({ file, ...summary })
        : `exported ${rows} rows and ${summary.logs} logs with ${summary.lines} lines: ${file}\n` +
            "It is sealed: it needs a copy of the key file, which is to be kept elsewhere."
    )
  }, settle)
).pipe(
  Command.withDescription(
    "Writes every row, sealed as it is stored, and every line of the record, with hashes over all of them that only this " +
      "register's keys can make. kis db import fills a database of any kind and version from it. It is of one moment: a " +
      "register that is changed meanwhile is not exported, stop what writes to it. Also of a database that an " +
      `older version made.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Write a register into a file"),
  Command.withExamples([
    { command: "kis db export 2026-11.export --db sqlite:register.db", description: "Back up" },
    { command: "kis db export 2026-11.export --db sqlite:register.db --json", description: "For a program" }
  ])
)

// --- private ---

/** An aggregate as far as a database tells of it: an export opens nothing and looks nothing up by keys. */
const asStored = ({ columns, name }: StorageAdapter.Contents["aggregates"][number]): Aggregate.Any => ({
  name,
  declaration: { name, columns, unique: [], blind: [], indexes: [] }
})

const exporting = Effect.fnUntraced(function* (file: string) {
  const { upkeep } = yield* Storage.Storage
  const counts = yield* Effect.forEach(upkeep.aggregates, upkeep.count)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const progress = yield* Progress.make({ total, unit: "rows", screen: process.stderr })
  const result = yield* ResultFile.open(file)
  const encoder = new TextEncoder()
  const summary = yield* Backup.write(
    (lines) => (lines.length === 0 ? Effect.void : result.write(encoder.encode(`${lines.join("\n")}\n`))),
    { onRows: (done) => progress.update(done, "") }
  ).pipe(
    Effect.onInterrupt(() => Effect.andThen(progress.clear, Console.error("Stopped; nothing was exported."))),
    Effect.onExit(() => progress.clear)
  )
  yield* result.finish
  return summary
}, Effect.scoped)
