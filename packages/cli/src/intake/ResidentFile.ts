/**
 * A file of residents that stands in for the population register: for trials and demonstrations.
 *
 * @since 0.1.0
 */
import type { Nik } from "@kis/core/identity"
import { Cell, Columns } from "@kis/core/intake"
import type { PopulationRegistry } from "@kis/core/registry"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { IntakeError } from "./IntakeError.ts"
import * as IntakeFile from "./IntakeFile.ts"

// --- reading ---

/**
 * Residents by NIK. Columns: nik, name, birth_date, sex, and status (empty, inactive or deceased).
 *
 * @category reading
 * @since 0.1.0
 */
export const read = Effect.fn("ResidentFile.read")(function* (
  path: string
): Effect.fn.Return<ReadonlyMap<Nik.Nik, PopulationRegistry.Resident>, IntakeError> {
  const file = yield* IntakeFile.open(path, check)
  const residents = new Map<Nik.Nik, PopulationRegistry.Resident>()
  yield* Stream.runForEach(IntakeFile.rows(file), (row) =>
    Effect.map(Effect.fromResult(residentOf(row, file.name)), (resident) => {
      residents.set(resident.nik, resident)
    })
  )
  return residents
})

// --- private ---

const required = ["nik", "name", "birth_date", "sex"] as const

const check: IntakeFile.Check = (header) => {
  const names = header.map(Columns.canonical)
  const [missing, ...more] = required.filter((column) => !names.includes(column))
  return missing === undefined
    ? Result.succeed(names)
    : Result.fail(new Columns.MissingColumns({ missing: [missing, ...more] }))
}

const residentOf = (
  { fields, line }: Columns.RawRow,
  file: string
): Result.Result<PopulationRegistry.Resident, IntakeError> => {
  const nik = Cell.nik(fields["nik"] ?? "")
  const name = Cell.name(fields["name"] ?? "")
  const birthDate = Cell.date(fields["birth_date"] ?? "")
  const sex = Cell.sex(fields["sex"] ?? "")
  const status = fields["status"] ?? ""
  const wrong = [
    ...(Result.isFailure(nik) ? ["nik"] : []),
    ...(Result.isFailure(name) ? ["name"] : []),
    ...(Result.isFailure(birthDate) ? ["birth_date"] : []),
    ...(Result.isFailure(sex) ? ["sex"] : []),
    ...(status === "" || isStatus(status) ? [] : ["status"])
  ]
  if (wrong.length > 0) return Result.fail(new IntakeError({ file, problem: "NotAResident", line, columns: wrong }))
  return Result.map(Result.all({ nik, name, birthDate, sex }), (resident) =>
    isStatus(status) ? { ...resident, status } : resident
  ).pipe(Result.mapError(() => new IntakeError({ file, problem: "NotAResident", line, columns: wrong })))
}

const isStatus = (text: string): text is "inactive" | "deceased" => text === "inactive" || text === "deceased"
