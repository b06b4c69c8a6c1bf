/**
 * The whole register: every aggregate it stores, and every service of it, in one layer each.
 *
 * An application chooses the ports below (a storage adapter, a crypto layer, keys, registries, a
 * message channel) and gets the rest from here.
 *
 * @since 0.1.0
 */
import * as Layer from "effect/Layer"
import * as BrokenGlass from "../access/BrokenGlass.ts"
import * as Consent from "../access/Consent.ts"
import * as Consents from "../access/Consents.ts"
import * as DataRequest from "../access/DataRequest.ts"
import * as Objection from "../access/Objection.ts"
import * as Readings from "../access/Readings.ts"
import * as Shift from "../access/Shift.ts"
import * as Audit from "../audit/Audit.ts"
import * as Deduplication from "../deduplication/Deduplication.ts"
import * as DuplicateCase from "../deduplication/DuplicateCase.ts"
import * as Participant from "../deduplication/Participant.ts"
import * as DecreeRun from "../membership/DecreeRun.ts"
import * as Household from "../membership/Household.ts"
import * as LifeRecord from "../membership/LifeRecord.ts"
import * as Membership from "../membership/Membership.ts"
import * as AccessNotices from "../messaging/AccessNotices.ts"
import * as Inbox from "../messaging/Inbox.ts"
import * as Message from "../messaging/Message.ts"
import * as Outbox from "../messaging/Outbox.ts"
import * as Challenge from "../otp/Challenge.ts"
import * as Ledger from "../otp/Ledger.ts"
import type { Crypto } from "../privacy/Crypto.ts"
import type { KeyRing } from "../privacy/KeyRing.ts"
import type { CardNumbers } from "../registry/CardNumbers.ts"
import type { PopulationRegistry } from "../registry/PopulationRegistry.ts"
import * as Clock from "../sla/Clock.ts"
import * as Clocks from "../sla/Clocks.ts"
import type * as Aggregate from "../storage/Aggregate.ts"
import type { Storage } from "../storage/Storage.ts"
import * as Attachment from "./Attachment.ts"
import * as Correction from "./Correction.ts"
import * as Draft from "./Draft.ts"
import * as FirstPaymentTimer from "./FirstPaymentTimer.ts"
import * as ImportRun from "./ImportRun.ts"
import * as PendingIdentity from "./PendingIdentity.ts"
import * as PhoneReply from "./PhoneReply.ts"
import * as PopulationCase from "./PopulationCase.ts"
import * as Registration from "./Registration.ts"
import * as RegistrationRecord from "./RegistrationRecord.ts"

// --- models ---

/**
 * Everything that the register stores. A storage adapter makes its tables from these.
 *
 * @category models
 * @since 0.1.0
 */
export const aggregates: ReadonlyArray<Aggregate.Any> = [
  Participant.aggregate,
  Membership.aggregate,
  Household.aggregate,
  Household.accounts,
  LifeRecord.aggregate,
  DecreeRun.aggregate,
  RegistrationRecord.aggregate,
  ImportRun.aggregate,
  Draft.aggregate,
  Attachment.aggregate,
  Consent.aggregate,
  Shift.aggregate,
  BrokenGlass.aggregate,
  Objection.aggregate,
  DataRequest.aggregate,
  Correction.aggregate,
  FirstPaymentTimer.aggregate,
  DuplicateCase.aggregate,
  Clock.aggregate,
  Message.aggregate,
  Inbox.aggregate,
  Challenge.aggregate,
  Ledger.aggregate,
  PhoneReply.aggregate,
  PendingIdentity.aggregate,
  PendingIdentity.rounds,
  PendingIdentity.feeds,
  PopulationCase.aggregate
]

/**
 * Aggregates whose rows are removed in the course of things without a line in the record: replies that
 * were answered, and who waited for the population register. A
 * verification against a checkpoint says only that they are gone.
 *
 * @category models
 * @since 0.1.0
 */
export const unrecordedRemovals: ReadonlyArray<string> = [PhoneReply.aggregate.name, PendingIdentity.aggregate.name]

/**
 * The services that bring people onto the register.
 *
 * @category models
 * @since 0.1.0
 */
export type Services =
  | Audit.Audit
  | Consents.Consents
  | Readings.Readings
  | Outbox.Outbox
  | Clocks.Clocks
  | Deduplication.Deduplication
  | Registration.Registration

/**
 * How the parts behave that have a choice.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly consents?: Consents.Options
  readonly readings?: Readings.Options
  readonly clocks?: Clocks.Options
}

// --- layers ---

/**
 * The register without messages going out or coming in: enough for an import, which only writes
 * its notices into the outbox. The storage is opened beside it, `Storage.layer(Register.aggregates)`:
 * who only looks at a register needs nothing else.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (
  options: Options = {}
): Layer.Layer<Services, never, Storage | Crypto | KeyRing | PopulationRegistry | CardNumbers> =>
  Registration.layer.pipe(
    Layer.provideMerge(
      Layer.mergeAll(Consents.layer(options.consents), Readings.layer(options.readings)).pipe(
        Layer.provide(AccessNotices.layer)
      )
    ),
    Layer.provideMerge(Layer.mergeAll(Audit.layer, Outbox.layer, Clocks.layer(options.clocks), Deduplication.layer))
  )
