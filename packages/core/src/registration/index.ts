/**
 * Getting people onto the register: commands, outcomes, imports, phones.
 *
 * @since 0.1.0
 */
export * as Attachment from "./Attachment.ts"
export * as Command from "./Command.ts"
export * as Correction from "./Correction.ts"
export * as Draft from "./Draft.ts"
export * as FirstPaymentTimer from "./FirstPaymentTimer.ts"
export * as Helper from "./Helper.ts"
export * as ImportRun from "./ImportRun.ts"
export * as Outcome from "./Outcome.ts"
export * as PendingIdentity from "./PendingIdentity.ts"
export * as PersonFile from "./PersonFile.ts"
export * as PhoneReply from "./PhoneReply.ts"
export * as Plan from "./Plan.ts"
export * as PopulationCase from "./PopulationCase.ts"
export * as Register from "./Register.ts"
export * as Registration from "./Registration.ts"
export * as RegistrationRecord from "./RegistrationRecord.ts"
export * as Submission from "./Submission.ts"
