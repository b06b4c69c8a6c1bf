import { assert, describe, it } from "@effect/vitest"
import { Consents } from "@kis/core/access"
import { FirstPayments, Withdrawals } from "@kis/core/application"
import { Audit } from "@kis/core/audit"
import { PhoneNumber } from "@kis/core/identity"
import { Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { Registration } from "@kis/core/registration"
import { Clock } from "@kis/core/sla"
import { Id, Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { Verification } from "@kis/core/verification"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { TestClock } from "effect/testing"
import * as Office from "../registration/Office.ts"

const officer = { kind: "officer", id: "417" } as const
const citizen = { kind: "citizen", id: "agus" } as const
const helper = { kind: "proxy", id: "cadre-7" } as const
const start = PlainDate.toEpochMillis(Office.today, "WIB", 9 * 60)

const layerOf = (rehearsed: boolean) =>
  Layer.mergeAll(Withdrawals.layer(), Verification.layer()).pipe(
    Layer.provideMerge(rehearsed ? Office.layerRehearsed : Office.layer),
    Layer.fresh
  )

const memberships = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const page = yield* storage.snapshot(storage.scan(Membership.aggregate, "id", {}, { limit: 100 }))
  return page.rows.map(({ value }) => value)
})

const states = Effect.map(memberships, (rows) => rows.map(({ state }) => state))

const clocks = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const page = yield* storage.snapshot(storage.scan(Clock.aggregate, "id", {}, { limit: 100 }))
  return page.rows.filter(({ value }) => value.kind === "registration").map(({ value }) => value.state)
})

const told = (number: number) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const { rows } = yield* storage.snapshot(
      storage.scanKey(Message.aggregate, "to", Office.phoneOf(number), { limit: 100 })
    )
    return rows.map(({ value }) => value.template)
  })

/** A couple that pays for itself, registered at the counter. */
const couple = (number: number, isKnown: boolean, over: { readonly actor?: typeof citizen } = {}) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(start)
    const cells = Office.family(number)
    for (const cell of cells) {
      if (isKnown) Office.knownToPopulationRegister(cell)
      else Office.residents.delete(cell.nik ?? "")
    }
    const registration = yield* Registration.Registration
    const command = yield* Office.command(`couple-${number}`, cells)
    return (yield* registration.register({ ...command, ...over })).registration
  })

const withdraw = (of: Partial<Withdrawals.Withdrawing> & { readonly registration: Id.Id }) =>
  Effect.flatMap(Withdrawals.Withdrawals, (it) => it.withdraw({ key: "w1", actor: officer, version: 1, ...of }))

const tags = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => error._tag)

const back = [{ code: "MoveWithdrawn" }] as const

