/**
 * One-time codes: did this phone really get the message?
 *
 * - **Once.** A code works once, for the request that it was made for, until it expires.
 * - **Guesses are counted where they cannot be shed**: five a code, and rolling budgets of the phone and
 *   the account that no new code, channel or request resets.
 * - **Asking again sends the same code**, so the late message works as well as the early one.
 * - **Answers are neutral.** For an account that does not exist, ask with `known: false`: the same work
 *   is done, the same answer given, nothing is sent and no code fits.
 *
 * A spent budget closes typed codes of that phone for a bounded time. Other ways stay open: the
 * action `confirm-phone` names them.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Semaphore from "effect/Semaphore"
import type { PhoneNumber } from "../identity/PhoneNumber.ts"
import { Outbox } from "../messaging/Outbox.ts"
import type { ActionId } from "../policy/ActionId.ts"
import type { Language } from "../policy/Reason.ts"
import { Crypto, sameBytes } from "../privacy/Crypto.ts"
import { KeyRing } from "../privacy/KeyRing.ts"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import type { Transaction } from "../storage/Transaction.ts"
import * as PlainDate from "../time/PlainDate.ts"
import * as Challenge from "./Challenge.ts"
import * as Code from "./Code.ts"
import * as Ledger from "./Ledger.ts"
import * as Limits from "./Limits.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Start {
  readonly purpose: Challenge.Purpose
  readonly destination: PhoneNumber
  /** The account: the id of a participant, or what the asker typed when nobody may know whether it exists. */
  readonly subject: string
  readonly language: Language
  /** False for an account that does not exist. Default: true. */
  readonly known?: boolean
}

/**
 * The answer to a start, alike for known and unknown accounts. `resendAt` is absent when this code is not
 * sent again. Epoch milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export interface Started {
  readonly challenge: Id
  readonly expiresAt: number
  readonly resendAt?: number
  /** False when the code was sent a moment ago, or often enough: the message is on its way. */
  readonly sentNow: boolean
}

/**
 * A guess: for one challenge, as typed on a screen, or for whatever is open for a phone, as sent back
 * from it.
 *
 * @category models
 * @since 0.1.0
 */
export type Guess =
  | { readonly challenge: Id; readonly code: string }
  | { readonly destination: PhoneNumber; readonly purpose?: Challenge.Purpose; readonly code: string }

/**
 * This phone got the code that was sent for this account. It says nothing about whose phone it is.
 *
 * @category models
 * @since 0.1.0
 */
export interface VerifiedPhone {
  readonly _tag: "Verified"
  readonly challenge: Id
  readonly purpose: Challenge.Purpose
  readonly destination: PhoneNumber
  readonly subject: string
  /** Epoch milliseconds. */
  readonly at: number
}

/**
 * - `Unreadable`: no code in it; nothing was counted.
 * - `Wrong`: one guess less, `guessesLeft` for this code.
 * - `Ended`: no code is open: it expired, was used or was guessed too often. Ask for another.
 * - `Closed`: too many wrong guesses for this phone or account; typed codes are taken again at `until`.
 *
 * @category models
 * @since 0.1.0
 */
export type Refusal =
  | { readonly _tag: "Refused"; readonly reason: "Unreadable" | "Ended"; readonly action: ActionId }
  | { readonly _tag: "Refused"; readonly reason: "Wrong"; readonly guessesLeft: number; readonly action: ActionId }
  | { readonly _tag: "Refused"; readonly reason: "Closed"; readonly until: number; readonly action: ActionId }

/**
 * @category models
 * @since 0.1.0
 */
export type Checked = VerifiedPhone | Refusal

// --- errors ---

/**
 * No code is sent to this phone before `until` (epoch milliseconds). It follows from what was asked for
 * the phone and says nothing about whether anybody knows it.
 *
 * @category errors
 * @since 0.1.0
 */
