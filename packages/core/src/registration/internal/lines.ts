/**
 * The lines of a command, each either a person who may be registered or a refusal with every reason.
 */
import * as Result from "effect/Result"
import * as Eligibility from "../../eligibility/Eligibility.ts"
import type { Facts } from "../../eligibility/Facts.ts"
import * as CanonicalJson from "../../policy/CanonicalJson.ts"
import * as Decision from "../../policy/Decision.ts"
import type { PlainDate } from "../../time/PlainDate.ts"
import type { Member } from "../Application.ts"
import type { Problem } from "../Outcome.ts"
import type { Applicant, Refused } from "../Plan.ts"
import type { Command } from "../Registration.ts"

type Hash = (bytes: Uint8Array) => Uint8Array

/** What was sent under a key, as a hash: to tell a repeated command from a key used twice. */
export const contentOf = (command: Command, hash: Hash): string =>
  hex(hash(Result.getOrThrow(CanonicalJson.encodeBytes(command.application.members.map((it) => it.raw.fields)))))

/** Decides each line by the rules as known on the day of the command. */
export const linesOf = (command: Command, hash: Hash): ReadonlyArray<Applicant | Refused> =>
  command.application.members.map((member) => {
    if (member.row._tag === "Rejected") return refused(member, member.row.problems)
    const { class: wardClass, facility, facts, person, warnings } = member.row
    const decision = Eligibility.evaluate(facts, { appliesOn: command.on, knownOn: command.on })
    if (decision.choice._tag !== "Chosen") return refused(member, decision.reasons)
    const familyCard = command.application.familyCard
    return {
      _tag: "Applicant",
      line: member.line,
      reference: `${command.key}:${member.line}`,
      submitted: member.raw.fields,
      person,
      ...(familyCard === undefined ? {} : { familyCard }),
      decision: Decision.record(decision, hash),
      segment: decision.choice.segment,
      ...paymentOf(decision.choice.ground, facts, command.on),
      ...(wardClass === undefined ? {} : { wardClass }),
      ...(facility === undefined ? {} : { facility }),
      warnings: warnings.map((it) => it.code)
    }
  })

/** Self-payers are covered from their first payment on (PAY-5); a worker's extra family is paid from the wage. */
const paymentOf = (ground: string, _facts: Facts, _on: PlainDate) => {
  const selfPays = ground === "own-account" || ground === "self-pay-family" || ground === "non-worker"
  return { selfPays, firstPayment: 0 }
}

const refused = (member: Member, problems: readonly [Problem, ...ReadonlyArray<Problem>]): Refused => ({
  _tag: "Refused",
  line: member.line,
  submitted: member.raw.fields,
  problems
})

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
