/**
 * Counts a register for its report. Rows are opened one page at a time, counted and let go: what comes
 * out holds numbers and codes only.
 */
import { DuplicateCase, Participant } from "@kis/core/deduplication"
import { Membership } from "@kis/core/membership"
import { Message, type Template } from "@kis/core/messaging"
import { Challenge } from "@kis/core/otp"
import { ImportRun, Outcome, RegistrationRecord } from "@kis/core/registration"
import { Clock } from "@kis/core/sla"
import { type Aggregate, type Id, Storage, type StorageError } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import {
  type Check,
  type Clocks,
  type Duplicates,
  evidenceFields,
  grouped,
  type Messages,
  type People,
  type PhoneEnd,
  type Phones,
  type Refusal,
  type ReportData,
  sum
} from "./ReportData.ts"

// --- models ---

export interface Options {
  /** Milliseconds since the epoch: which codes are still open, and the day of the report. */
  readonly now: number
  /** Codes that came back after their time. The register does not keep them: whoever reads replies counts them. */
  readonly lateCodes: number
}

// --- collecting ---

export const collect = Effect.fn("Collect.collect")(function* (options: Options) {
  const registrations = yield* count(
    (storage, page) => storage.scan(RegistrationRecord.aggregate, "id", {}, page),
    tallyOfLines()
  )
  const districts = yield* count((storage, page) => storage.scan(Participant.aggregate, "id", {}, page), districtsOf())
  const people = yield* count(
    (storage, page) => storage.scan(Membership.aggregate, "id", {}, page),
    peopleIn(districts)
  )
  const cases = yield* count((storage, page) => storage.scan(DuplicateCase.aggregate, "id", {}, page), casesByKind())
  const clocks = yield* count((storage, page) => storage.scan(Clock.aggregate, "id", {}, page), clocksByDay())
  const messages = yield* count((storage, page) => storage.scan(Message.aggregate, "id", {}, page), messagesByState())
  const codes = yield* count(
    (storage, page) => storage.scan(Challenge.aggregate, "id", {}, page),
    codesByPhone(options.now)
  )
  const readByImports = yield* count(
    (storage, page) => storage.scan(ImportRun.aggregate, "id", {}, page),
    linesOfImports()
  )
  const { imported, offices, refusals, rules, tally, told } = registrations

  const phones = phonesOf(told, codes.ends, options.lateCodes)
  const of = (template: Template.TemplateId) => sum(messages, (it) => it.template === template)
  const checks: ReadonlyArray<Check> = [
    { name: "lines", left: readByImports.value, right: imported(readByImports.runs) },
    { name: "registered", left: tally.registered, right: districts.size },
    { name: "memberships", left: districts.size, right: sum(people) },
    { name: "review", left: tally.review, right: sum(cases) },
    { name: "clocks", left: clocks.opened, right: districts.size + sum(cases) },
    { name: "codes", left: codes.sent, right: of("one-time-code") },
    { name: "phones", left: phones.verified, right: of("phone-confirmed") }
  ]
  const data: ReportData = {
    on: PlainDate.fromInstant(options.now, "WIB"),
    offices,
    rules,
    tally,
    people,
    refusals,
    duplicates: cases,
    messages,
    phones,
    clocks: clocks.running,
    checks
  }
  return data
})

// --- private ---

/** Takes rows one by one, and gives what it made of them. */
interface Counter<A, B> {
  readonly add: (row: Aggregate.Stored<A>) => void
  readonly result: () => B
}

const PAGE = 500

const count = <A, B>(
  scan: (
    storage: Storage.Storage["Service"],
    page: Storage.PageRequest
  ) => Effect.Effect<Storage.Page<A>, StorageError.StorageError, Storage.Snapshot>,
  counter: Counter<A, B>
): Effect.Effect<B, StorageError.StorageError, Storage.Storage> =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    let after: Storage.Cursor | undefined
    do {
      const { next, rows } = yield* storage.snapshot(scan(storage, { after, limit: PAGE }))
      rows.forEach(counter.add)
      after = next
    } while (after !== undefined)
    return counter.result()
  })

/** Counts things that are alike. */
const tallyOf = <A extends object>(): {
  readonly add: (it: A) => void
  readonly counts: () => ReadonlyArray<A & { readonly count: number }>
} => {
  const counts = new Map<string, { readonly it: A; count: number }>()
  return {
    add: (it) => {
      const key = JSON.stringify(Object.values(it))
      const known = counts.get(key)
      if (known === undefined) counts.set(key, { it, count: 1 })
      else known.count++
    },
    counts: () => Array.from(counts.values(), ({ count, it }) => ({ ...it, count }))
  }
}

const tallyOfLines = (): Counter<
  RegistrationRecord.RegistrationRecord,
  {
    readonly tally: Outcome.Tally
    readonly offices: ReadonlyArray<string>
    readonly rules: ReadonlyArray<string>
    readonly refusals: ReadonlyArray<Refusal>
    /** Every phone that a registration may be confirmed from. */
    readonly told: ReadonlySet<string>
    readonly imported: (runs: ReadonlySet<Id.Id>) => number
  }
