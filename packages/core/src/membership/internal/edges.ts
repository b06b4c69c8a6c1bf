import type { Segment } from "../../identity/Segment.ts"
import type { ReasonCode } from "../../policy/Reason.ts"
import type { Edge, State, Trigger } from "../Machine.ts"
import { triggers as words } from "./machineWords.ts"

/** An account that is open: the person has it, whether it covers at present or not. */
export const live: ReadonlyArray<State> = [
  "PENDING_VERIFICATION",
  "AWAITING_FIRST_PAYMENT",
  "ACTIVE",
  "SUSPENDED_ARREARS",
  "GRACE_PHK",
  "ENDED_EMPLOYMENT",
  "REMOVED_PBI",
  "SUSPENDED_ABROAD",
  "BLOCKED_DUPLICATE",
  "BLOCKED_DATA"
]

export const covering: ReadonlyArray<State> = ["ACTIVE", "GRACE_PHK"]

const employed: ReadonlyArray<Segment> = ["PPU-PN", "PPU-BU"]

// Nobody loses cover because a government pays late.
const billed: ReadonlyArray<Segment> = [...employed, "PBPU", "BP"]

interface Row extends Partial<Pick<Edge, "otherwise" | "segments" | "selfPaid" | "months" | "served">> {
  readonly from: ReadonlyArray<State>
  readonly trigger: Trigger
  readonly to: Edge["to"]
  readonly reason: ReasonCode
  readonly effective?: Edge["effective"]
  /** Of those that lead away from cover, the one that care does not hold up. */
  readonly evenInCare?: true
  /** The new account covers from the same day on. */
  readonly goesOn?: true
}

