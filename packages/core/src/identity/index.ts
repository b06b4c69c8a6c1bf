/**
 * Numbers and descriptions of people, households and regions.
 *
 * @since 0.1.0
 */
export * as FamilyCardNumber from "./FamilyCardNumber.ts"
export * as Household from "./Household.ts"
export * as Nik from "./Nik.ts"
export * as ParticipantNumber from "./ParticipantNumber.ts"
export * as Person from "./Person.ts"
export * as PersonName from "./PersonName.ts"
export * as PhoneNumber from "./PhoneNumber.ts"
export * as Region from "./Region.ts"
export * as Segment from "./Segment.ts"
export * as Sex from "./Sex.ts"
export * as SpreadsheetNumber from "./SpreadsheetNumber.ts"
export * as VirtualAccount from "./VirtualAccount.ts"
