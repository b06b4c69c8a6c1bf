import { assert, describe, it } from "@effect/vitest"
import { Consents, Permission, Readings } from "@kis/core/access"
import { Attachments, Drafts } from "@kis/core/application"
import { Audit } from "@kis/core/audit"
import { Attachment, Draft } from "@kis/core/registration"
import { Documents, DocumentStore } from "@kis/core/registry"
import { type Id, Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as fc from "fast-check"
import { TestClock } from "effect/testing"
import * as Office from "../registration/Office.ts"

const start = PlainDate.toEpochMillis(Office.today, "WIB", 9 * 60)
const hour = 3_600_000

const siti = { kind: "citizen", id: "siti" } as const
const stranger = { kind: "citizen", id: "joko" } as const
const officer: { readonly kind: "officer"; readonly id: string } = { kind: "officer", id: "417" }

/** What the shelf does next; when the list is over, what it should. */
type Fault = "refuses" | "keeps-and-is-silent"
const faults: Array<Fault | undefined> = []

const silent = new DocumentStore.DocumentStoreError({ reason: "Unavailable" })

const shelf = Layer.effect(
  DocumentStore.DocumentStore,
  Effect.map(DocumentStore.DocumentStore, (store) => {
    const faulty = <A>(act: Effect.Effect<A, DocumentStore.DocumentStoreError>) =>
      Effect.suspend(() => {
        switch (faults.shift()) {
          case "refuses":
            return Effect.fail(silent)
          case "keeps-and-is-silent":
            return Effect.andThen(act, Effect.fail(silent))
          case undefined:
            return act
        }
      })
    return DocumentStore.DocumentStore.of({
      ...store,
      put: (id, sealed) => faulty(store.put(id, sealed)),
      remove: (id) => faulty(store.remove(id))
    })
  })
).pipe(Layer.provideMerge(DocumentStore.layerMemory))

const layer = (office: typeof Office.layer = Office.layer) =>
  Layer.fresh(
    Attachments.layer.pipe(
      Layer.provideMerge(Documents.layer({ limit: 200 })),
      Layer.provideMerge(shelf),
      Layer.provideMerge(office)
    )
  )

const mandates = Layer.succeed(Permission.Mandates, {
  of: (actor) => Effect.succeed({ offices: actor.id === "990" ? ["0904"] : ["0903"], employers: [] })
})

const pdf = (text: string) => new TextEncoder().encode(`%PDF-1.7\n${text}`)

const begin = (key = "d1") =>
  Effect.gen(function* () {
    yield* TestClock.setTime(start)
    const drafts = yield* Drafts.Drafts
    return yield* drafts.begin({ key, actor: siti, office: "0903", channel: "app", path: "self-pay" })
  })

const card = { actor: siti, paper: "family-card", said: "application/pdf", content: pdf("Siti Aminah") } as const

/** Whatever lies on the shelf, and whatever the register knows of. */
const both = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const { shelf } = yield* DocumentStore.MemoryShelf
  const { rows } = yield* storage.snapshot(storage.scan(Attachment.aggregate, "id", {}, { limit: 1_000 }))
  return { lying: [...shelf.keys()].toSorted(), rows: rows.map((it) => [it.id, it.value.state] as const) }
})

const failure = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => error._tag)

