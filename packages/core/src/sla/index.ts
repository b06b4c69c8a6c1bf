/**
 * Service levels: how long an answer may take, and the clocks that count it.
 *
 * @since 0.1.0
 */
export * as Target from "./Target.ts"
