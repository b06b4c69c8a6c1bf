/**
 * `kis db verify`: is the register whole?
 *
 * @since 0.1.0
 */
import { Inspection } from "@kis/core/audit"
import { Register } from "@kis/core/registration"
import { Command, Flag } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as ExitCode from "../../ExitCode.ts"
import { CommandFailed, settle } from "../../Failure.ts"
import * as Flags from "../../Flags.ts"
import * as LinesFile from "../../LinesFile.ts"
import * as Progress from "../../Progress.ts"
import * as Place from "./Place.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make(
  "verify",
  {
    ...Place.flags,
    checkpoint: Flag.String("checkpoint").pipe(
      Flag.withDescription("What `kis db checkpoint` wrote and was kept elsewhere"),
      Flag.withMetavar("FILE"),
      Flag.optional
    ),
    json: Flags.json
  },
  Effect.fn("kis db verify")(
    function* ({ checkpoint, json }) {
      const show = yield* progress
      const tell = (finding: Inspection.Finding) =>
        Effect.andThen(show.clear, Console.log(json ? JSON.stringify(finding) : sentence(finding)))
      const report = yield* Inspection.run({
        unrecorded: Register.unrecordedRemovals,
        // what is removed in the course of things is counted, not listed
        onFinding: (finding) => (finding._tag === "RowGone" ? Effect.void : tell(finding)),
        onStep: show.step,
        ...Option.match(checkpoint, { onNone: () => ({}), onSome: (file) => ({ checkpoint: LinesFile.read(file) }) })
      }).pipe(Effect.onExit(() => show.clear))
      const whole = report.findings === 0
      yield* Console.log(
        json ? JSON.stringify({ whole, ...report, sealing: Object.fromEntries(report.sealing) }) : summary(report)
      )
      if (!whole) return yield* new CommandFailed({ exit: "Negative" })
    },
    (effect, place) => Effect.provide(effect, Place.layer(place)),
    settle
  )
).pipe(
  Command.withDescription(
    "Opens every row and holds it against its columns and keys, checks every line of the record and the rows that it " +
      "tells of, and names whatever was changed. What was cut off or removed so that the rest fits together is found " +
      "as far back as the checkpoint that is given. With --json, one object a finding, " +
      `then one for the whole.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Check every row and every line of the record"),
  Command.withExamples([
    { command: "kis db verify --db sqlite:register.db", description: "What the register says of itself" },
    {
      command: "kis db verify --db sqlite:register.db --checkpoint 2026-11.checkpoint",
      description: "And what was taken away since a checkpoint"
    }
  ])
)

// --- private ---

const units = { logs: "logs", rows: "rows", checkpoint: "lines of the checkpoint" } as const

/** One bar after the other. */
const progress = Effect.sync(() => {
  let current: { readonly phase: Inspection.Step["phase"]; readonly bar: Progress.Progress } | undefined
  return {
    clear: Effect.suspend(() => current?.bar.clear ?? Effect.void),
    step: Effect.fnUntraced(function* ({ done, phase, total }: Inspection.Step) {
      if (current?.phase !== phase) {
        if (current !== undefined) yield* current.bar.clear
        current = { phase, bar: yield* Progress.make({ total, unit: units[phase], screen: process.stderr }) }
      }
      yield* current.bar.update(done, "")
    })
  }
})

const summary = ({ checkpoint, findings, gone, lines, logs, rows }: Inspection.Report): string => {
  const all = rows.reduce((sum, _) => sum + _.count, 0)
  return [
    `checked ${logs} logs with ${lines} lines, ${all} rows`,
    ...(checkpoint === undefined
      ? ["without a checkpoint: what was cut off or removed whole is not seen"]
      : [`against checkpoint ${checkpoint.number} of ${new Date(checkpoint.at).toISOString()}`]),
    ...(gone === 0 ? [] : [`${gone} rows are gone of kinds that are removed without a record`]),
    findings === 0 ? "whole" : `NOT WHOLE: ${findings} findings. Keep the file as it is and compare it with a back-up.`
  ].join("\n")
}

const sentence = (finding: Inspection.Finding): string => {
  switch (finding._tag) {
    case "LineForged":
      return `log ${finding.subject}: line ${finding.sequence} was changed, added or moved`
    case "LineMissing":
      return `log ${finding.subject}: line ${finding.sequence} is missing`
    case "LineUnreadable":
      return `log ${finding.subject}: line ${finding.sequence} is no entry of the record`
    case "HeadDiffers":
      return `log ${finding.subject}: its recorded end is line ${finding.sequence}, and its last line another`
    case "TailCut":
      return `log ${finding.subject}: cut off after line ${finding.found}, it had ${finding.sequence}`
    case "SubjectRemoved":
      return `log ${finding.subject}: gone, it had ${finding.sequence} lines`
    case "LogDiffers":
      return `log ${finding.subject}: line ${finding.sequence} is another one than at the checkpoint`
    case "RowOlder":
      return `${finding.aggregate} ${finding.id}: an older version was put back`
    case "RowMissing":
      return `${finding.aggregate} ${finding.id}: gone, and no line says that it was removed`
    case "RowGone":
      return `${finding.aggregate} ${finding.id}: gone`
    case "RowForged":
      return `${finding.aggregate} ${finding.id}: its body does not open`
    case "RowFault":
      return `${finding.aggregate} ${finding.id}: ${faults[finding.fault]}`
    case "OlderCopy":
      return `the register: a copy from before checkpoint ${finding.number} is in its place`
  }
}

const faults: Readonly<Record<Extract<Inspection.Finding, { readonly _tag: "RowFault" }>["fault"], string>> = {
  Truncated: "its body was cut",
  Forged: "its body was changed or moved here, or is of other keys",
  UnknownFormat: "its body is of a format that this version does not read",
  UnknownKey: "it is sealed under a key that the key file lacks",
  IndexDiffers: "a column beside the body was changed",
  Undecodable: "its body is no value that this version reads",
  KeyMissing: "a key by which it is found was taken from it"
}