// domain.md 6.1, row by row.
const rows: ReadonlyArray<Row> = [
  {
    from: ["UNREGISTERED"],
    trigger: "register-unverified",
    to: "PENDING_VERIFICATION",
    reason: "MoveRegisteredUnverified"
  },
  {
    from: ["UNREGISTERED"],
    trigger: "register-verified",
    to: "AWAITING_FIRST_PAYMENT",
    selfPaid: true,
    reason: "MoveRegisteredSelfPaid"
  },
  {
    from: ["UNREGISTERED"],
    trigger: "register-verified",
    to: "ACTIVE",
    selfPaid: false,
    reason: "MoveRegisteredPaid"
  },
  {
    from: ["EXPIRED"],
    trigger: "register-unverified",
    to: "PENDING_VERIFICATION",
    reason: "MoveRegisteredAgain"
  },
  {
    from: ["EXPIRED"],
    trigger: "register-verified",
    to: "AWAITING_FIRST_PAYMENT",
    selfPaid: true,
    reason: "MoveRegisteredAgain"
  },
  {
    from: ["EXPIRED"],
    trigger: "register-verified",
    to: "ACTIVE",
    selfPaid: false,
    reason: "MoveRegisteredAgain"
  },
  {
    from: ["PENDING_VERIFICATION"],
    trigger: "verified",
    to: "AWAITING_FIRST_PAYMENT",
    selfPaid: true,
    reason: "MoveVerifiedSelfPaid"
  },
  {
    from: ["PENDING_VERIFICATION"],
    trigger: "verified",
    to: "ACTIVE",
    selfPaid: false,
    reason: "MoveVerifiedPaid"
  },
  { from: ["AWAITING_FIRST_PAYMENT"], trigger: "first-payment", to: "ACTIVE", reason: "MoveFirstPayment" },
  {
    from: ["AWAITING_FIRST_PAYMENT"],
    trigger: "first-payment-missed",
    to: "EXPIRED",
    reason: "MoveFirstPaymentMissed"
  },
  // taking part is compulsory: only what its people pay and what does not cover yet can be taken back
  { from: ["PENDING_VERIFICATION"], trigger: "withdrawn", to: "EXPIRED", selfPaid: true, reason: "MoveWithdrawn" },
  { from: ["AWAITING_FIRST_PAYMENT"], trigger: "withdrawn", to: "EXPIRED", reason: "MoveWithdrawn" },
  {
    from: ["ACTIVE"],
    trigger: "month-unpaid",
    to: "SUSPENDED_ARREARS",
    segments: billed,
    effective: "next-month",
    months: "suspensionMonths",
    reason: "MoveMonthUnpaid"
  },
  { from: ["SUSPENDED_ARREARS"], trigger: "arrears-paid", to: "ACTIVE", reason: "MoveArrearsPaid" },
  { from: ["SUSPENDED_ARREARS"], trigger: "last-instalment-paid", to: "ACTIVE", reason: "MoveLastInstalmentPaid" },
  {
    // an employer's arrears do not take the grace from the worker
    from: ["ACTIVE", "SUSPENDED_ARREARS"],
    trigger: "dismissed",
    to: "GRACE_PHK",
    segments: employed,
    reason: "MoveDismissed"
  },
  {
    from: ["ACTIVE", "SUSPENDED_ARREARS"],
    trigger: "employment-ended",
    to: "ENDED_EMPLOYMENT",
    segments: employed,
    effective: "next-month",
    reason: "MoveEmploymentEnded"
  },
  {
    from: ["GRACE_PHK"],
    trigger: "grace-ended",
    to: "ENDED_EMPLOYMENT",
    segments: employed,
    reason: "MoveGraceEnded"
  },
  {
    from: ["PENDING_VERIFICATION", "ACTIVE"],
    trigger: "pbi-removed",
    to: "REMOVED_PBI",
    segments: ["PBI-JK"],
    served: "pbiServiceMonths",
    reason: "MovePbiRemoved"
  },
  {
    from: ["REMOVED_PBI"],
    trigger: "pbi-reactivated",
    to: "previous",
    otherwise: "ACTIVE",
    segments: ["PBI-JK"],
    reason: "MovePbiReactivated"
  },
  { from: live, trigger: "transferred", to: "TRANSFERRED", goesOn: true, reason: "MoveTransferred" },
  { from: ["ACTIVE"], trigger: "went-abroad", to: "SUSPENDED_ABROAD", reason: "MoveWentAbroad" },
  { from: ["SUSPENDED_ABROAD"], trigger: "returned", to: "ACTIVE", reason: "MoveReturned" },
  { from: live, trigger: "duplicate-found", to: "BLOCKED_DUPLICATE", reason: "MoveDuplicateFound" },
  {
    from: ["BLOCKED_DUPLICATE"],
    trigger: "duplicate-kept",
    to: "previous",
    otherwise: "ACTIVE",
    reason: "MoveDuplicateKept"
  },
  { from: ["BLOCKED_DUPLICATE"], trigger: "duplicate-closed", to: "CLOSED_DUPLICATE", reason: "MoveDuplicateClosed" },
  {
    from: ["CLOSED_DUPLICATE"],
    trigger: "duplicate-reopened",
    to: "BLOCKED_DUPLICATE",
    reason: "MoveDuplicateReopened"
  },
  { from: live, trigger: "data-blocked", to: "BLOCKED_DATA", reason: "MoveDataBlocked" },
  { from: ["BLOCKED_DATA"], trigger: "data-corrected", to: "previous", reason: "MoveDataCorrected" },
  { from: [...live, "EXPIRED"], trigger: "died", to: "DECEASED", evenInCare: true, reason: "MoveDied" },
  { from: ["DECEASED"], trigger: "death-corrected", to: "previous", reason: "MoveDeathCorrected" }
]

const edge = (row: Row, from: State): Edge => {
  const { evenInCare, goesOn, effective = "same-day", ...rest } = row
  const covers = row.to === "previous" || covering.includes(row.to)
  return {
    ...rest,
    from,
    effective,
    when: words[row.trigger],
    endsCover: covering.includes(from) && !covers && goesOn !== true,
    waitsForCare: evenInCare !== true
  }
}

/** Every edge, one a pair of states. */
export const edges: ReadonlyArray<Edge> = rows.flatMap((row) =>
  row.from.filter((from) => from !== row.to).map((from) => edge(row, from))
)
