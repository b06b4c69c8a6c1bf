/**
 * A way to reach a phone: text message, WhatsApp, a file.
 *
 * The port has two methods. `send` hands over one message under its id; a channel that says
 * `idempotent` delivers an id once, however often it is handed over. `receive` reads what came back
 * since a cursor, receipts and replies, and takes nothing away: the reader keeps the cursor with
 * the effect of what it read.
 *
 * A channel is never called inside a unit of work, which may run more than once.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as PhoneNumber from "../identity/PhoneNumber.ts"
import * as Redaction from "../privacy/Redaction.ts"
import { refuseInTransaction } from "../storage/Transaction.ts"

// --- models ---

/**
 * What goes out. `id` is the provider's idempotency key.
 *
 * @category models
 * @since 0.1.0
 */
export interface Outgoing {
  readonly id: string
  readonly to: PhoneNumber.PhoneNumber
  readonly text: string
  /** Epoch milliseconds after which it should no longer be delivered. */
  readonly expiresAt?: number
}

/**
 * The provider took the message. That is not delivery.
 *
 * @category models
 * @since 0.1.0
 */
export interface Accepted {
  /** The provider's own name of the message, by which some receipts come. */
  readonly reference?: string
}

/**
 * What a provider says happened to a message.
 *
 * @category models
 * @since 0.1.0
 */
export const ReceiptStatus = Schema.Literals(["sent", "delivered", "read", "failed"])

/**
 * @category models
 * @since 0.1.0
 */
export type ReceiptStatus = typeof ReceiptStatus.Type

/**
 * What came back. `Unreadable` stands for one item that could not be understood: it is counted and
 * passed over, and costs the others nothing.
 *
 * @category models
 * @since 0.1.0
 */
export type Incoming =
  | {
      readonly _tag: "Receipt"
      /** The message's id, or the provider's reference for it. */
      readonly message: { readonly id: string } | { readonly reference: string }
      readonly status: ReceiptStatus
      readonly at: number
    }
  | { readonly _tag: "Reply"; readonly from: PhoneNumber.PhoneNumber; readonly text: string; readonly at: number }
  | { readonly _tag: "Unreadable" }

/**
 * An item with the cursor that stands behind it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Received {
  readonly item: Incoming
  readonly next: string
}

/**
 * What a channel can do, as data.
 *
 * @category models
 * @since 0.1.0
 */
export interface Capabilities {
  /** An id handed over twice arrives once. */
  readonly idempotent: boolean
  readonly receipts: boolean
  readonly replies: boolean
}

// --- errors ---

/**
 * Worth another attempt later.
 *
 * @category errors
 * @since 0.1.0
 */
export class Transient extends Schema.TaggedError<Transient>("@kis/core/messaging/Transient")("Transient", {
  code: Schema.Literals(["Unavailable", "Timeout", "NoConnection", "Full"])
}) {}

/**
 * No attempt will help on this channel.
 *
 * @category errors
 * @since 0.1.0
 */
export class Permanent extends Schema.TaggedError<Permanent>("@kis/core/messaging/Permanent")("Permanent", {
  code: Schema.Literals(["NotOnChannel", "Blocked", "InvalidDestination", "Refused", "Misconfigured"])
}) {}

/**
 * The provider asks to wait until an instant, epoch milliseconds.
 *
 * @category errors
 * @since 0.1.0
 */
export class RateLimited extends Schema.TaggedError<RateLimited>("@kis/core/messaging/RateLimited")("RateLimited", {
  until: Schema.Int
}) {}

/**
 * The message may be out, or not: the answer was lost.
 *
 * @category errors
 * @since 0.1.0
 */
export class UnknownOutcome extends Schema.TaggedError<UnknownOutcome>("@kis/core/messaging/UnknownOutcome")(
  "UnknownOutcome",
  {}
) {}

/**
 * The one error of the port. It holds codes only: no number, no text, no provider's prose.
 *
 * @category errors
 * @since 0.1.0
 */
export class ChannelError extends Schema.TaggedError<ChannelError>("@kis/core/messaging/ChannelError")("ChannelError", {
  channel: Schema.String,
  reason: Schema.Union([Transient, Permanent, RateLimited, UnknownOutcome])
}) {
  override get message() {
    return `The message channel ${this.channel} ${explain(this.reason)}`
  }

  get isRetryable(): boolean {
    return this.reason._tag !== "Permanent"
  }
}

// --- port ---

/**
 * @category services
 * @since 0.1.0
 */
