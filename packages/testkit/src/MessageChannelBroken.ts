/**
 * Message channels that are broken on purpose, each in one way.
 *
 * @since 0.1.0
 */
import { MessageChannel } from "@kis/core/messaging"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as MessageChannelLaws from "./MessageChannelLaws.ts"

type Service = MessageChannel.MessageChannel["Service"]

// --- models ---

/**
 * The defects, and the law that must catch each.
 *
 * @category models
 * @since 0.1.0
 */
export const caughtBy = {
  cutsTexts: "a message arrives under its id, at its number, with its text",
  losesAtTheSameTime: "messages that are sent at the same time all arrive",
  doublesAnId: "an idempotent channel delivers an id once",
  sendsInsideUnit: "sending inside a unit of work is refused, and nothing goes out",
  readsInsideUnit: "reading inside a unit of work is refused",
  skipsAtThePageEnd: "replies are read in order, each once, page after page",
  takesAwayWhatIsRead: "reading takes nothing away, and what comes later is read from the cursor",
  stopsAtGarbage: "one unreadable item costs the others nothing",
  mixesReceipts: "receipts name the message that they are for",
  quotesTheMessage: "a channel that is down fails with a typed error that tells no number and no text",
  throwsUntyped: "a channel that is down fails with a typed error that tells no number and no text"
} as const

/**
 * @category models
 * @since 0.1.0
 */
export type Defect = keyof typeof caughtBy

/**
 * @category models
 * @since 0.1.0
 */
export const defects = Object.keys(caughtBy) as ReadonlyArray<Defect>

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layerBroken = (defect: Defect): Layer.Layer<MessageChannel.MessageChannel | MessageChannelLaws.Phones> =>
  Layer.effect(
    MessageChannel.MessageChannel,
    Effect.map(MessageChannel.MessageChannel, (whole) =>
      MessageChannel.MessageChannel.of({ ...whole, ...breaks[defect](whole) })
    )
  ).pipe(Layer.provideMerge(MessageChannelLaws.layerMemory({ idempotent: defect !== "doublesAnId" })))

// --- private ---

const breaks: Record<Defect, (whole: Service) => Partial<Service>> = {
  cutsTexts: (whole) => ({ send: (message) => whole.send({ ...message, text: message.text.slice(0, 10) }) }),
  losesAtTheSameTime: (whole) => {
    let slot: MessageChannel.Outgoing | undefined
    return {
      send: (message) => {
        slot = message
        return Effect.andThen(
          Effect.yieldNow,
          Effect.suspend(() => whole.send(slot ?? message))
        )
      }
    }
  },
  doublesAnId: (whole) => ({ capabilities: { ...whole.capabilities, idempotent: true } }),
  sendsInsideUnit: (whole) => ({ send: (message) => elsewhere(whole.send(message)) }),
  readsInsideUnit: (whole) => ({ receive: (after, limit) => elsewhere(whole.receive(after, limit)) }),
  skipsAtThePageEnd: (whole) => ({
    receive: (after, limit) =>
      Effect.map(whole.receive(after, limit), (page) =>
        page.map((_, i) => (i === limit - 1 ? { ..._, next: String(Number(_.next) + 1) } : _))
      )
  }),
  takesAwayWhatIsRead: (whole) => {
    let read = 0
    return {
      receive: (_, limit) =>
        Effect.tap(whole.receive(String(read), limit), (page) => Effect.sync(() => void (read += page.length)))
    }
  },
  stopsAtGarbage: (whole) => ({
    receive: (after, limit) =>
      Effect.map(whole.receive(after, limit), (page) => {
        const garbage = page.findIndex((_) => _.item._tag === "Unreadable")
        return garbage === -1 ? page : page.slice(0, garbage)
      })
  }),
  mixesReceipts: (whole) => ({
    receive: (after, limit) =>
      Effect.map(whole.receive(after, limit), (page) =>
        page.map((_) => (_.item._tag === "Receipt" ? { ..._, item: { ..._.item, message: { id: "another" } } } : _))
      )
  }),
  quotesTheMessage: (whole) => ({
    send: (message) =>
      Effect.mapError(
        whole.send(message),
        ({ reason }) =>
          new MessageChannel.ChannelError({ channel: `gateway said: cannot send "${message.text}"`, reason })
      )
  }),
  throwsUntyped: (whole) => ({
    send: (message) => Effect.catch(whole.send(message), () => Effect.die(new Error("gateway down")))
  })
}

/** In a fiber that knows nothing of the unit of work around it. */
const elsewhere = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E> =>
  Effect.flatten(Effect.promise(() => Effect.runPromiseExit(effect)))
