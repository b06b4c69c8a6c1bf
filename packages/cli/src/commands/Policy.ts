/**
 * `kis policy`: the numbers of the law as data: what is in force on a day, what changes between two, to and from JSON.
 *
 * @since 0.1.0
 */
import { Dated, Policy, PolicyJson, PolicyText } from "@kis/core/policy"
import type { PlainDate } from "@kis/core/time"
import { Argument, Command, Flag } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { basename } from "node:path"
import * as ExitCode from "../ExitCode.ts"
import { CommandFailed, settle } from "../Failure.ts"
import * as Flags from "../Flags.ts"
import * as PolicyFile from "../PolicyFile.ts"

// --- flags ---

const knownOn = Flags.day("known-on").pipe(
  Flag.withDescription("The day whose knowledge of the law counts; today when left out"),
  Flag.optional
)

// --- commands ---

const show = Command.make(
  "show",
  {
    on: Flags.day("on").pipe(Flag.withDescription("The day asked for; today when left out"), Flag.optional),
    knownOn,
    rule: Flag.String("rule").pipe(Flag.withDescription("Only this rule"), Flag.withMetavar("ID"), Flag.optional),
    layer: Flags.layer,
    language: Flags.language,
    json: Flags.json
  },
  Effect.fn("kis policy show")(function* ({ json, knownOn, language, layer, on, rule }) {
    const policy = yield* PolicyFile.layered(layer)
    const asOf = { appliesOn: yield* Flags.dayOrToday(on), knownOn: yield* Flags.dayOrToday(knownOn) }
    const rows = Policy.names(policy)
      .map((parameter) => rowOf(policy, parameter, asOf))
      .filter((row) => Option.isNone(rule) || row.rule === rule.value)
    if (rows.length === 0) {
      return yield* new CommandFailed({ exit: "Usage", sentence: "No parameter of the policy is of that rule." })
    }
    if (json) {
      return yield* Console.log(JSON.stringify({ policy: policy.version, ...asOf, parameters: rows.map(forProgram) }))
    }
    yield* Console.log(heading(policy, asOf, language))
    for (const { entry, parameter, rule } of rows) {
      const { title } = policy.parameters[parameter]
      yield* Console.log(
        `\n${rule}  ${parameter}  ${title[language]}\n  ${entryText(policy, parameter, asOf, language)}${noteOf(entry, language)}`
      )
    }
  }, settle)
).pipe(
  Command.withDescription(
    "Prints every number of the law that is in force on a day, as known on a day: its value, since when, where it is " +
      `written, how sure we are, and what is known not to be known. With --json, one object.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("What is in force on a day"),
  Command.withExamples([
    { command: "kis policy show", description: "What is in force today" },
    {
      command: "kis policy show --on 2020-05-10 --known-on 2020-01-15 --rule TARIFF",
      description: "The tariff of May 2020 as it was known in January"
    },
    { command: "kis policy show --layer kota-tangerang --language id", description: "With a city's own rule" }
  ])
)

const diff = Command.make(
  "diff",
  {
    from: Flags.day("from").pipe(Flag.withDescription("The day before the change")),
    to: Flags.day("to").pipe(Flag.withDescription("The day after it")),
    knownOn,
    knownOnFrom: Flags.day("known-on-from").pipe(
      Flag.withDescription("What was known for --from, with --known-on-to: shows what an announcement changed"),
      Flag.optional
    ),
    knownOnTo: Flags.day("known-on-to").pipe(Flag.withDescription("What was known for --to"), Flag.optional),
    layer: Flags.layer,
    language: Flags.language,
    json: Flags.json
  },
  Effect.fn("kis policy diff")(function* ({ from, json, knownOn, knownOnFrom, knownOnTo, language, layer, to }) {
    const policy = yield* PolicyFile.layered(layer)
    const known = yield* knowledge(knownOn, knownOnFrom, knownOnTo)
    const a = { appliesOn: from, knownOn: known.from }
    const b = { appliesOn: to, knownOn: known.to }
    const differences = Policy.diff(policy, a, b)
    if (json) return yield* Console.log(JSON.stringify({ policy: policy.version, from: a, to: b, differences }))
    const say = words[language]
    yield* Console.log(`${say.from} ${heading(policy, a, language)}\n${say.to} ${heading(policy, b, language)}`)
    for (const { parameter, rule, what } of differences) {
      const { title } = policy.parameters[parameter]
      yield* Console.log(
        [
          `\n${rule}  ${parameter}  ${title[language]}${what === "source" ? `  (${say.sourceOnly})` : ""}`,
          `  ${say.before}  ${entryText(policy, parameter, a, language)}`,
          `  ${say.after}  ${entryText(policy, parameter, b, language)}`
        ].join("\n")
      )
    }
    yield* Console.log(`\n${say.differences(differences.length)}`)
  }, settle)
).pipe(
  Command.withDescription(
    "Shows what changes between two days, or between what was known on two days. With --known-on both days are asked " +
      `with the knowledge of that day; today's when left out. With --json, one object.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("What changes between two days"),
  Command.withExamples([
    {
      command: "kis policy diff --from 2020-03-31 --to 2020-04-01",
      description: "The Supreme Court's reversal of the tariff, as it was"
    },
    {
      command: "kis policy diff --from 2020-03-31 --to 2020-04-01 --known-on 2020-02-26",
      description: "The same on the day before the ruling: nothing changes"
    },
    {
      command: "kis policy diff --from 2020-04-01 --to 2020-04-01 --known-on-from 2020-02-26 --known-on-to 2020-02-27",
      description: "What the ruling changed about one day"
    }
  ])
)

const exported = Command.make(
  "export",
  {
    layer: Flags.layer,
    version: Flag.String("policy-version").pipe(
      Flag.withDescription("A released version of the national policy; the present one when left out"),
      Flag.withMetavar("VERSION"),
      Flag.optional
    )
  },
  Effect.fn("kis policy export")(function* ({ layer, version }) {
    if (Option.isSome(layer) && Option.isSome(version)) {
      return yield* new CommandFailed({ exit: "Usage", sentence: "Give --layer or --policy-version, not both." })
    }
    const policy = yield* Option.match(version, {
      onNone: () => PolicyFile.layered(layer),
      onSome: (wanted) => {
        const found = PolicyFile.released.find((one) => one.version === wanted)
        if (found !== undefined) return Effect.succeed(found)
        const versions = PolicyFile.released.map((one) => one.version).join(", ")
        return new CommandFailed({ exit: "Usage", sentence: `There is no such version; there are ${versions}.` })
      }
    })
    yield* Console.log(JSON.stringify(PolicyJson.encode(policy), null, 2))
  }, settle)
).pipe(
  Command.withDescription(
    "Writes a policy as JSON by its published schema (@kis/core/policy.schema.json), each entry with its dates, " +
      `source and layer.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("A policy as JSON"),
  Command.withExamples([
    { command: "kis policy export > policy.json", description: "The national policy" },
    { command: "kis policy export --layer kota-tangerang", description: "With a city's own rule" }
  ])
)

const check = Command.make(
  "check",
  {
    file: Argument.String("FILE").pipe(Argument.withDescription("A policy or a layer as JSON")),
    json: Flags.json
  },
  Effect.fn("kis policy check")(function* ({ file, json }) {
    const { faults, kind, policy } = yield* PolicyFile.read(file)
    const name = basename(file)
    if (json) {
      yield* Console.log(
        JSON.stringify({ file: name, kind, ...(policy === undefined ? {} : { policy: policy.version }), faults })
      )
    } else {
      for (const { path, text } of faults) yield* Console.log(`${name}: ${path}: ${text}`)
      yield* Console.log(
        policy === undefined
          ? `${name}: ${faults.length} ${faults.length === 1 ? "fault" : "faults"}`
          : `${name}: ${kind} in order, as ${policy.version}`
      )
    }
    if (policy === undefined) return yield* new CommandFailed({ exit: "Negative" })
  }, settle)
).pipe(
  Command.withDescription(
    "Reads a policy, or a layer for the national one, and names every fault: of its form, days without a value or a " +
      `stated gap, entries that contradict each other, citations that name no source or no rule.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Whether a policy or a layer may be used"),
  Command.withExamples([
    { command: "kis policy check our-layer.json", description: "Check a local government's layer" }
  ])
)

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make("policy").pipe(
  Command.withDescription("The numbers of the law: dated, with their sources"),
  Command.withSubcommands([show, diff, exported, check])
)

// --- private ---

interface Row {
  readonly parameter: Policy.ParameterName
  readonly rule: string
  readonly entry: Dated.Entry<unknown> | undefined
}

const rowOf = (policy: Policy.Policy, parameter: Policy.ParameterName, asOf: Dated.AsOf): Row => {
  const { history, rule }: Policy.Parameter<unknown> = policy.parameters[parameter]
  return { parameter, rule, entry: Option.getOrUndefined(Dated.entryAt(history, asOf)) }
}

const forProgram = ({ entry, parameter, rule }: Row) => ({
  parameter,
  rule,
  ...(entry === undefined ? {} : { entry })
})

const knowledge = Effect.fnUntraced(function* (
  both: Option.Option<PlainDate.PlainDate>,
  from: Option.Option<PlainDate.PlainDate>,
  to: Option.Option<PlainDate.PlainDate>
) {
  if (Option.isNone(from) && Option.isNone(to)) {
    const day = yield* Flags.dayOrToday(both)
    return { from: day, to: day }
  }
  if (Option.isNone(from) || Option.isNone(to) || Option.isSome(both)) {
    return yield* new CommandFailed({
      exit: "Usage",
      sentence: "Give --known-on, or --known-on-from and --known-on-to together."
    })
  }
  return { from: from.value, to: to.value }
})

const words = {
  en: {
    from: "from",
    to: "to  ",
    before: "before",
    after: "after ",
    differences: (count: number) => (count === 1 ? "1 difference" : `${count} differences`),
    sourceOnly: "another source, the same value",
    nothing: "nothing known to be in force",
    notKnown: "not known",
    since: "from",
    until: "to",
    verified: "verified through",
    stale: "not verified after",
    layer: "layer",
    heading: (version: string, on: string, known: string) => `policy ${version}, on ${on}, as known on ${known}`
  },
  id: {
    from: "dari",
    to: "ke  ",
    before: "sebelum",
    after: "sesudah",
    differences: (count: number) => `${count} perbedaan`,
    sourceOnly: "sumber lain, nilai sama",
    nothing: "tidak ada yang diketahui berlaku",
    notKnown: "tidak diketahui",
    since: "sejak",
    until: "sampai",
    verified: "diperiksa sampai",
    stale: "tidak diperiksa lagi setelah",
    layer: "aturan tambahan",
    heading: (version: string, on: string, known: string) =>
      `kebijakan ${version}, untuk ${on}, menurut yang diketahui ${known}`
  }
} as const

type Language = keyof typeof words

const heading = (policy: Policy.Policy, { appliesOn, knownOn }: Dated.AsOf, language: Language) =>
  words[language].heading(policy.version, appliesOn, knownOn)

const entryText = (
  policy: Policy.Policy,
  parameter: Policy.ParameterName,
  asOf: Dated.AsOf,
  language: Language
): string => {
  const say = words[language]
  const { history, unit }: Policy.Parameter<unknown> = policy.parameters[parameter]
  const entry = Option.getOrUndefined(Dated.entryAt(history, asOf))
  if (entry === undefined) return say.nothing
  const { appliesFrom, appliesTo, citation, layer } = entry
  const verified = Dated.isBeyondVerified(entry, asOf) ? say.stale : say.verified
  const parts = [
    `${say.since} ${appliesFrom}${appliesTo === undefined ? "" : ` ${say.until} ${appliesTo}`}`,
    `${citation.source} (${PolicyText.confidence(citation.confidence, language)})`,
    ...(Dated.isKnown(entry) && entry.verifiedThrough !== undefined ? [`${verified} ${entry.verifiedThrough}`] : []),
    ...(layer === undefined ? [] : [`${say.layer} ${layer}`])
  ]
  const value = Dated.isKnown(entry)
    ? PolicyText.value(entry.value, unit, language)
    : `${say.notKnown}: ${entry.unknown[language]}`
  return `${value}  [${parts.join("; ")}]`
}

// The notes of the policy are for those who read its sources, and are in English.
const noteOf = (entry: Dated.Entry<unknown> | undefined, language: Language): string =>
  entry?.note === undefined || language !== "en" ? "" : `\n  ${entry.note}`