export class OtpClosed extends Schema.TaggedError<OtpClosed>("@kis/core/otp/OtpClosed")("OtpClosed", {
  reason: Schema.Literals(["TooManyGuesses", "TooManyCodes", "TooManyOpen"]),
  until: Schema.Int
}) {
  override get message() {
    const until = new Date(this.until).toISOString()
    return `No code is sent to this phone before ${until} (${this.reason}). Confirm it another way: ${this.action}.`
  }

  get action(): ActionId {
    return "confirm-phone"
  }
}

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Otp extends Context.Service<
  Otp,
  {
    /** Sends a code, or the open one again. The message is committed with the challenge. */
    readonly start: (of: Start) => Effect.Effect<Started, OtpClosed | StorageError>
    /** Judges a guess. A wrong one is an answer, not a failure, and is committed. */
    readonly check: (guess: Guess) => Effect.Effect<Checked, StorageError>
    /** Gives phone and account all guesses back, after a proof of another kind: at a counter, by printed code. */
    readonly refill: (of: Pick<Start, "destination" | "subject">) => Effect.Effect<void, StorageError>
    /** Ends codes that expired, so that no copy outlives them. Says how many. */
    readonly endExpired: Effect.Effect<number, StorageError>
  }
>()("@kis/core/otp/Otp") {}

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export interface Options {
  /** Default: {@link Limits.standard}. */
  readonly limits?: Limits.Table
}

