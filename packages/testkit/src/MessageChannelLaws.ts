/**
 * The laws of the MessageChannel port. A channel is tested with the phones at its other end, which its
 * author provides as `Phones`: for a real provider that is its sandbox.
 *
 * @since 0.1.0
 */
import { assert } from "@effect/vitest"
import { PhoneNumber } from "@kis/core/identity"
import { MessageChannel } from "@kis/core/messaging"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Storage, StorageMemory } from "@kis/core/storage"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Law from "./Law.ts"

// --- models ---

/**
 * What a phone got.
 *
 * @category models
 * @since 0.1.0
 */
export interface Arrived {
  readonly id: string
  readonly to: string
  readonly text: string
}

/**
 * The phones at the other end of the channel that is tested.
 *
 * @category services
 * @since 0.1.0
 */
export class Phones extends Context.Service<
  Phones,
  {
    /** Everything that arrived, in order, with repetitions. */
    readonly received: Effect.Effect<ReadonlyArray<Arrived>>
    readonly reply: (from: PhoneNumber.PhoneNumber, text: string) => Effect.Effect<void>
    readonly receipt: (id: string, status: MessageChannel.ReceiptStatus) => Effect.Effect<void>
    /** Something arrives that is no message. */
    readonly garbage: Effect.Effect<void>
    /** From now on the channel cannot send. */
    readonly breakDown: Effect.Effect<void>
  }
>()("@kis/testkit/MessageChannelLaws/Phones") {}

type Channel = MessageChannel.MessageChannel
type Ends = { readonly channel: Channel["Service"]; readonly phones: Phones["Service"] }

type ChannelLaw = Law.Law<Channel | Phones, MessageChannel.Capabilities>

const law = (name: string, holds: (ends: Ends) => Effect.Effect<void, unknown>): ChannelLaw =>
  Law.make(
    name,
    Effect.gen(function* () {
      yield* holds({ channel: yield* MessageChannel.MessageChannel, phones: yield* Phones })
    })
  )

const lawIf = (
  capability: keyof MessageChannel.Capabilities,
  name: string,
  holds: (ends: Ends) => Effect.Effect<void, unknown>
): ChannelLaw => ({ ...law(name, holds), needs: (capabilities) => capabilities[capability] })

// --- laws ---

/**
 * @category laws
 * @since 0.1.0
 */
export const laws: ReadonlyArray<ChannelLaw> = [
  law("a message arrives under its id, at its number, with its text", ({ channel, phones }) =>
    Effect.gen(function* () {
      for (const [i, text] of texts.entries()) yield* channel.send({ id: id(i), to: phone(i), text })
      const arrived = (yield* phones.received).map(({ id, text, to }) => ({ id, text, to }))
      assert.deepStrictEqual(
        arrived,
        texts.map((text, i) => ({ id: id(i), text, to: phone(i) }))
      )
    })
  ),

  law("messages that are sent at the same time all arrive", ({ channel, phones }) =>
    Effect.gen(function* () {
      const ids = Array.from({ length: 100 }, (_, i) => id(i))
      yield* Effect.forEach(ids, (id, i) => channel.send({ id, to: phone(i), text: `n ${i}` }), {
        concurrency: "unbounded"
      })
      const arrived = yield* phones.received
      assert.sameMembers(
        arrived.map((_) => _.id),
        ids
      )
    })
  ),

  lawIf("idempotent", "an idempotent channel delivers an id once", ({ channel, phones }) =>
    Effect.gen(function* () {
      const message = { id: id(1), to: phone(1), text: "once" }
      yield* channel.send(message)
      yield* channel.send(message)
      yield* Effect.all([channel.send(message), channel.send(message)], { concurrency: "unbounded" })
      assert.lengthOf(yield* phones.received, 1)
    })
  ),

  law("sending inside a unit of work is refused, and nothing goes out", ({ channel, phones }) =>
    Effect.gen(function* () {
      const message = { id: id(1), to: phone(1), text: "too early" }
      assert.isTrue(Exit.hasDies(yield* Effect.exit(insideUnit(channel.send(message)))))
      assert.lengthOf(yield* phones.received, 0)
    })
  ),

  lawIf("replies", "reading inside a unit of work is refused", ({ channel }) =>
    Effect.gen(function* () {
      assert.isTrue(Exit.hasDies(yield* Effect.exit(insideUnit(channel.receive(undefined, 10)))))
    })
  ),

  lawIf("replies", "replies are read in order, each once, page after page", ({ channel, phones }) =>
    Effect.gen(function* () {
      for (const [i, text] of texts.entries()) yield* phones.reply(phone(i), text)
      for (let size = 1; size <= texts.length + 1; size++) {
        const items = yield* readAll(channel, size)
        assert.deepStrictEqual(
          items.map((_) => (_._tag === "Reply" ? [_.from, _.text] : _)),
          texts.map((text, i) => [phone(i), text]),
          `pages of ${size}`
        )
      }
    })
  ),

  lawIf("replies", "reading takes nothing away, and what comes later is read from the cursor", ({ channel, phones }) =>
    Effect.gen(function* () {
      assert.lengthOf(yield* channel.receive(undefined, 10), 0)
      yield* phones.reply(phone(1), "one")
      const first = yield* channel.receive(undefined, 10)
      assert.deepStrictEqual(yield* channel.receive(undefined, 10), first)
      assert.lengthOf(first, 1)
      const { next } = first[0]!
      assert.lengthOf(yield* channel.receive(next, 10), 0)
      yield* phones.reply(phone(2), "two")
      const second = yield* channel.receive(next, 10)
      assert.deepStrictEqual(
        second.map(({ item }) => (item._tag === "Reply" ? item.text : item._tag)),
        ["two"]
      )
    })
  ),

  lawIf("replies", "one unreadable item costs the others nothing", ({ channel, phones }) =>
    Effect.gen(function* () {
      yield* phones.reply(phone(1), "before")
      yield* phones.garbage
      yield* phones.reply(phone(2), "after")
      const items = yield* readAll(channel, 10)
      assert.deepStrictEqual(
        items.map((_) => _._tag),
        ["Reply", "Unreadable", "Reply"]
      )
    })
  ),

  lawIf("receipts", "receipts name the message that they are for", ({ channel, phones }) =>
    Effect.gen(function* () {
      const { reference } = yield* channel.send({ id: id(7), to: phone(1), text: "seven" })
      yield* phones.receipt(id(7), "delivered")
      const [receipt] = yield* readAll(channel, 10)
      assert.isTrue(receipt?._tag === "Receipt")
      if (receipt?._tag !== "Receipt") return
      assert.strictEqual(receipt.status, "delivered")
      const named = "id" in receipt.message ? receipt.message.id === id(7) : receipt.message.reference === reference
      assert.isTrue(named)
    })
  ),

  law("a channel that is down fails with a typed error that tells no number and no text", ({ channel, phones }) =>
    Effect.gen(function* () {
      yield* phones.breakDown
      const error = yield* Effect.flip(channel.send({ id: id(1), to: CANARY_PHONE, text: CANARY_TEXT }))
      assert.instanceOf(error, MessageChannel.ChannelError)
      assert.notStrictEqual(error.reason._tag, "Permanent")
      const told = `${JSON.stringify(error)} ${error.message} ${error.stack} ${String(error.cause)}`
      for (const canary of [CANARY_PHONE.slice(3), CANARY_TEXT]) assert.notInclude(told, canary)
    })
  )
]