describe.each([
  ["once", Office.layer],
  ["twice", Office.layerRehearsed]
])("Attachments, every unit run %s", (_, office) => {
  it.effect("are handed in once, listed and read back whole, with a record that verifies", () =>
    Effect.gen(function* () {
      const attachments = yield* Attachments.Attachments
      const audit = yield* Audit.Audit
      const { draft } = yield* begin()
      const order = { ...card, draft: draft.id, key: "a1", line: 1 }
      const kept = yield* attachments.attach(order)
      assert.deepInclude(kept.value, { draft: draft.id, office: "0903", line: 1, paper: "family-card", state: "kept" })
      assert.deepInclude(kept.value.document, { id: kept.id, type: "application/pdf", size: card.content.length })
      assert.deepStrictEqual(yield* attachments.attach(order), kept)
      for (const other of [
        { content: pdf("Budi") },
        { line: 2 },
        { paper: "identity-card" },
        { draft: (yield* begin("d2")).draft.id }
      ] as const) {
        assert.strictEqual(yield* failure(attachments.attach({ ...order, ...other })), "DraftKeyReused")
      }
      const second = yield* attachments.attach({ ...order, key: "a2", paper: "other" })
      const listed = yield* attachments.list(order)
      assert.deepStrictEqual(
        listed.map((it) => it.id),
        [kept.id, second.id]
      )
      assert.deepStrictEqual(yield* attachments.read({ ...order, attachment: kept.id }), card.content)
      const { entries, findings } = yield* audit.verify(kept.id)
      assert.deepStrictEqual(findings, [])
      assert.deepStrictEqual(
        entries.map((it) => [it.actor, it.action]),
        [
          ["citizen:siti", "attach"],
          ["citizen:siti", "attached"]
        ]
      )
    }).pipe(Effect.provide(layer(office)))
  )

  it.effect("what the shelf refused is handed in again with the same key, and what it kept in silence is there", () =>
    Effect.gen(function* () {
      const attachments = yield* Attachments.Attachments
      const { draft } = yield* begin()
      for (const [key, fault] of [
        ["a1", "refuses"],
        ["a2", "keeps-and-is-silent"]
      ] as const) {
        const order = { ...card, draft: draft.id, key }
        faults.push(fault)
        assert.strictEqual(yield* failure(attachments.attach(order)), "DocumentStoreError")
        const [row] = (yield* attachments.list(order)).slice(-1)
        assert.strictEqual(row?.value.state, "arriving")
        if (row === undefined) return
        assert.strictEqual(yield* failure(attachments.read({ ...order, attachment: row.id })), "AttachmentNotFound")
        const kept = yield* attachments.attach(order)
        assert.deepStrictEqual([kept.id, kept.value.state], [row.id, "kept"])
        assert.deepStrictEqual(yield* attachments.read({ ...order, attachment: kept.id }), card.content)
      }
    }).pipe(Effect.provide(layer(office)))
  )

  it.effect("what was cut off ends an hour later: kept when it had come whole, gone when not", () =>
    Effect.gen(function* () {
      const attachments = yield* Attachments.Attachments
      const audit = yield* Audit.Audit
      const { draft } = yield* begin()
      const order = { ...card, draft: draft.id }
      faults.push("refuses", "keeps-and-is-silent")
      yield* Effect.flip(attachments.attach({ ...order, key: "lost" }))
      yield* Effect.flip(attachments.attach({ ...order, key: "whole" }))
      const [lost, whole] = yield* attachments.list(order)
      yield* TestClock.adjust(hour - 1)
      assert.deepStrictEqual(yield* attachments.sweep, { gone: 0, arrived: 0, left: 0 })
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(yield* attachments.sweep, { gone: 1, arrived: 1, left: 0 })
      assert.deepStrictEqual(yield* both, { lying: [whole!.id], rows: [[whole!.id, "kept"]] })
      const actions = (id: Id.Id) =>
        Effect.map(audit.verify(id), ({ entries, findings }) => [findings.length, ...entries.map((it) => it.action)])
      assert.deepStrictEqual(yield* actions(lost!.id), [0, "attach", "attachment-cut-off", "forget-attachment"])
      assert.deepStrictEqual(yield* actions(whole!.id), [0, "attach", "attached"])
    }).pipe(Effect.provide(layer(office)))
  )

  it.effect("what is taken off is read by nobody, and the next sweep that the shelf answers takes it away", () =>
    Effect.gen(function* () {
      const attachments = yield* Attachments.Attachments
      const { draft } = yield* begin()
      const order = { ...card, draft: draft.id, key: "a1" }
      const { id } = yield* attachments.attach(order)
      const off = { ...order, attachment: id }
      yield* attachments.remove(off)
      yield* attachments.remove(off)
      assert.deepStrictEqual(yield* attachments.list(order), [])
      assert.strictEqual(yield* failure(attachments.read(off)), "AttachmentNotFound")
      assert.strictEqual(yield* failure(attachments.attach(order)), "AttachmentNotFound")
      faults.push("refuses")
      assert.deepStrictEqual(yield* attachments.sweep, { gone: 0, arrived: 0, left: 1 })
      assert.deepStrictEqual((yield* both).rows, [[id, "leaving"]])
      assert.deepStrictEqual(yield* attachments.sweep, { gone: 1, arrived: 0, left: 0 })
      assert.deepStrictEqual(yield* both, { lying: [], rows: [] })
      assert.strictEqual(yield* failure(attachments.remove(off)), "AttachmentNotFound")
      const audit = yield* Audit.Audit
      const { entries, findings } = yield* audit.verify(id)
      assert.deepStrictEqual(findings, [])
      assert.deepStrictEqual(
        entries.slice(2).map((it) => [it.actor, it.action]),
        [
          ["citizen:siti", "remove-attachment"],
          ["system:attachments", "forget-attachment"]
        ]
      )
    }).pipe(Effect.provide(layer(office)))
  )

  it.effect("one that is taken off while it arrives is waited for, so that nothing comes after its row", () =>
    Effect.gen(function* () {
      const attachments = yield* Attachments.Attachments
      const { draft } = yield* begin()
      const order = { ...card, draft: draft.id, key: "a1" }
      faults.push("refuses")
      yield* Effect.flip(attachments.attach(order))
      const [row] = yield* attachments.list(order)
      yield* attachments.remove({ ...order, attachment: row!.id })
      assert.deepStrictEqual(yield* attachments.sweep, { gone: 0, arrived: 0, left: 0 })
      yield* TestClock.adjust(hour)
      assert.deepStrictEqual(yield* attachments.sweep, { gone: 1, arrived: 0, left: 0 })
    }).pipe(Effect.provide(layer(office)))
  )
})

