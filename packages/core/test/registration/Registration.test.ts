import { assert, describe, it } from "@effect/vitest"
import { Audit } from "@kis/core/audit"
import { DuplicateCase, Participant } from "@kis/core/deduplication"
import { Region } from "@kis/core/identity"
import { Application } from "@kis/core/intake"
import { Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { type Command, Registration, RegistrationRecord } from "@kis/core/registration"
import { Clock } from "@kis/core/sla"
import { type Aggregate, Storage } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Office from "./Office.ts"

const all = <A, U extends string, B extends string, O, X>(aggregate: Aggregate.Aggregate<A, U, B, O, X>) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const page = yield* storage.snapshot(storage.scan(aggregate, "id", {} as never, { limit: 1000 }))
    return page.rows.map((row) => row.value)
  })

const tags = (lines: ReadonlyArray<{ readonly outcome: { readonly _tag: string } }>) =>
  lines.map((line) => line.outcome._tag)

describe("Registration", () => {
  it.effect("registers a family: people, memberships, clocks, one notice a phone, audit", () =>
    Effect.gen(function* () {
      const { lines, tally } = yield* Office.importing("file-1", Office.family(1))
      assert.deepStrictEqual(tally, { read: 2, registered: 2, already: 0, review: 0, rejected: 0 })
      const people = yield* all(Participant.aggregate)
      assert.strictEqual(people.length, 2)
      const memberships = yield* all(Membership.aggregate)
      assert.deepStrictEqual(
        memberships.map((it) => it.state),
        ["PENDING_VERIFICATION", "PENDING_VERIFICATION"]
      )
      assert.deepStrictEqual(
        memberships.map((it) => it.segment),
        ["PBPU", "PBPU"]
      )
      assert.isTrue(memberships.every((it) => it.card === undefined))
      assert.strictEqual((yield* all(Clock.aggregate)).length, 2)
      const messages = yield* all(Message.aggregate)
      assert.deepStrictEqual(
        messages.map((it) => [it.template, it.arguments.people]),
        [["registered-pending", 2]]
      )
      const audit = yield* Audit.Audit
      for (const { outcome } of lines) {
        if (outcome._tag !== "Registered") continue
        const verified = yield* audit.verify(outcome.participant)
        assert.deepStrictEqual(verified.findings, [])
        assert.deepStrictEqual(
          verified.entries.map((it) => it.action),
          ["register"]
        )
      }
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("gives a card number only to whom the population register confirmed", () =>
    Effect.gen(function* () {
      const [head = {}, spouse = {}] = Office.family(2)
      Office.knownToPopulationRegister(head)
      Office.knownToPopulationRegister({ ...spouse, birth_date: "1987-10-13" })
      yield* Office.importing("file-2", [head, spouse])
      const memberships = yield* all(Membership.aggregate)
      assert.deepStrictEqual(
        memberships.map((it) => [it.state, it.card === undefined]),
        [
          ["AWAITING_FIRST_PAYMENT", false],
          ["PENDING_VERIFICATION", true]
        ]
      )
      const [record] = yield* all(RegistrationRecord.aggregate)
      const warnings = (record?.outcomes ?? []).flatMap((it) => (it._tag === "Registered" ? it.warnings : []))
      assert.include(warnings, "PopulationDiffers")
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("changes nothing when the same file comes again", () =>
    Effect.gen(function* () {
      const cells = [...Office.family(3), ...Office.family(4, [{ nik: "123" }])]
      const first = yield* Office.importing("file-3", cells)
      assert.deepStrictEqual(first.tally, { read: 4, registered: 3, already: 0, review: 0, rejected: 1 })
      const messages = (yield* all(Message.aggregate)).length
      const second = yield* Office.importing("file-3", cells)
      assert.deepStrictEqual(second.tally, { read: 4, registered: 0, already: 3, review: 0, rejected: 1 })
      assert.strictEqual((yield* all(Participant.aggregate)).length, 3)
      assert.strictEqual((yield* all(Message.aggregate)).length, messages)
      const rejected = (lines: typeof first.lines) => lines.filter((it) => it.outcome._tag === "Rejected")
      assert.deepStrictEqual(rejected(second.lines), rejected(first.lines))
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("knows people again who come in another file, whatever the order and size of commits", () =>
    Effect.gen(function* () {
      yield* Office.importing("file-4", [...Office.family(5), ...Office.family(6)])
      const again = yield* Office.importing("file-5", [...Office.family(6), ...Office.family(5)], 1)
      assert.deepStrictEqual(again.tally, { read: 4, registered: 0, already: 4, review: 0, rejected: 0 })
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("sees a repeated household of the same commit", () =>
    Effect.gen(function* () {
      const { lines } = yield* Office.importing("file-6", [
        ...Office.family(7),
        ...Office.family(7).map((it) => ({ ...it, household: "again" }))
      ])
      assert.deepStrictEqual(tags(lines), ["Registered", "Registered", "Already", "Already"])
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("sees a repeated row of the same household, also without a NIK", () =>
    Effect.gen(function* () {
      const [head = {}, spouse = {}] = Office.family(8)
      const { nik: _, ...child } = {
        ...spouse,
        relation: "child",
        name: "Putri Ayu",
        sex: "P",
        birth_date: "2026-10-30",
        mother_name: spouse.name ?? "",
        marital_status: "belum kawin",
        mother_participant: spouse.nik ?? ""
      }
      const { lines } = yield* Office.importing("file-7", [head, spouse, child, child, head])
      assert.deepStrictEqual(tags(lines), ["Registered", "Registered", "Registered", "Already", "Already"])
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("holds the later of two persons on one NIK, and merges nobody", () =>
    Effect.gen(function* () {
      const [other = {}] = Office.family(9)
      yield* Office.importing("file-8", Office.family(10))
      const { lines } = yield* Office.importing("file-9", [
        {
          ...other,
          nik: Office.family(10)[0]?.nik ?? "",
          name: "Bambang Sutejo",
          birth_date: "1979-02-01"
        }
      ])
      assert.deepStrictEqual(tags(lines), ["Held"])
      const [held] = yield* all(DuplicateCase.aggregate)
      assert.strictEqual(held?.kind, "two-persons")
      assert.strictEqual((yield* all(Participant.aggregate)).length, 2)
      assert.deepInclude(
        (yield* all(Message.aggregate)).map((it) => it.template),
        "held-for-review"
      )
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("holds a near match, and says so again when the file is repeated", () =>
    Effect.gen(function* () {
      const [head = {}] = Office.family(11)
      yield* Office.importing("file-10", [head])
      const { nik: _, ...unsure } = { ...head, name: `H. ${head.name}`, birth_date: "1985-03-04", household: "X" }
      const newcomer = { ...unsure, nik: "9971010304850999" }
      const first = yield* Office.importing("file-11", [newcomer])
      const second = yield* Office.importing("file-11", [newcomer])
      assert.deepStrictEqual(tags(first.lines), ["Held"])
      assert.deepStrictEqual(second.lines, first.lines)
      const cases = yield* all(DuplicateCase.aggregate)
      assert.deepStrictEqual(
        cases.map((it) => it.kind),
        ["one-person"]
      )
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("keeps what was sent with a rejected line, with every problem", () =>
    Effect.gen(function* () {
      const [head = {}] = Office.family(12, [{ nik: "3,67105E+15", sex: "X", birth_date: "31-02-1985" }])
      yield* Office.importing("file-12", [head])
      const [record] = yield* all(RegistrationRecord.aggregate)
      const [outcome] = record?.outcomes ?? []
      assert.strictEqual(outcome?._tag, "Rejected")
      if (outcome?._tag !== "Rejected") return
      assert.deepStrictEqual(new Set(outcome.problems.map((it) => it.field)), new Set(["nik", "sex", "birth_date"]))
      assert.strictEqual(outcome.submitted.nik, "3,67105E+15")
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("asks for what is missing instead of guessing a segment", () =>
    Effect.gen(function* () {
      const [head = {}] = Office.family(13, [{ occupation: "" }])
      const { lines } = yield* Office.importing("file-13", [head])
      const [line] = lines
      assert.strictEqual(line?.outcome._tag, "Rejected")
      if (line?.outcome._tag !== "Rejected") return
      assert.include(
        line.outcome.problems.map((it) => it.code),
        "MissingOccupation"
      )
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("gives the same answer for a key again, and refuses it for another content", () =>
    Effect.gen(function* () {
      const registration = yield* Registration.Registration
      const regions = yield* Region.Regions
      const command = (of: number): Command.Command => {
        const [first, ...rest] = Office.rowsOf(Office.family(of))
        if (first === undefined) throw new Error("a family has a head")
        return {
          key: "counter-3/2026-11-24/17",
          actor: { kind: "officer", id: "417" },
          office: "0903",
          channel: "counter",
          on: Office.today,
          application: Application.decodeHousehold([first, ...rest], { today: Office.today }, regions)
        }
      }
      const once = yield* registration.register(command(14))
      const twice = yield* registration.register(command(14))
      assert.deepStrictEqual([once.repeated, twice.repeated], [false, true])
      assert.deepStrictEqual(twice.outcomes, once.outcomes)
      const reused = yield* Effect.flip(registration.register(command(15)))
      assert.strictEqual(reused._tag, "KeyReused")
      assert.strictEqual((yield* all(Participant.aggregate)).length, 2)
    }).pipe(Effect.provide(Office.layer))
  )
})
