/**
 * Who acts on the register, what they may do, under whose consent, and what people may demand.
 *
 * @since 0.1.0
 */
export * as Actor from "./Actor.ts"
export * as BrokenGlass from "./BrokenGlass.ts"
export * as Claim from "./Claim.ts"
export * as Consent from "./Consent.ts"
export * as Consents from "./Consents.ts"
export * as DataRequest from "./DataRequest.ts"
export * as Notices from "./Notices.ts"
export * as Objection from "./Objection.ts"
export * as Permission from "./Permission.ts"
export * as Readings from "./Readings.ts"
export * as Shift from "./Shift.ts"
