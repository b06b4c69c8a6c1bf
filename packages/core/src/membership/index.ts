/**
 * Cover: the states of a membership and what moves it, changes, cards.
 *
 * @since 0.1.0
 */
export * as Abroad from "./Abroad.ts"
export * as Change from "./Change.ts"
export * as Death from "./Death.ts"
export * as Decree from "./Decree.ts"
export * as DecreeRun from "./DecreeRun.ts"
export * as Dismissal from "./Dismissal.ts"
export * as Duplicate from "./Duplicate.ts"
export * as Family from "./Family.ts"
export * as Household from "./Household.ts"
export * as Life from "./Life.ts"
export * as LifeEvent from "./LifeEvent.ts"
export * as LifePlan from "./LifePlan.ts"
export * as LifeRecord from "./LifeRecord.ts"
export * as Machine from "./Machine.ts"
export * as Membership from "./Membership.ts"
export * as Newborn from "./Newborn.ts"
export * as Paper from "./Paper.ts"
export * as PbiReactivation from "./PbiReactivation.ts"
export * as Transfer from "./Transfer.ts"
