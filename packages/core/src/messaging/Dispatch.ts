/**
 * Sending what is due: codes before notices, each message at least once, under its own id.
 *
 * A message is taken (committed), sent (outside of any unit of work), and its outcome is recorded
 * (committed). A dispatcher that dies in between leaves a message that another one takes when
 * its lease has run out, and sends under the same id. Any number of dispatchers may run.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import type { Stored } from "../storage/Aggregate.ts"
import type { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import type { StorageError } from "../storage/StorageError.ts"
import * as Message from "./Message.ts"
import { type Accepted, ChannelError, MessageChannel, UnknownOutcome } from "./MessageChannel.ts"
import * as Template from "./Template.ts"

// --- models ---

/**
 * What became of the messages of one run. `again` were not taken by the channel, or their outcome is
 * unknown, and they wait; `failed` includes those that expired.
 *
 * @category models
 * @since 0.1.0
 */
export interface Summary {
  readonly sent: number
  readonly again: number
  readonly failed: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly patience?: Message.Patience
  /** A send that takes longer has an unknown outcome. Milliseconds, less than the lease. */
  readonly sendTimeout?: number
  /** How many are taken in one commit. */
  readonly batch?: number
  /** How many are sent at the same time. */
  readonly concurrency?: number
}

/**
 * Eight attempts in about a quarter of an hour, then at most one in ten minutes.
 *
 * @category models
 * @since 0.1.0
 */
export const standardPatience: Message.Patience = {
  attempts: 8,
  firstWait: 2_000,
  longestWait: 600_000,
  lease: 60_000,
  settle: 600_000
}

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Dispatch extends Context.Service<
  Dispatch,
  {
    /**
     * Sends until nothing is due. Channel failures are part of the summary; a failure is the store's, and
     * then what was sent and not recorded is sent again under the same id.
     */
    readonly dispatchDue: Effect.Effect<Summary, StorageError>
    /** Does so for ever, with a pause in between; a store that does not answer is asked again. */
    readonly run: (every: Duration.Input) => Effect.Effect<never, StorageError>
  }
>()("@kis/core/messaging/Dispatch") {}

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options = {}): Layer.Layer<Dispatch, never, Storage | MessageChannel> =>
  Layer.effect(
    Dispatch,
    Effect.gen(function* () {
      const storage = yield* Storage
      const channel = yield* MessageChannel
      const can = channel.capabilities
      const patience = options.patience ?? standardPatience
      const sendTimeout = options.sendTimeout ?? 20_000
      const batch = options.batch ?? 64
      const concurrency = options.concurrency ?? 16

      const dueIn = (lane: Message.Lane, now: number) =>
        storage.snapshot(storage.scan(Message.aggregate, "due", { equals: { lane }, to: now }, { limit: batch }))

      // asked anew for each batch: a thousand notices never stand before a code
      const nextBatch = Effect.fn("Dispatch.nextBatch")(function* (now: number) {
        const codes = yield* dueIn("otp", now)
        return codes.rows.length > 0 ? codes.rows : (yield* dueIn("notice", now)).rows
      })

      /** The message as it was taken; none when another dispatcher was faster. */
      const claim = (id: Id, now: number) =>
        Effect.gen(function* () {
          const found = yield* storage.get(Message.aggregate, id)
          if (Option.isNone(found)) return undefined
          const claimed = Message.claim(found.value.value, now, can, patience)
          if (claimed === found.value.value) return undefined
          return yield* storage.update(Message.aggregate, found.value, claimed)
        })

      const send = Effect.fn("Dispatch.send")(function* ({ id, value }: Stored<Message.Message>) {
        const text = Template.render(value.template, value.language, value.arguments)
        if (text === undefined) return { id, outcome: undefined }
        const { expiresAt, to } = value
        const outgoing = { id, to, text, ...(expiresAt === undefined ? {} : { expiresAt }) }
        const outcome = yield* channel.send(outgoing).pipe(
          Effect.timeoutOrElse({
            duration: sendTimeout,
            orElse: () => new ChannelError({ channel: channel.name, reason: new UnknownOutcome() })
          }),
          Effect.result
        )
        return { id, outcome }
      })

      const record = ({ id, outcome }: Sent, now: number) =>
        Effect.gen(function* () {
          const found = yield* storage.get(Message.aggregate, id)
          if (Option.isNone(found)) return
          const before = found.value.value
          const after =
            outcome === undefined
              ? Message.unrenderable(before)
              : Result.match(outcome, {
                  onSuccess: (by) => Message.accepted(before, channel.name, by, now),
                  onFailure: (error) => Message.refused(before, error, now, can, patience)
                })
          if (after !== before) yield* storage.update(Message.aggregate, found.value, after)
          return after
        })

      // a provider that gives one reference to two messages is not believed, and costs us nothing else
      const recordAll = Effect.fn("Dispatch.recordAll")(function* (sent: ReadonlyArray<Sent>, now: number) {
        const recorded = yield* storage.each(sent.map((_) => record(_, now)))
        return yield* Effect.forEach(recorded, (result, i) =>
          Effect.fromResult(result).pipe(
            Effect.catchTag("UniqueViolation", () =>
              storage
                .transaction(record({ id: sent[i]!.id, outcome: Result.succeed({}) }, now))
                .pipe(Effect.catchTag("UniqueViolation", Effect.die))
            )
          )
        )
      })

      const dispatchDue = Effect.gen(function* () {
        const summary = { sent: 0, again: 0, failed: 0 }
        while (true) {
          const now = yield* Clock.currentTimeMillis
          const due = yield* nextBatch(now)
          const claims = yield* storage.each(due.map((_) => claim(_.id, now)))
          const claimed = claims.flatMap((_) => (Result.isSuccess(_) && _.success !== undefined ? [_.success] : []))
          // nothing left, or others are at the same messages: they will do
          if (claimed.length === 0) return summary
          const toSend = claimed.filter((_) => _.value.state === "sending")
          const sent = yield* Effect.forEach(toSend, send, { concurrency })
          const recorded = yield* recordAll(sent, yield* Clock.currentTimeMillis)
          for (const message of [...claimed.map((_) => _.value), ...recorded]) {
            if (message !== undefined && message.state !== "sending") summary[countedAs(message)]++
          }
        }
      }).pipe(Effect.withSpan("Dispatch.dispatchDue"))

      const run = (every: Duration.Input) =>
        dispatchDue.pipe(
          Effect.catchIf(
            (error) => error.isRetryable,
            () => Effect.void
          ),
          Effect.repeat(Schedule.spaced(every)),
          Effect.andThen(Effect.never)
        )

      return Dispatch.of({ dispatchDue, run })
    })
  )

// --- private ---

const countedAs = (message: Message.Message): keyof Summary => {
  if (message.state === "failed" || message.state === "expired") return "failed"
  return Message.isFinished(message) ? "sent" : "again"
}

interface Sent {
  readonly id: Id
  readonly outcome: Result.Result<Accepted, ChannelError> | undefined
}
