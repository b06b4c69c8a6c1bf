/**
 * `kis jobs`: does what is due on a register.
 *
 * @since 0.1.0
 */
import { FirstPayments, Households } from "@kis/core/application"
import { Register } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { Verification } from "@kis/core/verification"
import { Command, Flag } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Database from "../Database.ts"
import * as ExitCode from "../ExitCode.ts"
import { settle } from "../Failure.ts"
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
    json: Flags.json
  },
  Effect.fn("kis jobs")(function* ({ database, json, keys, population, since }) {
    const today = yield* Flags.dayOrToday(Option.none())
    const registries = yield* Registries.of(population)
    const done = yield* doing(
      Option.getOrElse(since, () => PlainDate.addDays(today, -7)),
      today
    ).pipe(
      Effect.provide(
        Layer.mergeAll(FirstPayments.layer(), Households.layer, Verification.layer()).pipe(
          Layer.provide(Register.layer()),
          Layer.provide(Storage.layer(Register.aggregates)),
          Layer.provide(registries),
          Layer.provide(Database.layerExisting(Database.placeOf(database, keys)))
        )
      )
    )
    yield* Console.log(json ? JSON.stringify(done) : text(done))
  }, settle)
).pipe(
  Command.withDescription(
    "Does what is due on a register, once: gathers registrations into households, asks the population register again about " +
      "people whom it has not confirmed, and reminds of first payments or lets them expire. To be run daily or oftener, from " +
      "any number of machines: what one has done the next finds done, also after a kill. Messages go into the outbox." +
      `\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Do what is due on a register"),
  Command.withExamples([
    { command: "kis jobs --db sqlite:register.db", description: "Households, first payments, and who waits" },
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
}

/** In this order: whom the register confirms may owe a first payment from now on. */
const doing = Effect.fnUntraced(function* (from: PlainDate.PlainDate, to: PlainDate.PlainDate) {
  const { gatherAll } = yield* Households.Households
  const { verifyDue } = yield* Verification.Verification
  const { runDue } = yield* FirstPayments.FirstPayments
  const households = yield* gatherAll({ from, to })
  const verification = yield* verifyDue
  const done: Done = { households, verification, firstPayments: yield* runDue }
  return done
})

const text = ({ firstPayments, households, verification }: Done): string => {
  const { again, confirmed, denied, left, outage, postponed } = verification
  const { expired, putOff, reminded, settled } = firstPayments
  const waits = again === undefined ? "" : `, again from ${new Date(again).toISOString()}`
  const silence = outage === undefined ? "" : `; it gave no answer (${outage})${waits}`
  return [
    `households: ${households} gathered`,
    `population register: confirmed ${confirmed}, denied ${denied}, asked again later ${postponed}, pending no more ${left}${silence}`,
    `first payments: reminded ${reminded}, expired ${expired}, settled ${settled}, put off ${putOff}`
  ].join("\n")
}
