/**
 * What citizens demand of the state: objections to decisions and requests about their own data, answered by a clock.
 *
 * @since 0.1.0
 */
export * as Claims from "./Claims.ts"
export * as Corrections from "./Corrections.ts"
export * as Disclosure from "./Disclosure.ts"
export * as Erasure from "./Erasure.ts"
