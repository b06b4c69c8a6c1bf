/**
 * A consent, as a record: who lets whom do what with which data, from when until when.
 *
 * The fields are those of a consent record of ISO/IEC TS 27560: the people it is about and who gave it for
 * them, the party that acts on it, the purposes, the categories of data, how and in which language it was
 * given, which notice was read out, and how it ended. A consent always has an end, and the citizen may end it
 * before that at any time, without a reason. For a child a guardian gives it.
 *
 * What a consent allows is judged by pure rules here; `Consents` keeps them and tells the citizen.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Name } from "../identity/Person.ts"
import { Nik } from "../identity/Nik.ts"
import * as PersonName from "../identity/PersonName.ts"
import { PhoneNumber } from "../identity/PhoneNumber.ts"
import { background, cite } from "../policy/Citation.ts"
import * as Dated from "../policy/Dated.ts"
import { Language } from "../policy/Reason.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as PlainDate from "../time/PlainDate.ts"
import * as Actor from "./Actor.ts"

// --- models ---

/**
 * What a helper may do.
 *
 * - `fill-in`: begin an application and keep its answers;
 * - `register`: hand it in;
 * - `withdraw`: take a registration back that covers nobody yet;
 * - `correct`: ask for a correction of what is recorded;
 * - `object`: object to a decision;
 * - `ask`: ask what is recorded and how things stand.
 *
 * @category models
 * @since 0.1.0
 */
export const Purpose = Schema.Literals(["fill-in", "register", "withdraw", "correct", "object", "ask"])

/**
 * @category models
 * @since 0.1.0
 */
export type Purpose = typeof Purpose.Type

/**
 * Categories of data. Health and a child's data are of the specific kind of UU 27/2022 art. 4(2).
 *
 * @category models
 * @since 0.1.0
 */
export const Data = Schema.Literals(["identity", "family", "contact", "membership", "money", "health"])

/**
 * @category models
 * @since 0.1.0
 */
export type Data = typeof Data.Type

/**
 * Somebody whom a consent is about. `guardian` is who gave it in their place, and as what: "mother".
 *
 * @category models
 * @since 0.1.0
 */
