/**
 * An application on its way: begun and gone on with elsewhere, handed in, paid for the first time.
 *
 * @since 0.1.0
 */
export * as Attachments from "./Attachments.ts"
export * as ContinuationCode from "./ContinuationCode.ts"
export * as Drafts from "./Drafts.ts"
export * as FirstPayments from "./FirstPayments.ts"
export * as Form from "./Form.ts"
export * as Households from "./Households.ts"
export * as Refusal from "./Refusal.ts"
export * as Reminder from "./Reminder.ts"
export * as Steps from "./Steps.ts"
export * as Withdrawals from "./Withdrawals.ts"
