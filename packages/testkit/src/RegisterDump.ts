/**
 * Everything that a register holds, written so that two registers can be held against each other.
 *
 * Two runs of one import give other ids, nonces and instants, and nothing else may differ. So each
 * row is written under its natural key (the line that brought a person, the command of a
 * registration), ids inside are replaced by the natural keys of the rows they name, and instants by
 * a word. Log lines follow the row that is their subject. Lines are sorted: their order in the
 * store is no content.
 *
 * @since 0.1.0
 */
import { DuplicateCase, Participant } from "@kis/core/deduplication"
import { Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { ImportRun, RegistrationRecord } from "@kis/core/registration"
import { Clock } from "@kis/core/sla"
import { type Aggregate, type Id, Storage, type StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"

// --- dumping ---

/**
 * The lines of the dump, sorted. They hold personal data in clear: for synthetic people only.
 *
 * @category dumping
 * @since 0.1.0
 */
export const lines: Effect.Effect<ReadonlyArray<string>, StorageError.StorageError, Storage.Storage> = Effect.gen(
  function* () {
    const storage = yield* Storage.Storage
    const names = new Map<string, string>()

    const scan = <A>(
      page: (
        after: Storage.Cursor | undefined
      ) => Effect.Effect<Storage.Page<A>, StorageError.StorageError, Storage.Snapshot>,
      each: (row: Aggregate.Stored<A>) => void
    ) =>
      Effect.gen(function* () {
        let after: Storage.Cursor | undefined
        do {
          const { next, rows } = yield* storage.snapshot(page(after))
          rows.forEach(each)
          after = next
        } while (after !== undefined)
      })

    const participants = (after: Storage.Cursor | undefined) =>
      storage.scan(Participant.aggregate, "id", {}, { after, limit: PAGE })
    const memberships = (after: Storage.Cursor | undefined) =>
      storage.scan(Membership.aggregate, "id", {}, { after, limit: PAGE })
    const cases = (after: Storage.Cursor | undefined) =>
      storage.scan(DuplicateCase.aggregate, "id", {}, { after, limit: PAGE })
    const runs = (after: Storage.Cursor | undefined) =>
      storage.scan(ImportRun.aggregate, "id", {}, { after, limit: PAGE })
    const registrations = (after: Storage.Cursor | undefined) =>
      storage.scan(RegistrationRecord.aggregate, "id", {}, { after, limit: PAGE })
    const clocks = (after: Storage.Cursor | undefined) =>
      storage.scan(Clock.aggregate, "id", {}, { after, limit: PAGE })
    const messages = (after: Storage.Cursor | undefined) =>
      storage.scan(Message.aggregate, "id", {}, { after, limit: PAGE })

    yield* scan(participants, (row) => names.set(row.id, `participant ${row.value.reference}`))
    yield* scan(cases, (row) => names.set(row.id, `case ${row.value.reference}`))
    yield* scan(runs, (row) => names.set(row.id, `run ${row.value.digest}`))
    yield* scan(registrations, (row) => names.set(row.id, `registration ${row.value.command}`))
    yield* scan(memberships, (row) => names.set(row.id, `membership of ${names.get(row.value.participant)}`))

    const dump: Array<string> = []
    const subjects: Array<{ readonly id: Aggregate.Stored<unknown>["id"]; readonly name: string }> = []
    const write =
      <A>(
        aggregate: Aggregate.Of<A>,
        name: (row: Aggregate.Stored<A>) => string,
        registrationOf: (row: Aggregate.Stored<A>) => Id.Id | undefined = () => undefined
      ) =>
      (row: Aggregate.Stored<A>) => {
        const body: unknown = JSON.parse(new TextDecoder().decode(aggregate.encode(row.value)))
        const registration = registrationOf(row)
        // eight digits of an id: two registrations of many may share them, so they are read in their place
        const number = registration === undefined ? undefined : RegistrationRecord.numberOf(registration)
        dump.push(`${name(row)} v${row.version} ${JSON.stringify(masked(body, names, number))}`)
        subjects.push({ id: row.id, name: name(row) })
      }
    const byName = (row: Aggregate.Stored<unknown>) => names.get(row.id) ?? "unnamed"
    yield* scan(participants, write(Participant.aggregate, byName))
    yield* scan(memberships, write(Membership.aggregate, byName))
    yield* scan(cases, write(DuplicateCase.aggregate, byName))
    yield* scan(runs, write(ImportRun.aggregate, byName))
    yield* scan(
      registrations,
      write(RegistrationRecord.aggregate, byName, (row) => row.id)
    )
    yield* scan(
      clocks,
      write(Clock.aggregate, ({ value }) => `clock ${value.kind} of ${names.get(value.subject)}`)
    )
    yield* scan(
      messages,
      write(
        Message.aggregate,
        ({ value }) => `message ${value.dedupKey}`,
        ({ value }) => value.subject
      )
    )

    for (const { id, name } of subjects) {
      for (const line of yield* storage.snapshot(storage.readLog(id))) {
        const body: unknown = JSON.parse(new TextDecoder().decode(line.body))
        dump.push(`${name} log ${line.sequence} ${JSON.stringify(masked(body, names))}`)
      }
    }
    return dump.sort()
  }
)

// --- private ---

const PAGE = 500

const instants = new Set(["at", "openedAt", "dueAt", "closedAt", "sentAt", "expiresAt"])

/** Ids by the names of what they name, the registration's number and instants by a word; all else as it is. */
const masked = (value: unknown, names: ReadonlyMap<string, string>, number?: string): unknown => {
  if (typeof value === "string") return value === number ? "the registration's number" : (names.get(value) ?? value)
  if (Array.isArray(value)) return value.map((item) => masked(item, names, number))
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, of]) => [key, instants.has(key) ? "an instant" : masked(of, names, number)])
  )
}
