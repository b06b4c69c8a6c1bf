import { Amount, Bill } from "@kis/core/contribution"
import { Dated, National, Policy } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { type Answer, ask, tagged } from "./goldenAsk.ts"

const Rupiah = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const wage = { wage: Schema.optionalKey(Rupiah), minimumWage: Schema.optionalKey(Rupiah) }

const Case = Schema.Union([
  Schema.TaggedStruct("Assisted", { by: Schema.Literals(["central-government", "local-government"]) }),
  Schema.TaggedStruct("SelfPay", {
    wardClass: Schema.optionalKey(Schema.Literals([1, 2, 3])),
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
      if (entry === undefined) return { rule, unknown: true }
      const from = { rule, confidence: entry.citation.confidence, layer: entry.layer ?? "national" }
      return Dated.isKnown(entry)
        ? { ...from, value: entry.value, verifiedThrough: entry.verifiedThrough }
        : { ...from, unknown: true }
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
  )
}

const shares = (due: Amount.Due): { readonly [payer: string]: number } => {
  const byPayer: Record<string, number> = {}
  for (const { share } of due.lines) {
    if (share !== undefined) byPayer[share.payer] = Amount.owedBy(due, share.payer)
  }
  return byPayer
}