describe("Attachments", () => {
  it.effect("are of whoever holds the draft, and go on with it to another device", () =>
    Effect.gen(function* () {
      const attachments = yield* Attachments.Attachments
      const drafts = yield* Drafts.Drafts
      const { code, draft } = yield* begin()
      const order = { ...card, draft: draft.id, key: "a1" }
      const { id } = yield* attachments.attach(order)
      const theirs = { ...order, actor: stranger, attachment: id }
      for (const refused of [
        attachments.attach({ ...theirs, key: "a2" }),
        attachments.list(theirs),
        attachments.read(theirs),
        attachments.remove(theirs)
      ]) {
        assert.strictEqual(
          yield* failure(refused as Effect.Effect<unknown, { readonly _tag: string }>),
          "DraftNotFound"
        )
      }
      // a paper of one draft is none of another, whoever asks
      const other = (yield* drafts.begin({
        key: "d2",
        actor: stranger,
        office: "0903",
        channel: "app",
        path: "self-pay"
      })).draft
      const crossed = { ...theirs, draft: other.id }
      assert.strictEqual(yield* failure(attachments.read(crossed)), "AttachmentNotFound")
      assert.strictEqual(yield* failure(attachments.remove(crossed)), "AttachmentNotFound")

      yield* drafts.resume({ code, key: "r1", actor: stranger, from: "phone" })
      assert.deepStrictEqual(yield* attachments.read(theirs), card.content)
      assert.strictEqual(yield* failure(attachments.read({ ...theirs, actor: siti })), "DraftNotFound")
    }).pipe(Effect.provide(layer()))
  )

  it.effect("a helper hands papers in as long as the consent lasts", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(start)
      const attachments = yield* Attachments.Attachments
      const consents = yield* Consents.Consents
      const drafts = yield* Drafts.Drafts
      const helper = { kind: "proxy", id: "cadre-7" } as const
      const given = {
        key: "c1",
        actor: officer,
        people: [{ name: "Siti Aminah", birthDate: PlainDate.make("1949-02-11") }],
        giver: siti,
        helper,
        helperName: "Rina",
        office: "0903",
        purposes: ["fill-in"],
        data: ["identity"],
        from: start,
        until: start + 24 * hour,
        how: "thumbprint",
        language: "id",
        notice: "2026-1"
      } as const
      const consent = (yield* consents.record(given)).id
      const opening = { key: "d1", actor: helper, consent, office: "0903", channel: "app", path: "self-pay" } as const
      const { draft } = yield* drafts.begin(opening)
      const order = { ...card, draft: draft.id, actor: helper, key: "a1" }
      const { id } = yield* attachments.attach(order)
      yield* consents.end({ consent, actor: siti })
      assert.strictEqual(yield* failure(attachments.attach({ ...order, key: "a2" })), "NotAllowed")
      assert.strictEqual(yield* failure(attachments.read({ ...order, attachment: id })), "NotAllowed")
    }).pipe(Effect.provide(layer()))
  )

  it.effect("what is too large, of another type or too much leaves nothing behind, and says so", () =>
    Effect.gen(function* () {
      const attachments = yield* Attachments.Attachments
      const { draft } = yield* begin()
      const order = { ...card, draft: draft.id }
      const large = { ...order, key: "large", content: pdf("x".repeat(200)) }
      assert.strictEqual(yield* failure(attachments.attach(large)), "TooLarge")
      const picture = { ...order, key: "picture", said: "image/png" }
      assert.strictEqual(yield* failure(attachments.attach(picture)), "TypeDiffers")
      assert.deepStrictEqual(yield* both, { lying: [], rows: [] })
      for (let n = 0; n < 100; n++) yield* attachments.attach({ ...order, key: `${n}`, content: pdf(`${n}`) })
      assert.strictEqual(yield* failure(attachments.attach({ ...order, key: "100" })), "TooManyAttachments")
      // one that is there is still answered
      assert.strictEqual((yield* attachments.attach({ ...order, key: "99", content: pdf("99") })).value.state, "kept")
      assert.strictEqual((yield* both).lying.length, 100)
    }).pipe(Effect.provide(layer()))
  )

  it.effect("a draft that was given up takes no more papers and loses none, and keeps those it has from changing", () =>
    Effect.gen(function* () {
      const attachments = yield* Attachments.Attachments
      const drafts = yield* Drafts.Drafts
      const { draft } = yield* begin()
      const order = { ...card, draft: draft.id, key: "a1" }
      const kept = yield* attachments.attach(order)
      yield* drafts.withdraw({ draft: draft.id, version: draft.version, actor: siti })
      assert.strictEqual(yield* failure(attachments.attach({ ...order, key: "a2" })), "DraftClosed")
      assert.strictEqual(yield* failure(attachments.remove({ ...order, attachment: kept.id })), "DraftClosed")
      // the answer that was lost is given again
      assert.deepStrictEqual(yield* attachments.attach(order), kept)
      assert.deepStrictEqual(yield* attachments.read({ ...order, attachment: kept.id }), card.content)
    }).pipe(Effect.provide(layer()))
  )

  it.effect("staff of the area see them in a shift, with a line of the record each time", () =>
    Effect.gen(function* () {
      const attachments = yield* Attachments.Attachments
      const readings = yield* Readings.Readings
      const audit = yield* Audit.Audit
      const { draft } = yield* begin()
      const { id } = yield* attachments.attach({ ...card, draft: draft.id, key: "a1" })
      const gone = (yield* attachments.attach({ ...card, draft: draft.id, key: "a2" })).id
      yield* attachments.remove({ actor: siti, draft: draft.id, attachment: gone })
      const shiftOf = (actor: typeof officer, office: string) => readings.begin({ key: "s1", actor, office })
      const looking = { shift: yield* shiftOf(officer, "0903"), actor: officer, reason: "check-paper" }
      const papers = yield* Attachments.look({ ...looking, draft: draft.id })
      assert.deepStrictEqual(
        papers.map((it) => it.id),
        [id]
      )
      assert.deepStrictEqual(yield* Attachments.open({ ...looking, attachment: id }), card.content)
      const off = Attachments.open({ ...looking, attachment: gone })
      assert.strictEqual(yield* failure(off), "AttachmentNotFound")
      const { entries } = yield* audit.verify(looking.shift)
      assert.deepStrictEqual(
        entries.map((it) => [it.action, it.reason]),
        [["begin-shift", undefined], ...[1, 2, 3].map(() => ["read", "check-paper"])]
      )

      const away = { kind: "officer", id: "990" } as const
      const theirs = { shift: yield* shiftOf(away, "0904"), actor: away, reason: "check-paper" }
      assert.strictEqual(yield* failure(Attachments.look({ ...theirs, draft: draft.id })), "NotAllowed")
      assert.strictEqual(yield* failure(Attachments.open({ ...theirs, attachment: id })), "NotAllowed")
    }).pipe(Effect.provide(layer().pipe(Layer.provideMerge(mandates))))
  )

  it.effect("whatever fails, in the end exactly what the register keeps lies on the shelf", () =>
    Effect.promise(() =>
      fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.record({
              what: fc.constantFrom("attach", "attach", "remove", "sweep", "wait"),
              key: fc.integer({ min: 0, max: 4 }),
              fault: fc.option(fc.constantFrom<Fault>("refuses", "keeps-and-is-silent"), { nil: undefined })
            }),
            { maxLength: 25 }
          ),
          (commands) =>
            Effect.runPromise(
              Effect.gen(function* () {
                const attachments = yield* Attachments.Attachments
                const storage = yield* Storage.Storage
                const { draft } = yield* begin()
                const acknowledged = new Map<string, Id.Id>()
                for (const { fault, key, what } of commands) {
                  const order = { ...card, draft: draft.id, key: `${key}`, content: pdf(`${key}`) }
                  const listed = yield* attachments.list(order)
                  faults.splice(0, faults.length, fault)
                  if (what === "wait") yield* TestClock.adjust(hour / 2)
                  if (what === "sweep") yield* attachments.sweep
                  if (what === "attach") {
                    const kept = yield* Effect.option(attachments.attach(order))
                    if (Option.isSome(kept)) acknowledged.set(order.key, kept.value.id)
                  }
                  const row = listed.find((it) => it.value.command.endsWith(` ${key}`))
                  if (row !== undefined && what === "remove") {
                    yield* attachments.remove({ ...order, attachment: row.id })
                    acknowledged.delete(order.key)
                  }
                }
                faults.splice(0)
                yield* TestClock.adjust(hour)
                const swept = yield* attachments.sweep
                assert.strictEqual(swept.left, 0)
                const { lying, rows } = yield* both
                assert.deepStrictEqual(rows.map(([id]) => id).toSorted(), lying)
                assert.isTrue(rows.every(([, state]) => state === "kept"))
                for (const id of acknowledged.values()) assert.include(lying, id)
                assert.isTrue(Option.isSome(yield* storage.get(Draft.aggregate, draft.id)))
              }).pipe(Effect.provide(layer()), Effect.provide(TestClock.layer()))
            )
        ),
        { numRuns: 60 }
      )
    )
  )
})