export class MessageChannel extends Context.Service<
  MessageChannel,
  {
    /** Names the channel in stored rows and errors: lower-case letters, digits and hyphens. */
    readonly name: string
    readonly capabilities: Capabilities
    readonly send: (message: Outgoing) => Effect.Effect<Accepted, ChannelError>
    /** At most `limit` items that came after the cursor, in order; from the beginning without one. */
    readonly receive: (after: string | undefined, limit: number) => Effect.Effect<ReadonlyArray<Received>, ChannelError>
  }
>()("@kis/core/messaging/MessageChannel") {}

/**
 * The phones at the other end of `layerMemory`: what they got, and what they send back.
 *
 * @category services
 * @since 0.1.0
 */
export class MemoryPhones extends Context.Service<
  MemoryPhones,
  {
    readonly received: Effect.Effect<ReadonlyArray<Outgoing>>
    readonly reply: (from: PhoneNumber.PhoneNumber, text: string) => Effect.Effect<void>
    readonly receipt: (id: string, status: ReceiptStatus) => Effect.Effect<void>
    /** Something arrives that is no message. */
    readonly garbage: Effect.Effect<void>
    /** The next sends fail so, one after the other. `delivered` says whether the phone got the message nevertheless. */
    readonly failNext: (
      failures: ReadonlyArray<{ readonly reason: ChannelError["reason"]; readonly delivered?: boolean }>
    ) => Effect.Effect<void>
  }
>()("@kis/core/messaging/MemoryPhones") {}

// --- layers ---

/**
 * A channel to phones in memory, for tests. Idempotent unless told otherwise.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory = (
  options: { readonly idempotent?: boolean } = {}
): Layer.Layer<MessageChannel | MemoryPhones> =>
  Layer.effectContext(
    Effect.sync(() => {
      const idempotent = options.idempotent ?? true
      const delivered: Array<Outgoing> = []
      const incoming: Array<Incoming> = []
      const failures: Array<{ readonly reason: ChannelError["reason"]; readonly delivered?: boolean }> = []

      const deliver = (message: Outgoing) => {
        if (!idempotent || !delivered.some((_) => _.id === message.id)) delivered.push({ ...message })
      }
      const channel = MessageChannel.of({
        name: "memory",
        capabilities: { idempotent, receipts: true, replies: true },
        send: Effect.fn("MessageChannel.send")(function* (message) {
          yield* refuseInTransaction("The message channel")
          const failure = failures.shift()
          if (failure === undefined || failure.delivered === true) deliver(message)
          if (failure !== undefined) return yield* new ChannelError({ channel: "memory", reason: failure.reason })
          return { reference: `memory-${message.id}` }
        }),
        receive: Effect.fn("MessageChannel.receive")(function* (after, limit) {
          yield* refuseInTransaction("The message channel")
          const from = after === undefined ? 0 : Number(after)
          return incoming.slice(from, from + limit).map((item, i) => ({ item, next: String(from + i + 1) }))
        })
      })
      const arrive = (item: (at: number) => Incoming) =>
        Effect.map(Clock.currentTimeMillis, (at) => void incoming.push(item(at)))
      const phones = MemoryPhones.of({
        received: Effect.sync(() => delivered.slice()),
        reply: (from, text) => arrive((at) => ({ _tag: "Reply", from, text, at })),
        receipt: (id, status) => arrive((at) => ({ _tag: "Receipt", message: { id }, status, at })),
        garbage: arrive(() => ({ _tag: "Unreadable" })),
        failNext: (next) => Effect.sync(() => void failures.push(...next))
      })
      return Context.make(MessageChannel, channel).pipe(Context.add(MemoryPhones, phones))
    })
  )

/**
 * Prints what would be sent, number and digits masked, and hears nothing. For looking at, not for
 * use: a code cannot be read from it.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerConsole: Layer.Layer<MessageChannel> = Layer.succeed(
  MessageChannel,
  MessageChannel.of({
    name: "console",
    capabilities: { idempotent: false, receipts: false, replies: false },
    send: Effect.fn("MessageChannel.send")(function* (message) {
      yield* refuseInTransaction("The message channel")
      yield* Console.log(`to ${PhoneNumber.mask(message.to)}: ${Redaction.maskNumbers(message.text)}`)
      return {}
    }),
    receive: () => Effect.succeed([])
  })
)

// --- private ---

const explain = (reason: ChannelError["reason"]): string => {
  switch (reason._tag) {
    case "Transient":
      return `did not take the message (${reason.code}). It is tried again by itself.`
    case "Permanent":
      return `will not take the message (${reason.code}). Reach the person another way.`
    case "RateLimited":
      return `asks to wait until ${new Date(reason.until).toISOString()}. Nothing is lost.`
    case "UnknownOutcome":
      return "gave no answer, so the message may be out. It is settled by a receipt, or sent again under the same id."
  }
}
