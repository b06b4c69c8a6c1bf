import { Amount, Arrears, Bill, FirstPayment, Instalments, Penalty, WardClass } from "@kis/core/contribution"
import { Dated, National, Policy } from "@kis/core/policy"
import { Segment } from "@kis/core/identity"
import { Month, PlainDate } from "@kis/core/time"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type Answer, ask, tagged } from "./goldenAsk.ts"

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Rupiah = Count
const wage = { wage: Schema.optionalKey(Rupiah), minimumWage: Schema.optionalKey(Rupiah) }

const Class = Schema.Literals([1, 2, 3])
const newcomer = {
  newborn: Schema.optionalKey(Schema.Boolean),
  mover: Schema.optionalKey(Schema.Boolean),
  statePaid: Schema.optionalKey(Schema.Boolean)
}

const Case = Schema.Union([
  Schema.TaggedStruct("Assisted", { by: Schema.Literals(["central-government", "local-government"]) }),
  Schema.TaggedStruct("SelfPay", {
    wardClass: Schema.optionalKey(Class),
    active: Schema.optionalKey(Schema.Boolean)
  }),
  Schema.TaggedStruct("Worker", { paidBy: Schema.Literals(["state", "private"]), ...wage }),
  Schema.TaggedStruct("CoveredFamily", {}),
  Schema.TaggedStruct("ExtraFamily", wage),
  Schema.TaggedStruct("Pensioner", { pension: Schema.optionalKey(Rupiah) }),
  Schema.TaggedStruct("Veteran", { referencePay: Schema.optionalKey(Rupiah) })
])

/** Questions about money, and about the numbers of the policy. */
export const money = {
  parameter: ask(
    Schema.Struct({ name: Schema.Literals(Policy.names(National.policy)) }),
    ({ name }, { asOf, policy }): Answer => {
      const { history, rule } = policy.parameters[name]
      const entry = Option.getOrUndefined(Dated.entryAt<unknown>(history, asOf))
      const notes = Policy.caveats(policy, Policy.inForce(policy, asOf), [name])
      if (entry === undefined) return { rule, unknown: true, notes }
      const from = { rule, confidence: entry.citation.confidence, layer: entry.layer ?? "national" }
      return Dated.isKnown(entry)
        ? { ...from, value: entry.value, verifiedThrough: entry.verifiedThrough, notes }
        : { ...from, unknown: true, notes }
    }
  ),
  contribution: ask(Case, (of, { asOf, policy }) => {
    const amount = Amount.monthly(of, asOf, policy)
    return amount._tag === "Due" ? { ...tagged(amount), shares: shares(amount) } : tagged(amount)
  }),
  bill: ask(
    Schema.Struct({
      members: Schema.Array(
        Schema.Struct({
          ref: Schema.NonEmptyString,
          of: Case,
          from: Schema.optionalKey(PlainDate.PlainDate),
          until: Schema.optionalKey(PlainDate.PlainDate)
        })
      )
    }),
    (household, { asOf, policy }) => tagged(Bill.monthly(household, asOf, policy))
  ),
  "ward-class": ask(
    Schema.Struct({
      segment: Segment.Segment,
      wage: Schema.optionalKey(Rupiah),
      grade: Schema.optionalKey(Schema.Literals(["I", "II", "III", "IV"])),
      chosen: Schema.optionalKey(Class),
      spouseClass: Schema.optionalKey(Class)
    }),
    (given, { asOf, policy }) => tagged(WardClass.of(given, asOf, policy))
  ),
  "first-payment": ask(Schema.Struct({ segment: Segment.Segment, ...newcomer }), (given, { asOf, policy }) =>
    tagged(FirstPayment.window(given, asOf, policy))
  ),
  "first-payment-made": ask(
    Schema.Struct({
      segment: Segment.Segment,
      ...newcomer,
      registeredOn: PlainDate.PlainDate,
      paidOn: Schema.optionalKey(PlainDate.PlainDate)
    }),
    (given, { asOf, policy }) => tagged(FirstPayment.judge(given, asOf, policy))
  ),
  arrears: ask(
    Schema.Struct({
      bills: Schema.Array(Schema.Struct({ month: Month.Month, amount: Rupiah, paid: Schema.optionalKey(Rupiah) })),
      paid: Schema.optionalKey(Rupiah)
    }),
    (given, { asOf, policy }) => tagged(Arrears.of(given, asOf, policy))
  ),
  penalty: ask(
    Schema.Struct({
      segment: Segment.Segment,
      reactivatedOn: PlainDate.PlainDate,
      admittedOn: PlainDate.PlainDate,
      care: Schema.Literals(["inpatient", "outpatient"]),
      packageCost: Schema.optionalKey(Rupiah),
      monthsInArrears: Schema.optionalKey(Count),
      certifiedPoor: Schema.optionalKey(Schema.Boolean)
    }),
    (given, { asOf, policy }) => tagged(Penalty.of(given, asOf, policy))
  ),
  instalments: ask(
    Schema.Struct({
      segment: Segment.Segment,
      monthsOwed: Count,
      owed: Rupiah,
      monthly: Rupiah,
      instalments: Schema.optionalKey(Count)
    }),
    (given, { asOf, policy }) => tagged(Instalments.plan(given, asOf, policy))
  )
}

const shares = (due: Amount.Due): { readonly [payer: string]: number } => {
  const byPayer: Record<string, number> = {}
  for (const { share } of due.lines) {
    if (share !== undefined) byPayer[share.payer] = Amount.owedBy(due, share.payer)
  }
  return byPayer
}
