/**
 * Service levels: how long an answer may take, and the clocks that count it.
 *
 * @since 0.1.0
 */
export * as Clock from "./Clock.ts"
export * as Clocks from "./Clocks.ts"
export * as Target from "./Target.ts"
