import { assert, describe, it } from "@effect/vitest"
import { type Actor, Consent, Consents, type Objection } from "@kis/core/access"
import { Attachments, Drafts } from "@kis/core/application"
import { Audit } from "@kis/core/audit"
import { Claims, Erasure } from "@kis/core/complaint"
import { PhoneNumber } from "@kis/core/identity"
import { Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { Attachment, Correction, Draft, Registration } from "@kis/core/registration"
import { Documents, DocumentStore } from "@kis/core/registry"
import { Clock } from "@kis/core/sla"
import { Id, Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { TestClock } from "effect/testing"
import * as Office from "../registration/Office.ts"

const start = PlainDate.toEpochMillis(Office.today, "WIB", 9 * 60)
const hour = 3_600_000

const citizen = { kind: "citizen", id: "siti" } as const
const helper = { kind: "proxy", id: "cadre-7" } as const
const officer = { kind: "officer", id: "417" } as const
const supervisor = { kind: "supervisor", id: "12" } as const
const phone = PhoneNumber.PhoneNumber.make("+6281298765432")
const about = { aggregate: "registration", id: Id.Id.make("01900000-0000-7000-8000-000000000001") }
const siti = { name: "Siti Aminah", birthDate: PlainDate.make("1949-02-11") }

const layer = (rehearsed: boolean) =>
  Claims.layer().pipe(Layer.provideMerge(rehearsed ? Office.layerRehearsed : Office.layer), Layer.fresh)

const brought = { key: "o1", actor: citizen, owner: citizen, about, office: "0903", phone, language: "id" } as const
const objecting = { ...brought, text: "Kelas saya salah dicatat.", decidedBy: officer }

const submitting = { state: "submitting" } as const

const tags = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => error._tag)

const told = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const { rows } = yield* storage.snapshot(storage.scanKey(Message.aggregate, "to", phone, { limit: 100 }))
  return rows.map((it) => it.value.template)
})

const clockOf = (claim: Pick<Objection.Objection, "clock">) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    return Option.getOrThrow(yield* storage.get(Clock.aggregate, claim.clock)).value
  })

