import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { standardPatience as patience } from "../../src/messaging/Dispatch.ts"
import * as Message from "../../src/messaging/Message.ts"
import * as MessageChannel from "../../src/messaging/MessageChannel.ts"
import { phone } from "./house.ts"

const can: MessageChannel.Capabilities = { idempotent: true, receipts: true, replies: true }
const cannotRepeat: MessageChannel.Capabilities = { ...can, idempotent: false }

const fresh = Message.draft(
  {
    template: "one-time-code",
    arguments: { code: "123456", minutes: 10 },
    to: phone(1),
    language: "id",
    lane: "otp",
    dedupKey: "a",
    expiresAt: 600_000
  },
  0
)

const sending = Message.claim(fresh, 0, can, patience)

const failing = (reason: MessageChannel.ChannelError["reason"]) =>
  new MessageChannel.ChannelError({ channel: "test", reason })

const unavailable = failing(new MessageChannel.Transient({ code: "Unavailable" }))

const statuses = ["sent", "delivered", "read", "failed"] as const
const statusesOf = (self: Message.Message, order: ReadonlyArray<MessageChannel.ReceiptStatus>) =>
  order.reduce(Message.receipt, self).state

describe("Message, receipts", () => {
  it("end the same whatever their order and however often they come", () => {
    const some = fc.subarray([...statuses], { minLength: 1 })
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (seen, picks) => {
        const shuffled = [...picks.take(12)].map((_) => seen[_ % seen.length]!)
        const all = [...shuffled, ...seen]
        assert.strictEqual(statusesOf(sending, all), statusesOf(sending, seen))
      })
    )
  })

  it("never move a status backwards", () => {
    const order: ReadonlyArray<Message.State> = ["sending", "sent", "failed", "delivered", "read"]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statuses)), fc.constantFrom(...statuses), (before, next) => {
        const was = before.reduce(Message.receipt, sending)
        const is = Message.receipt(was, next)
        assert.isAtLeast(order.indexOf(is.state), order.indexOf(was.state))
      })
    )
  })

  it("may come before the answer of the send, which undoes nothing and adds the reference", () => {
    const delivered = Message.receipt(sending, "delivered")
    const after = Message.accepted(delivered, "test", { reference: "r1" }, 5)
    assert.deepInclude(after, { state: "delivered", reference: "r1", channel: "test" })
  })

  it("may come after expiry: what was delivered was delivered", () => {
    const expired = Message.claim(fresh, 600_000, can, patience)
    assert.strictEqual(expired.state, "expired")
    assert.strictEqual(Message.receipt(expired, "delivered").state, "delivered")
  })

  it("of delivery take the failure back", () => {
    const failed = Message.receipt(sending, "failed")
    assert.deepInclude(failed, { state: "failed", failure: "NotDelivered" })
    assert.notProperty(Message.receipt(failed, "delivered"), "failure")
  })
})

describe("Message, attempts", () => {
  it("waits longer after each failure, up to a bound, and gives up", () => {
    const waits: Array<number> = []
    let message: Message.Message = { ...fresh, expiresAt: Number.MAX_SAFE_INTEGER }
    while (!Message.isFinished(message)) {
      const now = message.dueAt
      message = Message.refused(Message.claim(message, now, can, patience), unavailable, now, can, patience)
      if (!Message.isFinished(message)) waits.push(message.dueAt - now)
    }
    assert.deepInclude(message, { state: "failed", failure: "GaveUp", attempts: patience.attempts })
    assert.deepStrictEqual(waits, [2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000])
  })

  it("waiting in line is no attempt", () => {
    const limited = failing(new MessageChannel.RateLimited({ until: 90_000 }))
    const after = Message.refused(sending, limited, 10, can, patience)
    assert.deepInclude(after, { state: "waiting", dueAt: 90_000, attempts: 0 })
  })

  it("a refusal for good ends it with its code", () => {
    const refused = failing(new MessageChannel.Permanent({ code: "NotOnChannel" }))
    assert.deepInclude(Message.refused(sending, refused, 10, can, patience), {
      state: "failed",
      failure: "NotOnChannel"
    })
  })

  it("is not taken before it is due, while another has it, or when it is finished", () => {
    const later = { ...fresh, dueAt: 100 }
    assert.strictEqual(Message.claim(later, 99, can, patience), later)
    assert.strictEqual(Message.claim(sending, patience.lease - 1, can, patience), sending)
    const sent = Message.accepted(sending, "test", {}, 5)
    assert.strictEqual(Message.claim(sent, 1_000_000, can, patience), sent)
  })

  it("is taken from a dispatcher that died, and sent again only where that cannot double it", () => {
    const after = patience.lease
    assert.deepInclude(Message.claim(sending, after, can, patience), { state: "sending", attempts: 2 })
    const unknown = Message.claim(sending, after, cannotRepeat, patience)
    assert.strictEqual(unknown.state, "unknown")
    assert.deepInclude(Message.claim(unknown, unknown.dueAt, cannotRepeat, patience), {
      state: "failed",
      failure: "UnknownOutcome"
    })
    assert.strictEqual(Message.receipt(unknown, "sent").state, "sent")
  })

  it("a late failure does not undo what a receipt said", () => {
    const delivered = Message.receipt(sending, "delivered")
    assert.strictEqual(Message.refused(delivered, unavailable, 10, can, patience), delivered)
  })

  it("forgets a secret once it is out, and not before", () => {
    const retrying = Message.refused(sending, unavailable, 10, can, patience)
    assert.strictEqual(retrying.arguments["code"], "123456")
    const ends = [
      Message.accepted(sending, "test", {}, 5),
      Message.claim(fresh, 600_000, can, patience),
      Message.receipt(sending, "failed"),
      Message.receipt(sending, "read"),
      Message.unrenderable(sending)
    ]
    for (const end of ends) assert.notInclude(JSON.stringify(end), "123456", end.state)
  })
})