/**
 * The laws, and that the channel declares what it is tested for: a law is not skipped for a channel
 * that promises to keep it.
 *
 * @category laws
 * @since 0.1.0
 */
export const lawsFor = (capabilities: MessageChannel.Capabilities): ReadonlyArray<ChannelLaw> => [
  law("the channel declares these capabilities", ({ channel }) =>
    Effect.sync(() => assert.deepStrictEqual(channel.capabilities, capabilities))
  ),
  ...laws
]

// --- suites ---

/**
 * Registers one test a law; what the channel cannot do, by its capabilities, is shown as skipped.
 *
 * @category suites
 * @since 0.1.0
 */
export const suite = <E>(
  name: string,
  layer: Layer.Layer<Channel | Phones, E>,
  capabilities: MessageChannel.Capabilities
): void => Law.suite(`MessageChannel: ${name}`, lawsFor(capabilities), layer, capabilities)

// --- layers ---

/**
 * The channel in memory of `@kis/core`, with its phones.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory = (options: { readonly idempotent?: boolean } = {}): Layer.Layer<Channel | Phones> =>
  Layer.effect(
    Phones,
    Effect.gen(function* () {
      const phones = yield* MessageChannel.MemoryPhones
      return Phones.of({
        ...phones,
        breakDown: phones.failNext(
          Array.from({ length: 100 }, () => ({ reason: new MessageChannel.Transient({ code: "NoConnection" }) }))
        )
      })
    })
  ).pipe(Layer.provideMerge(MessageChannel.layerMemory(options)))

// --- private ---

const id = (n: number) => `0199c5a2-7d1c-7aaa-8bbb-${String(n).padStart(12, "0")}`

const phone = (n: number) => PhoneNumber.PhoneNumber.make(`+62812990${String(n).padStart(5, "0")}`)

const CANARY_PHONE = PhoneNumber.PhoneNumber.make("+628129977553311")
const CANARY_TEXT = "canary-canary-canary"

const texts = ["a", "JKN: 2 orang, Rp84.000", "baris satu\nbaris dua\r\n", '"kutip" \\ {}', "nasi goreng 🍛 ١٢٣", " "]

const readAll = Effect.fnUntraced(function* (channel: Channel["Service"], size: number) {
  const items: Array<MessageChannel.Incoming> = []
  let after: string | undefined
  while (true) {
    const page = yield* channel.receive(after, size)
    if (page.length === 0) return items
    assert.isAtMost(page.length, size)
    for (const { item, next } of page) {
      items.push(item)
      after = next
    }
  }
})

const unit = Storage.layer([]).pipe(
  Layer.provide(StorageMemory.layer),
  Layer.provide(Crypto.layer),
  Layer.provide(KeyRing.layerMemory(new Uint8Array(32)))
)

const insideUnit = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.flatMap(Storage.Storage, (storage) => storage.transaction(effect)).pipe(Effect.provide(unit))
