/**
 * The lines of a command, each either a person who may be registered or a refusal with every reason.
 */
import * as Amount from "../../contribution/Amount.ts"
import * as Cost from "../../eligibility/Cost.ts"
import * as Eligibility from "../../eligibility/Eligibility.ts"
import type { Crypto } from "../../privacy/Crypto.ts"
import type { Problem } from "../Outcome.ts"
import type { Applicant, Refused } from "../Plan.ts"
import type { Command } from "../Command.ts"
import * as Submission from "../Submission.ts"

/** What was sent under a key, as a hash: to tell a repeated command from a key used twice. */
export const contentOf = (command: Command, crypto: Crypto["Service"]): string =>
  Submission.digest(
    command.application.members.map((member) => member.raw),
    {},
    crypto
  )

/** Decides each line by the rules as known on the day of the command. */
export const linesOf = (command: Command, crypto: Crypto["Service"]): ReadonlyArray<Applicant | Refused> =>
  command.application.members.map((member) => {
    if (member.row._tag === "Rejected") return refused(member, member.row.problems)
    const { class: wardClass, facility, facts, person, warnings } = member.row
    const decision = Eligibility.evaluate(facts, { appliesOn: command.on, knownOn: command.on })
    if (decision.choice._tag !== "Chosen") return refused(member, decision.reasons)
    const payment = paymentOf(decision)
    if ("reasons" in payment) return refused(member, payment.reasons)
    const familyCard = command.application.familyCard
    return {
      _tag: "Applicant",
      line: member.line,
      reference: `${command.key}:${member.line}`,
      submitted: member.raw.fields,
      person,
      ...(familyCard === undefined ? {} : { familyCard }),
      decision: Eligibility.record(decision, crypto.hash),
      segment: decision.choice.segment,
      ...payment,
      ...(wardClass === undefined ? {} : { wardClass }),
      ...(facility === undefined ? {} : { facility }),
      warnings: warnings.map((it) => it.code)
    }
  })

/**
 * Self-payers are covered from their first payment on (PAY-5), so its amount must be known when they
 * register: without a class it is not. A worker's extra family is paid from the wage.
 */
const paymentOf = (
  decision: Eligibility.Decision
): { readonly selfPays: boolean; readonly firstPayment: number } | { readonly reasons: Refused["problems"] } => {
  const selfPays = Cost.paysThemselves(decision)
  if (!selfPays) return { selfPays, firstPayment: 0 }
  const amount = Cost.monthly(decision, { active: true })
  if (amount?._tag !== "Due") return { reasons: amount?.reasons ?? decision.reasons }
  return { selfPays, firstPayment: Amount.owedBy(amount, "member") }
}

const refused = (member: Submission.Member, problems: readonly [Problem, ...ReadonlyArray<Problem>]): Refused => ({
  _tag: "Refused",
  line: member.line,
  submitted: member.raw.fields,
  problems
})
