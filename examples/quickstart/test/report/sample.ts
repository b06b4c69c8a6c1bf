/** A report's data as an office would have it: made up, and adding up. */
import type { ReportData } from "../../src/report/ReportData.ts"
import { PlainDate } from "@kis/core/time"

const districts = [
  "367101",
  "367102",
  "367103",
  "367104",
  "367105",
  "367106",
  "367107",
  "367108",
  "367109",
  "367110",
  "367111",
  "367112",
  "367113"
]

const day = PlainDate.make

const people: ReportData["people"] = [
  ...districts.flatMap(
    (district, i) =>
      [
        { segment: "PBI-JK", state: "ACTIVE", district, count: 12 - (i % 5) },
        { segment: "PBPU-PD", state: "ACTIVE", district, count: 5 + (i % 3) },
        { segment: "PPU-BU", state: "ACTIVE", district, count: 20 - i },
        { segment: "PPU-BU", state: "PENDING_VERIFICATION", district, count: 3 + (i % 2) },
        { segment: "PPU-PN", state: "ACTIVE", district, count: 4 },
        { segment: "PBPU", state: "AWAITING_FIRST_PAYMENT", district, count: 14 + (i % 4) },
        { segment: "PBPU", state: "PENDING_VERIFICATION", district, count: 2 },
        { segment: "BP", state: "AWAITING_FIRST_PAYMENT", district, count: 1 + (i % 2) }
      ] as const
  ),
  { segment: "PPU-BU", state: "ACTIVE", district: "320101", count: 7 },
  { segment: "PBPU", state: "AWAITING_FIRST_PAYMENT", district: "517101", count: 4 },
  { segment: "PBI-JK", state: "ACTIVE", district: "940101", count: 3 },
  { segment: "BP", state: "ACTIVE", district: undefined, count: 2 }
]

const registered = people.reduce((sum, it) => sum + it.count, 0)
const refusals: ReportData["refusals"] = [
  { field: "nik", code: "NikLength", count: 14 },
  { field: "nik", code: "NikSpreadsheet", count: 11 },
  { field: "nik", code: "NikDay", count: 7 },
  { field: "nik", code: "NikMissing", count: 6 },
  { field: "family_card", code: "FamilyCardDiffers", count: 6 },
  { field: "birth_date", code: "DateFormat", count: 4 },
  { field: "name", code: "FieldMissing", count: 4 },
  { field: "nik", code: "NikLetters", count: 4 },
  { field: undefined, code: "PrivateWorker", count: 3 },
  { field: "phone", code: "CodeOfALaterVersion", count: 1 },
  { field: "relation", code: "SecondHead", count: 1 }
]

export const sample: ReportData = {
  on: day("2026-11-24"),
  offices: ["3671"],
  rules: ["aturan 1, parameter 2026-11"],
  tally: { read: registered + 31 + 40 + 58, registered, already: 31, review: 40, rejected: 58 },
  people,
  refusals,
  duplicates: [
    {
      kind: "two-persons",
      count: 12,
      evidence: [
        { field: "nik", level: "same", count: 12 },
        { field: "name", level: "different", count: 10 },
        { field: "name", level: "similar", count: 2 },
        { field: "birth", level: "different", count: 9 },
        { field: "birth", level: "near", count: 3 },
        { field: "mother", level: "different", count: 12 },
        { field: "familyCard", level: "different", count: 12 },
        { field: "sex", level: "same", count: 7 },
        { field: "sex", level: "different", count: 5 }
      ]
    },
    {
      kind: "one-person",
      count: 28,
      evidence: [
        { field: "nik", level: "slip", count: 9 },
        { field: "nik", level: "missing", count: 11 },
        { field: "nik", level: "same", count: 5 },
        { field: "nik", level: "different", count: 3 },
        { field: "name", level: "same", count: 10 },
        { field: "name", level: "variant", count: 11 },
        { field: "name", level: "typo", count: 7 },
        { field: "birth", level: "same", count: 21 },
        { field: "birth", level: "swapped", count: 4 },
        { field: "birth", level: "near", count: 3 },
        { field: "mother", level: "same", count: 19 },
        { field: "mother", level: "typo", count: 3 },
        { field: "mother", level: "unknown", count: 6 },
        { field: "familyCard", level: "same", count: 12 },
        { field: "familyCard", level: "different", count: 16 },
        { field: "sex", level: "same", count: 28 }
      ]
    }
  ],
  messages: [
    { template: "registered-active", state: "delivered", count: 141 },
    { template: "registered-active", state: "sent", count: 6 },
    { template: "registered-unpaid", state: "delivered", count: 88 },
    { template: "registered-unpaid", state: "failed", count: 3 },
    { template: "registered-pending", state: "delivered", count: 30 },
    { template: "held-for-review", state: "delivered", count: 34 },
    { template: "not-registered", state: "delivered", count: 41 },
    { template: "one-time-code", state: "delivered", count: 120 },
    { template: "one-time-code", state: "expired", count: 2 },
    { template: "phone-confirmed", state: "delivered", count: 83 }
  ],
  phones: { verified: 83, wrong: 9, late: 17, silent: 13, open: 0, never: 61 },
  clocks: [
    {
      kind: "registration",
      standing: "house",
      opened: day("2026-11-24"),
      due: day("2026-12-01"),
      estimate: false,
      count: registered
    },
    {
      kind: "duplicate-review",
      standing: "house",
      opened: day("2026-11-24"),
      due: day("2026-12-01"),
      estimate: false,
      count: 40
    }
  ],
  checks: [
    { name: "lines", left: registered + 129, right: registered + 129 },
    { name: "registered", left: registered, right: registered },
    { name: "memberships", left: registered, right: registered },
    { name: "review", left: 40, right: 40 },
    { name: "clocks", left: registered + 40, right: registered + 40 },
    { name: "codes", left: 122, right: 122 },
    { name: "phones", left: 83, right: 83 }
  ]
}
