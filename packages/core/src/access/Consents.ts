/**
 * Consents at work: recorded, acted on, ended. The citizen is told of each, in the same unit of work.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Audit from "../audit/Audit.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { Storage, type Transaction } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import * as PlainDate from "../time/PlainDate.ts"
import type { Zone } from "../time/Zone.ts"
import * as Actor from "./Actor.ts"
import * as Consent from "./Consent.ts"
import { type Kind, Notices } from "./Notices.ts"
import * as Permission from "./Permission.ts"

// --- models ---

/**
 * What is recorded. `key` is the idempotency key, `actor` who records it: the citizen, or an officer who is witness.
 *
 * @category models
 * @since 0.1.0
 */
export interface Recording extends Omit<Consent.Consent, "command" | "recordedBy" | "recordedAt" | "uses" | "ended"> {
  readonly key: string
  readonly actor: Actor.Actor
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** The zone of an office: on which day something happened there. Default: western time. */
  readonly zoneOf?: (office: string) => Zone
}

/**
 * A deed under a consent. `key` is the command that does it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Use extends Consent.Deed {
  readonly action: Permission.Action
  readonly key: string
}

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Consents extends Context.Service<
  Consents,
  {
    /** Records a consent. The same key gives the same consent again. */
    readonly record: (
      of: Recording
    ) => Effect.Effect<
      Stored<Consent.Consent>,
      Consent.ConsentFaulty | Consent.ConsentKeyReused | Permission.NotAllowed | StorageError
    >
    /** Whether a consent covers a deed, before it is begun. It may end meanwhile: `use` asks again. */
    readonly check: (
      consent: Id | undefined,
      of: Omit<Use, "key">
    ) => Effect.Effect<void, Permission.NotAllowed | StorageError>
    /**
     * Acts on a consent, in the unit of work of the deed: refused when it does not cover the deed, counted, recorded,
     * and the citizen told. `key` is the command that acts: it tells once, however often it is sent.
     */
    readonly use: (consent: Id, of: Use) => Effect.Effect<void, Permission.NotAllowed | StorageError, Transaction>
    /** Ends a consent, at once and for good. One that has ended already stays as it was. */
    readonly end: (of: {
      readonly consent: Id
      readonly actor: Actor.Actor
    }) => Effect.Effect<Stored<Consent.Consent>, Consent.ConsentNotFound | Permission.NotAllowed | StorageError>
    /** The consents of a citizen, or those that a helper has: ended ones with them, at most 1,000. */
    readonly of: (
      actor: Actor.Actor,
      as: "giver" | "helper"
    ) => Effect.Effect<ReadonlyArray<Stored<Consent.Consent>>, StorageError>
  }
>()("@kis/core/access/Consents") {}

// --- layers ---

