/**
 * The import of one file: open until its last line has an outcome, then done.
 *
 * A file is known by the hash of its bytes. An import that was killed goes on where it was, as the
 * same run, and counts what it did before the kill as its own. Once the run is done the same file
 * changes nothing any more.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Actor } from "../access/Actor.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import { PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export const Tally = Schema.Struct({
  read: Schema.Int,
  registered: Schema.Int,
  already: Schema.Int,
  review: Schema.Int,
  rejected: Schema.Int
})

/**
 * `digest` is the SHA-256 of the file in hexadecimal; `on` the day at the office on which the import
 * began. `tally` is there once it is done.
 *
 * @category models
 * @since 0.1.0
 */
export const ImportRun = Schema.Struct({
  digest: Schema.String,
  actor: Actor,
  office: Schema.NonEmptyString,
  on: PlainDate,
  tally: Schema.optionalKey(Tally)
})

/**
 * @category models
 * @since 0.1.0
 */
export type ImportRun = typeof ImportRun.Type

// --- aggregate ---

/**
 * The imports on the register; one file has one.
 *
 * @category models
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("import-run", {
  schema: ImportRun,
  unique: { digest: (run) => [run.digest] },
  ordered: { on: { text: (run) => run.on } },
  indexes: { byDay: ["on"] }
})
