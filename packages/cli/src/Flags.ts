/**
 * Arguments and flags that several commands share, and the values that they give.
 *
 * @since 0.1.0
 */
import { Actor } from "@kis/core/access"
import { PlainDate } from "@kis/core/time"
import * as Clock from "effect/Clock"
import { Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Database from "./Database.ts"
import * as PolicyFile from "./PolicyFile.ts"

// --- flags ---

/**
 * A day, written YYYY-MM-DD.
 *
 * @category flags
 * @since 0.1.0
 */
export const day = (name: string): Flag.Flag<PlainDate.PlainDate> =>
  Flag.String(name).pipe(Flag.withSchema(PlainDate.PlainDate), Flag.withMetavar("YYYY-MM-DD"))

/**
 * Machine output instead of text for people.
 *
 * @category flags
 * @since 0.1.0
 */
export const json: Flag.Flag<boolean> = Flag.Boolean("json").pipe(
  Flag.withDescription("Print machine output (JSON) on standard output, and nothing else there"),
  Flag.withDefault(false)
)

/**
 * The place of a database: `sqlite:` and a path, or the URL of one on a PostgreSQL server.
 *
 * @category flags
 * @since 0.1.0
 */
export const database: Flag.Flag<Database.Address> = Flag.Redacted("db").pipe(
  Flag.withDescription(
    "The register, as sqlite:PATH or postgres://USER@HOST/NAME; its password is taken from PGPASSWORD when the URL has none"
  ),
  Flag.withMetavar("sqlite:PATH|postgres://..."),
  // what was given may hold a password: it is not quoted
  Flag.filterMap(
    Database.addressOf,
    () => "write it as sqlite:PATH, for example sqlite:register.db, or as postgres://USER@HOST/NAME"
  )
)

/**
 * Where the keys of a register are, when not beside it.
 *
 * @category flags
 * @since 0.1.0
 */
export const keys: Flag.Flag<Option.Option<string>> = Flag.String("keys").pipe(
  Flag.withDescription("The key file of the register; PATH.keys when left out, and always named for PostgreSQL"),
  Flag.withMetavar("FILE"),
  Flag.optional
)

/**
 * Who runs a command that is recorded.
 *
 * @category flags
 * @since 0.1.0
 */
export const actor: Flag.Flag<string> = Flag.String("actor").pipe(
  Flag.withDescription("Staff number of whoever runs this, never a name"),
  Flag.withMetavar("CODE"),
  Flag.withSchema(Actor.Actor.fields.id),
  Flag.withDefault("kis-cli")
)

/**
 * The language of texts for citizens.
 *
 * @category flags
 * @since 0.1.0
 */
export const language: Flag.Flag<"id" | "en"> = Flag.Literals("language", ["id", "en"]).pipe(
  Flag.withDescription("Language of the texts: Indonesian or English"),
  Flag.withDefault("en")
)

/**
 * A layer on the national policy: `PolicyFile.layered` reads it.
 *
 * @category flags
 * @since 0.1.0
 */
export const layer: Flag.Flag<Option.Option<string>> = Flag.String("layer").pipe(
  Flag.withDescription(
    `A layer on the national policy: ${[...PolicyFile.shipped.keys()].join(", ")}, or the path of a JSON file`
  ),
  Flag.withMetavar("NAME|FILE.json"),
  Flag.optional
)

// --- values ---

/**
 * The day that was given, or today at an office in western Indonesia.
 *
 * @category values
 * @since 0.1.0
 */
export const dayOrToday = (given: Option.Option<PlainDate.PlainDate>): Effect.Effect<PlainDate.PlainDate> =>
  Option.match(given, {
    onSome: Effect.succeed,
    onNone: () => Effect.map(Clock.currentTimeMillis, (now) => PlainDate.fromInstant(now, "WIB"))
  })
