/**
 * `kis register`: brings the households of a file onto a register.
 *
 * @since 0.1.0
 */
import { Region } from "@kis/core/identity"
import { Bulk } from "@kis/core/intake"
import { type Outcome, Register } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import { Argument, Command, Flag } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { resolve } from "node:path"
import * as Database from "../Database.ts"
import * as ExitCode from "../ExitCode.ts"
import { CommandFailed, settle } from "../Failure.ts"
import * as Flags from "../Flags.ts"
import * as IntakeFile from "../intake/IntakeFile.ts"
import * as Progress from "../Progress.ts"
import * as Registries from "../Registries.ts"
import * as RejectsFile from "../RejectsFile.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make(
  "register",
  {
    file: Argument.String("FILE").pipe(Argument.withDescription("Households as CSV or JSONL, of any size")),
    database: Flags.database,
    keys: Flags.keys,
    rejects: Flag.String("rejects").pipe(
      Flag.withDescription("Where rows go that were not accepted; FILE.rejects.csv when left out"),
      Flag.withMetavar("FILE"),
      Flag.optional
    ),
    unmask: Flag.Boolean("unmask").pipe(
      Flag.withDescription("Write what was sent into the rejects file instead of masking it"),
      Flag.withDefault(false)
    ),
    batch: Flag.Int("batch").pipe(
      Flag.withDescription("People a commit; a household is never cut"),
      Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 250 }))),
      Flag.withDefault(250)
    ),
    office: Flag.String("office").pipe(
      Flag.withDescription("Code of the office that answers for the file"),
      Flag.withMetavar("CODE"),
      Flag.withSchema(
        Schema.String.check(
          Schema.isPattern(/^[\w.-]{1,32}$/, { message: "a code has letters, digits, dots and hyphens" })
        )
      ),
      Flag.withDefault("0000")
    ),
    actor: Flags.actor,
    population: Registries.population,
    maxMegabytes: Flag.Int("max-mb").pipe(
      Flag.withDescription("The most megabytes that the database may have, when the disk is shared"),
      Flag.withSchema(Schema.Int.check(Schema.isGreaterThan(0))),
      Flag.optional
    ),
    today: Flags.day("today").pipe(
      Flag.withDescription("The day at the office, by which the rules are applied; today when left out"),
      Flag.optional
    ),
    json: Flags.json
  },
  Effect.fn("kis register")(function* (input) {
    const on = yield* Flags.dayOrToday(input.today)
    if (resolve(rejectsPath(input)) === resolve(input.file)) {
      const sentence = "The rejects file would take the place of the file to register; name another."
      return yield* new CommandFailed({ exit: "Usage", sentence })
    }
    const { intake, registries } = yield* Effect.all({
      intake: IntakeFile.open(input.file),
      registries: Registries.of(input.population)
    }).pipe(Effect.onInterrupt(() => Console.error("Stopped before anything was changed.")))
    const place = {
      ...Database.placeOf(input.database, input.keys),
      ...Option.match(input.maxMegabytes, { onNone: () => ({}), onSome: (maxMegabytes) => ({ maxMegabytes }) })
    }
    const tally = yield* importing({ ...input, intake, on }).pipe(
      Effect.provide(
        Register.layer().pipe(
          Layer.provideMerge(Storage.layer(Register.aggregates)),
          Layer.provideMerge(Layer.mergeAll(registries, Region.layer)),
          Layer.provideMerge(Database.layer(place))
        )
      )
    )
    yield* Console.log(
      input.json
        ? JSON.stringify({ file: intake.name, digest: intake.digest, ...tally, rejects: rejectsPath(input) })
        : `${summary(tally)}\nrejects file: ${rejectsPath(input)}`
    )
  }, settle)
).pipe(
  Command.withDescription(
    "Checks every person of a file, looks for them on the register, and registers each new one with a notice and a " +
      "running clock, in commits of whole households. The same file again changes nothing; a run that was stopped or " +
      `killed goes on where it was. Rows that can't be accepted go to the rejects file with every reason.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Register the households of a file"),
  Command.withExamples([
    { command: "kis register households.csv --db sqlite:register.db", description: "Register, or go on registering" },
    {
      command: "kis register households.csv --db postgres://kis@127.0.0.1/register --keys register.keys",
      description: "Onto a PostgreSQL server"
    },
    {
      command: "kis register households.csv --db sqlite:register.db --rejects back-to-sender.csv --json",
      description: "For a program: counts as JSON, progress on standard error"
    }
  ])
)

// --- private ---

interface Job {
  readonly file: string
  readonly intake: IntakeFile.IntakeFile
  readonly on: RejectsFile.Options["on"]
  readonly rejects: Option.Option<string>
  readonly unmask: boolean
  readonly batch: number
  readonly office: string
  readonly actor: string
}

const rejectsPath = ({ file, rejects }: Pick<Job, "file" | "rejects">) =>
  Option.getOrElse(rejects, () => `${file}.rejects.csv`)

const importing = Effect.fnUntraced(function* (job: Job) {
  const { intake, on, unmask } = job
  const rejects = yield* RejectsFile.open(rejectsPath(job), { unmask, on })
  const progress = yield* Progress.make({ total: intake.rowCount, unit: "rows", screen: process.stderr })
  let read = 0
  const tally = yield* Bulk.importRows(IntakeFile.rows(intake), {
    digest: intake.digest,
    actor: { kind: "officer", id: job.actor },
    office: job.office,
    on,
    batchPeople: job.batch,
    onBatch: ({ lines, tally }) =>
      Effect.andThen(
        rejects.add(
          lines.flatMap(({ household, outcome }) => (outcome._tag === "Rejected" ? [{ household, ...outcome }] : []))
        ),
        progress.update((read = tally.read), note(tally))
      )
  }).pipe(
    Effect.onInterrupt(() =>
      Effect.andThen(
        progress.clear,
        Console.error(
          `Stopped after ${read} of ${intake.rowCount} rows; they are on the register. ` +
            "Run the same command again to go on."
        )
      )
    ),
    Effect.onExit(() => progress.clear)
  )
  yield* rejects.finish
  return tally
}, Effect.scoped)

const note = (tally: Outcome.Tally) =>
  `registered ${tally.registered}, already ${tally.already}, review ${tally.review}, rejected ${tally.rejected}`

const summary = (tally: Outcome.Tally) => `read ${tally.read}, ${note(tally)}`