describe.each([
  ["once", layer(false)],
  ["twice", layer(true)]
])("Claims, every unit run %s", (_, layer) => {
  it.effect("an objection has a receipt and a clock, and one answer, not by who decided", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const claims = yield* Claims.Claims
      const audit = yield* Audit.Audit
      const objection = yield* claims.object(objecting)
      assert.strictEqual((yield* claims.object(objecting)).id, objection.id)
      assert.strictEqual(yield* tags(claims.object({ ...objecting, text: "Lain." })), "ClaimKeyReused")
      const running = yield* clockOf(objection.value)
      assert.deepInclude(running, { kind: "objection", state: "running", standing: "house", openedAt: start })

      const answer = {
        key: "a1",
        objection: objection.id,
        version: objection.version,
        actor: supervisor,
        outcome: "partly-upheld",
        reason: "ClassCorrected",
        explanation: "Kelas diperbaiki mulai bulan depan."
      } as const
      const own = yield* Effect.flip(claims.answer({ ...answer, actor: officer }))
      assert.deepInclude(own, { _tag: "NotAllowed", reasons: ["OwnDeed"] })
      assert.strictEqual(yield* tags(claims.answer({ ...answer, actor: citizen })), "NotAllowed")
      assert.strictEqual(yield* tags(claims.answer({ ...answer, version: 7 })), "ClaimStale")
      assert.strictEqual(yield* tags(claims.answer({ ...answer, explanation: " " })), "TextRefused")
      const answered = yield* claims.answer(answer)
      assert.deepStrictEqual(yield* claims.answer(answer), answered)
      assert.strictEqual(yield* tags(claims.answer({ ...answer, key: "a2", version: answered.version })), "ClaimStale")
      assert.strictEqual((yield* clockOf(objection.value)).state, "met")
      assert.deepStrictEqual(yield* told, ["objection-received", "objection-answered"])
      const record = yield* audit.verify(objection.id)
      assert.deepStrictEqual(record.findings, [])
      assert.deepStrictEqual(
        record.entries.map((it) => [it.actor, it.action, it.reason]),
        [
          ["citizen:siti", "object", undefined],
          ["supervisor:12", "answer-objection", "partly-upheld"]
        ]
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("nobody objects in another's name, and a helper as far as the consent goes", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const claims = yield* Claims.Claims
      const consents = yield* Consents.Consents
      const stranger = { kind: "citizen", id: "joko" } as const
      assert.strictEqual(yield* tags(claims.object({ ...objecting, actor: stranger })), "NotAllowed")
      const consent = yield* consents.record({
        key: "c1",
        actor: officer,
        people: [siti],
        giver: citizen,
        helper,
        helperName: "Rina",
        office: "0903",
        purposes: ["object"],
        data: ["identity", "membership"],
        from: start,
        until: start + 24 * hour,
        how: "thumbprint",
        language: "id",
        notice: "2026-1",
        phone
      })
      const helped = { ...objecting, actor: helper, consent: consent.id, people: [siti] }
      assert.strictEqual(yield* tags(claims.object({ ...helped, people: [] })), "NotAllowed")
      assert.strictEqual(yield* tags(claims.object({ ...helped, owner: stranger })), "NotAllowed")
      const asked = yield* Effect.flip(claims.ask({ ...helped, kind: "access" }))
      assert.deepInclude(asked, { _tag: "NotAllowed", reasons: ["AnotherPurpose"] })
      const objection = yield* claims.object(helped)
      assert.deepStrictEqual(objection.value.broughtBy, helper)
      assert.deepStrictEqual(yield* told, ["consent-recorded", "consent-used", "objection-received"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("requests about personal data run by hours, through nights and holidays", () =>
    Effect.gen(function* () {
      // Christmas and its joint leave follow
      const christmas = PlainDate.toEpochMillis(PlainDate.make("2026-12-24"), "WIB", 22 * 60)
      yield* TestClock.setTime(christmas)
      const claims = yield* Claims.Claims
      assert.strictEqual(yield* tags(claims.ask({ ...brought, kind: "correction" })), "TextRefused")
      const request = yield* claims.ask({ ...brought, kind: "access" })
      const clock = yield* clockOf(request.value)
      assert.deepInclude(clock, { dueAt: christmas + 72 * hour, standing: "official", estimate: false })
      yield* TestClock.adjust("73 hours")
      const answer = {
        key: "a",
        actor: officer,
        version: 1,
        request: request.id,
        outcome: { _tag: "Granted" }
      } as const
      yield* claims.settle(answer)
      assert.strictEqual((yield* clockOf(request.value)).state, "late")
      assert.deepStrictEqual(yield* told, ["data-request-received", "data-request-granted"])
    }).pipe(Effect.provide(layer))
  )

  it.effect("what a living membership rests on is not erased: limited, with the ground", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const claims = yield* Claims.Claims
      const registration = yield* Registration.Registration
      const receipt = yield* registration.register(yield* Office.command("k1", Office.family(5)))
      const [first] = receipt.outcomes
      assert.strictEqual(first?._tag, "Registered")
      if (first?._tag !== "Registered") return
      const of = { ...brought, about: { aggregate: "participant", id: first.participant }, kind: "erasure" } as const
      const request = yield* claims.ask(of)
      const settle = { key: "a", actor: officer, version: 1, request: request.id } as const
      const refused = yield* Effect.flip(claims.settle({ ...settle, outcome: { _tag: "Granted" } }))
      assert.strictEqual(refused._tag, "MustBeKept")
      const outcome = { _tag: "Limited", ground: "legal-obligation" } as const
      const settled = yield* claims.settle({ ...settle, outcome })
      assert.deepStrictEqual(settled.value.answer?.outcome, outcome)
      assert.deepStrictEqual(yield* told, ["data-request-received", "data-request-limited"])
      const storage = yield* Storage.Storage
      assert.isTrue(Option.isSome(yield* storage.findBy(Membership.aggregate, "liveOf", first.participant)))
    }).pipe(Effect.provide(layer))
  )

  it.effect("a granted erasure removes what nothing needs, once, and keeps the rest with its ground", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const claims = yield* Claims.Claims
      const drafts = yield* Drafts.Drafts
      const consents = yield* Consents.Consents
      const storage = yield* Storage.Storage
      const audit = yield* Audit.Audit
      const begin = (key: string, actor: Drafts.OnDraft["actor"]) =>
        drafts.begin({ key, actor, office: "0903", channel: "app", path: "self-pay" })
      const { code, draft: own } = yield* begin("d1", citizen)
      const { draft: others } = yield* begin("d2", { kind: "citizen", id: "joko" })
      const record = (key: string) =>
        consents.record({
          key,
          actor: officer,
          people: [siti],
          giver: citizen,
          helper,
          helperName: "Rina",
          office: "0903",
          purposes: ["ask"],
          data: ["identity", "membership"],
          from: start,
          until: start + 24 * hour,
          how: "spoken",
          language: "id",
          notice: "2026-1"
        })
      const ended = yield* record("c1")
      const standing = yield* record("c2")
      const used = yield* record("c3")
      yield* consents.end({ consent: ended.id, actor: citizen })
      yield* claims.ask({ ...brought, key: "h", kind: "access", actor: helper, consent: used.id, people: [siti] })
      yield* consents.end({ consent: used.id, actor: citizen })

      // a phone that was somebody else's: it stands on the register as what was corrected
      const corrected = yield* storage.transaction(
        storage.insert(Correction.aggregate, {
          command: "k",
          participant: about.id,
          by: officer,
          at: start,
          changes: { phone: null },
          before: { phone }
        })
      )

      const request = yield* claims.ask({ ...brought, kind: "erasure" })
      const settle = {
        key: "a",
        actor: officer,
        version: 1,
        request: request.id,
        outcome: { _tag: "Granted" }
      } as const
      assert.strictEqual(yield* tags(claims.settle({ ...settle, actor: citizen })), "NotAllowed")
      assert.isTrue(Option.isSome(yield* storage.get(Draft.aggregate, own.id)))
      const answered = yield* claims.settle(settle)
      assert.sameDeepMembers(answered.value.answer?.erasure?.erased.slice() ?? [], [
        { aggregate: "draft", id: own.id },
        { aggregate: "consent", id: ended.id },
        { aggregate: "correction", id: corrected }
      ])
      assert.sameDeepMembers(answered.value.answer?.erasure?.kept.slice() ?? [], [
        { aggregate: "consent", id: standing.id, ground: "legal-obligation" },
        { aggregate: "consent", id: used.id, ground: "legal-obligation" }
      ])

      // found by no id and no key
      assert.isTrue(Option.isNone(yield* storage.get(Draft.aggregate, own.id)))
      assert.isTrue(Option.isNone(yield* storage.findBy(Draft.aggregate, "begun", "d1")))
      assert.strictEqual(yield* storage.snapshot(storage.countBy(Draft.aggregate, "person", "citizen:siti")), 0)
      assert.strictEqual(yield* tags(drafts.resume({ code, key: "r", actor: citizen, from: "p" })), "CodeRefused")
      assert.isTrue(Option.isNone(yield* storage.findBy(Consent.aggregate, "command", "c1")))
      // what is kept is there, and others' too
      const rest = yield* consents.of(citizen, "giver")
      assert.deepStrictEqual(
        rest.map(({ id }) => id),
        [standing.id, used.id]
      )
      assert.isTrue(Option.isSome(yield* storage.get(Draft.aggregate, others.id)))

      for (const subject of [request.id, own.id, ended.id, standing.id, used.id]) {
        assert.deepStrictEqual((yield* audit.verify(subject)).findings, [])
      }
      const lines = (yield* audit.verify(own.id)).entries
      assert.strictEqual(lines.at(-1)?.action, "erase")
      // again: the same answer, and no line more
      assert.deepStrictEqual(yield* claims.settle(settle), answered)
      assert.deepStrictEqual((yield* audit.verify(own.id)).entries, lines)
    }).pipe(Effect.provide(layer))
  )

  it.effect("what was erased is written down, and erased again from a copy that brought it back", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const claims = yield* Claims.Claims
      const drafts = yield* Drafts.Drafts
      const storage = yield* Storage.Storage
      const audit = yield* Audit.Audit
      const begin = (key: string) =>
        drafts.begin({ key, actor: citizen, office: "0903", channel: "app", path: "self-pay" })
      const own = [(yield* begin("d1")).draft, (yield* begin("d2")).draft]
      const request = yield* claims.ask({ ...brought, kind: "erasure" })
      const settle = { key: "a", actor: officer, version: 1, request: request.id } as const
      assert.deepStrictEqual(yield* Erasure.list, [])
      yield* claims.settle({ ...settle, outcome: { _tag: "Granted" } })
      const listed = yield* Erasure.list
      const entry = (id: Id.Id) => ({ aggregate: "draft", id, request: request.id, at: start })
      assert.sameDeepMembers(listed.slice(), own.map(({ id }) => entry(id)) as Array<Erasure.Entry>)
      assert.deepStrictEqual(yield* Erasure.again(listed, supervisor), { erased: 0, gone: 2, needed: 0 })

      // a copy is put back: both are there again, and one of them was being handed in when it was made
      const copies = own.map((row, i) => ({ ...row, value: { ...row.value, ...(i === 0 ? {} : submitting) } }))
      yield* Effect.forEach(copies, ({ id, value }) =>
        storage.transaction(storage.insert(Draft.aggregate, value, { id }))
      )
      assert.deepStrictEqual(yield* Erasure.again(listed, supervisor), { erased: 1, gone: 0, needed: 1 })
      assert.isTrue(Option.isNone(yield* storage.get(Draft.aggregate, own[0]!.id)))
      assert.isTrue(Option.isSome(yield* storage.get(Draft.aggregate, own[1]!.id)))
      const { entries } = yield* audit.verify(own[0]!.id)
      const last = entries.at(-1)
      assert.deepStrictEqual([last?.actor, last?.action, last?.reason], ["supervisor:12", "erase", "erasure-again"])
    }).pipe(Effect.provide(layer))
  )

  it.effect(
    "an erasure takes the papers of a draft with it: at once from sight, and their content with the next sweep",
    () =>
      Effect.gen(function* () {
        yield* TestClock.setTime(start)
        const attachments = yield* Attachments.Attachments
        const claims = yield* Claims.Claims
        const drafts = yield* Drafts.Drafts
        const storage = yield* Storage.Storage
        const audit = yield* Audit.Audit
        const { shelf } = yield* DocumentStore.MemoryShelf
        const content = new TextEncoder().encode("%PDF-1.7 Siti Aminah")
        const hand = Effect.fnUntraced(function* (key: string, actor: Actor.Actor) {
          const { draft } = yield* drafts.begin({ key, actor, office: "0903", channel: "app", path: "self-pay" })
          const paper = { key, draft: draft.id, actor, paper: "family-card", said: "application/pdf", content } as const
          return { draft, paper: yield* attachments.attach(paper) }
        })
        const own = yield* hand("d1", citizen)
        const others = yield* hand("d2", { kind: "citizen", id: "joko" })
        const waiting = yield* hand("d3", citizen)
        yield* storage.transaction(
          storage.update(Draft.aggregate, waiting.draft, { ...waiting.draft.value, ...submitting })
        )
        const request = yield* claims.ask({ ...brought, kind: "erasure" })
        const order = { key: "a", actor: officer, version: 1, request: request.id } as const
        const settled = yield* claims.settle({ ...order, outcome: { _tag: "Granted" } })
        const row = (aggregate: string, id: Id.Id) => ({ aggregate, id })
        assert.deepStrictEqual(settled.value.answer?.erasure, {
          erased: [row("draft", own.draft.id), row("attachment", own.paper.id)],
          kept: [{ ...row("draft", waiting.draft.id), ground: "legal-obligation" }]
        })
        const left = Option.getOrThrow(yield* storage.get(Attachment.aggregate, own.paper.id))
        assert.strictEqual(left.value.state, "leaving")
        assert.deepStrictEqual(yield* attachments.sweep, { gone: 1, arrived: 0, left: 0 })
        assert.sameMembers([...shelf.keys()], [others.paper.id, waiting.paper.id])
        const record = yield* audit.verify(own.paper.id)
        assert.deepStrictEqual(record.findings, [])
        assert.deepStrictEqual(record.entries.map((it) => [it.actor, it.action, it.reason]).slice(2), [
          ["officer:417", "erase", "erasure"],
          ["system:attachments", "forget-attachment", undefined]
        ])

        // one that came in the moment in which the draft was erased goes, too, when the answer is asked for again
        const late = Id.Id.make("01900000-0000-7000-8000-00000000000b")
        const there = { ...own.paper.value, command: "citizen:siti late" }
        yield* storage.transaction(storage.insert(Attachment.aggregate, there, { id: late }))
        yield* claims.settle({ ...order, outcome: { _tag: "Granted" } })
        const stray = Option.getOrThrow(yield* storage.get(Attachment.aggregate, late))
        assert.strictEqual(stray.value.state, "leaving")
        yield* attachments.sweep

        // a copy is put back: the paper goes only with its draft
        const listed = yield* Erasure.list
        assert.deepStrictEqual(
          listed.map((it) => it.aggregate),
          ["draft", "attachment"]
        )
        const back = storage.transaction(storage.insert(Attachment.aggregate, own.paper.value, { id: own.paper.id }))
        yield* back
        yield* storage.transaction(
          storage.insert(Draft.aggregate, { ...own.draft.value, ...submitting }, { id: own.draft.id })
        )
        assert.deepStrictEqual(yield* Erasure.again(listed, supervisor), { erased: 0, gone: 0, needed: 2 })
        const draft = Option.getOrThrow(yield* storage.get(Draft.aggregate, own.draft.id))
        yield* storage.transaction(storage.update(Draft.aggregate, draft, own.draft.value))
        assert.deepStrictEqual(yield* Erasure.again(listed, supervisor), { erased: 2, gone: 0, needed: 0 })
        assert.deepStrictEqual(yield* Erasure.again(listed, supervisor), { erased: 0, gone: 2, needed: 0 })
        yield* attachments.sweep
        assert.isTrue(Option.isNone(yield* storage.get(Attachment.aggregate, own.paper.id)))
      }).pipe(
        Effect.provide(
          Attachments.layer.pipe(
            Layer.provideMerge(Documents.layer()),
            Layer.provideMerge(DocumentStore.layerMemory),
            Layer.provideMerge(layer)
          )
        )
      )
  )

  it.effect("an erasure asked for in an officer's name reaches no draft that the officer holds for others", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const claims = yield* Claims.Claims
      const drafts = yield* Drafts.Drafts
      const storage = yield* Storage.Storage
      const { draft } = yield* drafts.begin({
        key: "d1",
        actor: officer,
        office: "0903",
        channel: "counter",
        path: "self-pay"
      })
      const request = yield* claims.ask({ ...brought, actor: officer, owner: officer, kind: "erasure" })
      const settled = yield* claims.settle({
        key: "a",
        actor: supervisor,
        version: 1,
        request: request.id,
        outcome: { _tag: "Granted" }
      })
      assert.deepStrictEqual(settled.value.answer?.erasure, { erased: [], kept: [] })
      assert.isTrue(Option.isSome(yield* storage.get(Draft.aggregate, draft.id)))
    }).pipe(Effect.provide(layer))
  )

  it.effect("an erasure takes finished messages about whom it is about, and no draft that is being handed in", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const claims = yield* Claims.Claims
      const drafts = yield* Drafts.Drafts
      const storage = yield* Storage.Storage
      const opening = { key: "d1", actor: citizen, office: "0903", channel: "app", path: "self-pay" } as const
      const { draft } = yield* drafts.begin(opening)
      const message = (key: string, state: Message.Message["state"], subject: Id.Id) =>
        storage.insert(Message.aggregate, {
          to: phone,
          template: "record-opened",
          arguments: {},
          language: "id",
          lane: "notice",
          subject,
          dedupKey: key,
          state,
          dueAt: start,
          attempts: 1
        })
      const other = Id.Id.make("01900000-0000-7000-8000-000000000002")
      const [sent, waiting, others] = yield* storage.transaction(
        Effect.gen(function* () {
          const row = Option.getOrThrow(yield* storage.get(Draft.aggregate, draft.id))
          yield* storage.update(Draft.aggregate, row, { ...row.value, state: "submitting" })
          return [
            yield* message("m1", "sent", about.id),
            yield* message("m2", "waiting", about.id),
            yield* message("m3", "sent", other)
          ] as const
        })
      )
      const request = yield* claims.ask({ ...brought, kind: "erasure" })
      const settled = yield* claims.settle({
        key: "a",
        actor: officer,
        version: 1,
        request: request.id,
        outcome: { _tag: "Granted" }
      })
      assert.deepStrictEqual(settled.value.answer?.erasure, {
        erased: [{ aggregate: "message", id: sent }],
        kept: [{ aggregate: "draft", id: draft.id, ground: "legal-obligation" }]
      })
      assert.isTrue(Option.isNone(yield* storage.get(Message.aggregate, sent)))
      for (const id of [waiting, others]) assert.isTrue(Option.isSome(yield* storage.get(Message.aggregate, id)))
    }).pipe(Effect.provide(layer))
  )
})