describe.each([
  ["once", layerOf(false)],
  ["twice", layerOf(true)]
])("Withdrawals, every unit run %s", (_, layer) => {
  it.effect("end what waits for its first payment, once, and say which money is to be paid back", () =>
    Effect.gen(function* () {
      const registration = yield* couple(61, true)
      assert.deepStrictEqual(yield* states, ["AWAITING_FIRST_PAYMENT", "AWAITING_FIRST_PAYMENT"])
      const payments = yield* FirstPayments.FirstPayments
      const { card } = (yield* memberships)[0]!
      const short = {
        reference: "p1",
        amount: 20_000,
        on: Office.today,
        actor: { kind: "system", id: "bank" }
      } as const
      assert.deepStrictEqual(yield* payments.receive({ card: card!, ...short }), { _tag: "Short", missing: 15_000 })

      const withdrawn = yield* withdraw({ registration })
      assert.deepStrictEqual(withdrawn, {
        registration,
        version: 2,
        on: Office.today,
        ends: [
          { line: 2, end: "withdrawn", reasons: back, credit: 20_000 },
          { line: 3, end: "withdrawn", reasons: back }
        ]
      })
      assert.deepStrictEqual(yield* withdraw({ registration }), withdrawn)
      assert.deepStrictEqual(yield* states, ["EXPIRED", "EXPIRED"])
      assert.deepStrictEqual(yield* clocks, ["met", "met"])
      const texts = yield* told(61)
      assert.strictEqual(texts.filter((it) => it === "registration-withdrawn").length, 1)

      // nobody is reminded, or expires again
      yield* payments.runDue
      yield* TestClock.setTime(PlainDate.toEpochMillis(PlainDate.make("2026-12-25"), "WIB", 8 * 60))
      const { expired, reminded } = yield* payments.runDue
      assert.deepStrictEqual([reminded, expired], [0, 0])
      assert.deepStrictEqual(yield* told(61), texts)
      // money that comes after all is kept
      const late = yield* payments.receive({ card: card!, ...short, reference: "p2", amount: 15_000 })
      assert.strictEqual(late._tag, "Late")

      const audit = yield* Audit.Audit
      for (const subject of [registration, (yield* memberships)[0]!.participant]) {
        const { entries, findings } = yield* audit.verify(subject)
        assert.deepStrictEqual(findings, [])
        assert.include(
          entries.map((it) => `${it.actor} ${it.action}`),
          "officer:417 withdraw-registration"
        )
      }
    }).pipe(Effect.provide(layer))
  )

  it.effect("end what waits for the civil register, which is asked no more", () =>
    Effect.gen(function* () {
      const registration = yield* couple(62, false)
      assert.deepStrictEqual(yield* states, ["PENDING_VERIFICATION", "PENDING_VERIFICATION"])
      const verification = yield* Verification.Verification
      yield* verification.verifyDue
      // one of the two first, the other later
      const first = yield* withdraw({ registration, lines: [3] })
      assert.deepStrictEqual(first.ends, [{ line: 3, end: "withdrawn", reasons: back }])
      assert.deepStrictEqual(yield* states, ["PENDING_VERIFICATION", "EXPIRED"])
      const rest = yield* withdraw({ registration, key: "w2", version: first.version })
      assert.deepStrictEqual(rest.ends, [
        { line: 2, end: "withdrawn", reasons: back },
        { line: 3, end: "stays", reasons: [{ code: "MoveNotPossible" }] }
      ])
      for (const cell of Office.family(62)) Office.knownToPopulationRegister(cell)
      yield* TestClock.adjust("8 days")
      assert.deepInclude(yield* verification.verifyDue, { confirmed: 0, denied: 0, left: 2 })
      assert.deepStrictEqual(yield* states, ["EXPIRED", "EXPIRED"])
      assert.strictEqual((yield* told(62)).filter((it) => it === "registration-withdrawn").length, 2)
    }).pipe(Effect.provide(layer))
  )

  it.effect("leave everybody else where they are, with the reason", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      // somebody whom the state pays for, not matched yet, and a line that is refused
      const cells = Office.family(63, [{ pbi_decree: "ya" }, { nik: "12" }])
      const registration = yield* Registration.Registration
      const command = yield* Office.command("listed-63", cells)
      const receipt = yield* registration.register(command)
      assert.deepStrictEqual(
        receipt.outcomes.map((it) => it._tag),
        ["Registered", "Rejected"]
      )
      const { ends } = yield* withdraw({ registration: receipt.registration })
      assert.deepStrictEqual(ends, [
        { line: 2, end: "stays", reasons: [{ code: "WithdrawalTooLate" }] },
        { line: 3, end: "nothing", reasons: [] }
      ])
      assert.deepStrictEqual(yield* states, ["PENDING_VERIFICATION"])
      assert.notInclude(yield* told(63), "registration-withdrawn")
      // it was asked for, and that stays on the register
      assert.deepStrictEqual((yield* withdraw({ registration: receipt.registration })).ends, ends)
    }).pipe(Effect.provide(layer))
  )

  it.effect("leave whoever has paid covered", () =>
    Effect.gen(function* () {
      const registration = yield* couple(64, true)
      const payments = yield* FirstPayments.FirstPayments
      const { card } = (yield* memberships)[0]!
      yield* TestClock.setTime(PlainDate.toEpochMillis(PlainDate.make("2026-12-10"), "WIB", 9 * 60))
      const paid = { reference: "p1", amount: 35_000, on: PlainDate.make("2026-12-10") }
      yield* payments.receive({ card: card!, ...paid, actor: { kind: "system", id: "bank" } })
      const { ends } = yield* withdraw({ registration })
      assert.deepStrictEqual(
        ends.map((it) => ("end" in it ? it.end : it._tag)),
        ["stays", "withdrawn"]
      )
      assert.deepStrictEqual(yield* states, ["ACTIVE", "EXPIRED"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("leave whoever was covered by a membership before this one", () =>
    Effect.gen(function* () {
      const registration = yield* couple(69, true)
      const storage = yield* Storage.Storage
      const { rows } = yield* storage.snapshot(storage.scan(Membership.aggregate, "id", {}, { limit: 9 }))
      const [head, spouse] = rows
      // as after a worker has resigned and pays alone from now on
      yield* storage.transaction(storage.update(Membership.aggregate, head!, { ...head!.value, follows: spouse!.id }))
      const { ends } = yield* withdraw({ registration })
      assert.deepStrictEqual(ends[0], { line: 2, end: "stays", reasons: [{ code: "WithdrawalTooLate" }] })
      assert.deepStrictEqual(yield* states, ["AWAITING_FIRST_PAYMENT", "EXPIRED"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("refuse with a name, and write nothing", () =>
    Effect.gen(function* () {
      const registration = yield* couple(65, true, { actor: citizen })
      const nobody = Id.Id.make("01900000-0000-7000-8000-00000000dead")
      assert.strictEqual(yield* tags(withdraw({ registration: nobody })), "RegistrationNotFound")
      assert.strictEqual(yield* tags(withdraw({ registration, version: 2 })), "RegistrationStale")
      const missing = yield* Effect.flip(withdraw({ registration, lines: [2, 9, 1] }))
      assert.deepInclude(missing, { _tag: "LinesNotFound", lines: [9, 1] })
      const other = { kind: "citizen", id: "joko" } as const
      assert.strictEqual(yield* tags(withdraw({ registration, actor: other })), "NotAllowed")
      assert.strictEqual(yield* tags(withdraw({ registration, actor: { kind: "employer", id: "pt" } })), "NotAllowed")
      assert.strictEqual(yield* tags(withdraw({ registration, actor: helper })), "NotAllowed")
      assert.deepStrictEqual(yield* states, ["AWAITING_FIRST_PAYMENT", "AWAITING_FIRST_PAYMENT"])

      // the citizen who registered may, and is told nothing that a NIK could be tried out by
      const own = yield* withdraw({ registration, actor: citizen, lines: [3] })
      assert.deepStrictEqual(own.ends, [{ _tag: "Received", line: 3 }])
      assert.strictEqual(yield* tags(withdraw({ registration, actor: citizen, lines: [2] })), "WithdrawalKeyReused")
      assert.deepStrictEqual(yield* withdraw({ registration, actor: citizen, lines: [3] }), own)
      assert.deepStrictEqual(yield* states, ["AWAITING_FIRST_PAYMENT", "EXPIRED"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("let a helper do it under a consent that says so, and tell the citizen", () =>
    Effect.gen(function* () {
      const registration = yield* couple(66, true)
      const consents = yield* Consents.Consents
      const [head, spouse] = Office.family(66)
      const subject = (cell: Office.Cells | undefined) => ({
        name: cell?.name ?? "",
        birthDate: PlainDate.make(cell?.birth_date ?? "")
      })
      const giving = {
        actor: officer,
        people: [subject(head)],
        giver: citizen,
        helper,
        helperName: "Rina",
        office: "0903",
        data: ["identity", "membership"],
        from: start,
        until: start + 3_600_000,
        how: "thumbprint",
        language: "id",
        notice: "2026-1",
        phone: PhoneNumber.PhoneNumber.make("+6281210000066")
      } as const
      const other = yield* consents.record({ ...giving, key: "c1", purposes: ["register"] })
      const one = yield* consents.record({ ...giving, key: "c2", purposes: ["withdraw"] })
      const both = yield* consents.record({
        ...giving,
        key: "c3",
        purposes: ["withdraw"],
        people: [subject(head), subject(spouse)]
      })
      const reasons = (consent: Id.Id) =>
        Effect.map(Effect.flip(withdraw({ registration, actor: helper, consent })), (it) =>
          it._tag === "NotAllowed" ? it.reasons : it._tag
        )
      assert.deepStrictEqual(yield* reasons(other.id), ["AnotherPurpose", "PersonNotCovered"])
      assert.deepStrictEqual(yield* reasons(one.id), ["PersonNotCovered"])
      const done = yield* withdraw({ registration, actor: helper, consent: both.id })
      assert.deepStrictEqual(
        done.ends.map((it) => ("end" in it ? it.end : it._tag)),
        ["Received", "Received"]
      )
      assert.deepStrictEqual(yield* states, ["EXPIRED", "EXPIRED"])
      assert.includeMembers(yield* told(66), ["consent-used", "registration-withdrawn"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("take no consent that somebody else has given for these people", () =>
    Effect.gen(function* () {
      const atCounter = yield* couple(58, true)
      const own = yield* couple(59, true, { actor: citizen })
      const consents = yield* Consents.Consents
      const stranger = { kind: "citizen", id: "joko" } as const
      const given = (
        key: string,
        number: number,
        giver: typeof citizen | typeof stranger,
        by: Consents.Recording["actor"]
      ) =>
        Effect.gen(function* () {
          const [head, spouse] = Office.family(number)
          const people = [head, spouse].map((cell) => ({
            name: cell?.name ?? "",
            birthDate: PlainDate.make(cell?.birth_date ?? "")
          }))
          const [first, ...rest] = people
          const { id } = yield* consents.record({
            key,
            actor: by,
            people: [first!, ...rest],
            giver,
            helper,
            helperName: "Rina",
            office: "0903",
            purposes: ["withdraw"],
            data: ["identity", "membership"],
            from: start,
            until: start + 3_600_000,
            how: "on-screen",
            language: "id",
            notice: "2026-1"
          })
          return id
        })
      const ask = (registration: Id.Id, consent: Id.Id) =>
        Effect.map(Effect.flip(withdraw({ registration, actor: helper, consent })), (it) =>
          it._tag === "NotAllowed" ? it.reasons : it._tag
        )
      // whoever names people in an own consent names anybody: of the counter's registrations staff have witnessed it
      assert.deepStrictEqual(yield* ask(atCounter, yield* given("c1", 58, stranger, stranger)), ["PersonNotCovered"])
      // of a citizen's own it is the citizen's to give
      assert.deepStrictEqual(yield* ask(own, yield* given("c2", 59, stranger, officer)), ["PersonNotCovered"])
      const consent = yield* given("c3", 59, citizen, citizen)
      assert.strictEqual((yield* withdraw({ registration: own, actor: helper, consent })).version, 2)
    }).pipe(Effect.provide(layer))
  )

  it.effect("reach a family whose phone is nobody's own", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const registration = yield* Registration.Registration
      const { application, ...command } = yield* Office.command("couple-68", Office.family(68, [{ phone: "" }]))
      const phone = Office.phoneOf(68)
      const receipt = yield* registration.register({ ...command, application: { ...application, phone } })
      yield* withdraw({ registration: receipt.registration })
      assert.deepStrictEqual(yield* told(68), ["registered-pending-relayed", "registration-withdrawn"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("two at once with one key are one", () =>
    Effect.gen(function* () {
      const registration = yield* couple(67, true)
      const [one, other] = yield* Effect.all([withdraw({ registration }), withdraw({ registration })], {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual(one, other)
      assert.strictEqual((yield* told(67)).filter((it) => it === "registration-withdrawn").length, 1)
    }).pipe(Effect.provide(layer))
  )
})
