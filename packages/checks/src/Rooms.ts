/**
 * The house: which room may import which. Everything that needs the order reads it here.
 */

export interface Room {
  readonly name: string
  readonly holds: string
}

/** The rooms of packages/core/src from top to bottom; a room imports only rooms below it. */
export const rooms: ReadonlyArray<Room> = [
  { name: "coverage", holds: "coverage by area, outreach under a budget, scorecard" },
  { name: "complaint", holds: "tickets, objection and appeal, triage, mediation" },
  { name: "intake", holds: "what people write into files and forms, read and sent on in bulk" },
  {
    name: "verification",
    holds: "what proves who people are, once they are on the register: the civil register, their phones"
  },
  { name: "application", holds: "applications on their way: begun, gone on with elsewhere, paid for the first time" },
  { name: "registration", holds: "households onto the register, once each: commands, outcomes" },
  { name: "deduplication", holds: "is this person already here? comparison, blocking, cases" },
  { name: "membership", holds: "participants, the states of a membership, cards" },
  { name: "eligibility", holds: "facts, rules, precedence, checklists, replay" },
  { name: "contribution", holds: "what is owed, for whom, from when" },
  { name: "otp", holds: "one-time codes: challenges, budgets, checks" },
  { name: "sla", holds: "targets and the clocks that run until the state has answered" },
  { name: "messaging", holds: "notices in two languages, outbox, dispatch, channel port" },
  { name: "registry", holds: "ports to the registers of others, card numbers" },
  { name: "access", holds: "actors, what they may do, consent" },
  { name: "audit", holds: "the chained record of who did what" },
  { name: "storage", holds: "the storage port, aggregates, the unit of work" },
  { name: "privacy", holds: "Crypto and KeyRing ports, sealing, blind index, redaction" },
  { name: "channel", holds: "every next step, and the ways to take it" },
  { name: "calendar", holds: "working time, holidays by decree" },
  { name: "policy", holds: "dated values, citations, verdicts, reasons, decisions" },
  { name: "identity", holds: "NIK, family card, phone, region, person, household" },
  { name: "time", holds: "days and zones" }
]

/** Packages that are ways in: they may import every adapter. */
export const waysIn = ["cli", "http"]
