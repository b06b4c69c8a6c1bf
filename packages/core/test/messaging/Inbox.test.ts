import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Inbox from "../../src/messaging/Inbox.ts"
import * as MessageChannel from "../../src/messaging/MessageChannel.ts"
import * as Outbox from "../../src/messaging/Outbox.ts"
import * as Storage from "../../src/storage/Storage.ts"
import * as StorageMemory from "../../src/storage/StorageMemory.ts"
import { dispatchDue, house, messages, phone } from "./house.ts"

/** Keeps what was replied as messages in the outbox: an effect that commits with the cursor. */
const answering = Effect.map(
  Outbox.Outbox,
  (outbox) => (reply: Inbox.Reply) =>
    Effect.asVoid(
      outbox.enqueueNew({
        template: "phone-confirmed",
        arguments: { day: reply.text },
        to: reply.from,
        language: "id",
        lane: "notice",
        dedupKey: reply.text
      })
    )
)

const replies = Effect.map(messages, (_) => _.map((message) => message.arguments["day"]))

const sendOne = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const outbox = yield* Outbox.Outbox
  const id = yield* storage.transaction(
    outbox.enqueue({
      template: "phone-confirmed",
      arguments: { day: "today" },
      to: phone(1),
      language: "id",
      lane: "notice",
      dedupKey: "one"
    })
  )
  yield* dispatchDue
  return id
})

describe("Inbox", () => {
  it.effect("takes in each reply once, in order, whatever lies between", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox.Inbox
      const answer = yield* answering
      const { garbage, reply } = yield* MessageChannel.MemoryPhones
      for (let i = 0; i < 150; i++) yield* reply(phone(i), `r${i}`)
      yield* garbage
      yield* reply(phone(1), "last")
      assert.deepStrictEqual(yield* inbox.receive(answer), { receipts: 0, unmatched: 0, replies: 151, unreadable: 1 })
      assert.deepStrictEqual(yield* inbox.receive(answer), { receipts: 0, unmatched: 0, replies: 0, unreadable: 0 })
      assert.deepStrictEqual(yield* replies, [...Array.from({ length: 150 }, (_, i) => `r${i}`), "last"])
    }).pipe(Effect.provide(house()))
  )

  it.effect("commits once a page, not once an item", () => {
    const memory = StorageMemory.make()
    return Effect.gen(function* () {
      const inbox = yield* Inbox.Inbox
      const { receipt } = yield* MessageChannel.MemoryPhones
      const id = yield* sendOne
      for (let i = 0; i < 250; i++) yield* receipt(id, "delivered")
      const before = memory.batches.size
      assert.deepInclude(yield* inbox.receive(() => Effect.void), { receipts: 250 })
      assert.strictEqual(memory.batches.size - before, 3)
    }).pipe(Effect.provide(house({ memory })))
  })

  it.effect("loses no reply whose effect failed, and does none twice", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox.Inbox
      const answer = yield* answering
      const { reply } = yield* MessageChannel.MemoryPhones
      for (const text of ["a", "b", "c"]) yield* reply(phone(1), text)
      const failing = (_: Inbox.Reply) => Effect.andThen(_.text === "b" ? Effect.fail("no") : Effect.void, answer(_))
      assert.strictEqual(yield* Effect.flip(inbox.receive(failing)), "no")
      assert.deepStrictEqual(yield* replies, ["a"])
      yield* inbox.receive(answer)
      assert.deepStrictEqual(yield* replies, ["a", "b", "c"])
    }).pipe(Effect.provide(house()))
  )

  it.live("two readers at once take in each reply once", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox.Inbox
      const answer = yield* answering
      const { reply } = yield* MessageChannel.MemoryPhones
      for (let i = 0; i < 20; i++) yield* reply(phone(i), `r${i}`)
      const [one, two] = yield* Effect.all([inbox.receive(answer), inbox.receive(answer)], {
        concurrency: "unbounded"
      })
      assert.strictEqual(one.replies + two.replies, 20)
      assert.lengthOf(yield* replies, 20)
    }).pipe(Effect.provide(house({ rehearse: false })))
  )

  it.effect("applies receipts by id and by reference, in any order, and counts strangers", () =>
    Effect.gen(function* () {
      const inbox = yield* Inbox.Inbox
      const storage = yield* Storage.Storage
      const id = yield* sendOne
      const { receipt } = yield* MessageChannel.MemoryPhones
      for (const status of ["read", "delivered", "sent", "delivered", "failed"] as const) yield* receipt(id, status)
      yield* receipt("0199c5a2-7d1c-7aaa-8bbb-0123456789ab", "read")
      yield* receipt("not an id of ours", "read")
      const { receipts, unmatched } = yield* inbox.receive(() => Effect.void)
      assert.deepStrictEqual({ receipts, unmatched }, { receipts: 5, unmatched: 2 })
      assert.deepInclude((yield* messages)[0], { state: "read" })
      const apply = (channel: string, reference: string) =>
        storage.transaction(
          inbox.applyReceipt(channel, { _tag: "Receipt", message: { reference }, status: "read", at: 0 })
        )
      assert.isTrue(yield* apply("memory", `memory-${id}`))
      assert.isFalse(yield* apply("another", `memory-${id}`))
    }).pipe(Effect.provide(house()))
  )

  it.effect("a channel that is down is an error, not an empty inbox", () =>
    Effect.gen(function* () {
      const reason = new MessageChannel.Transient({ code: "NoConnection" })
      const down = MessageChannel.MessageChannel.of({
        ...(yield* MessageChannel.MessageChannel),
        receive: () => Effect.fail(new MessageChannel.ChannelError({ channel: "memory", reason }))
      })
      const exit = yield* Effect.exit(
        Effect.flatMap(Inbox.Inbox, (_) => _.receive(() => Effect.void)).pipe(
          Effect.provide(Inbox.layer),
          Effect.provideService(MessageChannel.MessageChannel, down)
        )
      )
      assert.isTrue(Exit.isFailure(exit))
    }).pipe(Effect.provide(house()))
  )
})
