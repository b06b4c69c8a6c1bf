import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Line from "../../src/registration/internal/line.ts"

describe("a line", () => {
  it.effect("lets pass who shares no key, and holds back who does until the call ahead has ended", () =>
    Effect.gen(function* () {
      const join = Line.make<string>()
      const first = join(["a", "b"])
      const second = join(["b", "c"])
      assert.isFalse(first.ahead.isBehind(["a", "b", "c"]))
      assert.isFalse(second.ahead.isBehind(["c"]))
      assert.isTrue(second.ahead.isBehind(["b"]))
      const gate = yield* Deferred.make<void>()
      const order: Array<string> = []
      const one = yield* Effect.forkChild(
        first.leaving(
          Effect.andThen(
            Deferred.await(gate),
            Effect.sync(() => order.push("first"))
          )
        )
      )
      const two = yield* Effect.forkChild(
        second.leaving(
          Effect.andThen(
            second.ahead.settled(["b"]),
            Effect.sync(() => order.push("second"))
          )
        )
      )
      yield* Effect.yieldNow
      assert.deepStrictEqual(order, [])
      yield* Deferred.succeed(gate, undefined)
      yield* Fiber.joinAll([one, two])
      assert.deepStrictEqual(order, ["first", "second"])
      assert.isFalse(second.ahead.isBehind(["b"]))
      assert.isFalse(join(["b"]).ahead.isBehind(["b"]))
    })
  )

  it.effect("fails who shares a key with a call that failed, and nobody else", () =>
    Effect.gen(function* () {
      const join = Line.make<string>()
      const first = join(["a"])
      const second = join(["a", "c"])
      yield* Effect.exit(first.leaving(Effect.fail("cut")))
      assert.isTrue(second.ahead.isBehind(["a"]))
      assert.strictEqual(yield* Effect.flip(second.ahead.settled(["a"])), "cut")
      yield* second.ahead.settled(["c"])
      // also who comes when it has failed already
      assert.strictEqual(yield* Effect.flip(join(["a"]).ahead.settled(["a"])), "cut")
    })
  )
})
