/**
 * The civil register (Dukcapil): does this person exist, under this number, with this name? And what
 * has changed there since it was asked last?
 *
 * A NIK of the right form proves nothing (domain.md NIK-8). Only the population register can
 * say that number, name and birth date belong together, and only its answer makes an identity
 * verified.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Nik } from "../identity/Nik.ts"
import * as PersonName from "../identity/PersonName.ts"
import { Sex } from "../identity/Sex.ts"
import { refuseInTransaction } from "../storage/Transaction.ts"
import { PlainDate } from "../time/PlainDate.ts"
import { RegistryError } from "./RegistryError.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Query {
  readonly nik: Nik
  readonly name: string
  readonly birthDate: PlainDate
  readonly sex: Sex
}

/**
 * - `Matched`: the number, name and birth date belong to one living person (*padan*).
 * - `Differs`: the number exists; the named fields are otherwise in the civil register. A warning
 *   about data, never proof of fraud (domain.md NIK-4).
 * - `NotFound`: the civil register has no such number.
 * - `Inactive`: the number exists and was switched off.
 * - `Deceased`: the person is recorded as dead.
 *
 * @category models
 * @since 0.1.0
 */
export type Answer =
  | { readonly _tag: "Matched" }
  | { readonly _tag: "Differs"; readonly fields: ReadonlyArray<"name" | "birthDate" | "sex"> }
  | { readonly _tag: "NotFound" }
  | { readonly _tag: "Inactive" }
  | { readonly _tag: "Deceased" }

const told = { id: Schema.NonEmptyString, nik: Nik, on: PlainDate }

/**
 * Something that changed in the civil register. `id` names it for ever, so that it has its effect
 * once; `on` is the day on which it was entered there.
 *
 * - `Died`: a death was entered. False ones happen.
 * - `DeathWithdrawn`: the entry of a death was wrong.
 * - `Corrected`: these fields are otherwise now, which says nothing about the others.
 * - `SwitchedOff`: the number does not work any more; `SwitchedOn`: it does again.
 *
 * @category models
 * @since 0.1.0
 */
export const Change = Schema.Union([
  Schema.TaggedStruct("Died", { ...told, diedOn: PlainDate }),
  Schema.TaggedStruct("DeathWithdrawn", told),
  Schema.TaggedStruct("Corrected", {
    ...told,
    name: Schema.optionalKey(Schema.NonEmptyString),
    birthDate: Schema.optionalKey(PlainDate),
    sex: Schema.optionalKey(Sex)
  }),
  Schema.TaggedStruct("SwitchedOff", told),
  Schema.TaggedStruct("SwitchedOn", told)
])

/**
 * @category models
 * @since 0.1.0
 */
export type Change = typeof Change.Type

/**
 * A place in the feed of changes. What it holds is the civil register's business.
 *
 * @category models
 * @since 0.1.0
 */
export const Cursor = Schema.NonEmptyString.pipe(Schema.brand("PopulationRegistry/Cursor"))

/**
 * @category models
 * @since 0.1.0
 */
export type Cursor = typeof Cursor.Type

/**
 * Changes in the order in which they were entered. `next` is the place behind the last of them;
 * absent only where nothing has ever changed. `more`: others are there already.
 *
 * @category models
 * @since 0.1.0
 */
export interface Changes {
  readonly changes: ReadonlyArray<Change>
  readonly next?: Cursor
  readonly more: boolean
}

// --- port ---

/**
 * Answers come in the order of the queries, one for each. An outage is a {@link RegistryError},
 * never `NotFound`, and so is an answer that does not come in good time or cannot be read. May not
 * be asked inside a unit of work, which can run more than once.
 *
 * `changes` gives what follows a place, from the beginning without one: nothing is left out, and the
 * same place gives the same again. A register without a feed of changes fails with `NotConnected`.
 *
 * @category services
 * @since 0.1.0
 */
export class PopulationRegistry extends Context.Service<
  PopulationRegistry,
  {
    readonly match: (queries: ReadonlyArray<Query>) => Effect.Effect<ReadonlyArray<Answer>, RegistryError>
    readonly changes: (after: Cursor | undefined, limit: number) => Effect.Effect<Changes, RegistryError>
  }
>()("@kis/core/registry/PopulationRegistry") {}

// --- simulator ---

/**
 * One line of a simulated civil register.
 *
 * @category simulator
 * @since 0.1.0
 */
export interface Resident {
  readonly nik: Nik
  readonly name: string
  readonly birthDate: PlainDate
  readonly sex: Sex
  readonly status?: "inactive" | "deceased"
}

/**
 * What the civil register says of a question, given its own line: it compares the name by its sound,
 * the date and sex exactly.
 *
 * @category simulator
 * @since 0.1.0
 */
export const judge = (query: Query, resident: Resident | undefined): Answer => {
  if (resident === undefined) return { _tag: "NotFound" }
  if (resident.status === "deceased") return { _tag: "Deceased" }
  if (resident.status === "inactive") return { _tag: "Inactive" }
  const fields: Array<"name" | "birthDate" | "sex"> = []
  const name = PersonName.compare(PersonName.parse(query.name), PersonName.parse(resident.name))
  if (name !== "same" && name !== "variant") fields.push("name")
  if (query.birthDate !== resident.birthDate) fields.push("birthDate")
  if (query.sex !== resident.sex) fields.push("sex")
  return fields.length === 0 ? { _tag: "Matched" } : { _tag: "Differs", fields }
}

// --- layers ---

/**
 * No civil register is connected: every question fails with `NotConnected`, so everybody stays
 * pending. The right layer for an import that has no access agreement.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerNotConnected: Layer.Layer<PopulationRegistry> = Layer.succeed(
  PopulationRegistry,
  PopulationRegistry.of({
    match: () => Effect.fail(notConnected()),
    changes: () => Effect.fail(notConnected())
  })
)

/**
 * A civil register in memory. `find` looks a number up; what it does not know is `NotFound`. It
 * compares as {@link judge} does, and has no feed of changes.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerSimulator = (find: (nik: Nik) => Resident | undefined): Layer.Layer<PopulationRegistry> =>
  Layer.succeed(
    PopulationRegistry,
    PopulationRegistry.of({
      match: Effect.fn("PopulationRegistry.match")(function* (queries: ReadonlyArray<Query>) {
        yield* refuseInTransaction("PopulationRegistry")
        return queries.map((query) => judge(query, find(query.nik)))
      }),
      changes: () => Effect.fail(notConnected())
    })
  )

// --- private ---

const notConnected = () => new RegistryError({ registry: "population", reason: "NotConnected" })
