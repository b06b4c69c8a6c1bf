/**
 * `kis eligibility evaluate`: the decision on every row of a file, without registering anybody.
 *
 * @since 0.1.0
 */
import { Eligibility } from "@kis/core/eligibility"
import { Region } from "@kis/core/identity"
import { Crypto } from "@kis/core/privacy"
import { Application, type Columns, RowProblem } from "@kis/core/registration"
import { NodeCrypto } from "@kis/crypto-node"
import { Argument, Command, Flag } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as ExitCode from "../ExitCode.ts"
import { settle } from "../Failure.ts"
import * as Flags from "../Flags.ts"
import * as IntakeFile from "../intake/IntakeFile.ts"

// --- commands ---

const evaluate = Command.make(
  "evaluate",
  {
    file: Argument.String("FILE").pipe(Argument.withDescription("Households as CSV or JSONL")),
    appliesOn: Flags.day("applies-on").pipe(Flag.withDescription("The day that the rules are applied to")),
    knownOn: Flags.day("known-on").pipe(Flag.withDescription("The day whose knowledge of the rules counts")),
    language: Flags.language
  },
  Effect.fn("kis eligibility evaluate")(function* ({ appliesOn, file, knownOn, language }) {
    const regions = yield* Region.Regions
    const crypto = yield* Crypto.Crypto
    const intake = yield* IntakeFile.open(file)
    const answer = (rows: readonly [Columns.RawRow, ...Array<Columns.RawRow>]) => {
      const { members, ref } = Application.decodeHousehold(rows, { today: appliesOn }, regions)
      return members.map(({ line, row }) =>
        JSON.stringify(
          row._tag === "Decoded"
            ? {
                line,
                household: ref,
                decision: Eligibility.record(Eligibility.evaluate(row.facts, { appliesOn, knownOn }), crypto.hash)
              }
            : {
                line,
                household: ref,
                problems: row.problems.map((problem) => ({
                  ...problem,
                  text: RowProblem.render(problem, language)
                }))
              }
        )
      )
    }
    yield* IntakeFile.rows(intake).pipe(
      Stream.groupAdjacentBy(Application.householdRef),
      Stream.runForEach(([, rows]) =>
        Console.log(answer(rows as [Columns.RawRow, ...Array<Columns.RawRow>]).join("\n"))
      )
    )
  }, settle)
).pipe(
  Command.withDescription(
    "Decides the segment of every row as of two days: the one that the rules are applied to, and the one whose " +
      "knowledge of the rules counts. Writes one JSON object a row: the decision with its hash, or the problems of " +
      `the row. Nothing is registered.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Decide the segment of every row of a file"),
  Command.withExamples([
    {
      command:
        "kis eligibility evaluate households.csv --applies-on 2026-03-01 --known-on 2026-03-01 > decisions.jsonl",
      description: "Decide by the rules of one day"
    },
    {
      command: "kis eligibility evaluate households.csv --applies-on 2020-05-10 --known-on 2020-02-01",
      description: "Decide as it was known then, before a court overturned the tariff"
    }
  ]),
  Command.provide(Layer.merge(Region.layer, NodeCrypto.layer))
)

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make("eligibility").pipe(
  Command.withDescription("Which segment a person belongs to, and why"),
  Command.withSubcommands([evaluate])
)
