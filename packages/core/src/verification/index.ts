/**
 * What proves who people are, once they are on the register: the civil register, asked again and followed, and their
 * phones, confirmed by an answer.
 *
 * @since 0.1.0
 */
export * as PhoneVerification from "./PhoneVerification.ts"
export * as PopulationChanges from "./PopulationChanges.ts"
export * as Verification from "./Verification.ts"
