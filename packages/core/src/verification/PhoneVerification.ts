/**
 * Confirming phones by message: somebody who was told of their registration answers, gets a code,
 * and sends it back.
 *
 * A reply `KODE 1A2B3C4D`, with the number of the registration, asks for a code; six digits answer
 * it. No smartphone, no app and no page is needed. The number works only from a phone of that
 * registration; any other phone gets the same silence whether the number exists or not.
 *
 * Replies are taken from the channel and kept first, then handled one by one: a crash loses none
 * and gives none its effect twice.
 *
 * @since 0.1.0
 */
import * as Array from "effect/Array"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Audit, ref } from "../audit/Audit.ts"
import * as Participant from "../deduplication/Participant.ts"
import type { PhoneNumber } from "../identity/PhoneNumber.ts"
import * as Dispatch from "../messaging/Dispatch.ts"
import * as Inbox from "../messaging/Inbox.ts"
import type { ChannelError, MessageChannel } from "../messaging/MessageChannel.ts"
import { Outbox } from "../messaging/Outbox.ts"
import { Purpose } from "../otp/Challenge.ts"
import * as Otp from "../otp/Otp.ts"
import type { Crypto } from "../privacy/Crypto.ts"
import type { KeyRing } from "../privacy/KeyRing.ts"
import * as PhoneReply from "../registration/PhoneReply.ts"
import * as RegistrationRecord from "../registration/RegistrationRecord.ts"
import type { Stored } from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError, UniqueViolation } from "../storage/StorageError.ts"
import * as PlainDate from "../time/PlainDate.ts"

// --- models ---

/**
 * What became of one reply.
 *
 * - `asked`: a code is on its way; `unknown`: no such number for this phone, nothing is sent;
 * - `verified`, `wrong`, `ended` (expired or used), `closed` (too many guesses or codes);
 * - `ignored`: neither a request nor a code.
 *
 * @category models
 * @since 0.1.0
 */
export type Handled = "asked" | "unknown" | "verified" | "wrong" | "ended" | "closed" | "ignored"

/**
 * How many replies had each end.
 *
 * @category models
 * @since 0.1.0
 */
export type Summary = Readonly<Record<Handled, number>>

/**
 * What the codes are asked for.
 *
 * @category models
 * @since 0.1.0
 */
export const purpose: Purpose = Purpose.make("confirm-phone")

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class PhoneVerification extends Context.Service<
  PhoneVerification,
  {
    /** Takes in what has arrived and handles all that waits. Codes go out with the next dispatch. */
    readonly handleReplies: Effect.Effect<Summary, StorageError | UniqueViolation | ChannelError>
  }
>()("@kis/core/verification/PhoneVerification") {}

// --- reading ---

/**
 * What a reply says. The words `KODE` and `CODE` are known in any case.
 *
 * @example
 * import { PhoneVerification } from "@kis/core/verification"
 *
 * PhoneVerification.read(" kode 1a2b3c4d ") // => { _tag: "Ask", number: "1A2B3C4D" }
 * PhoneVerification.read("123 456") // => { _tag: "Code", code: "123 456" }
 *
 * @category reading
 * @since 0.1.0
 */
