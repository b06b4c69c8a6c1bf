import { assert, describe, it } from "@effect/vitest"
import { Permission, Readings } from "@kis/core/access"
import { Attachments, Drafts } from "@kis/core/application"
import { Audit } from "@kis/core/audit"
import { Claims, Corrections, Disclosure } from "@kis/core/complaint"
import { Participant } from "@kis/core/deduplication"
import { Household, Life } from "@kis/core/membership"
import { Registration } from "@kis/core/registration"
import { CareStatus, Documents, DocumentStore } from "@kis/core/registry"
import { type Id, Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { TestClock } from "effect/testing"
import * as Office from "../registration/Office.ts"

const start = PlainDate.toEpochMillis(Office.today, "WIB", 9 * 60)
const siti = { kind: "citizen", id: "siti" } as const
const here = { kind: "officer", id: "417" } as const
const elsewhere = { kind: "officer", id: "990" } as const

const mandates = Layer.succeed(Permission.Mandates, {
  of: (actor) => Effect.succeed({ offices: actor.id === elsewhere.id ? ["0904"] : ["0903"], employers: [] })
})

const layer = Layer.mergeAll(
  Claims.layer(),
  Corrections.layer(),
  Life.layer().pipe(Layer.provide(CareStatus.layerNotConnected)),
  Attachments.layer.pipe(Layer.provideMerge(Documents.layer()), Layer.provideMerge(DocumentStore.layerMemory))
).pipe(Layer.provideMerge(Office.layer), Layer.provideMerge(mandates), Layer.fresh)

/** A couple on the register, on one family card. */
const couple = Effect.gen(function* () {
  yield* TestClock.setTime(start)
  const registration = yield* Registration.Registration
  const life = yield* Life.Life
  const storage = yield* Storage.Storage
  const cells = Office.family(71)
  for (const cell of cells) Office.knownToPopulationRegister(cell)
  const { outcomes } = yield* registration.register(yield* Office.command("k1", cells))
  const ids = outcomes.flatMap((it) => (it._tag === "Registered" ? [it.participant] : []))
  const people = yield* Effect.forEach(ids, (id) =>
    Effect.map(storage.get(Participant.aggregate, id), (row) => Option.getOrThrow(row).value)
  )
  const [one, other] = ids
  if (one === undefined || other === undefined) return yield* Effect.die("the couple is not registered")
  const member = (ref: Id.Id, relation: "head" | "spouse", i: number) => ({
    ref,
    relation,
    verified: true,
    facts: {
      birthDate: people[i]!.person.birthDate,
      citizenship: "WNI" as const,
      hasNik: true,
      maritalStatus: "married" as const,
      occupation: "none" as const,
      deceased: false
    }
  })
  const household = yield* life.enrol(
    { office: "0903", members: [member(one, "head", 0), member(other, "spouse", 1)] },
    { key: "e1", actor: here }
  )
  return { ids: [one, other] as const, people, household }
})

const asking = Effect.fnUntraced(function* (about: Id.Id, kind: "access" | "correction" = "access", key = "a1") {
  const claims = yield* Claims.Claims
  return yield* claims.ask({
    key,
    actor: siti,
    owner: siti,
    about: { aggregate: "participant", id: about },
    office: "0903",
    language: "id",
    kind,
    ...(kind === "correction" ? { text: "Nama salah." } : {})
  })
})

const granted = Effect.fnUntraced(function* (about: Id.Id, kind: "access" | "correction" = "access") {
  const claims = yield* Claims.Claims
  const request = yield* asking(about, kind, kind)
  const answer = { key: `g ${kind}`, actor: here, version: 1, request: request.id } as const
  return yield* claims.settle({ ...answer, outcome: { _tag: "Granted" } })
})

const tags = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => error._tag)

const shiftOf = (actor: typeof here | typeof elsewhere, office: string) =>
  Effect.flatMap(Readings.Readings, (readings) => readings.begin({ key: "s", actor, office }))

