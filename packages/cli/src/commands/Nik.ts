/**
 * `kis nik parse`: what a NIK says, or everything that is wrong with it.
 *
 * @since 0.1.0
 */
import { Nik, Region } from "@kis/core/identity"
import { Cell, RowProblem } from "@kis/core/intake"
import type { PlainDate } from "@kis/core/time"
import { Argument, Command, Flag } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as ExitCode from "../ExitCode.ts"
import { CommandFailed, settle } from "../Failure.ts"
import * as Flags from "../Flags.ts"

// --- commands ---

const parse = Command.make(
  "parse",
  {
    nik: Argument.String("NIK").pipe(Argument.withDescription("16 digits, as a spreadsheet or a person wrote them")),
    today: Flags.day("today").pipe(
      Flag.withDescription("The day at the office; birth dates after it are left out"),
      Flag.optional
    ),
    language: Flags.language,
    json: Flags.json
  },
  Effect.fn("kis nik parse")(function* ({ json, language, nik, today }) {
    const on = yield* Flags.dayOrToday(today)
    const read = Cell.nik(nik)
    if (Result.isFailure(read)) {
      const problems = read.failure.map((issue) => ({
        code: issue.code,
        text: RowProblem.render({ field: "nik", ...issue }, language)
      }))
      if (json) yield* Console.log(JSON.stringify({ valid: false, problems }))
      else for (const problem of problems) yield* Console.log(`not a NIK: ${problem.text}`)
      return yield* new CommandFailed({ exit: "Negative" })
    }
    const regions = yield* Region.Regions
    const answer = reading(read.success, on, regions)
    if (json) return yield* Console.log(JSON.stringify({ valid: true, ...answer }))
    yield* Console.log(
      [
        `province     ${named(answer.province)}`,
        `regency      ${named(answer.regency)}`,
        `district     ${named(answer.district)}`,
        `sex          ${answer.sex}`,
        `birth date   ${answer.birthDates.join(" or ") || "none that is not in the future"}`,
        ...answer.warnings.map((warning) => `warning      ${warningText(warning, language)}`)
      ].join("\n")
    )
  }, settle)
).pipe(
  Command.withDescription(
    `Reads a NIK: region, sex, possible birth dates. The number itself is not repeated.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Read a NIK"),
  Command.withExamples([
    { command: "kis nik parse 3671015708900001", description: "Say what the digits mean" },
    { command: "kis nik parse 3.67102E+15 --json", description: "Say, for a program, why this is none" }
  ]),
  Command.provide(Region.layer)
)

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make("nik").pipe(
  Command.withDescription("Population numbers (NIK)"),
  Command.withSubcommands([parse])
)

// --- private ---

interface Place {
  readonly code: string
  readonly name?: string
}

const reading = (nik: Nik.Nik, on: PlainDate.PlainDate, regions: Region.Regions["Service"]) => {
  const { birthDates, district, province, regency, sex } = Nik.read(nik, on)
  const place = (code: string): Place => {
    const name = Option.getOrUndefined(regions.find(code))?.name
    return name === undefined ? { code } : { code, name }
  }
  return {
    province: place(province),
    regency: place(regency),
    district: place(district),
    sex,
    birthDates,
    warnings: Nik.warnings(nik, {}, regions)
  }
}

const named = ({ code, name }: Place) => (name === undefined ? `${code} (not known)` : `${code} ${name}`)

const warningText = (warning: Nik.Warning, language: "id" | "en"): string => {
  switch (warning.code) {
    case "RegionUnknown":
      return RowProblem.render({ field: "nik", code: "NikRegionUnknown" }, language)
    case "RegionRetired":
      return RowProblem.render({ field: "nik", code: "NikRegionRetired", params: { now: warning.now } }, language)
    default:
      return warning.code
  }
}