export const read = (
  text: string
):
  | { readonly _tag: "Ask"; readonly number: string }
  | { readonly _tag: "Code"; readonly code: string }
  | { readonly _tag: "Other" } => {
  const asked = /^\s*(?:kode|code)\s+([0-9a-f]{8})\s*$/i.exec(text)
  if (asked?.[1] !== undefined) return { _tag: "Ask", number: asked[1].toUpperCase() }
  // any script's digits: the one-time code room reads them
  return /^[\p{Nd}\s-]{4,}$/u.test(text) ? { _tag: "Code", code: text } : { _tag: "Other" }
}

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<PhoneVerification, never, Storage | Inbox.Inbox | Outbox | Otp.Otp | Audit> =
  Layer.effect(
    PhoneVerification,
    Effect.gen(function* () {
      const storage = yield* Storage
      const inbox = yield* Inbox.Inbox
      const outbox = yield* Outbox
      const otp = yield* Otp.Otp
      const audit = yield* Audit

      /** The phone is confirmed for those of the registration who gave it as theirs. */
      const confirm = Effect.fnUntraced(function* ({ at, destination, subject }: Otp.VerifiedPhone) {
        const registration = Schema.is(Id)(subject)
          ? yield* storage.get(RegistrationRecord.aggregate, subject)
          : Option.none()
        if (Option.isNone(registration)) return
        const on = PlainDate.fromInstant(at, "WIB")
        const ids = registration.value.value.outcomes.flatMap((it) =>
          it._tag === "Registered" ? [it.participant] : []
        )
        const people = yield* storage.getMany(Participant.aggregate, ids)
        for (const stored of people.values()) {
          if (stored.value.person.phone !== destination) continue
          const confirmed = yield* storage.update(Participant.aggregate, stored, {
            ...stored.value,
            phoneVerifiedOn: on
          })
          yield* audit.record(stored.id, {
            actor: "citizen:phone",
            action: "confirm-phone",
            refs: [ref(Participant.aggregate, confirmed)]
          })
        }
        yield* outbox.enqueue({
          template: "phone-confirmed",
          arguments: { day: on },
          to: destination,
          language: "id",
          lane: "notice",
          subject: registration.value.id,
          dedupKey: `phone-confirmed ${registration.value.id} ${destination}`
        })
      })

      const ask = Effect.fnUntraced(function* (from: PhoneNumber, number: string) {
        const found = yield* storage.findBy(
          RegistrationRecord.aggregate,
          "contact",
          RegistrationRecord.contactKey(number, from)
        )
        const known = Option.isSome(found)
        const handled: Handled = yield* otp
          .start({
            purpose,
            destination: from,
            subject: known ? found.value.id : number,
            language: "id",
            known
          })
          .pipe(
            Effect.as(known ? ("asked" as const) : ("unknown" as const)),
            Effect.catchTag("OtpClosed", () => Effect.succeed("closed" as const))
          )
        return handled
      })

      const answer = Effect.fnUntraced(function* (from: PhoneNumber, code: string) {
        const checked = yield* otp.check({ destination: from, purpose, code })
        if (checked._tag === "Verified") {
          yield* confirm(checked)
          return "verified" as const
        }
        return refusals[checked.reason]
      })

      const handle = Effect.fnUntraced(function* (stored: Stored<typeof PhoneReply.aggregate.schema.Type>) {
        const { from, text } = stored.value
        const said = read(text)
        // asked for outside of the unit that drops the reply: a spent budget is an answer, not a failure of it
        const asked = said._tag === "Ask" ? yield* ask(from, said.number) : undefined
        return yield* storage.transaction(
          Effect.gen(function* () {
            const still = yield* storage.get(PhoneReply.aggregate, stored.id)
            if (Option.isNone(still)) return undefined
            yield* storage.remove(PhoneReply.aggregate, still.value)
            return asked ?? (said._tag === "Code" ? yield* answer(from, said.code) : ("ignored" as const))
          })
        )
      })

      const handleReplies = Effect.gen(function* () {
        yield* inbox.receive(({ from, text }) =>
          Effect.flatMap(Clock.currentTimeMillis, (at) =>
            Effect.asVoid(storage.insert(PhoneReply.aggregate, { from, text: text.slice(0, LONGEST_REPLY), at }))
          )
        )
        const summary = { asked: 0, unknown: 0, verified: 0, wrong: 0, ended: 0, closed: 0, ignored: 0 }
        while (true) {
          const { rows } = yield* storage.snapshot(storage.scan(PhoneReply.aggregate, "byTime", {}, { limit: PAGE }))
          if (rows.length === 0) return summary
          // phones side by side, so that nobody's code waits behind another's; one phone's replies in order
          const phones = Object.values(Array.groupBy(rows, (row) => row.value.from))
          const ends = yield* Effect.forEach(phones, (own) => Effect.forEach(own, handle), { concurrency: TOGETHER })
          for (const handled of ends.flat()) if (handled !== undefined) summary[handled]++
        }
      }).pipe(Effect.withSpan("PhoneVerification.handleReplies"))

      return PhoneVerification.of({ handleReplies })
    })
  )

/**
 * What sends the outbox and handles replies, on a register of `Register.layer` and a message channel.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMessages = (
  options: { readonly otp?: Otp.Options } = {}
): Layer.Layer<
  Dispatch.Dispatch | Inbox.Inbox | Otp.Otp | PhoneVerification,
  never,
  Storage | Outbox | Audit | MessageChannel | Crypto | KeyRing
> => layer.pipe(Layer.provideMerge(Layer.mergeAll(Dispatch.layer(), Inbox.layer, Otp.layer(options.otp))))

// --- private ---

const PAGE = 100
const TOGETHER = 16

// A reply is a word and a number; whatever is longer is no code and need not be kept whole.
const LONGEST_REPLY = 200

const refusals = { Wrong: "wrong", Ended: "ended", Closed: "closed", Unreadable: "ignored" } as const
