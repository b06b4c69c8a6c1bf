/**
 * Tells people by message what was done with their data: the outbox behind `Notices`.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Notices } from "../access/Notices.ts"
import { Outbox } from "./Outbox.ts"

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<Notices, never, Outbox> = Layer.effect(
  Notices,
  Effect.map(Outbox, (outbox) =>
    Notices.of({
      tell: ({ day, key, kind, language, subject, to }) =>
        Effect.asVoid(
          outbox.enqueue({
            template: kind,
            arguments: { day, reference: subject.slice(-8).toUpperCase() },
            to,
            language,
            lane: "notice",
            dedupKey: `${kind}:${key}`,
            subject
          })
        )
    })
  )
)