export const Subject = Schema.Struct({
  name: Name,
  birthDate: PlainDate.PlainDate,
  nik: Schema.optionalKey(Nik),
  guardian: Schema.optionalKey(Schema.Struct({ name: Name, relation: Schema.NonEmptyString }))
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Subject extends Schema.Schema.Type<typeof Subject> {}

/**
 * How it was given. A spoken one has a witness: the actor who recorded it.
 *
 * @category models
 * @since 0.1.0
 */
export const How = Schema.Literals(["signed", "thumbprint", "spoken", "on-screen"])

/**
 * @category models
 * @since 0.1.0
 */
export type How = typeof How.Type

/**
 * A consent. Instants are epoch milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export const Consent = Schema.Struct({
  /** Idempotency key of the command that recorded it. */
  command: Schema.NonEmptyString,
  people: Schema.NonEmptyArray(Subject),
  /** The citizen, as an actor: who may end it. */
  giver: Actor.Actor,
  /** Who may act on it. */
  helper: Actor.Actor,
  helperName: Name,
  /** Code of the office that answers for what is done with the data: the controller. */
  office: Schema.NonEmptyString,
  purposes: Schema.NonEmptyArray(Purpose),
  data: Schema.NonEmptyArray(Data),
  from: Schema.Int,
  until: Schema.Int,
  how: How,
  language: Language,
  /** Version of the notice that was read, or read out, before. */
  notice: Schema.NonEmptyString,
  /** Where the citizen is told; without one, at the counter. */
  phone: Schema.optionalKey(PhoneNumber),
  recordedBy: Actor.Actor,
  recordedAt: Schema.Int,
  /** How often it was acted on. */
  uses: Schema.Int,
  ended: Schema.optionalKey(Schema.Struct({ at: Schema.Int, by: Actor.Actor }))
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Consent extends Schema.Schema.Type<typeof Consent> {}

/**
 * Why a consent does not cover something.
 *
 * @category models
 * @since 0.1.0
 */
export const Refusal = Schema.Literals([
  "ConsentEnded",
  "ConsentExpired",
  "ConsentNotBegun",
  "AnotherHelper",
  "AnotherPurpose",
  "DataNotCovered",
  "PersonNotCovered"
])

/**
 * @category models
 * @since 0.1.0
 */
export type Refusal = typeof Refusal.Type

/**
 * Why a consent cannot be recorded as it is.
 *
 * @category models
 * @since 0.1.0
 */
export const Fault = Schema.Literals(["EndsBeforeItBegins", "ChildWithoutGuardian", "HelperIsGiver", "NotBornYet"])

/**
 * @category models
 * @since 0.1.0
 */
export type Fault = typeof Fault.Type

/**
 * What a helper is about to do.
 *
 * @category models
 * @since 0.1.0
 */
export interface Deed {
  readonly actor: Actor.Actor
  readonly purpose: Purpose
  readonly data: ReadonlyArray<Data>
  readonly people: ReadonlyArray<Person>
}

/**
 * Somebody whom a deed is about.
 *
 * @category models
 * @since 0.1.0
 */
export interface Person {
  readonly name: string
  readonly birthDate: PlainDate.PlainDate
  readonly nik?: Nik | undefined
}

// --- errors ---

/**
 * A consent that cannot stand: every fault at once. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class ConsentFaulty extends Schema.TaggedError<ConsentFaulty>("@kis/core/access/ConsentFaulty")(
  "ConsentFaulty",
  { faults: Schema.NonEmptyArray(Fault) }
) {
  override get message() {
    return `The consent was not recorded: ${this.faults.join(", ")}. Correct it together with the citizen or guardian.`
  }
}

/**
 * There is no such consent that this actor may see.
 *
 * @category errors
 * @since 0.1.0
 */
export class ConsentNotFound extends Schema.TaggedError<ConsentNotFound>("@kis/core/access/ConsentNotFound")(
  "ConsentNotFound",
  { consent: Schema.String }
) {
  override get message() {
    return `There is no consent ${this.consent} for you. Look at its number again, or have a new one recorded.`
  }
}

/**
 * The idempotency key was used before for another consent. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class ConsentKeyReused extends Schema.TaggedError<ConsentKeyReused>("@kis/core/access/ConsentKeyReused")(
  "ConsentKeyReused",
  { consent: Schema.String }
) {
  override get message() {
    return `This idempotency key belongs to consent ${this.consent}, which says something else. Send this under a new key.`
  }
}

// --- aggregate ---

/**
 * The consents on the register, found by the helper and by the citizen.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("consent", {
  schema: Consent,
  unique: { command: (_) => [_.command] },
  blind: { helper: (_) => [Actor.label(_.helper)], giver: (_) => [Actor.label(_.giver)] },
  ordered: { until: { number: (_) => _.until }, office: { text: (_) => _.office } },
  indexes: { byOffice: ["office", "until"] }
})

// --- rules ---

/**
 * The age in years from which a person consents for themselves. UU 27/2022 art. 25 asks the guardian's consent for a
 * child and does not say who is one; 18 is that of the law on the protection of children.
 *
 * @category rules
 * @since 0.1.0
 */
export const majority: Dated.Dated<number> = [
  {
    value: 18,
    appliesFrom: PlainDate.make("2022-10-17"),
    announcedAt: PlainDate.make("2022-10-17"),
    citation: cite("UU 27/2022 art. 25; UU 35/2014 art. 1", "unverified", { seen: background })
  }
]

/**
 * What is wrong with a consent that somebody wants to record, as the rules stand on a day.
 *
 * @category rules
 * @since 0.1.0
 */
export const faults = (
  self: Pick<Consent, "people" | "giver" | "helper" | "from" | "until">,
  asOf: Dated.AsOf
): ReadonlyArray<Fault> => {
  const adult = Option.map(Dated.at(majority, asOf), (entry) => entry.value)
  // before the law nobody was asked for a guardian
  const isChild = (it: Subject) =>
    Option.isSome(adult) && PlainDate.isBefore(asOf.appliesOn, PlainDate.addYears(it.birthDate, adult.value))
  const found: Array<Fault> = []
  if (self.until <= self.from) found.push("EndsBeforeItBegins")
  if (self.people.some((it) => isChild(it) && it.guardian === undefined)) found.push("ChildWithoutGuardian")
  if (self.people.some((it) => PlainDate.isAfter(it.birthDate, asOf.appliesOn))) found.push("NotBornYet")
  if (Actor.label(self.giver) === Actor.label(self.helper)) found.push("HelperIsGiver")
  return found
}

/**
 * Whether the consent stands at an instant.
 *
 * @category rules
 * @since 0.1.0
 */
export const stands = (self: Consent, at: number): boolean =>
  self.ended === undefined && self.from <= at && at < self.until

/**
 * Everything by which the consent does not cover a deed; none when it does.
 *
 * @category rules
 * @since 0.1.0
 */
export const refusals = (self: Consent, deed: Deed, at: number): ReadonlyArray<Refusal> => {
  const found: Array<Refusal> = []
  if (self.ended !== undefined) found.push("ConsentEnded")
  if (at < self.from) found.push("ConsentNotBegun")
  if (at >= self.until) found.push("ConsentExpired")
  if (Actor.label(self.helper) !== Actor.label(deed.actor)) found.push("AnotherHelper")
  if (!self.purposes.includes(deed.purpose)) found.push("AnotherPurpose")
  if (!deed.data.every((it) => self.data.includes(it))) found.push("DataNotCovered")
  if (!deed.people.every((person) => self.people.some((subject) => isSame(subject, person)))) {
    found.push("PersonNotCovered")
  }
  return found
}

/**
 * The consent, ended. One that has ended already stays as it was.
 *
 * @category rules
 * @since 0.1.0
 */
export const end = (self: Consent, by: Actor.Actor, at: number): Consent =>
  self.ended === undefined ? { ...self, ended: { at, by } } : self

// --- private ---

// One NIK may stand for two people, so the name counts even where the numbers agree.
const isSame = (subject: Subject, person: Person): boolean =>
  subject.birthDate === person.birthDate &&
  PersonName.key(PersonName.parse(subject.name)) === PersonName.key(PersonName.parse(person.name)) &&
  (subject.nik === undefined || person.nik === undefined || subject.nik === person.nik)
