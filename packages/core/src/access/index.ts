/**
 * Who acts on the register, what they may do, and under whose consent.
 *
 * @since 0.1.0
 */
export * as Actor from "./Actor.ts"
export * as BrokenGlass from "./BrokenGlass.ts"
export * as Consent from "./Consent.ts"
export * as Consents from "./Consents.ts"
export * as Notices from "./Notices.ts"
export * as Permission from "./Permission.ts"
export * as Readings from "./Readings.ts"
export * as Shift from "./Shift.ts"
