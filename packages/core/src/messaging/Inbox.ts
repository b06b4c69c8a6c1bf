/**
 * What phones and providers send back: receipts and replies, each with its effect exactly once.
 *
 * The cursor is kept in the register and moves in the same unit of work as the effect of the item, so
 * a crash repeats neither and loses neither.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Aggregate from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"
import { Storage } from "../storage/Storage.ts"
import { type StorageError, UniqueViolation } from "../storage/StorageError.ts"
import type { Transaction } from "../storage/Transaction.ts"
import * as Message from "./Message.ts"
import { type ChannelError, type Incoming, MessageChannel, type Received } from "./MessageChannel.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type Receipt = Extract<Incoming, { readonly _tag: "Receipt" }>

/**
 * @category models
 * @since 0.1.0
 */
export type Reply = Extract<Incoming, { readonly _tag: "Reply" }>

/**
 * How many items of each kind were taken in. `unmatched` receipts are for messages that this
 * register did not send.
 *
 * @category models
 * @since 0.1.0
 */
export interface Summary {
  readonly receipts: number
  readonly unmatched: number
  readonly replies: number
  readonly unreadable: number
}

// --- aggregate ---

/**
 * How far a channel has been read.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("inbox-cursor", {
  schema: Schema.Struct({ channel: Schema.String, cursor: Schema.String }),
  unique: { channel: (_) => [_.channel] }
})

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Inbox extends Context.Service<
  Inbox,
  {
    /**
     * Takes in everything that has arrived, a page a commit. `onReply` runs inside the unit of work that moves the
     * cursor: it may be run again, and must not call out. When it fails, the reply stays unread.
     */
    readonly receive: <E>(
      onReply: (reply: Reply) => Effect.Effect<void, E, Transaction>
    ) => Effect.Effect<Summary, E | ChannelError | StorageError | UniqueViolation>
    /** Applies one receipt. False when it is for no message of ours. */
    readonly applyReceipt: (channel: string, receipt: Receipt) => Effect.Effect<boolean, StorageError, Transaction>
  }
>()("@kis/core/messaging/Inbox") {}

// --- layers ---

/**
 * On the register's own storage, which must hold {@link aggregate} and {@link Message.aggregate}.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<Inbox, never, Storage | MessageChannel> = Layer.effect(
  Inbox,
  Effect.gen(function* () {
    const storage = yield* Storage
    const channel = yield* MessageChannel

    const cursorRow = storage.findBy(aggregate, "channel", channel.name)

    const moveCursor = Effect.fn("Inbox.moveCursor")(function* (from: string | undefined, to: string) {
      const row = yield* cursorRow
      if (Option.getOrUndefined(Option.map(row, (_) => _.value.cursor)) !== from) return false
      const value = { channel: channel.name, cursor: to }
      yield* Option.match(row, {
        onNone: () => Effect.asVoid(storage.insert(aggregate, value)),
        onSome: (stored) => Effect.asVoid(storage.update(aggregate, stored, value))
      })
      return true
    })

    const findMessage = (name: string, of: Receipt["message"]) => {
      if ("reference" in of) {
        return storage.findBy(Message.aggregate, "reference", Message.referenceKey(name, of.reference))
      }
      return Schema.is(Id)(of.id) ? storage.get(Message.aggregate, of.id) : Effect.succeedNone
    }

    const applyReceipt = Effect.fn("Inbox.applyReceipt")(function* (name: string, receipt: Receipt) {
      const found = yield* findMessage(name, receipt.message)
      if (Option.isNone(found)) return false
      const after = Message.receipt(found.value.value, receipt.status)
      if (after !== found.value.value) yield* storage.update(Message.aggregate, found.value, after)
      return true
    })

    const takeIn = Effect.fnUntraced(function* <E>(
      item: Incoming,
      onReply: (reply: Reply) => Effect.Effect<void, E, Transaction>
    ) {
      switch (item._tag) {
        case "Receipt":
          return (yield* applyReceipt(channel.name, item)) ? ("receipts" as const) : ("unmatched" as const)
        case "Reply":
          yield* onReply(item)
          return "replies" as const
        case "Unreadable":
          return "unreadable" as const
      }
    })

    /** What kinds of items were taken in, with one commit; nothing when another reader was faster. */
    const takeInOnce = <E>(
      from: string | undefined,
      items: ReadonlyArray<Received>,
      next: string,
      onReply: (reply: Reply) => Effect.Effect<void, E, Transaction>
    ) =>
      storage
        .transaction(
          Effect.flatMap(moveCursor(from, next), (moved) =>
            moved ? Effect.forEach(items, ({ item }) => takeIn(item, onReply)) : Effect.succeed(undefined)
          )
        )
        .pipe(
          Effect.catchIf(
            // both were the first to read this channel
            (error) => error instanceof UniqueViolation && error.aggregate === aggregate.name,
            () => Effect.succeed(undefined)
          )
        )

    const receive = Effect.fn("Inbox.receive")(function* <E>(
      onReply: (reply: Reply) => Effect.Effect<void, E, Transaction>
    ) {
      const summary = { receipts: 0, unmatched: 0, replies: 0, unreadable: 0 }

      const takePage = Effect.fnUntraced(function* (from: string | undefined, page: ReadonlyArray<Received>) {
        for (const kind of (yield* takeInOnce(from, page, page.at(-1)!.next, onReply)) ?? []) summary[kind]++
      })

      // for a page with a reply whose effect fails: what comes before it is taken in, and it stays unread
      const takeOneByOne = Effect.fnUntraced(function* (first: string | undefined, page: ReadonlyArray<Received>) {
        let from = first
        for (const received of page) {
          const kinds = yield* takeInOnce(from, [received], received.next, onReply)
          if (kinds === undefined) return
          for (const kind of kinds) summary[kind]++
          from = received.next
        }
      })

      while (true) {
        const from = Option.getOrUndefined(Option.map(yield* cursorRow, (_) => _.value.cursor))
        const page = yield* channel.receive(from, PAGE)
        if (page.length === 0) return summary
        yield* Effect.catch(takePage(from, page), () => takeOneByOne(from, page))
      }
    })

    return Inbox.of({ receive, applyReceipt })
  })
)

// --- private ---

const PAGE = 100
