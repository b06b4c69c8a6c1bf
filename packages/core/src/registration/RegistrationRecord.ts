/**
 * A registration as the register keeps it: who brought it, when, and what became of each line.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Actor } from "../access/Actor.ts"
import { FamilyCardNumber } from "../identity/FamilyCardNumber.ts"
import { PhoneNumber } from "../identity/PhoneNumber.ts"
import { Reason } from "../policy/Reason.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as Id from "../storage/Id.ts"
import { PlainDate } from "../time/PlainDate.ts"
import { Helper } from "./Helper.ts"
import { Outcome } from "./Outcome.ts"
import { Channel, type Command } from "./Command.ts"
import type { Submission } from "./Submission.ts"

// --- models ---

/**
 * What became of one line that somebody took back.
 *
 * - `withdrawn`: the membership has ended before it covered; `credit` is money that is on its account, in rupiah;
 * - `stays`: it cannot be taken back, for these reasons;
 * - `nothing`: this line had registered nobody.
 *
 * @category models
 * @since 0.1.0
 */
export const End = Schema.Struct({
  line: Schema.Int,
  end: Schema.Literals(["withdrawn", "stays", "nothing"]),
  reasons: Schema.Array(Reason),
  credit: Schema.optionalKey(Schema.Int)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface End extends Schema.Schema.Type<typeof End> {}

/**
 * A registration, or lines of it, taken back. `command` is the idempotency key with its sender, `on` the day at the
 * office, `consent` the one that a helper acted on.
 *
 * @category models
 * @since 0.1.0
 */
export const Withdrawal = Schema.Struct({
  command: Schema.NonEmptyString,
  by: Actor,
  consent: Schema.optionalKey(Id.Id),
  on: PlainDate,
  ends: Schema.NonEmptyArray(End)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Withdrawal extends Schema.Schema.Type<typeof Withdrawal> {}

/**
 * `command` is the idempotency key, `content` a hash of what was sent under it, `run` the import
 * that it belongs to, `consent` the one that a helper acted on. `number` is what people write down, `phones` are those of the people who
 * were registered: together they find the registration again. `phone` is the family's, `autoDebit` the account
 * that it wants contributions drawn from, as it was said.
 *
 * @category models
 * @since 0.1.0
 */
export const RegistrationRecord = Schema.Struct({
  number: Schema.String,
  command: Schema.NonEmptyString,
  content: Schema.String,
  run: Schema.optionalKey(Id.Id),
  actor: Actor,
  consent: Schema.optionalKey(Id.Id),
  office: Schema.NonEmptyString,
  channel: Channel,
  on: PlainDate,
  household: Schema.String,
  familyCard: Schema.optionalKey(FamilyCardNumber),
  address: Schema.optionalKey(Schema.String),
  autoDebit: Schema.optionalKey(Schema.String),
  help: Schema.Array(Schema.Struct({ line: Schema.Int, helper: Helper })),
  phone: Schema.optionalKey(PhoneNumber),
  phones: Schema.Array(PhoneNumber),
  outcomes: Schema.Array(Outcome),
  withdrawals: Schema.optionalKey(Schema.NonEmptyArray(Withdrawal))
})

/**
 * @category models
 * @since 0.1.0
 */
export type RegistrationRecord = typeof RegistrationRecord.Type

// --- aggregate ---

/**
 * The registrations on the register; one command has one.
 *
 * @category models
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("registration", {
  schema: RegistrationRecord,
  unique: {
    command: (it) => [it.command],
    contact: (it) => it.phones.map((phone) => contactKey(it.number, phone))
  },
  ordered: { on: { text: (it) => it.on }, office: { text: (it) => it.office } },
  indexes: { byDay: ["on"], byOffice: ["office", "on"] }
})

// --- constructors ---

/**
 * The record of a command that was carried out.
 *
 * @category constructors
 * @since 0.1.0
 */
export const of = (
  number: string,
  command: Command,
  content: string,
  outcomes: ReadonlyArray<Outcome>
): RegistrationRecord => {
  const { address, autoDebit, familyCard, phone, ref } = command.application
  return {
    number,
    command: command.key,
    content,
    ...(command.run === undefined ? {} : { run: command.run }),
    actor: command.actor,
    ...(command.consent === undefined ? {} : { consent: command.consent }),
    office: command.office,
    channel: command.channel,
    on: command.on,
    household: ref,
    ...(familyCard === undefined ? {} : { familyCard }),
    ...(address === undefined ? {} : { address }),
    ...(autoDebit === undefined ? {} : { autoDebit }),
    help: helpIn(command.application),
    ...(phone === undefined ? {} : { phone }),
    phones: phonesOf(command.application, outcomes),
    outcomes
  }
}

// --- reading ---

/**
 * The number of a registration as people write it down and say it on the phone: eight letters
 * and digits. It finds a registration only together with a phone of it.
 *
 * @category reading
 * @since 0.1.0
 */
export const numberOf = (id: Id.Id): string => id.slice(-8).toUpperCase()

/**
 * On which phone somebody of a registration is told who has none of their own: the family's, that of another of them,
 * or the helper's. Without any, they are told at the counter.
 *
 * @category reading
 * @since 0.1.0
 */
export const familyPhone = (
  self: Pick<RegistrationRecord, "phone" | "phones" | "help"> | undefined
): PhoneNumber | undefined => self?.phone ?? self?.phones[0] ?? self?.help[0]?.helper.phone

/**
 * The unique key that number and phone find a registration by.
 *
 * @category reading
 * @since 0.1.0
 */
export const contactKey = (number: string, phone: PhoneNumber): string => `${number.toUpperCase()} ${phone}`

/**
 * The command that brought somebody, by the reference that the participant keeps.
 *
 * @example
 * RegistrationRecord.commandOf("k1:2") // => "k1"
 *
 * @category reading
 * @since 0.1.0
 */
export const commandOf = (reference: string): string => reference.slice(0, Math.max(0, reference.lastIndexOf(":")))

// --- private ---

const helpIn = (application: Submission): RegistrationRecord["help"] =>
  application.members.flatMap((member) => {
    const helper = member.row._tag === "Decoded" ? member.row.helper : undefined
    return helper === undefined ? [] : [{ line: member.line, helper }]
  })

const phonesOf = (application: Submission, outcomes: ReadonlyArray<Outcome>): ReadonlyArray<PhoneNumber> => {
  const registered = new Set(outcomes.filter((it) => it._tag === "Registered").map((it) => it.line))
  const phones = application.members.flatMap((member) => {
    const phone = member.row._tag === "Decoded" ? member.row.person.phone : undefined
    return phone === undefined || !registered.has(member.line) ? [] : [phone]
  })
  return [...new Set(phones)]
}
