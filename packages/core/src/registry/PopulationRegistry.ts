/**
 * The civil register (Dukcapil): does this person exist, under this number, with this name?
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
import type { Nik } from "../identity/Nik.ts"
import * as PersonName from "../identity/PersonName.ts"
import type { Sex } from "../identity/Sex.ts"
import { refuseInTransaction } from "../storage/Transaction.ts"
import type { PlainDate } from "../time/PlainDate.ts"
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

// --- port ---

/**
 * Answers come in the order of the queries, one for each. An outage is a {@link RegistryError},
 * never `NotFound`. May not be asked inside a unit of work, which can run more than once.
 *
 * @category services
 * @since 0.1.0
 */
export class PopulationRegistry extends Context.Service<
  PopulationRegistry,
  {
    readonly match: (queries: ReadonlyArray<Query>) => Effect.Effect<ReadonlyArray<Answer>, RegistryError>
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
    match: () => Effect.fail(new RegistryError({ registry: "population", reason: "NotConnected" }))
  })
)

/**
 * A civil register in memory. `find` looks a number up; what it does not know is `NotFound`. It
 * compares as the real one does: the name by its sound, the date and sex exactly.
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
        return queries.map((query) => answer(query, find(query.nik)))
      })
    })
  )

// --- private ---

const answer = (query: Query, resident: Resident | undefined): Answer => {
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