/**
 * On the register's own storage, which must hold {@link Challenge.aggregate}, {@link Ledger.aggregate} and the
 * outbox.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options = {}): Layer.Layer<Otp, never, Storage | Outbox | Crypto | KeyRing> =>
  Layer.effect(
    Otp,
    Effect.gen(function* () {
      const storage = yield* Storage
      const outbox = yield* Outbox
      const codes = Code.make(yield* Crypto, yield* KeyRing)
      const table = options.limits ?? Limits.standard
      const queueOf = yield* queues

      const limitsAt = (now: number): Limits.Limits => {
        const day = PlainDate.fromInstant(now, "WIB")
        return Limits.at(table, { appliesOn: day, knownOn: day })
      }

      const ledgerOf = Effect.fnUntraced(function* (key: string, now: number) {
        const stored = yield* storage.findBy(Ledger.aggregate, "key", key)
        return { stored, value: Option.match(stored, { onNone: () => Ledger.empty(key, now), onSome: (_) => _.value }) }
      })

      const keep = ({ stored }: KeptLedger, value: Ledger.Ledger) =>
        Option.match(stored, {
          onNone: () => Effect.asVoid(storage.insert(Ledger.aggregate, value)),
          onSome: (_) => Effect.asVoid(storage.update(Ledger.aggregate, _, value))
        })

      const tell = (id: Id, challenge: Challenge.Challenge, code: string, language: Language, now: number) =>
        outbox.enqueueNew({
          template: "one-time-code",
          arguments: { code, minutes: Math.ceil((challenge.expiresAt - now) / MINUTE) },
          language,
          lane: "otp",
          to: challenge.destination,
          subject: id,
          dedupKey: `otp ${id} ${challenge.sends}`,
          // a decoy costs the same writes and is never sent
          expiresAt: challenge.decoy ? now : challenge.expiresAt
        })

      // --- start ---

      const sendAgain = Effect.fnUntraced(function* (
        of: Start,
        stored: Stored<Challenge.Challenge>,
        phone: KeptLedger,
        now: number,
        limits: Limits.Limits
      ) {
        const { id, value } = stored
        const next = Challenge.resendAt(value, limits)
        const code = Option.flatMap(Option.fromUndefinedOr(value.copy), (_) =>
          codes.open(Challenge.request(id, value), _)
        )
        if (next === undefined || next > now || Option.isNone(code)) return started(id, value, false, limits)
        yield* demandSendable(phone.value, now, limits)
        const again = Challenge.sentAgain(value, now)
        yield* storage.update(Challenge.aggregate, stored, again)
        yield* keep(phone, Ledger.sent(phone.value, now, limits.sendWindow))
        yield* tell(id, again, code.value, of.language, now)
        return started(id, again, true, limits)
      })

      const sendNew = Effect.fnUntraced(function* (
        of: Start,
        phone: Ledger.Ledger,
        now: number,
        limits: Limits.Limits
      ) {
        const id = yield* storage.nextId
        const code = codes.draw(limits.digits)
        const request = Challenge.request(id, of)
        const challenge: Challenge.Challenge = {
          purpose: of.purpose,
          destination: of.destination,
          subject: of.subject,
          digits: limits.digits,
          mac: codes.mac(request, code),
          copy: codes.seal(request, code),
          decoy: of.known === false,
          state: "open",
          issuedAt: now,
          expiresAt: now + limits.lifetime,
          seenAt: now,
          wrong: 0,
          sends: 1,
          lastSentAt: now
        }
        yield* storage.insert(Challenge.aggregate, challenge, { id })
        yield* tell(id, challenge, code, of.language, now)
        const noted = Ledger.opened(Ledger.sent(phone, now, limits.sendWindow), id, challenge.expiresAt, now)
        return { answer: started(id, challenge, true, limits), noted }
      })

      const startIn = Effect.fnUntraced(function* (of: Start) {
        const clock = yield* Clock.currentTimeMillis
        const limits = limitsAt(clock)
        const phone = yield* ledgerOf(Ledger.phoneKey(of.destination), clock)
        const account = yield* ledgerOf(Ledger.accountKey(of.subject), clock)
        const now = Math.max(clock, phone.value.seenAt, account.value.seenAt)
        const closed = guessesClosedUntil(phone.value, account.value, now, limits)
        if (closed !== undefined) return yield* new OtpClosed({ reason: "TooManyGuesses", until: closed })

        const live = Option.getOrUndefined(yield* storage.findBy(Challenge.aggregate, "live", Challenge.liveKey(of)))
        if (live !== undefined && Challenge.isLive(live.value, now, limits)) {
          return yield* sendAgain(of, live, phone, now, limits)
        }
        let ledger = phone.value
        if (live !== undefined) {
          yield* storage.update(Challenge.aggregate, live, Challenge.end(live.value, "ended"))
          ledger = Ledger.closed(ledger, [live.id])
        }
        yield* demandSendable(ledger, now, limits)
        const open = Ledger.stillOpen(ledger, now)
        if (open.length >= limits.openPerPhone) {
          return yield* new OtpClosed({ reason: "TooManyOpen", until: Math.min(...open.map((_) => _.expiresAt)) })
        }
        const { answer, noted } = yield* sendNew(of, ledger, now, limits)
        yield* keep(phone, noted)
        // the account's ledger is there from the first code on, so that guesses only ever update it
        if (Option.isNone(account.stored)) yield* keep(account, account.value)
        return answer
      })

      const start = Effect.fn("Otp.start")((of: Start) =>
        queueOf(of.destination)(
          storage.transaction(startIn(of)).pipe(
            // two first codes of one phone made its ledger at the same time: the later reads it now
            Effect.retry({ while: (error) => error._tag === "UniqueViolation", times: RACES }),
            Effect.catchTag("UniqueViolation", Effect.die)
          )
        )
      )

      // --- check ---

      const candidates = Effect.fnUntraced(function* (guess: Guess, phone: Ledger.Ledger, clock: number) {
        const ids = "challenge" in guess ? [guess.challenge] : Ledger.stillOpen(phone, clock).map((_) => _.challenge)
        const found = yield* Effect.forEach(ids, (id) => storage.get(Challenge.aggregate, id))
        return found
          .flatMap(Option.toArray)
          .filter(({ value }) => "challenge" in guess || guess.purpose === undefined || guess.purpose === value.purpose)
      })

      const checkIn = Effect.fnUntraced(function* (guess: Guess, destination: PhoneNumber) {
        const clock = yield* Clock.currentTimeMillis
        const limits = limitsAt(clock)
        const phone = yield* ledgerOf(Ledger.phoneKey(destination), clock)
        const asked = yield* candidates(guess, phone.value, clock)
        const accounts = new Map<string, KeptLedger>()
        for (const { value } of asked) {
          if (!accounts.has(value.subject)) {
            accounts.set(value.subject, yield* ledgerOf(Ledger.accountKey(value.subject), clock))
          }
        }
        const now = Math.max(clock, phone.value.seenAt, ...[...accounts.values()].map((_) => _.value.seenAt))

        const live = asked.filter((_) => Challenge.isLive(_.value, now, limits))
        if (live.length === 0) return ended
        const closedOf = (of: Challenge.Challenge) =>
          guessesClosedUntil(phone.value, accounts.get(of.subject)!.value, now, limits)
        // a guess at several codes is several guesses: not more are tried than the phone has left
        const guesses = Ledger.left(phone.value.wrong, limits.guessesPerPhone, limits.guessWindow, now)
        const open = live.filter((_) => closedOf(_.value) === undefined).slice(0, guesses)
        if (open.length === 0) return closedAt(Math.min(...live.map((_) => closedOf(_.value)!)))

        // the number of digits is the same for all that are open: a change of it takes a lifetime to reach them
        const code = Code.read(guess.code, open[0]!.value.digits)
        if (Option.isNone(code)) return unreadable
        // every one is compared, whether or not an earlier one fits
        let hit: Stored<Challenge.Challenge> | undefined
        for (const each of open) {
          const expected = codes.mac(Challenge.request(each.id, each.value), code.value)
          if (sameBytes(expected, each.value.mac) && !each.value.decoy) hit ??= each
        }
        return hit === undefined
          ? yield* noteWrong(open, phone, accounts, now, limits)
          : yield* noteUsed(hit, phone, now)
      })

      const noteUsed = Effect.fnUntraced(function* (
        stored: Stored<Challenge.Challenge>,
        phone: KeptLedger,
        now: number
      ) {
        const { id, value } = stored
        yield* storage.update(Challenge.aggregate, stored, { ...Challenge.end(value, "used"), seenAt: now })
        yield* keep(phone, Ledger.closed(phone.value, [id]))
        const { destination, purpose, subject } = value
        return { _tag: "Verified", challenge: id, purpose, destination, subject, at: now } satisfies VerifiedPhone
      })

      const noteWrong = Effect.fnUntraced(function* (
        tried: ReadonlyArray<Stored<Challenge.Challenge>>,
        phone: KeptLedger,
        accounts: ReadonlyMap<string, KeptLedger>,
        now: number,
        limits: Limits.Limits
      ) {
        const after = tried.map((_) => ({ before: _, value: Challenge.guessedWrong(_.value, now, limits) }))
        for (const { before, value } of after) yield* storage.update(Challenge.aggregate, before, value)
        const spent = after.filter((_) => _.value.state !== "open").map((_) => _.before.id)
        const charged = Ledger.guessedWrong(phone.value, tried.length, now, limits.guessWindow)
        yield* keep(phone, Ledger.closed(charged, spent))
        for (const [subject, account] of accounts) {
          const times = tried.filter((_) => _.value.subject === subject).length
          if (times > 0) yield* keep(account, Ledger.guessedWrong(account.value, times, now, limits.guessWindow))
        }
        return wrong(Math.max(...after.map((_) => limits.guessesPerCode - _.value.wrong)))
      })

      const destinationOf = (guess: Guess) =>
        "destination" in guess
          ? Effect.succeedSome(guess.destination)
          : Effect.map(
              storage.peek(Challenge.aggregate, guess.challenge),
              Option.map((_) => _.value.destination)
            )

      const check = Effect.fn("Otp.check")(function* (guess: Guess) {
        const destination = yield* destinationOf(guess)
        if (Option.isNone(destination)) return ended
        return yield* queueOf(destination.value)(
          storage
            .transaction(checkIn(guess, destination.value))
            .pipe(
              Effect.retry({ while: (error) => error._tag === "UniqueViolation", times: RACES }),
              Effect.catchTag("UniqueViolation", Effect.die)
            )
        )
      })

      // --- refill, end ---

      const refillOne = Effect.fnUntraced(function* (key: string, now: number) {
        const kept = yield* ledgerOf(key, now)
        if (Option.isSome(kept.stored)) yield* keep(kept, Ledger.refilled(kept.value, now))
      })

      const refill = Effect.fn("Otp.refill")(function* (of: Pick<Start, "destination" | "subject">) {
        const now = yield* Clock.currentTimeMillis
        const both = Effect.andThen(
          refillOne(Ledger.phoneKey(of.destination), now),
          refillOne(Ledger.accountKey(of.subject), now)
        )
        yield* Effect.catchTag(storage.transaction(both), "UniqueViolation", Effect.die)
      })

      const endOne = (id: Id, now: number): Effect.Effect<boolean, StorageError, Transaction> =>
        Effect.gen(function* () {
          const found = Option.getOrUndefined(yield* storage.get(Challenge.aggregate, id))
          if (found === undefined || found.value.state !== "open" || found.value.expiresAt > now) return false
          yield* storage.update(Challenge.aggregate, found, Challenge.end(found.value, "ended"))
          return true
        })

      const endExpired = Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        let ended = 0
        while (true) {
          const { rows } = yield* storage.snapshot(
            storage.scan(Challenge.aggregate, "state", { equals: { state: "open" }, to: now }, { limit: SWEEP })
          )
          if (rows.length === 0) return ended
          for (const result of yield* storage.each(rows.map((_) => endOne(_.id, now)))) {
            if (yield* Effect.catchTag(Effect.fromResult(result), "UniqueViolation", Effect.die)) ended++
          }
        }
      }).pipe(Effect.withSpan("Otp.endExpired"))

      return Otp.of({ start, check, refill, endExpired })
    })
  )

// --- private ---

interface KeptLedger {
  readonly stored: Option.Option<Stored<Ledger.Ledger>>
  readonly value: Ledger.Ledger
}

const MINUTE = 60_000
const RACES = 8
const SWEEP = 200
const QUEUES = 64

const action: ActionId = "confirm-phone"

const unreadable: Checked = { _tag: "Refused", reason: "Unreadable", action }
const ended: Checked = { _tag: "Refused", reason: "Ended", action }
const wrong = (guessesLeft: number): Checked => ({ _tag: "Refused", reason: "Wrong", guessesLeft, action })
const closedAt = (until: number): Checked => ({ _tag: "Refused", reason: "Closed", until, action })

const started = (id: Id, of: Challenge.Challenge, sentNow: boolean, limits: Limits.Limits): Started => {
  const resendAt = Challenge.resendAt(of, limits)
  return { challenge: id, expiresAt: of.expiresAt, sentNow, ...(resendAt === undefined ? {} : { resendAt }) }
}

const demandSendable = (phone: Ledger.Ledger, now: number, limits: Limits.Limits): Effect.Effect<void, OtpClosed> => {
  const until = Ledger.closedUntil(phone.sends, limits.sendsPerPhone, limits.sendWindow, now)
  return until === undefined ? Effect.void : Effect.fail(new OtpClosed({ reason: "TooManyCodes", until }))
}

const guessesClosedUntil = (
  phone: Ledger.Ledger,
  account: Ledger.Ledger,
  now: number,
  limits: Limits.Limits
): number | undefined => {
  const ofPhone = Ledger.closedUntil(phone.wrong, limits.guessesPerPhone, limits.guessWindow, now)
  const ofAccount = Ledger.closedUntil(account.wrong, limits.guessesPerAccount, limits.guessWindow, now)
  return ofPhone === undefined ? ofAccount : Math.max(ofPhone, ofAccount ?? 0)
}

// Guesses at one phone in one process stand in line. The commit would settle them too, at the price of many
// conflicts; between processes it does.
const queues = Effect.map(
  Effect.forEach(
    Array.from({ length: QUEUES }, (_, i) => i),
    () => Semaphore.make(1)
  ),
  (all) => (destination: PhoneNumber) => all[Number(destination.slice(-4)) % QUEUES]!.withPermits(1)
)
