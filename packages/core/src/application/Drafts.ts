/**
 * Drafts at work: begun, saved field by field, gone on with elsewhere, handed in.
 *
 * Every command names its actor, its idempotency key and, where it changes a draft, the version that it was
 * read at. A command that is sent again after a lost answer gets its answer again, the same
 * continuation code with it, and changes nothing.
 *
 * A helper begins, goes on with and hands in a draft under a recorded consent, which goes with the draft; once
 * the citizen has ended it, the draft is out of the helper's hands.
 *
 * Wrong codes are counted by where they come from. The count is not what keeps them safe (a code is
 * one of about 2^74), it keeps a broken or hostile device from asking without end.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { type Actor, label } from "../access/Actor.ts"
import { Consents, type Use } from "../access/Consents.ts"
import * as Permission from "../access/Permission.ts"
import * as Audit from "../audit/Audit.ts"
import * as Ledger from "../otp/Ledger.ts"
import { Crypto } from "../privacy/Crypto.ts"
import { KeyRing } from "../privacy/KeyRing.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { Storage, type Transaction } from "../storage/Storage.ts"
import * as StorageError from "../storage/StorageError.ts"
import type { PlainDate } from "../time/PlainDate.ts"
import type { Channel, Receipt } from "../registration/Command.ts"
import * as ContinuationCode from "./ContinuationCode.ts"
import * as Draft from "../registration/Draft.ts"
import { type Refused as NotRegistered, Registration } from "../registration/Registration.ts"
import type { Raw, Submission } from "../registration/Submission.ts"
import * as Form from "./Form.ts"
import * as Refusal from "./Refusal.ts"
import * as Steps from "./Steps.ts"

// --- models ---

/**
 * A draft in the hands of the actor who asked.
 *
 * @category models
 * @since 0.1.0
 */
export type Held = Stored<Draft.Draft>

/**
 * A draft with the code to go on with it elsewhere. The code is shown once, to whoever holds the draft.
 *
 * @category models
 * @since 0.1.0
 */
export interface Continuable {
  readonly draft: Held
  readonly code: ContinuationCode.ContinuationCode
}

/**
 * A command on a draft that its actor has read at `version`.
 *
 * @category models
 * @since 0.1.0
 */
export interface OnDraft {
  readonly draft: Id
  readonly version: number
  readonly actor: Actor
}

type Refused = Refusal.DraftNotFound | Refusal.DraftStale | Refusal.DraftClosed | Permission.NotAllowed

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Drafts extends Context.Service<
  Drafts,
  {
    /**
     * Begins a draft. The same key gives the same draft and code again, until the draft is gone on with
     * elsewhere or another code was asked for.
     */
    readonly begin: (of: {
      readonly key: string
      readonly actor: Actor
      /** The consent that a helper acts on. */
      readonly consent?: Id
      readonly office: string
      readonly channel: Channel
      readonly path: Draft.Path
    }) => Effect.Effect<Continuable, Refusal.DraftKeyReused | Permission.NotAllowed | StorageError.StorageError>
    /** The draft as it stands. */
    readonly read: (
      of: Pick<OnDraft, "draft" | "actor">
    ) => Effect.Effect<Held, Refusal.DraftNotFound | Permission.NotAllowed | StorageError.StorageError>
    /** Keeps one answer, as it was typed; an empty text takes it back. A new line is a new person. */
    readonly save: (
      of: OnDraft & {
        readonly key: string
        readonly line: number
        readonly field: string
        readonly text: string
      }
    ) => Effect.Effect<Held, Refused | Refusal.DraftKeyReused | Refusal.FieldRefused | StorageError.StorageError>
    /** Takes one person off. A line that is not there is not missed. */
    readonly removeLine: (
      of: OnDraft & { readonly key: string; readonly line: number }
    ) => Effect.Effect<Held, Refused | StorageError.StorageError>
    /** Another code, for one that was lost or seen by others: the one before works no longer. */
    readonly issueCode: (
      of: OnDraft & { readonly key: string }
    ) => Effect.Effect<Continuable, Refused | StorageError.StorageError>
    /**
     * Goes on with a draft by its code, and takes it over: the code is spent, the next one comes with the
     * draft. `from` names the device or phone that asks, for counting.
     */
    readonly resume: (of: {
      readonly code: string
      readonly key: string
      readonly actor: Actor
      /** The consent that a helper acts on. */
      readonly consent?: Id
      readonly from: string
    }) => Effect.Effect<
      Continuable,
      Refusal.CodeRefused | Refusal.ResumeClosed | Permission.NotAllowed | StorageError.StorageError
    >
    /**
     * Hands the draft in on a day at the office, under the draft's id as idempotency key. `read` is the reader
     * of the lines: `Application.decodeHousehold`. A crash in between loses nothing: it stays
     * `submitting`, and handing it in again finishes it, as of the day on which it was first handed in.
     * One whose actor may not register it stays open.
     */
    readonly submit: (
      of: OnDraft & {
        readonly on: PlainDate
        readonly read: (lines: readonly [Raw, ...Array<Raw>], on: PlainDate) => Submission
      }
    ) => Effect.Effect<Receipt, Refused | Refusal.DraftIncomplete | NotRegistered | StorageError.StorageError>
    /** Gives an application up that was not handed in, once. What was typed is kept, and nobody can go on. */
    readonly withdraw: (of: OnDraft) => Effect.Effect<Held, Refused | StorageError.StorageError>
    /** Ends drafts whose time is over. Says how many. */
    readonly expireDue: Effect.Effect<number, StorageError.StorageError>
  }
