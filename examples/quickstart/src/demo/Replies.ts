/**
 * How many replies had each end, over all runs of the demonstration: counts in a file beside the register,
 * which keeps what it must know and not what it merely heard.
 */
import { type PhoneVerification } from "@kis/core/verification"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { readFile, writeFile } from "node:fs/promises"
import { added } from "./Serve.ts"

// --- keeping ---

/** Adds what was heard now to what is in the file, and gives the sum. */
export const keep = Effect.fnUntraced(function* (path: string, heard: PhoneVerification.Summary) {
  const text = yield* Effect.promise(() => readFile(path, "utf8").catch(() => "{}"))
  const known = decode(text)
  const all = Option.match(known, { onNone: () => heard, onSome: (it) => added(it, heard) })
  yield* Effect.promise(() => writeFile(path, `${JSON.stringify(all)}\n`))
  return all
})

// --- private ---

const Counts = Schema.Struct({
  asked: Schema.Int,
  unknown: Schema.Int,
  verified: Schema.Int,
  wrong: Schema.Int,
  ended: Schema.Int,
  closed: Schema.Int,
  ignored: Schema.Int
})

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Counts))
