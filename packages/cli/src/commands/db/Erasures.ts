/**
 * `kis db erasures` and `kis db erase-again`: what was erased on request, kept apart from the register, and carried out
 * again on a copy that was put back.
 *
 * @since 0.1.0
 */
import { Erasure } from "@kis/core/complaint"
import { Argument, Command } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { existsSync } from "node:fs"
import { basename } from "node:path"
import * as ExitCode from "../../ExitCode.ts"
import { CommandFailed, settle } from "../../Failure.ts"
import * as Flags from "../../Flags.ts"
import * as LinesFile from "../../LinesFile.ts"
import * as ResultFile from "../../ResultFile.ts"
import * as Place from "./Place.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const list = Command.make(
  "erasures",
  {
    file: Argument.String("FILE").pipe(
      Argument.withDescription("Where the list goes; to one of this name is added what is not in it")
    ),
    ...Place.flags,
    json: Flags.json
  },
  Effect.fn("kis db erasures")(
    function* ({ file, json }) {
      // what a copy that was put back knows nothing of stays on the list
      const before = existsSync(file) ? yield* read(file) : []
      const known = new Set(before.map(({ id }) => id))
      const entries = [...before, ...(yield* Erasure.list).filter(({ id }) => !known.has(id))]
      const result = yield* ResultFile.open(file)
      const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("")
      if (lines !== "") yield* result.write(new TextEncoder().encode(lines))
      yield* result.finish
      const requests = new Set(entries.map(({ request }) => request)).size
      yield* Console.log(
        json
          ? JSON.stringify({ file, rows: entries.length, requests })
          : `rows erased on request: ${entries.length}, by requests: ${requests}: ${file}\n` +
              "Keep it on another medium; after a back-up was put back, kis db erase-again carries it out."
      )
    },
    (effect, place) => Effect.provide(effect, Place.layer(place)),
    Effect.scoped,
    settle
  )
).pipe(
  Command.withDescription(
    "Writes down which rows were erased on request, by their ids: no personal data. A back-up brings them back; this " +
      "list, kept apart from back-ups, removes them again. A list that is there is added to: what was erased after a " +
      `back-up was made stays on it when that back-up is put back.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Write down what was erased on request"),
  Command.withExamples([
    { command: "kis db erasures erased.jsonl --db sqlite:register.db", description: "After each day with an erasure" }
  ])
)

/**
 * @category commands
 * @since 0.1.0
 */
export const again = Command.make(
  "erase-again",
  {
    file: Argument.String("FILE").pipe(Argument.withDescription("What `kis db erasures` wrote")),
    ...Place.flags,
    actor: Flags.actor,
    json: Flags.json
  },
  Effect.fn("kis db erase-again")(
    function* ({ actor, file, json }) {
      const entries = yield* read(file)
      const done = yield* Erasure.again(entries, { kind: "officer", id: actor })
      const needed = done.needed === 0 ? "" : `; ${done.needed} are needed at present: run this again tomorrow`
      yield* Console.log(
        json
          ? JSON.stringify({ file, ...done })
          : `erased ${done.erased} rows again, ${done.gone} were not there${needed}`
      )
    },
    (effect, place) => Effect.provide(effect, Place.layer(place)),
    settle
  )
).pipe(
  Command.withDescription(
    "Removes from a register what a list says that was erased on request: after a back-up was put back. Each removal is a " +
      "line of the record. The list is read whole first; what is not there is not missed, so it may be carried out as " +
      `often as one likes.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Erase again what a back-up brought back"),
  Command.withExamples([
    { command: "kis db erase-again erased.jsonl --db sqlite:register.db", description: "After a restore" }
  ])
)

// --- private ---

/** Nothing is removed for a list that cannot be read to its end. */
const read = Effect.fnUntraced(function* (file: string) {
  const lines = yield* Stream.runCollect(LinesFile.read(file))
  const entries: Array<Erasure.Entry> = []
  for (const [i, line] of lines.entries()) {
    const entry = yield* decode(line).pipe(
      Effect.mapError(() => {
        const sentence = `${basename(file)}: line ${i + 1} is not of a list of erasures; name a file that kis db erasures wrote.`
        return new CommandFailed({ exit: "Input", sentence })
      })
    )
    entries.push(entry)
  }
  return entries
})

const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(Erasure.Entry))
