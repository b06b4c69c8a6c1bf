import { Machine } from "@kis/core/membership"
import { Segment } from "@kis/core/identity"
import * as Schema from "effect/Schema"
import { ask, tagged } from "./goldenAsk.ts"

/** Questions about what a membership may become, and when. */
export const membership = {
  move: ask(
    Schema.Struct({
      from: Machine.State,
      trigger: Machine.Trigger,
      segment: Schema.optionalKey(Segment.Segment),
      selfPaid: Schema.optionalKey(Schema.Boolean),
      previous: Schema.optionalKey(Machine.State),
      opens: Schema.optionalKey(Machine.State),
      care: Schema.optionalKey(Schema.Literals(["in-treatment", "not-in-treatment", "unknown"]))
    }),
    (move, { asOf, policy }) => tagged(Machine.move(move, asOf, policy))
  )
}