/**
 * On the register's own storage, which must hold {@link Consent.aggregate}.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options = {}): Layer.Layer<Consents, never, Storage | Audit.Audit | Notices> =>
  Layer.effect(
    Consents,
    Effect.gen(function* () {
      const storage = yield* Storage
      const audit = yield* Audit.Audit
      const notices = yield* Notices
      const zoneOf = options.zoneOf ?? (() => "WIB" as const)

      const dayAt = (office: string, at: number) => PlainDate.fromInstant(at, zoneOf(office))

      /** Writes the line of the record, and tells the citizen. */
      const note = Effect.fnUntraced(function* (
        row: Stored<Consent.Consent>,
        of: { readonly actor: Actor.Actor; readonly kind: Kind; readonly key: string; readonly at: number },
        reason?: string
      ) {
        const { language, office, phone } = row.value
        yield* audit.record(row.id, {
          actor: Actor.label(of.actor),
          action: of.kind,
          ...(reason === undefined ? {} : { reason }),
          refs: [Audit.ref(Consent.aggregate, row)]
        })
        if (phone === undefined) return
        const day = dayAt(office, of.at)
        yield* notices.tell({ kind: of.kind, to: phone, language, subject: row.id, day, key: `${row.id}:${of.key}` })
      })

      const record = Effect.fn("Consents.record")(function* ({ actor, key, ...of }: Recording) {
        yield* Permission.demand(actor, "record-consent", { office: of.office, owner: of.giver })
        const at = yield* Clock.currentTimeMillis
        const day = dayAt(of.office, at)
        const [fault, ...others] = Consent.faults(of, { appliesOn: day, knownOn: day })
        if (fault !== undefined) return yield* new Consent.ConsentFaulty({ faults: [fault, ...others] })
        const write = Effect.gen(function* () {
          const value: Consent.Consent = { ...of, command: key, recordedBy: actor, recordedAt: at, uses: 0 }
          const known = yield* storage.findBy(Consent.aggregate, "command", key)
          if (Option.isSome(known)) {
            return saysTheSame(known.value.value, value)
              ? known.value
              : yield* new Consent.ConsentKeyReused({ consent: known.value.id })
          }
          const id = yield* storage.insert(Consent.aggregate, value)
          const row = { id, version: 1, value }
          yield* note(row, { actor, kind: "consent-recorded", key: "recorded", at })
          return row
        })
        // two that raced with one key: the later finds what the earlier wrote
        return yield* storage
          .transaction(write)
          .pipe(
            Effect.catchTag("UniqueViolation", () =>
              storage.transaction(write).pipe(Effect.catchTag("UniqueViolation", Effect.die))
            )
          )
      })

      const covering = Effect.fnUntraced(function* (consent: Id | undefined, of: Omit<Use, "key">) {
        const at = yield* Clock.currentTimeMillis
        const found = consent === undefined ? Option.none() : yield* storage.get(Consent.aggregate, consent)
        yield* Permission.demand(
          of.actor,
          of.action,
          Option.match(found, {
            onNone: () => ({}),
            onSome: ({ value }) => ({ office: value.office, consent: Consent.refusals(value, of, at) })
          })
        )
        return found
      })

      const check = Effect.fn("Consents.check")((consent: Id | undefined, of: Omit<Use, "key">) =>
        Effect.asVoid(covering(consent, of))
      )

      const use = Effect.fn("Consents.use")(function* (consent: Id, of: Use) {
        const at = yield* Clock.currentTimeMillis
        const found = yield* covering(consent, of)
        if (Option.isNone(found)) return
        const { value } = found.value
        const row = yield* storage.update(Consent.aggregate, found.value, { ...value, uses: value.uses + 1 })
        yield* note(row, { actor: of.actor, kind: "consent-used", key: of.key, at }, of.purpose)
      })

      const end = Effect.fn("Consents.end")(function* (of: Parameters<Consents["Service"]["end"]>[0]) {
        const at = yield* Clock.currentTimeMillis
        return yield* storage
          .transaction(
            Effect.gen(function* () {
              const found = yield* storage.get(Consent.aggregate, of.consent)
              if (Option.isNone(found)) return yield* new Consent.ConsentNotFound({ consent: of.consent })
              const { giver, helper, office } = found.value.value
              yield* Permission.demand(of.actor, "end-consent", {
                office,
                owner: giver,
                consent: Actor.label(helper) === Actor.label(of.actor) ? [] : ["AnotherHelper"]
              })
              const ended = Consent.end(found.value.value, of.actor, at)
              if (ended === found.value.value) return found.value
              const row = yield* storage.update(Consent.aggregate, found.value, ended)
              yield* note(row, { actor: of.actor, kind: "consent-ended", key: "ended", at })
              return row
            })
          )
          .pipe(Effect.catchTag("UniqueViolation", Effect.die))
      })

      const consentsOf = Effect.fn("Consents.of")((actor: Actor.Actor, as: "giver" | "helper") =>
        storage
          .snapshot(storage.scanKey(Consent.aggregate, as, Actor.label(actor), { limit: 1000 }))
          .pipe(Effect.map((page) => page.rows))
      )

      return Consents.of({ record, check, use, end, of: consentsOf })
    })
  )

// --- private ---

const decoder = new TextDecoder()

// Canonical by the schema: what was decoded and what was given have their fields in one order.
const said = (consent: Consent.Consent): string => {
  const { ended: _, ...value } = consent
  return decoder.decode(Consent.aggregate.encode({ ...value, recordedAt: 0, uses: 0 }))
}

/** Whether a command sent again says what it said before; when, and what came since, apart. */
const saysTheSame = (before: Consent.Consent, now: Consent.Consent): boolean => said(before) === said(now)
