/**
 * The civil register of the demonstration. It knows the people of the data file, but as registers do:
 * a few it has never heard of, a few it has under another birth date, a few are recorded as dead or
 * switched off. And once it is down, so that those who are asked about in that moment stay pending.
 */
import type { Nik } from "@kis/core/identity"
import { Cell, type Columns } from "@kis/core/intake"
import { PopulationRegistry, RegistryError } from "@kis/core/registry"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Chance from "./Chance.ts"

// --- models ---

export type Residents = ReadonlyMap<Nik.Nik, PopulationRegistry.Resident>

/** The question, of those about at least `asking` people and counted from 1, that finds the register down. */
export interface Outage {
  readonly question: number
  readonly asking: number
}

// --- constructors ---

/** The people whose rows can be read. Of two with one NIK the first is who it belongs to. */
export const of = (rows: Iterable<Columns.RawRow>, seed: string): Residents => {
  const residents = new Map<Nik.Nik, PopulationRegistry.Resident>()
  for (const { fields } of rows) {
    const nik = Cell.nik(fields["nik"] ?? "")
    const name = Cell.name(fields["name"] ?? "")
    const birthDate = Cell.date(fields["birth_date"] ?? "")
    const sex = Cell.sex(fields["sex"] ?? "")
    if (
      Result.isFailure(nik) ||
      Result.isFailure(name) ||
      Result.isFailure(birthDate) ||
      Result.isFailure(sex) ||
      residents.has(nik.success)
    ) {
      continue
    }
    const resident = asRecorded(
      { nik: nik.success, name: name.success, birthDate: birthDate.success, sex: sex.success },
      Chance.of(seed, `resident ${nik.success}`)
    )
    if (resident !== undefined) residents.set(nik.success, resident)
  }
  return residents
}

// --- layers ---

export const layer = (residents: Residents, outage?: Outage): Layer.Layer<PopulationRegistry.PopulationRegistry> =>
  Layer.effect(
    PopulationRegistry.PopulationRegistry,
    Effect.gen(function* () {
      const register = yield* PopulationRegistry.PopulationRegistry
      let questions = 0
      const isDown = (people: number) =>
        outage !== undefined && people >= outage.asking && ++questions === outage.question
      return PopulationRegistry.PopulationRegistry.of({
        match: (queries) =>
          isDown(queries.length)
            ? Effect.fail(new RegistryError.RegistryError({ registry: "population", reason: "Unavailable" }))
            : register.match(queries),
        changes: register.changes
      })
    })
  ).pipe(Layer.provide(PopulationRegistry.layerSimulator((nik) => residents.get(nik))))

// --- private ---

const asRecorded = (self: PopulationRegistry.Resident, chance: number): PopulationRegistry.Resident | undefined => {
  const recorded = Chance.pick<"alike" | "unknown" | "another-date" | "inactive" | "deceased">(chance, [
    ["alike", 93],
    ["unknown", 2.5],
    ["another-date", 2.5],
    ["inactive", 1.5],
    ["deceased", 0.5]
  ])
  switch (recorded) {
    case "alike":
      return self
    case "unknown":
      return undefined
    case "another-date":
      return { ...self, birthDate: PlainDate.addDays(self.birthDate, 31) }
    default:
      return { ...self, status: recorded }
  }
}
