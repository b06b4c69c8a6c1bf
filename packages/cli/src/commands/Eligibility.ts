/**
 * `kis eligibility evaluate`: the decision on every row of a file, without registering anybody.
 *
 * @since 0.1.0
 */
import { Facts } from "@kis/core/eligibility"
import { Argument, Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { resolve } from "node:path"
import * as Source from "../evaluation/Source.ts"
import * as ExitCode from "../ExitCode.ts"
import { CommandFailed, settle } from "../Failure.ts"
import * as Flags from "../Flags.ts"
import * as PolicyFile from "../PolicyFile.ts"
import * as Progress from "../Progress.ts"
import * as ResultFile from "../ResultFile.ts"

// --- commands ---

const evaluate = Command.make(
  "evaluate",
  {
    file: Argument.String("FILE").pipe(
      Argument.withDescription("Households as CSV or JSONL, or facts as JSONL, of any size")
    ),
    appliesOn: Flags.day("applies-on").pipe(Flag.withDescription("The day that the rules are applied to")),
    knownOn: Flags.day("known-on").pipe(Flag.withDescription("The day whose knowledge of the rules counts")),
    output: Flag.String("output").pipe(
      Flag.withDescription("Where the decisions go; standard output when left out"),
      Flag.withMetavar("FILE"),
      Flag.optional
    ),
    layer: Flags.layer,
    language: Flags.language
  },
  Effect.fn("kis eligibility evaluate")(function* ({ appliesOn, file, knownOn, language, layer, output }) {
    if (Option.isSome(output) && resolve(output.value) === resolve(file)) {
      const sentence = "The decisions would take the place of the file to decide on; name another."
      return yield* new CommandFailed({ exit: "Usage", sentence })
    }
    const policy = yield* PolicyFile.layered(layer)
    const source = yield* Source.open(file, { asOf: { appliesOn, knownOn }, language, policy })
    yield* Effect.scoped(
      Effect.gen(function* () {
        const result = Option.isSome(output) ? yield* ResultFile.open(output.value) : ResultFile.standardOutput
        const progress = yield* Progress.make({ ...source, screen: process.stderr })
        let [decided, unread] = [0, 0]
        yield* Stream.runForEach(source.answers, (answers) => {
          decided += answers.decided
          unread += answers.unread
          const note = `${decided.toLocaleString("en")} decided, ${unread.toLocaleString("en")} with problems`
          return Effect.andThen(result.write(answers.bytes), progress.update(answers.done, note))
        }).pipe(Effect.ensuring(progress.clear))
        yield* result.finish
      })
    )
  }, settle)
).pipe(
  Command.withDescription(
    "Decides the segment of every person of a file as of two days: the one that the rules are applied to, and the one " +
      "whose knowledge of the rules counts. Nothing is registered.\n\n" +
      "The file holds households, as `kis register` takes them, or one person a line by facts alone:\n" +
      '  {"id": "A1", "facts": {"citizenship": "WNI", "birthDate": "1990-01-01", "occupation": "private"}}\n' +
      "A fact that is left out or null is not known. Facts: " +
      `${Facts.names.join(", ")}.\n\n` +
      "Writes one JSON object a line, in the order of the file: the decision with its hash, or the problems of the " +
      "line, which stop nothing else. Facts are decided on every core; progress goes to standard error." +
      `\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Decide the segment of every person of a file"),
  Command.withExamples([
    {
      command:
        "kis eligibility evaluate households.csv --applies-on 2026-03-01 --known-on 2026-03-01 > decisions.jsonl",
      description: "Decide by the rules of one day"
    },
    {
      command: "kis eligibility evaluate households.csv --applies-on 2020-05-10 --known-on 2020-02-01",
      description: "Decide as it was known then, before a court overturned the tariff"
    },
    {
      command:
        "kis eligibility evaluate households.csv --applies-on 2026-02-10 --known-on 2026-02-10 --layer kota-tangerang",
      description: "Decide by a city's own rule on whom it pays for"
    },
    {
      command:
        "kis eligibility evaluate facts.jsonl --applies-on 2026-03-01 --known-on 2026-03-01 --output decisions.jsonl",
      description: "Decide on a register of facts, into a file that appears when it is whole"
    }
  ])
)

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make("eligibility").pipe(
  Command.withDescription("Which segment a person belongs to, and why"),
  Command.withSubcommands([evaluate])
)
