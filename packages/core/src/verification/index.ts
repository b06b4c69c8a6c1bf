/**
 * What the civil register says of people who are on the register: asked again, and followed.
 *
 * @since 0.1.0
 */
export * as PopulationChanges from "./PopulationChanges.ts"
export * as Verification from "./Verification.ts"