describe("Disclosure", () => {
  it.effect("gives everything of the one who asked and nothing of the others", () =>
    Effect.gen(function* () {
      const attachments = yield* Attachments.Attachments
      const corrections = yield* Corrections.Corrections
      const drafts = yield* Drafts.Drafts
      const life = yield* Life.Life
      const audit = yield* Audit.Audit
      const { household, ids, people } = yield* couple
      const [self, other] = ids
      const on = Office.today
      const event = { _tag: "NewJob", of: self, paidBy: "private", wage: 6_000_000 } as const
      yield* life.commit(yield* life.preview({ household, event, actor: here, on }), { key: "job", actor: here })
      const changes = { motherName: "Sri Wahyuni" }
      yield* corrections.correct({ key: "c1", actor: here, participant: self, version: 1, changes })
      const opening = { key: "d1", actor: siti, office: "0903", channel: "app", path: "self-pay" } as const
      const { code, draft } = yield* drafts.begin(opening)
      yield* attachments.attach({
        key: "p1",
        actor: siti,
        draft: draft.id,
        paper: "family-card",
        said: "application/pdf",
        content: new TextEncoder().encode("%PDF-1.7")
      })

      const { id: request } = yield* granted(self)
      const shift = yield* shiftOf(here, "0903")
      const given = yield* Disclosure.read({ shift, actor: here, request })
      assert.strictEqual(given.participant.person.nik, people[0]?.person.nik)
      assert.strictEqual(given.participant.person.motherName, "Sri Wahyuni")
      assert.deepStrictEqual(
        given.memberships.map(({ participant }) => participant).filter((it) => it !== self),
        []
      )
      assert.isAbove(given.memberships.length, 0)
      assert.strictEqual(given.household?.relation, "head")
      assert.strictEqual(given.registration?.on, Office.today)
      assert.isAbove(given.registration?.reasons.length ?? 0, 0)
      assert.deepStrictEqual(
        given.events.map(({ changes: told, event: what }) => [what, ...told.map(({ ref }) => ref)]),
        [["NewJob", self]]
      )
      assert.deepStrictEqual(
        given.corrections.map((it) => it.changes),
        [changes]
      )
      assert.deepStrictEqual(
        given.drafts.map(({ state }) => state),
        ["open"]
      )
      assert.deepStrictEqual(
        given.papers.map(({ paper }) => paper),
        ["family-card"]
      )
      assert.deepStrictEqual(given.requests, [{ kind: "access", receivedAt: start, outcome: "Granted" }])
      assert.include(
        given.messages.map(({ template }) => template),
        "person-corrected"
      )

      const text = JSON.stringify(given)
      const spouse = people[1]!.person
      for (const theirs of [spouse.nik!, spouse.name, other, code]) assert.notInclude(text, theirs)
      // a search that finds nothing must be able to find
      for (const mine of [people[0]!.person.nik!, people[0]!.person.name, self]) assert.include(text, mine)
      const { entries } = yield* audit.verify(shift)
      assert.deepStrictEqual(
        entries.map((it) => [it.action, it.reason]),
        [
          ["begin-shift", undefined],
          ["read", "disclose"],
          ["read", "disclose"]
        ]
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("gives what happened in a household that the person has left", () =>
    Effect.gen(function* () {
      const life = yield* Life.Life
      const storage = yield* Storage.Storage
      const { household, ids } = yield* couple
      const [, leaving] = ids
      const event = { _tag: "Divorce", leaves: [leaving] } as const
      const preview = yield* life.preview({ household, event, actor: here, on: Office.today })
      yield* life.commit(preview, { key: "divorce", actor: here })
      const now = Option.getOrThrow(yield* storage.findBy(Household.aggregate, "memberOf", leaving))
      assert.notStrictEqual(now.id, household)
      const told = preview.plan.changes.some(({ ref }) => ref === leaving)
      const { id: request } = yield* granted(leaving)
      const shift = yield* shiftOf(here, "0903")
      const given = yield* Disclosure.read({ shift, actor: here, request })
      assert.isTrue(told)
      assert.deepStrictEqual(
        given.events.map((it) => it.event),
        ["Divorce"]
      )
    }).pipe(Effect.provide(layer))
  )

  it.effect("gives nothing by a request that was not granted, asks another thing, or is another area's", () =>
    Effect.gen(function* () {
      const { ids } = yield* couple
      const shift = yield* shiftOf(here, "0903")
      const open = yield* asking(ids[0], "access", "open")
      assert.strictEqual(yield* tags(Disclosure.read({ shift, actor: here, request: open.id })), "NotGranted")
      const correction = yield* granted(ids[0], "correction")
      assert.strictEqual(yield* tags(Disclosure.read({ shift, actor: here, request: correction.id })), "NotGranted")
      const access = yield* granted(ids[0])
      const away = yield* shiftOf(elsewhere, "0904")
      const look = { shift: away, actor: elsewhere, request: access.id }
      assert.strictEqual(yield* tags(Disclosure.read(look)), "NotAllowed")
    }).pipe(Effect.provide(layer))
  )
})
