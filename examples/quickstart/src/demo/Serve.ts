/**
 * What a register does after an import: it sends what is due and handles what comes back, until
 * nobody has said anything for a while.
 */
import { Dispatch, type MessageChannel } from "@kis/core/messaging"
import { Otp } from "@kis/core/otp"
import { PhoneVerification } from "@kis/core/verification"
import type { StorageError } from "@kis/core/storage"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

// --- models ---

export interface Options {
  /** Silence after which nobody is expected to answer any more. Milliseconds. */
  readonly quiet: number
  /** The longest that is waited in all. Milliseconds. */
  readonly atMost: number
}

export interface Served {
  readonly sent: number
  readonly replies: PhoneVerification.Summary
}

// --- serving ---

export const serve = Effect.fn("Serve.serve")(function* (
  options: Options
): Effect.fn.Return<
  Served,
  StorageError.StorageError | StorageError.UniqueViolation | MessageChannel.ChannelError,
  Dispatch.Dispatch | PhoneVerification.PhoneVerification | Otp.Otp
> {
  const dispatch = yield* Dispatch.Dispatch
  const phones = yield* PhoneVerification.PhoneVerification
  const otp = yield* Otp.Otp
  const start = yield* Clock.currentTimeMillis
  let { sent } = yield* dispatch.dispatchDue
  let replies = yield* phones.handleReplies
  let heard = yield* Clock.currentTimeMillis
  // nobody was told anything, so nobody has anything to answer
  if (sent === 0 && replies.asked === 0) return { sent, replies }

  // codes go out while replies are handled: nobody's code waits behind another's answer
  const sending = dispatch.dispatchDue.pipe(
    Effect.flatMap((summary) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        sent += summary.sent
        if (summary.sent > 0) heard = now
      })
    ),
    Effect.andThen(Effect.sleep(PAUSE)),
    Effect.forever
  )

  const receiving = Effect.gen(function* () {
    while (true) {
      const handled = yield* phones.handleReplies
      const now = yield* Clock.currentTimeMillis
      replies = added(replies, handled)
      if (Object.values(handled).some((it) => it > 0)) heard = now
      if (now - start > options.atMost || now - heard > options.quiet) return
      yield* Effect.sleep(PAUSE)
    }
  })

  yield* Effect.raceFirst(sending, receiving)
  yield* otp.endExpired
  return { sent, replies }
})

/** Two summaries in one. */
export const added = (one: PhoneVerification.Summary, other: PhoneVerification.Summary): PhoneVerification.Summary => ({
  asked: one.asked + other.asked,
  unknown: one.unknown + other.unknown,
  verified: one.verified + other.verified,
  wrong: one.wrong + other.wrong,
  ended: one.ended + other.ended,
  closed: one.closed + other.closed,
  ignored: one.ignored + other.ignored
})

// --- private ---

const PAUSE = 50
