import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { TestClock } from "effect/testing"
import * as Dispatch from "../../src/messaging/Dispatch.ts"
import * as Inbox from "../../src/messaging/Inbox.ts"
import type * as Message from "../../src/messaging/Message.ts"
import * as MessageChannel from "../../src/messaging/MessageChannel.ts"
import * as Outbox from "../../src/messaging/Outbox.ts"
import * as Storage from "../../src/storage/Storage.ts"
import * as StorageAdapter from "../../src/storage/StorageAdapter.ts"
import * as StorageError from "../../src/storage/StorageError.ts"
import * as StorageMemory from "../../src/storage/StorageMemory.ts"
import { dispatchDue, house, messages, phone, received } from "./house.ts"

const notice = (key: string, to = 1): Message.Draft => ({
  template: "phone-confirmed",
  arguments: { day: "13 Maret 2026" },
  to: phone(to),
  language: "id",
  lane: "notice",
  dedupKey: key
})

const code = (key: string, expiresAt = 600_000): Message.Draft => ({
  template: "one-time-code",
  arguments: { code: "123456", minutes: 10 },
  to: phone(2),
  language: "id",
  lane: "otp",
  dedupKey: key,
  expiresAt
})

/** A store whose scans fail during an outage. */
const failing = (outage: { readonly on: boolean }) =>
  Layer.effect(
    StorageAdapter.StorageAdapter,
    Effect.map(StorageAdapter.StorageAdapter, (whole) =>
      StorageAdapter.StorageAdapter.of({
        ...whole,
        open: (declarations) =>
          Effect.map(whole.open(declarations), (store) => ({
            ...store,
            scan: (...of) =>
              outage.on
                ? Effect.fail(StorageError.of(new StorageError.Unavailable({ place: "memory", detail: "outage" })))
                : store.scan(...of)
          }))
      })
    )
  ).pipe(Layer.provide(StorageMemory.layer))

const enqueue = (...drafts: ReadonlyArray<Message.Draft>) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const outbox = yield* Outbox.Outbox
    return yield* storage.transaction(Effect.forEach(drafts, outbox.enqueue))
  })

const enqueueOne = (draft: Message.Draft) => Effect.map(enqueue(draft), (_) => _[0]!)

const phones = MessageChannel.MemoryPhones
const unknown = new MessageChannel.UnknownOutcome()
const down = new MessageChannel.Transient({ code: "NoConnection" })

describe("Outbox", () => {
  it.effect("tells once what is enqueued twice", () =>
    Effect.gen(function* () {
      const first = yield* enqueueOne(notice("a"))
      const again = yield* enqueueOne(notice("a"))
      assert.strictEqual(again, first)
      yield* dispatchDue
      yield* enqueue(notice("a"))
      yield* dispatchDue
      assert.lengthOf(yield* received, 1)
    }).pipe(Effect.provide(house()))
  )

  it.effect("tells nothing of a unit of work that failed", () =>
    Effect.gen(function* () {
      const storage = yield* Storage.Storage
      const outbox = yield* Outbox.Outbox
      const failed = yield* Effect.exit(
        storage.transaction(Effect.andThen(outbox.enqueue(notice("a")), Effect.fail("no")))
      )
      assert.isTrue(Exit.isFailure(failed))
      assert.deepStrictEqual(yield* dispatchDue, { sent: 0, again: 0, failed: 0 })
      assert.lengthOf(yield* messages, 0)
    }).pipe(Effect.provide(house()))
  )
})