>()("@kis/core/application/Drafts") {}

// --- layers ---

/**
 * Our choices, no rule of the scheme. Durations are milliseconds.
 *
 * @category layers
 * @since 0.1.0
 */
export interface Options {
  /** How long a draft waits for its next change. Default: 90 days. */
  readonly lifetime?: number
  /** How long a code waits to be used. Default: 30 days. */
  readonly codeLifetime?: number
  /** Wrong codes from one place within `window` after which it waits. Default: 10 a day. */
  readonly guesses?: number
  readonly window?: number
}

/**
 * On the register's own storage, which must hold {@link Draft.aggregate} and {@link Ledger.aggregate}.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (
  options: Options = {}
): Layer.Layer<Drafts, never, Storage | Crypto | KeyRing | Audit.Audit | Consents | Registration> =>
  Layer.effect(
    Drafts,
    Effect.gen(function* () {
      const storage = yield* Storage
      const audit = yield* Audit.Audit
      const registration = yield* Registration
      const consents = yield* Consents
      const codes = ContinuationCode.make(yield* Crypto, yield* KeyRing)
      const { codeLifetime = 30 * DAY, guesses = 10, lifetime = 90 * DAY, window = DAY } = options

      const codeOf = (id: Id, serial: number, now: number) => {
        const code = codes.of(id, serial)
        return { code, stored: { mac: codes.mac(code), expiresAt: now + codeLifetime } }
      }

      const note = (row: { readonly id: Id; readonly version: number }, actor: string, action: string) =>
        audit.record(row.id, { actor, action, refs: [Audit.ref(Draft.aggregate, row)] })

      const write = Effect.fnUntraced(function* (stored: Held, value: Draft.Draft, actor: Actor, action: string) {
        const written = yield* storage.update(Draft.aggregate, stored, value)
        yield* note(written, label(actor), action)
        return written
      })

      const held = Effect.fnUntraced(function* ({ actor, draft }: Pick<OnDraft, "draft" | "actor">) {
        const found = yield* storage.get(Draft.aggregate, draft)
        if (Option.isNone(found) || !Form.isHeldBy(found.value.value, actor)) {
          return yield* new Refusal.DraftNotFound({ draft })
        }
        // a citizen who ends the consent takes the form out of the helper's hands
        if (actor.kind === "proxy") yield* consents.check(found.value.value.consent, fillingIn(actor, draft))
        return found.value
      })

      /** A helper who takes a form up acts on a consent: the citizen is told. Without one it is refused. */
      const actOn = (consent: Id | undefined, use: Use) =>
        consent === undefined ? consents.check(consent, use) : consents.use(consent, use)

      /** The draft at the version that the actor has read, and still open. */
      const changeable = Effect.fnUntraced(function* (of: OnDraft) {
        const stored = yield* held(of)
        const now = yield* Clock.currentTimeMillis
        if (!Form.isOpen(stored.value, now)) {
          const state = stored.value.state === "open" ? "expired" : stored.value.state
          return yield* new Refusal.DraftClosed({ draft: of.draft, state })
        }
        if (stored.version !== of.version) {
          return yield* new Refusal.DraftStale({ draft: of.draft, version: stored.version })
        }
        return { stored, now }
      })

      // --- begin ---

      const begin = Effect.fn("Drafts.begin")(function* (of: Parameters<Drafts["Service"]["begin"]>[0]) {
        const { actor, channel, key, office, path } = of
        const unit = Effect.gen(function* () {
          const before = yield* storage.findBy(Draft.aggregate, "begun", key)
          if (Option.isSome(before)) {
            const { id, value } = before.value
            const same =
              label(value.beganBy) === label(actor) &&
              Form.isHeldBy(value, actor) &&
              value.path === path &&
              value.office === office &&
              value.channel === channel
            // a code that came later was given for another asking
            if (!same || value.serial !== 1) return yield* new Refusal.DraftKeyReused({ draft: id })
            return { draft: before.value, code: codes.of(id, 1) }
          }
          const now = yield* Clock.currentTimeMillis
          const id = yield* storage.nextId
          if (actor.kind === "proxy") yield* actOn(of.consent, fillingIn(actor, id))
          else yield* Permission.demand(actor, "register", { office, owner: actor })
          const { code, stored } = codeOf(id, 1, now)
          const value: Draft.Draft = {
            begun: key,
            beganBy: actor,
            holder: actor,
            office,
            channel,
            path,
            ...(actor.kind === "proxy" && of.consent !== undefined ? { consent: of.consent } : {}),
            state: "open",
            lines: [],
            serial: 1,
            code: stored,
            begunAt: now,
            expiresAt: now + lifetime
          }
          yield* storage.insert(Draft.aggregate, value, { id })
          yield* note({ id, version: 1 }, label(actor), "begin-draft")
          return { draft: { id, version: 1, value }, code }
        })
        return yield* storage.transaction(unit).pipe(Effect.retry(again), Effect.catchTag("UniqueViolation", contended))
      })

      // --- changes ---

      const save = Effect.fn("Drafts.save")(function* (of: Parameters<Drafts["Service"]["save"]>[0]) {
        return yield* storage
          .transaction(
            Effect.gen(function* () {
              const before = yield* held(of)
              const changed = `save ${of.key}`
              if (before.value.changed === changed) {
                const text = before.value.lines.find((it) => it.line === of.line)?.fields[of.field] ?? ""
                return text === of.text ? before : yield* new Refusal.DraftKeyReused({ draft: of.draft })
              }
              const { now, stored } = yield* changeable(of)
              const next = Form.answered(stored.value, of)
              if ("_tag" in next) return yield* next
              const kept = { ...next, changed, expiresAt: now + lifetime }
              return yield* write(stored, kept, of.actor, "save-draft")
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
      })

      const removeLine = Effect.fn("Drafts.removeLine")(function* (of: Parameters<Drafts["Service"]["removeLine"]>[0]) {
        const changed = `remove ${of.line} ${of.key}`
        return yield* storage
          .transaction(
            Effect.gen(function* () {
              const before = yield* held(of)
              if (before.value.changed === changed) return before
              const { now, stored } = yield* changeable(of)
              const next = Form.without(stored.value, of.line)
              if (next.lines.length === stored.value.lines.length) return stored
              return yield* write(stored, { ...next, changed, expiresAt: now + lifetime }, of.actor, "save-draft")
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
      })

      const issueCode = Effect.fn("Drafts.issueCode")(function* (of: Parameters<Drafts["Service"]["issueCode"]>[0]) {
        const changed = `code ${of.key}`
        return yield* storage
          .transaction(
            Effect.gen(function* () {
              const before = yield* held(of)
              if (before.value.changed === changed) {
                return { draft: before, code: codes.of(of.draft, before.value.serial) }
              }
              const { now, stored } = yield* changeable(of)
              const serial = stored.value.serial + 1
              const next = codeOf(stored.id, serial, now)
              const value = { ...stored.value, serial, code: next.stored, changed }
              return { draft: yield* write(stored, value, of.actor, "issue-code"), code: next.code }
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
      })

      const withdraw = Effect.fn("Drafts.withdraw")(function* (of: OnDraft) {
        return yield* storage
          .transaction(
            Effect.gen(function* () {
              const before = yield* held(of)
              if (before.value.state === "withdrawn") return before
              const { stored } = yield* changeable(of)
              return yield* write(stored, Form.ended(stored.value, "withdrawn"), of.actor, "withdraw-draft")
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
      })

      // --- resume ---

      /** A wrong code is an answer, so that its count is committed. */
      const tryCode = Effect.fnUntraced(function* (
        code: ContinuationCode.ContinuationCode,
        of: Parameters<Drafts["Service"]["resume"]>[0]
      ): Effect.fn.Return<
        Result.Result<Continuable, Refusal.CodeRefused | Refusal.ResumeClosed>,
        StorageError.StorageError | Permission.NotAllowed,
        Transaction
      > {
        const now = yield* Clock.currentTimeMillis
        const ledgerKey = `resume ${of.from}`
        const ledger = yield* storage.findBy(Ledger.aggregate, "key", ledgerKey)
        const counted = Option.match(ledger, { onNone: () => Ledger.empty(ledgerKey, now), onSome: (_) => _.value })
        const until = Ledger.closedUntil(counted.wrong, guesses, window, now)
        if (until !== undefined) return Result.fail(new Refusal.ResumeClosed({ until }))
        const mac = codes.mac(code)
        const found = yield* storage.findBy(Draft.aggregate, "code", mac)
        if (Option.isNone(found)) {
          const wrong = Ledger.guessedWrong(counted, 1, now, window)
          if (Option.isSome(ledger)) yield* storage.update(Ledger.aggregate, ledger.value, wrong)
          else yield* storage.insert(Ledger.aggregate, wrong)
          return Result.fail(new Refusal.CodeRefused({ reason: "Unknown" }))
        }
        const { id, value } = found.value
        if (value.used?.mac === mac) {
          const current = codes.of(id, value.serial)
          return value.used.by === of.key && Form.isHeldBy(value, of.actor) && value.code?.mac === codes.mac(current)
            ? Result.succeed({ draft: found.value, code: current })
            : Result.fail(new Refusal.CodeRefused({ reason: "Used" }))
        }
        if (now >= value.expiresAt || now >= (value.code?.expiresAt ?? 0)) {
          return Result.fail(new Refusal.CodeRefused({ reason: "Expired" }))
        }
        const serial = value.serial + 1
        const next = codeOf(id, serial, now)
        const { consent: _, ...kept } = value
        const helped = of.actor.kind === "proxy" && of.consent !== undefined ? { consent: of.consent } : {}
        if (of.actor.kind === "proxy") yield* actOn(of.consent, fillingIn(of.actor, `${id}:${serial}`))
        const taken = { ...kept, ...helped, holder: of.actor, serial, code: next.stored, used: { mac, by: of.key } }
        const draft = yield* write(found.value, taken, of.actor, "resume-draft")
        return Result.succeed({ draft, code: next.code })
      })

      const resume = Effect.fn("Drafts.resume")(function* (of: Parameters<Drafts["Service"]["resume"]>[0]) {
        const code = ContinuationCode.read(of.code)
        if (Option.isNone(code)) return yield* new Refusal.CodeRefused({ reason: "Unreadable" })
        const answer = yield* storage
          .transaction(tryCode(code.value, of))
          .pipe(Effect.retry(again), Effect.catchTag("UniqueViolation", contended))
        return yield* Effect.fromResult(answer)
      })

      // --- submit ---

      /** Freezes the draft for the register to read; one that is frozen already stays as it is. */
      const freeze = (of: OnDraft & { readonly on: PlainDate }) =>
        storage
          .transaction(
            Effect.gen(function* () {
              const before = yield* held(of)
              if (before.value.state === "submitting" || before.value.state === "submitted") return before
              const { stored } = yield* changeable(of)
              const asOf = { appliesOn: of.on, knownOn: of.on }
              const [missing, ...more] = Steps.missing(stored.value.path, stored.value.lines, asOf)
              if (missing !== undefined) {
                return yield* new Refusal.DraftIncomplete({ draft: of.draft, missing: [missing, ...more] })
              }
              const frozen: Draft.Draft = { ...stored.value, state: "submitting", on: of.on, handedInBy: of.actor }
              return yield* write(stored, frozen, of.actor, "submit-draft")
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))

      const finish = (id: Id, receipt: Receipt) =>
        storage
          .transaction(
            Effect.gen(function* () {
              const stored = yield* storage.get(Draft.aggregate, id)
              if (Option.isNone(stored) || stored.value.value.state !== "submitting") return
              const { value } = stored.value
              const done = { ...Form.ended(value, "submitted"), registration: receipt.registration }
              yield* write(stored.value, done, value.handedInBy ?? value.holder, "draft-registered")
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))

      /** A draft whose actor may not register goes on as it was: nobody is left in front of a closed form. */
      const reopen = (id: Id) =>
        storage
          .transaction(
            Effect.gen(function* () {
              const stored = yield* storage.get(Draft.aggregate, id)
              if (Option.isNone(stored) || stored.value.value.state !== "submitting") return
              const { handedInBy, on: _, ...value } = stored.value.value
              yield* write(stored.value, { ...value, state: "open" }, handedInBy ?? value.holder, "draft-not-allowed")
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))

      const submit = Effect.fn("Drafts.submit")(function* (of: Parameters<Drafts["Service"]["submit"]>[0]) {
        const { id, value } = yield* freeze(of)
        const on = value.on ?? of.on
        const [first, ...others] = value.lines
        if (first === undefined) return yield* Effect.die(new Error("A draft without a line passed its steps"))
        const receipt = yield* registration
          .register({
            key: id,
            actor: value.handedInBy ?? value.holder,
            office: value.office,
            channel: value.channel,
            on,
            application: of.read([first, ...others], on),
            ...(value.consent === undefined ? {} : { consent: value.consent })
          })
          .pipe(Effect.catchTag("NotAllowed", (refusal) => Effect.andThen(reopen(id), refusal)))
        yield* finish(id, receipt)
        return receipt
      })

      // --- expiry ---

      const expire = (row: Held, now: number) =>
        storage
          .transaction(
            Effect.gen(function* () {
              const stored = yield* storage.get(Draft.aggregate, row.id)
              if (Option.isNone(stored) || stored.value.value.state !== "open") return 0
              if (now < stored.value.value.expiresAt) return 0
              const expired = yield* storage.update(
                Draft.aggregate,
                stored.value,
                Form.ended(stored.value.value, "expired")
              )
              yield* note(expired, "system:drafts", "expire-draft")
              return 1
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))

      const expireDue = Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        let count = 0
        while (true) {
          const range = { equals: { state: "open" }, to: now } as const
          const { rows } = yield* storage.snapshot(storage.scan(Draft.aggregate, "byExpiry", range, { limit: PAGE }))
          if (rows.length === 0) return count
          for (const row of rows) count += yield* expire(row, now)
        }
      }).pipe(Effect.withSpan("Drafts.expireDue"))

      return Drafts.of({
        begin,
        read: Effect.fn("Drafts.read")(held),
        save,
        removeLine,
        issueCode,
        resume,
        submit,
        withdraw,
        expireDue
      })
    })
  )

// --- private ---

/** A form may be begun before anybody stands in it, so no people are asked about until it is handed in. */
const fillingIn = (actor: Actor, key: string): Use => ({
  actor,
  action: "register",
  purpose: "fill-in",
  data: ["identity"],
  people: [],
  key
})

const DAY = 24 * 60 * 60 * 1000
const PAGE = 100
const ATTEMPTS = 6

/** A unit that takes a key that another took at the same moment finds it when it is run again. */
const again = {
  times: ATTEMPTS,
  while: (error: { readonly _tag: string }) => error._tag === "UniqueViolation"
}

const contended = () => StorageError.of(new StorageError.Contention({ attempts: ATTEMPTS }))