> => {
  let tally = Outcome.emptyTally
  const offices = new Set<string>()
  const rules = new Set<string>()
  const refusals = tallyOf<{ readonly field: string | undefined; readonly code: string }>()
  const told = new Set<string>()
  const byRun = new Map<Id.Id, number>()
  return {
    add: ({ id, value: { office, outcomes, phones, run } }) => {
      tally = Outcome.count(tally, outcomes)
      offices.add(office)
      for (const phone of phones) told.add(phoneOf(phone, id))
      if (run !== undefined) byRun.set(run, (byRun.get(run) ?? 0) + outcomes.length)
      for (const outcome of outcomes) {
        if (outcome._tag === "Registered") {
          const { policyVersion, rulesVersion } = outcome.decision
          rules.add(`aturan ${rulesVersion}, parameter ${policyVersion}`)
        }
        if (outcome._tag === "Rejected") {
          // twice the same reason on one line is one line
          const codes = new Map(outcome.problems.map(({ code, field }) => [`${field} ${code}`, { field, code }]))
          for (const code of codes.values()) refusals.add(code)
        }
      }
    },
    result: () => ({
      tally,
      offices: [...offices].toSorted(),
      rules: [...rules].toSorted(),
      refusals: refusals.counts(),
      told,
      imported: (runs) => [...byRun].reduce((lines, [run, count]) => lines + (runs.has(run) ? count : 0), 0)
    })
  }
}

const linesOfImports = (): Counter<
  ImportRun.ImportRun,
  { readonly value: number; readonly runs: ReadonlySet<Id.Id> }
> => {
  let value = 0
  const runs = new Set<Id.Id>()
  return {
    add: (row) => {
      if (row.value.tally === undefined) return
      value += row.value.tally.read
      runs.add(row.id)
    },
    result: () => ({ value, runs })
  }
}

const districtsOf = (): Counter<Participant.Participant, ReadonlyMap<Id.Id, string | undefined>> => {
  const districts = new Map<Id.Id, string | undefined>()
  return { add: ({ id, value }) => districts.set(id, value.person.district), result: () => districts }
}

const peopleIn = (
  districts: ReadonlyMap<Id.Id, string | undefined>
): Counter<Membership.Membership, ReadonlyArray<People>> => {
  const people = tallyOf<Omit<People, "count">>()
  return {
    add: ({ value: { participant, segment, state } }) =>
      people.add({ segment, state, district: districts.get(participant) }),
    result: people.counts
  }
}

const casesByKind = (): Counter<DuplicateCase.DuplicateCase, ReadonlyArray<Duplicates>> => {
  const evidence = tallyOf<{
    readonly kind: DuplicateCase.Kind
    readonly field: (typeof evidenceFields)[number]
    readonly level: string
  }>()
  return {
    add: ({ value }) => {
      for (const field of evidenceFields) evidence.add({ kind: value.kind, field, level: value.evidence[field] })
    },
    result: () => {
      const all = evidence.counts()
      // every case has one level for each field, so any field counts the cases
      const cases = all.filter((it) => it.field === "nik")
      return grouped(cases, (it) => it.kind).map(({ count, key: kind }) => ({
        kind,
        count,
        evidence: all.filter((it) => it.kind === kind)
      }))
    }
  }
}

const clocksByDay = (): Counter<Clock.Clock, { readonly opened: number; readonly running: ReadonlyArray<Clocks> }> => {
  let opened = 0
  const running = tallyOf<Omit<Clocks, "count">>()
  return {
    add: ({ value: { dueAt, estimate, kind, openedAt, standing, state } }) => {
      opened++
      if (state !== "running") return
      const [from, due] = [PlainDate.fromInstant(openedAt, "WIB"), PlainDate.fromInstant(dueAt, "WIB")]
      running.add({ kind, standing, opened: from, due, estimate })
    },
    result: () => ({ opened, running: running.counts() })
  }
}

const messagesByState = (): Counter<Message.Message, ReadonlyArray<Messages>> => {
  const messages = tallyOf<Omit<Messages, "count">>()
  return { add: ({ value: { state, template } }) => messages.add({ template, state }), result: messages.counts }
}

/** What came of the codes of one phone for one registration; a later code outweighs an earlier one. */
type CodeEnd = "verified" | "open" | "wrong" | "expired"

const codesByPhone = (
  now: number
): Counter<Challenge.Challenge, { readonly sent: number; readonly ends: ReadonlyMap<string, CodeEnd> }> => {
  let sent = 0
  const ends = new Map<string, CodeEnd>()
  return {
    add: ({ value }) => {
      sent += value.sends
      if (value.decoy) return
      const phone = phoneOf(value.destination, value.subject)
      const [before, after] = [ends.get(phone), endOf(value, now)]
      if (before === undefined || order.indexOf(after) < order.indexOf(before)) ends.set(phone, after)
    },
    result: () => ({ sent, ends })
  }
}

const order: ReadonlyArray<CodeEnd> = ["verified", "open", "wrong", "expired"]

const endOf = (challenge: Challenge.Challenge, now: number): CodeEnd => {
  if (challenge.state === "used") return "verified"
  if (challenge.state === "open" && challenge.expiresAt > now) return "open"
  return challenge.wrong > 0 ? "wrong" : "expired"
}

/** One phone and one registration; stays in memory and is counted. */
const phoneOf = (destination: string, subject: string) => `${destination} ${subject}`

const phonesOf = (told: ReadonlySet<string>, ends: ReadonlyMap<string, CodeEnd>, lateCodes: number): Phones => {
  const counted = (end: CodeEnd) => [...ends.values()].filter((it) => it === end).length
  const expired = counted("expired")
  const late = Math.min(expired, lateCodes)
  const phones: Record<PhoneEnd, number> = {
    verified: counted("verified"),
    wrong: counted("wrong"),
    late,
    silent: expired - late,
    open: counted("open"),
    never: [...told].filter((phone) => !ends.has(phone)).length
  }
  return phones
}
