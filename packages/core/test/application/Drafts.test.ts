import { assert, describe, it } from "@effect/vitest"
import { Consents } from "@kis/core/access"
import { Audit } from "@kis/core/audit"
import { Region } from "@kis/core/identity"
import { Application, type Columns } from "@kis/core/intake"
import { Drafts, Refusal } from "@kis/core/application"
import { Draft, RegistrationRecord } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { TestClock } from "effect/testing"
import * as Office from "../registration/Office.ts"

const elder = { kind: "citizen", id: "device-1" } as const
const helper = { kind: "officer", id: "417" } as const

const begin = (key = "k1", actor: Drafts.OnDraft["actor"] = helper) =>
  Effect.flatMap(Drafts.Drafts, (drafts) =>
    drafts.begin({ key, actor, office: "0903", channel: "app", path: "self-pay" })
  )

const resume = (code: string, key = "r1", from = "phone-1", actor: Drafts.OnDraft["actor"] = elder) =>
  Effect.flatMap(Drafts.Drafts, (drafts) => drafts.resume({ code, key, actor, from }))

/** A family of the file, typed field by field. */
const type = Effect.fnUntraced(function* (
  draft: Drafts.Held,
  actor: Drafts.OnDraft["actor"],
  cells: ReadonlyArray<Office.Cells>
) {
  const drafts = yield* Drafts.Drafts
  let held = draft
  for (const [i, fields] of cells.entries()) {
    for (const [field, text] of Object.entries({ ...fields, facility: "0903F001" })) {
      if (text === "") continue
      const key = `${i} ${field}`
      held = yield* drafts.save({ draft: held.id, version: held.version, actor, key, line: i + 1, field, text })
    }
  }
  return held
})

const reader = Effect.map(
  Region.Regions,
  (regions) => (lines: readonly [Columns.RawRow, ...Array<Columns.RawRow>], today: typeof Office.today) =>
    Application.decodeHousehold(lines, { today }, regions)
)

const failure = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.flip(effect)

