import { Segment } from "@kis/core/identity"
import {
  Abroad,
  Change,
  Death,
  Dismissal,
  Duplicate,
  Machine,
  Newborn,
  PbiReactivation,
  Transfer
} from "@kis/core/membership"
import { Month, PlainDate } from "@kis/core/time"
import * as Schema from "effect/Schema"
import { ask, tagged } from "./goldenAsk.ts"

const Day = PlainDate.PlainDate
const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const maybe = Schema.optionalKey
const yesOrNo = maybe(Schema.Boolean)

const Proof = Schema.Literals([
  "notice",
  "labour-office-report",
  "joint-agreement",
  "court-ruling",
  "merger",
  "bankruptcy",
  "long-illness"
])

const Account = Schema.Struct({
  ref: Schema.NonEmptyString,
  segment: Segment.Segment,
  matched: Schema.Boolean,
  openedOn: Day,
  statePaid: yesOrNo,
  inTreatment: yesOrNo
})

/** Questions about what a membership may become, and when. */
export const membership = {
  move: ask(
    Schema.Struct({
      from: Machine.State,
      trigger: Machine.Trigger,
      segment: maybe(Segment.Segment),
      selfPaid: yesOrNo,
      previous: maybe(Machine.State),
      opens: maybe(Machine.State),
      care: maybe(Schema.Literals(["in-treatment", "not-in-treatment", "unknown"]))
    }),
    (move, { asOf, policy }) => tagged(Machine.move(move, asOf, policy))
  ),
  "facility-change": ask(Schema.Struct({ since: Day, moved: yesOrNo, assigned: yesOrNo }), (given, { asOf, policy }) =>
    tagged(Change.facility(given, asOf, policy))
  ),
  "class-change": ask(
    Schema.Struct({
      segment: Segment.Segment,
      since: Day,
      firstBillPaid: yesOrNo,
      arrears: Count,
      wholeFamily: Schema.Boolean,
      autoDebit: Schema.Boolean
    }),
    (given, { asOf, policy }) => tagged(Change.wardClass(given, asOf, policy))
  ),
  visit: ask(Schema.Struct({ visits: Schema.Array(Day) }), (given, { asOf, policy }) =>
    tagged(Change.visit(given, asOf, policy))
  ),
  dismissal: ask(
    Schema.Struct({
      cause: Schema.Literals(["phk", "resignation", "contract-ended", "death"]),
      proofs: maybe(Schema.Array(Proof)),
      disputed: yesOrNo,
      employerPays: yesOrNo
    }),
    (given, { asOf, policy }) => tagged(Dismissal.grace(given, asOf, policy))
  ),
  newborn: ask(
    Schema.Struct({
      birthDate: Day,
      motherSegment: maybe(Schema.Union([Segment.Segment, Schema.Literal("none")])),
      parentSegment: maybe(Segment.Segment),
      childOrder: maybe(Count),
      hasNik: Schema.Boolean,
      paidOn: maybe(Day)
    }),
    (given, { asOf, policy }) => tagged(Newborn.terms(given, asOf, policy))
  ),
  death: ask(
    Schema.Struct({
      segment: Segment.Segment,
      diedOn: Day,
      bills: Schema.Array(Schema.Struct({ month: Month.Month, amount: Count, paid: Count }))
    }),
    (given, { asOf, policy }) => tagged(Death.report(given, asOf, policy))
  ),
  "death-corrected": ask(Schema.Struct({ previous: Machine.State, diedOn: Day }), (given, { asOf, policy }) =>
    tagged(Death.correct(given, asOf, policy))
  ),
  transfer: ask(
    Schema.Struct({ from: Segment.Segment, to: Segment.Segment, debts: Count }),
    (given, { asOf, policy }) => tagged(Transfer.of(given, asOf, policy))
  ),
  abroad: ask(
    Schema.Struct({ segment: Segment.Segment, from: Day, months: Count, paidInIndonesia: yesOrNo }),
    (given, { asOf, policy }) => tagged(Abroad.suspend(given, asOf, policy))
  ),
  "abroad-return": ask(Schema.Struct({ returnedOn: Day }), (given, { asOf, policy }) =>
    tagged(Abroad.returned(given, asOf, policy))
  ),
  "pbi-reactivation": ask(
    Schema.Struct({ removedOn: Day, healthLetter: yesOrNo, dinsosLetter: yesOrNo }),
    (given, { asOf, policy }) => tagged(PbiReactivation.judge(given, asOf, policy))
  ),
  survivor: ask(Schema.Struct({ accounts: Schema.NonEmptyArray(Account) }), ({ accounts }) =>
    tagged(Duplicate.survivor(accounts))
  ),
  "duplicate-kind": ask(Schema.Struct({ samePerson: yesOrNo, sameNik: Schema.Boolean }), (given) =>
    tagged(Duplicate.kind(given))
  )
}