describe("Dispatch", () => {
  it.effect("sends under the message's own id and records it", () =>
    Effect.gen(function* () {
      const id = yield* enqueueOne(notice("a"))
      assert.deepStrictEqual(yield* dispatchDue, { sent: 1, again: 0, failed: 0 })
      const [out] = yield* received
      assert.deepInclude(out, { id, to: phone(1) })
      assert.match(out!.text, /^JKN: nomor ini/)
      const [message] = yield* messages
      assert.deepInclude(message, { state: "sent", reference: `memory-${id}`, attempts: 1, sentAt: 0 })
    }).pipe(Effect.provide(house()))
  )

  it.effect("sends a code before a thousand notices that were there first", () =>
    Effect.gen(function* () {
      yield* enqueue(...Array.from({ length: 1_000 }, (_, i) => notice(`n${i}`, i)), code("c"))
      yield* dispatchDue
      const out = yield* received
      assert.lengthOf(out, 1_001)
      assert.match(out[0]!.text, /123456/)
    }).pipe(Effect.provide(house({ rehearse: false })))
  )

  it.effect("sends a code that comes up in the middle before the notices that are left", () =>
    Effect.gen(function* () {
      yield* enqueue(...Array.from({ length: 40 }, (_, i) => notice(`n${i}`, i)))
      // due one millisecond later than the notices; the first batch takes that long
      const storage = yield* Storage.Storage
      const outbox = yield* Outbox.Outbox
      yield* storage.transaction(outbox.enqueue({ ...code("c"), dueAt: 1 }))
      const { failNext } = yield* phones
      yield* failNext([{ reason: down }])
      const dispatching = yield* Effect.forkChild(dispatchDue)
      yield* TestClock.adjust(1)
      yield* Fiber.join(dispatching)
      const at = (yield* received).findIndex((_) => _.text.includes("123456"))
      assert.isAtMost(at, 10)
    }).pipe(Effect.provide(house({ dispatch: { batch: 10, concurrency: 1 }, rehearse: false })))
  )

  it.effect("does not double a message whose answer was lost", () =>
    Effect.gen(function* () {
      const id = yield* enqueueOne(notice("a"))
      yield* (yield* phones).failNext([{ reason: unknown, delivered: true }])
      assert.deepStrictEqual(yield* dispatchDue, { sent: 0, again: 1, failed: 0 })
      assert.deepInclude((yield* messages)[0], { state: "unknown" })
      yield* TestClock.adjust("1 minute")
      yield* dispatchDue
      assert.deepStrictEqual(
        (yield* received).map((_) => _.id),
        [id]
      )
      assert.deepInclude((yield* messages)[0], { state: "sent", attempts: 2 })
    }).pipe(Effect.provide(house()))
  )

  it.effect("on a channel that would double it, lets the receipt settle or gives up in time", () =>
    Effect.gen(function* () {
      const [settled] = yield* enqueue(notice("a"), notice("b", 2))
      const { failNext, receipt } = yield* phones
      yield* failNext([
        { reason: unknown, delivered: true },
        { reason: unknown, delivered: true }
      ])
      yield* dispatchDue
      yield* receipt(settled!, "delivered")
      yield* (yield* Inbox.Inbox).receive(() => Effect.void)
      yield* TestClock.adjust("1 hour")
      yield* dispatchDue
      assert.lengthOf(yield* received, 2, "nothing was sent a second time")
      const after = yield* messages
      assert.deepStrictEqual(
        after.map((_) => [_.state, _.failure]),
        [
          ["delivered", undefined],
          ["failed", "UnknownOutcome"]
        ]
      )
    }).pipe(Effect.provide(house({ idempotent: false })))
  )

  it.effect("tries again, later and later, and others do not wait for it", () =>
    Effect.gen(function* () {
      yield* enqueue(notice("a"), notice("b", 2))
      yield* (yield* phones).failNext([{ reason: down }])
      assert.deepStrictEqual(yield* dispatchDue, { sent: 1, again: 1, failed: 0 })
      yield* TestClock.adjust(1_999)
      assert.deepStrictEqual(yield* dispatchDue, { sent: 0, again: 0, failed: 0 })
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(yield* dispatchDue, { sent: 1, again: 0, failed: 0 })
    }).pipe(Effect.provide(house()))
  )

  it.effect("keeps codes of failures and nothing else", () =>
    Effect.gen(function* () {
      yield* enqueue(notice("a"))
      yield* (yield* phones).failNext([{ reason: new MessageChannel.Permanent({ code: "Blocked" }) }])
      assert.deepStrictEqual(yield* dispatchDue, { sent: 0, again: 0, failed: 1 })
      assert.deepInclude((yield* messages)[0], { state: "failed", failure: "Blocked" })
      yield* TestClock.adjust("1 day")
      assert.deepStrictEqual(yield* dispatchDue, { sent: 0, again: 0, failed: 0 })
    }).pipe(Effect.provide(house()))
  )

  it.effect("never sends an expired code", () =>
    Effect.gen(function* () {
      yield* enqueue(code("c", 1_000))
      yield* TestClock.adjust(1_000)
      assert.deepStrictEqual(yield* dispatchDue, { sent: 0, again: 0, failed: 1 })
      assert.lengthOf(yield* received, 0)
      assert.deepInclude((yield* messages)[0], { state: "expired", arguments: {} })
    }).pipe(Effect.provide(house()))
  )

  it.effect("a send that does not end has an unknown outcome", () =>
    Effect.gen(function* () {
      const called = yield* Deferred.make<void>()
      const hanging = yield* Effect.forkChild(
        dispatchDueOn(
          MessageChannel.MessageChannel.of({
            name: "slow",
            capabilities: { idempotent: true, receipts: false, replies: false },
            send: () => Effect.andThen(Deferred.succeed(called, undefined), Effect.never),
            receive: () => Effect.succeed([])
          })
        )
      )
      yield* Deferred.await(called)
      yield* TestClock.adjust(20_000)
      assert.deepStrictEqual(yield* Fiber.join(hanging), { sent: 0, again: 1, failed: 0 })
      assert.deepInclude((yield* messages)[0], { state: "unknown", channel: "slow" })
    }).pipe(Effect.provide(house()))
  )

  it.effect("one reference for two messages costs neither its record", () =>
    Effect.gen(function* () {
      yield* enqueue(notice("b", 3))
      const summary = yield* dispatchDueOn(
        MessageChannel.MessageChannel.of({
          name: "careless",
          capabilities: { idempotent: true, receipts: false, replies: false },
          send: () => Effect.succeed({ reference: "always the same" }),
          receive: () => Effect.succeed([])
        })
      )
      assert.deepStrictEqual(summary, { sent: 2, again: 0, failed: 0 })
      assert.deepStrictEqual(
        (yield* messages).map((_) => _.state),
        ["sent", "sent"]
      )
    }).pipe(Effect.provide(house()))
  )

  it.effect("a dispatcher killed between send and record: sent again under the same id, once to the phone", () =>
    Effect.gen(function* () {
      const memory = StorageMemory.make()
      const channel = yield* Effect.provide(MessageChannel.MessageChannel, MessageChannel.layerMemory())
      const first = house({ memory, seed: "first" })
      const id = yield* Effect.provide(enqueueOne(notice("a")), first)
      const handed: Array<string> = []
      const called = yield* Deferred.make<void>()
      const killed = {
        ...channel,
        send: (message: MessageChannel.Outgoing) => {
          handed.push(message.id)
          return channel
            .send(message)
            .pipe(Effect.andThen(Deferred.succeed(called, undefined)), Effect.andThen(Effect.never))
        }
      }
      const dying = yield* Effect.forkChild(Effect.provide(dispatchDueOn(killed, false), first))
      yield* Deferred.await(called)
      assert.deepStrictEqual(handed, [id])
      yield* Fiber.interrupt(dying)

      const second = house({ memory, seed: "second" })
      assert.deepInclude((yield* Effect.provide(messages, second))[0], { state: "sending" })
      assert.deepStrictEqual(yield* Effect.provide(dispatchDueOn(channel, false), second), {
        sent: 0,
        again: 0,
        failed: 0
      })
      yield* TestClock.adjust("1 minute")
      const alive = {
        ...channel,
        send: (message: MessageChannel.Outgoing) => {
          handed.push(message.id)
          return channel.send(message)
        }
      }
      assert.deepStrictEqual(yield* Effect.provide(dispatchDueOn(alive, false), second), {
        sent: 1,
        again: 0,
        failed: 0
      })
      assert.deepStrictEqual(handed, [id, id])
    })
  )

  it.effect("runs on and on, also after the store did not answer", () => {
    const outage = { on: true }
    return Effect.gen(function* () {
      yield* enqueue(notice("a"))
      const { run } = yield* Dispatch.Dispatch
      const running = yield* Effect.forkChild(run("1 second"))
      yield* TestClock.adjust("10 seconds")
      assert.lengthOf(yield* received, 0)
      outage.on = false
      yield* TestClock.adjust("2 seconds")
      assert.lengthOf(yield* received, 1)
      yield* enqueue(notice("b"))
      yield* TestClock.adjust("2 seconds")
      assert.lengthOf(yield* received, 2)
      yield* Fiber.interrupt(running)
    }).pipe(Effect.provide(house({ adapter: failing(outage) })))
  })

  it.live("two dispatchers on one register hand over each message once", () =>
    Effect.gen(function* () {
      const memory = StorageMemory.make()
      const handed: Array<string> = []
      const channel = MessageChannel.MessageChannel.of({
        name: "counting",
        capabilities: { idempotent: false, receipts: false, replies: false },
        send: ({ id }) =>
          Effect.as(
            Effect.andThen(
              Effect.yieldNow,
              Effect.sync(() => handed.push(id))
            ),
            {}
          ),
        receive: () => Effect.succeed([])
      })
      yield* Effect.provide(
        enqueue(...Array.from({ length: 100 }, (_, i) => notice(`n${i}`, i))),
        house({ memory, seed: "enqueue", rehearse: false })
      )
      const both = ["first", "second"].map((seed) =>
        Effect.provide(dispatchDueOn(channel, false, { batch: 7 }), house({ memory, seed, rehearse: false }))
      )
      const summaries = yield* Effect.all(both, { concurrency: "unbounded" })
      assert.strictEqual(
        summaries.reduce((sum, _) => sum + _.sent, 0),
        100
      )
      assert.lengthOf(handed, 100)
      assert.strictEqual(new Set(handed).size, 100)
    })
  )

  it.effect("is refused inside a unit of work", () =>
    Effect.gen(function* () {
      yield* enqueue(notice("a"))
      const storage = yield* Storage.Storage
      const channel = yield* MessageChannel.MessageChannel
      const exit = yield* Effect.exit(storage.transaction(channel.send({ id: "1", to: phone(1), text: "JKN" })))
      assert.isTrue(Exit.hasDies(exit))
      assert.lengthOf(yield* received, 0)
    }).pipe(Effect.provide(house()))
  )
})

/** Dispatches one notice on a channel of the test's own. */
const dispatchDueOn = (
  channel: MessageChannel.MessageChannel["Service"],
  withNotice = true,
  options: Dispatch.Options = {}
) =>
  Effect.gen(function* () {
    if (withNotice) yield* enqueue(notice("a"))
    return yield* dispatchDue.pipe(
      Effect.provide(Dispatch.layer(options)),
      Effect.provideService(MessageChannel.MessageChannel, channel)
    )
  })
