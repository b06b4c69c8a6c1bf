/**
 * `kis golden`: asks the rules what the law answers, and says what differs.
 *
 * @since 0.1.0
 */
import type * as Golden from "@kis/testkit/golden"
import { Argument, Command, Flag } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { readdir, readFile, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import * as ExitCode from "../ExitCode.ts"
import { CommandFailed, settle } from "../Failure.ts"
import * as Flags from "../Flags.ts"
import { IntakeError } from "../intake/IntakeError.ts"
import * as PolicyFile from "../PolicyFile.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make(
  "golden",
  {
    place: Argument.String("DIR").pipe(
      Argument.withDescription("A folder of golden cases (*.yaml), or one file; not-rules.yaml is not one of them")
    ),
    rule: Flag.String("rule").pipe(
      Flag.withDescription("Only the cases of this rule, FAM-2 for example"),
      Flag.withMetavar("ID"),
      Flag.optional
    ),
    layer: Flag.String("layer").pipe(
      Flag.withDescription(
        "The policy of cases that name none: the national one when left out, else " +
          `${[...PolicyFile.shipped.keys()].join(", ")}, or the path of a JSON file`
      ),
      Flag.withMetavar("NAME|FILE.json"),
      Flag.optional
    ),
    json: Flags.json
  },
  Effect.fn("kis golden")(function* ({ json, layer, place, rule }) {
    const policy = yield* PolicyFile.layered(layer)
    // Not loaded with the program: other commands start without a reader of YAML.
    const golden = yield* Effect.promise(() => import("@kis/testkit/golden"))
    const cases: Array<Golden.Placed> = []
    const faults: Array<string> = []
    for (const path of yield* filesOf(place)) {
      const read = golden.read(path, yield* textOf(path))
      if (Result.isSuccess(read)) cases.push(...read.success)
      else faults.push(read.failure.message)
    }
    if (faults.length > 0) {
      yield* Console.error(faults.join("\n"))
      return yield* failed("These are not golden cases as they stand; correct the lines named above.")
    }
    const asked = Option.match(rule, {
      onNone: () => cases,
      onSome: (id) => cases.filter((_) => _.case.rule === id)
    })
    if (asked.length === 0) return yield* failed(nothing(place, rule))
    const report = yield* golden.run(asked, { policy })
    for (const outcome of report.outcomes) {
      if (json) yield* Console.log(JSON.stringify(objectOf(outcome)))
      else if (outcome.differences.length > 0) yield* Console.log(golden.render(outcome))
    }
    if (!json) yield* Console.log(`${report.passed} passed, ${report.failed} failed`)
    if (report.failed > 0) return yield* new CommandFailed({ exit: "Negative" })
  }, settle)
).pipe(
  Command.withDescription(
    "Asks the rules every golden case of a folder: a question with the answer that the law gives, written by hand. " +
      `Says what differs, with the line of the case and of the law.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Check the rules against golden cases"),
  Command.withExamples([
    { command: "kis golden packages/core/test/golden", description: "Check the national rules" },
    { command: "kis golden cases/ --rule PBPU-PD --json", description: "Check one rule, for a program" },
    { command: "kis golden cases/ --layer sukacontoh.json", description: "Check the rules of a local government" }
  ])
)

// --- private ---

const filesOf = (place: string): Effect.Effect<ReadonlyArray<string>, IntakeError> =>
  Effect.tryPromise({
    try: async () => {
      if (!(await stat(place)).isDirectory()) return [place]
      const names = await readdir(place)
      return names
        .filter((name) => /\.ya?ml$/.test(name) && !/^not-rules\.ya?ml$/.test(name))
        .sort()
        .map((name) => join(place, name))
    },
    catch: (cause) => IntakeError.fromCause(place, cause)
  })

const textOf = (path: string): Effect.Effect<string, IntakeError> =>
  Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: (cause) => IntakeError.fromCause(path, cause)
  })

const nothing = (place: string, rule: Option.Option<string>): string =>
  Option.match(rule, {
    onNone: () => `${basename(place)}: there is no golden case here; give a folder with *.yaml files.`,
    onSome: (id) => `${basename(place)}: no golden case pins ${id}; check the id of the rule.`
  })

const failed = (sentence: string) => new CommandFailed({ exit: "Input", sentence })

const objectOf = ({ case: { name, pins, rule }, differences, file, line }: Golden.Outcome) => ({
  file,
  line,
  rule,
  pins,
  name,
  passed: differences.length === 0,
  differences
})
