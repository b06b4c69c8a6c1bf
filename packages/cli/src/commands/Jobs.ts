/**
 * `kis jobs`: does what is due on a register.
 *
 * @since 0.1.0
 */
import { Attachments, Drafts, FirstPayments, Households } from "@kis/core/application"
import { Register } from "@kis/core/registration"
import { Documents, type DocumentStore } from "@kis/core/registry"
import { Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { Verification } from "@kis/core/verification"
import { FileDocuments } from "@kis/documents-file"
import { Command, Flag } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { existsSync } from "node:fs"
import * as Database from "../Database.ts"
import * as ExitCode from "../ExitCode.ts"
import { CommandFailed, settle } from "../Failure.ts"
import * as Flags from "../Flags.ts"
import * as Registries from "../Registries.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make(
  "jobs",
  {
    database: Flags.database,
    keys: Flags.keys,
    population: Registries.population,
    since: Flags.day("since").pipe(
      Flag.withDescription("First day whose registrations are gathered into households; a week ago when left out"),
      Flag.optional
    ),
    documents: Flag.String("documents").pipe(
      Flag.withDescription("The folder of the sealed papers; without it no papers are cleared away"),
      Flag.withMetavar("FOLDER"),
      Flag.optional
    ),
    json: Flags.json
  },
  Effect.fn("kis jobs")(function* ({ database, documents, json, keys, population, since }) {
    const today = yield* Flags.dayOrToday(Option.none())
    const registries = yield* Registries.of(population)
    const shelf = Option.isNone(documents) ? undefined : yield* shelfIn(documents.value)
    const from = Option.getOrElse(since, () => PlainDate.addDays(today, -7))
    const done = yield* doing(from, today, shelf).pipe(
      Effect.provide(
        Layer.mergeAll(FirstPayments.layer(), Households.layer, Verification.layer(), Drafts.layer()).pipe(
          Layer.provideMerge(Register.layer()),
          Layer.provideMerge(Storage.layer(Register.aggregates)),
          Layer.provide(registries),
          Layer.provideMerge(Database.layerExisting(Database.placeOf(database, keys)))
        )
      )
    )
    yield* Console.log(json ? JSON.stringify(done) : text(done))
  }, settle)
).pipe(
  Command.withDescription(
    "Does what is due on a register, once: gathers registrations into households, asks the population register again about " +
      "people whom it has not confirmed, reminds of first payments or lets them expire, ends drafts whose time is over, and with " +
      "--documents clears away papers that were taken off or erased. To be run daily or oftener, from " +
      "any number of machines: what one has done the next finds done, also after a kill. Messages go into the outbox." +
      `\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Do what is due on a register"),
  Command.withExamples([
    { command: "kis jobs --db sqlite:register.db", description: "Households, first payments, and who waits" },
    { command: "kis jobs --db sqlite:register.db --documents papers", description: "The papers too" },
    {
      command: "kis jobs --db sqlite:register.db --population residents.csv --json",
      description: "A trial: with residents that stand in for the population register, for a program"
    }
  ])
)

// --- private ---

interface Done {
  readonly households: number
  readonly verification: Verification.Summary
  readonly firstPayments: FirstPayments.Summary
  readonly drafts: { readonly expired: number }
  readonly documents?: Attachments.Swept
}

type Shelf = Layer.Layer<DocumentStore.DocumentStore, DocumentStore.DocumentStoreError>

/** A folder that is not there is a slip: in a new, empty one every paper would count as gone. */
const shelfIn = (folder: string): Effect.Effect<Shelf, CommandFailed> =>
  Effect.suspend(() =>
    existsSync(folder)
      ? Effect.succeed(FileDocuments.layer({ folder }))
      : new CommandFailed({
          exit: "Usage",
          sentence: `There is no folder ${folder}; name the one in which the papers are kept.`
        })
  )

/** In this order: whom the register confirms may owe a first payment from now on. */
const doing = Effect.fnUntraced(function* (
  from: PlainDate.PlainDate,
  to: PlainDate.PlainDate,
  shelf: Shelf | undefined
) {
  const { gatherAll } = yield* Households.Households
  const { verifyDue } = yield* Verification.Verification
  const { runDue } = yield* FirstPayments.FirstPayments
  const { expireDue } = yield* Drafts.Drafts
  const households = yield* gatherAll({ from, to })
  const verification = yield* verifyDue
  const firstPayments = yield* runDue
  const drafts = { expired: yield* expireDue }
  const documents = shelf === undefined ? undefined : yield* sweeping(shelf)
  const done: Done = {
    households,
    verification,
    firstPayments,
    drafts,
    ...(documents === undefined ? {} : { documents })
  }
  return done
})

const sweeping = (shelf: Shelf) =>
  Effect.flatMap(Attachments.Attachments, ({ sweep }) => sweep).pipe(
    Effect.provide(Attachments.layer.pipe(Layer.provide(Documents.layer()), Layer.provide(shelf))),
    Effect.catchTag(
      "DocumentStoreError",
      (error) => new CommandFailed({ exit: "Storage", sentence: `The papers were not cleared away: ${error.message}` })
    )
  )

const text = ({ documents, drafts, firstPayments, households, verification }: Done): string => {
  const { again, confirmed, denied, left, outage, postponed } = verification
  const { expired, putOff, reminded, settled } = firstPayments
  const waits = again === undefined ? "" : `, again from ${new Date(again).toISOString()}`
  const silence = outage === undefined ? "" : `; it gave no answer (${outage})${waits}`
  return [
    `households: ${households} gathered`,
    `population register: confirmed ${confirmed}, denied ${denied}, asked again later ${postponed}, pending no more ${left}${silence}`,
    `first payments: reminded ${reminded}, expired ${expired}, settled ${settled}, put off ${putOff}`,
    `drafts: expired ${drafts.expired}`,
    ...(documents === undefined
      ? []
      : [
          `documents: gone ${documents.gone}, arrived unseen ${documents.arrived}, left for the next time ${documents.left}`
        ])
  ].join("\n")
}