describe("Drafts", () => {
  it.effect("are begun by one, gone on with by another, and handed in once", () =>
    Effect.gen(function* () {
      const drafts = yield* Drafts.Drafts
      const [head = {}, spouse = {}] = Office.family(41)
      const begun = yield* begin()
      const half = yield* type(begun.draft, helper, [head])

      const mine = yield* resume(begun.code.toLowerCase().replaceAll("-", " "))
      assert.deepStrictEqual(mine.draft.value.lines, half.value.lines)
      assert.notStrictEqual(mine.code, begun.code)
      // the helper's device has let go of it
      assert.instanceOf(yield* failure(drafts.read({ draft: mine.draft.id, actor: helper })), Refusal.DraftNotFound)

      const read = yield* reader
      const early = { draft: mine.draft.id, version: mine.draft.version, actor: elder, on: Office.today, read }
      const account = "BRI 0123-01-000123-53-9"
      const whole = yield* type(mine.draft, elder, [{ ...head, auto_debit: account }, spouse])
      assert.instanceOf(yield* failure(drafts.submit(early)), Refusal.DraftStale)
      const order = { ...early, version: whole.version }
      const receipt = yield* drafts.submit(order)
      assert.deepStrictEqual(
        receipt.outcomes.map((it) => it._tag),
        ["Received", "Received"]
      )
      const storage = yield* Storage.Storage
      const record = Option.getOrThrow(yield* storage.get(RegistrationRecord.aggregate, receipt.registration))
      assert.deepStrictEqual(
        record.value.outcomes.map((it) => it._tag),
        ["Registered", "Registered"]
      )
      assert.strictEqual(record.value.autoDebit, account)
      const again = yield* drafts.submit(order)
      assert.isTrue(again.repeated)
      assert.strictEqual(again.registration, receipt.registration)
      const done = yield* drafts.read(early)
      assert.strictEqual(done.value.state, "submitted")
      assert.strictEqual(done.value.registration, receipt.registration)
      assert.instanceOf(yield* failure(drafts.withdraw({ ...early, version: done.version })), Refusal.DraftClosed)
      // what is handed in is nobody's to go on with
      assert.deepInclude(yield* failure(resume(mine.code, "r2")), { reason: "Unknown" })
      const audit = yield* Audit.Audit
      const { entries, findings } = yield* audit.verify(done.id)
      assert.deepStrictEqual(findings, [])
      assert.deepStrictEqual(
        [...new Set(entries.map((it) => it.action))],
        ["begin-draft", "save-draft", "resume-draft", "submit-draft", "draft-registered"]
      )
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("say which step still asks, and stay open", () =>
    Effect.gen(function* () {
      const drafts = yield* Drafts.Drafts
      const { draft } = yield* begin()
      const [{ class: _, ...head } = {}] = Office.family(42)
      const held = yield* type(draft, helper, [head])
      const order = { draft: held.id, version: held.version, actor: helper, on: Office.today, read: yield* reader }
      const refused = yield* failure(drafts.submit(order))
      assert.instanceOf(refused, Refusal.DraftIncomplete)
      assert.deepStrictEqual(refused.missing, [{ step: "class", line: 1, fields: ["class"] }])
      const now = yield* drafts.read(order)
      assert.strictEqual(now.value.state, "open")
      assert.strictEqual(now.version, held.version)
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("finish a submission that a crash cut off, as of its first day", () =>
    Effect.gen(function* () {
      const drafts = yield* Drafts.Drafts
      const { draft } = yield* begin("k1", elder)
      const held = yield* type(draft, elder, Office.family(43))
      const read = yield* reader
      const order = { draft: held.id, version: held.version, actor: elder, on: Office.today, read }
      const cut = yield* Effect.exit(
        drafts.submit({
          ...order,
          read: () => {
            throw new Error("the process ends here")
          }
        })
      )
      assert.strictEqual(cut._tag, "Failure")
      const frozen = yield* drafts.read(order)
      assert.strictEqual(frozen.value.state, "submitting")
      const save = { ...order, version: frozen.version, key: "late", line: 1, field: "name", text: "Lain" }
      assert.instanceOf(yield* failure(drafts.save(save)), Refusal.DraftClosed)
      let asked: string | undefined
      const receipt = yield* drafts.submit({
        ...order,
        on: "2026-12-01" as typeof Office.today,
        read: (lines, on) => {
          asked = on
          return read(lines, on)
        }
      })
      assert.strictEqual(asked, Office.today)
      assert.strictEqual(receipt.outcomes[0]?._tag, "Received")
      assert.strictEqual((yield* drafts.read(order)).value.state, "submitted")
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("are a helper's as far as the consent goes, and no longer", () =>
    Effect.gen(function* () {
      const drafts = yield* Drafts.Drafts
      const consents = yield* Consents.Consents
      const actor = { kind: "proxy", id: "cadre-7" } as const
      const now = PlainDate.toEpochMillis(Office.today, "WIB", 9 * 60)
      yield* TestClock.setTime(now)
      const order = { key: "d1", actor, office: "0903", channel: "app", path: "self-pay" } as const
      assert.deepInclude(yield* failure(drafts.begin(order)), { _tag: "NotAllowed", reasons: ["NoConsent"] })

      const [head = {}] = Office.family(43)
      const consent = yield* consents.record({
        key: "c1",
        actor: { kind: "officer", id: "417" },
        people: [{ name: head.name ?? "", birthDate: PlainDate.make(head.birth_date ?? "") }],
        giver: elder,
        helper: actor,
        helperName: "Rina",
        office: "0903",
        purposes: ["fill-in"],
        data: ["identity", "family"],
        from: now,
        until: now + 86_400_000,
        how: "signed",
        language: "id",
        notice: "2026-1"
      })
      const { code, draft } = yield* drafts.begin({ ...order, consent: consent.id })
      const held = yield* type(draft, actor, Office.family(43))
      const mine = { draft: held.id, version: held.version, actor, on: Office.today, read: yield* reader }
      // to fill in is not to hand in: nothing is closed by trying
      const refusal = yield* failure(drafts.submit(mine))
      assert.deepInclude(refusal, { _tag: "NotAllowed", reasons: ["AnotherPurpose", "PersonNotCovered"] })
      const open = yield* drafts.read(mine)
      assert.strictEqual(open.value.state, "open")
      assert.deepStrictEqual(open.value.lines, held.value.lines)

      yield* consents.end({ consent: consent.id, actor: elder })
      assert.deepInclude(yield* failure(drafts.read(mine)), { _tag: "NotAllowed", reasons: ["ConsentEnded"] })
      const again = yield* failure(drafts.resume({ code, key: "r1", actor, from: "tablet", consent: consent.id }))
      assert.deepInclude(again, { _tag: "NotAllowed" })
      // the code still opens it for the citizen
      const own = yield* resume(code, "r2")
      assert.deepStrictEqual(own.draft.value.lines, held.value.lines)
      assert.isUndefined(own.draft.value.consent)
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("answer a command that is sent again as the first time, and refuse a key used for something else", () =>
    Effect.gen(function* () {
      const drafts = yield* Drafts.Drafts
      const first = yield* begin()
      assert.deepStrictEqual(yield* begin(), first)
      assert.instanceOf(yield* failure(begin("k1", elder)), Refusal.DraftKeyReused)

      const on = { draft: first.draft.id, version: 1, actor: helper, key: "s1", line: 1, field: "name" }
      const saved = yield* drafts.save({ ...on, text: "Siti" })
      assert.deepStrictEqual(yield* drafts.save({ ...on, text: "Siti" }), saved)
      assert.instanceOf(yield* failure(drafts.save({ ...on, text: "Sita" })), Refusal.DraftKeyReused)
      const stale = yield* failure(drafts.save({ ...on, key: "s2", text: "Sita" }))
      assert.deepInclude(stale, { _tag: "DraftStale", version: 2 })

      const taken = yield* resume(first.code)
      assert.deepStrictEqual(yield* resume(first.code), taken)
      // another command, or another actor, does not get the code that came then
      assert.deepInclude(yield* failure(resume(first.code, "r9")), { reason: "Used" })
      assert.deepInclude(yield* failure(resume(first.code, "r1", "phone-1", helper)), { reason: "Used" })
      assert.instanceOf(yield* failure(begin()), Refusal.DraftKeyReused)
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("give one device a draft that two go on with at the same moment", () =>
    Effect.gen(function* () {
      const { code } = yield* begin()
      const devices = Array.from({ length: 20 }, (_, i) => i)
      const ends = yield* Effect.forEach(
        devices,
        (i) => Effect.result(resume(code, `r${i}`, `phone-${i}`, { kind: "citizen", id: `device-${i}` })),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(
        ends.flatMap((end) => (end._tag === "Failure" ? [end.failure._tag] : [])),
        devices.slice(1).map(() => "CodeRefused")
      )
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("take no old code: lost ones are replaced, late ones expire", () =>
    Effect.gen(function* () {
      const drafts = yield* Drafts.Drafts
      const { code, draft } = yield* begin()
      const other = yield* drafts.issueCode({ draft: draft.id, version: 1, actor: helper, key: "c1" })
      assert.deepStrictEqual(yield* drafts.issueCode({ draft: draft.id, version: 1, actor: helper, key: "c1" }), other)
      assert.deepInclude(yield* failure(resume(code)), { reason: "Unknown" })
      yield* TestClock.adjust("31 days")
      assert.deepInclude(yield* failure(resume(other.code)), { reason: "Expired" })
      const fresh = yield* drafts.issueCode({ draft: draft.id, version: 2, actor: helper, key: "c2" })
      yield* TestClock.adjust("29 days")
      assert.strictEqual((yield* resume(fresh.code)).draft.id, draft.id)
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("count wrong codes by where they come from, and slips of the pen not at all", () =>
    Effect.gen(function* () {
      const { code } = yield* begin()
      for (let i = 0; i < 30; i++) {
        assert.deepInclude(yield* failure(resume(`${code}X`)), { reason: "Unreadable" })
      }
      for (let i = 0; i < 10; i++) {
        assert.deepInclude(yield* failure(resume("1111-1111-1111-1111")), { reason: "Unknown" })
      }
      const closed = yield* failure(resume(code))
      assert.instanceOf(closed, Refusal.ResumeClosed)
      // another phone is not closed by it
      const mine = yield* resume(code, "r1", "phone-2")
      yield* TestClock.adjust("1 day")
      assert.strictEqual((yield* resume(mine.code, "r2")).draft.id, mine.draft.id)
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("keep no code that could be read from the database", () =>
    Effect.gen(function* () {
      const { code, draft } = yield* begin()
      assert.notInclude(JSON.stringify(draft.value), code)
      assert.notInclude(JSON.stringify(draft.value), code.replaceAll("-", ""))
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("are withdrawn by whoever holds them, and expire by themselves; what was typed is kept", () =>
    Effect.gen(function* () {
      const drafts = yield* Drafts.Drafts
      const storage = yield* Storage.Storage
      const first = yield* begin("k1")
      const second = yield* begin("k2")
      const text = { line: 1, field: "name", text: "Siti Aminah", key: "s1", actor: helper, version: 1 }
      const saved = yield* drafts.save({ ...text, draft: first.draft.id })
      yield* TestClock.adjust("50 days")
      yield* drafts.save({ ...text, draft: second.draft.id })
      assert.instanceOf(
        yield* failure(drafts.withdraw({ draft: first.draft.id, version: saved.version, actor: elder })),
        Refusal.DraftNotFound
      )
      const mine = { draft: first.draft.id, version: saved.version, actor: helper }
      const withdrawn = yield* drafts.withdraw(mine)
      assert.deepStrictEqual(yield* drafts.withdraw(mine), withdrawn)
      assert.strictEqual(withdrawn.value.lines[0]?.fields.name, "Siti Aminah")

      yield* TestClock.adjust("50 days")
      assert.strictEqual(yield* drafts.expireDue, 0)
      yield* TestClock.adjust("41 days")
      const late = { ...text, draft: second.draft.id, version: 2, key: "s3" }
      assert.deepInclude(yield* failure(drafts.save(late)), { _tag: "DraftClosed", state: "expired" })
      assert.strictEqual(yield* drafts.expireDue, 1)
      assert.strictEqual(yield* drafts.expireDue, 0)
      const page = yield* storage.snapshot(storage.scan(Draft.aggregate, "id", {}, { limit: 10 }))
      assert.deepStrictEqual(
        page.rows.map((row) => row.value.state),
        ["withdrawn", "expired"]
      )
      assert.strictEqual(page.rows[1]?.value.lines[0]?.fields.name, "Siti Aminah")
    }).pipe(Effect.provide(Office.layer))
  )

  it.effect("hold no more than a form", () =>
    Effect.gen(function* () {
      const drafts = yield* Drafts.Drafts
      const { draft } = yield* begin()
      const on = { draft: draft.id, version: 1, actor: helper, key: "s", line: 1, field: "name", text: "x" }
      const reason = (over: Partial<typeof on>) =>
        Effect.map(failure(drafts.save({ ...on, ...over })), (it) => (it._tag === "FieldRefused" ? it.reason : it._tag))
      assert.strictEqual(yield* reason({ text: "x".repeat(501) }), "TextTooLong")
      assert.strictEqual(yield* reason({ field: "__proto__" }), "NoSuchField")
      let version = 1
      for (let line = 1; line <= 20; line++) {
        const saved = yield* drafts.save({ ...on, version, line, key: `l${line}` })
        version = saved.version
      }
      assert.strictEqual(yield* reason({ line: 21, version }), "TooManyLines")
      const fewer = yield* drafts.removeLine({ ...on, version, line: 3 })
      assert.strictEqual(fewer.value.lines.length, 19)
      assert.deepStrictEqual(yield* drafts.removeLine({ ...on, version, line: 3 }), fewer)
      for (let i = 0; i < 59; i++) {
        const saved = yield* drafts.save({ ...on, version: ++version, field: `f${i}`, key: `f${i}` })
        version = saved.version - 1
      }
      assert.strictEqual(yield* reason({ field: "f60", version: version + 1, key: "last" }), "TooManyFields")
    }).pipe(Effect.provide(Office.layer))
  )
})

describe("Drafts when every unit of work runs twice", () => {
  it.effect("give the same", () =>
    Effect.gen(function* () {
      const begun = yield* begin()
      const mine = yield* resume(begun.code)
      assert.strictEqual(mine.draft.version, 2)
      assert.strictEqual(mine.draft.value.serial, 2)
    }).pipe(Effect.provide(Layer.fresh(Office.layerRehearsed)))
  )
})
