import { assert, describe, it } from "@effect/vitest"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as MessageChannel from "../../src/messaging/MessageChannel.ts"
import { phone } from "./house.ts"

describe("MessageChannel.layerConsole", () => {
  it.effect("shows neither number nor code", () =>
    Effect.gen(function* () {
      const printed: Array<unknown> = []
      const console = { ...globalThis.console, log: (...line: ReadonlyArray<unknown>) => void printed.push(...line) }
      const channel = yield* MessageChannel.MessageChannel
      yield* channel
        .send({ id: "1", to: phone(1), text: "123456 adalah kode JKN Anda, berlaku 10 menit." })
        .pipe(Effect.provideService(Console.Console, console))
      assert.deepStrictEqual(printed, ["to +62812*****001: **** adalah kode JKN Anda, berlaku 10 menit."])
      assert.deepStrictEqual(yield* channel.receive(undefined, 10), [])
    }).pipe(Effect.provide(MessageChannel.layerConsole))
  )
})

describe("ChannelError", () => {
  const error = (reason: MessageChannel.ChannelError["reason"]) =>
    new MessageChannel.ChannelError({ channel: "sms", reason })

  it("says what happened and what is next, and whether trying again may help", () => {
    const errors = [
      error(new MessageChannel.Transient({ code: "Timeout" })),
      error(new MessageChannel.Permanent({ code: "NotOnChannel" })),
      error(new MessageChannel.RateLimited({ until: 60_000 })),
      error(new MessageChannel.UnknownOutcome())
    ]
    assert.deepStrictEqual(
      errors.map((_) => _.isRetryable),
      [true, false, true, true]
    )
    for (const { message } of errors) assert.match(message, /^The message channel sms .+\. .+\.$/)
    assert.include(errors[2]!.message, "1970-01-01T00:01:00.000Z")
  })
})
