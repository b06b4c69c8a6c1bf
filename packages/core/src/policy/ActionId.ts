/**
 * The next step that a person can take.
 *
 * A reason names exactly one. What the step means in each service channel, and which
 * of its ways needs no smartphone, is the business of the `channel` room.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * @category models
 * @since 0.1.0
 */
export const ActionId = Schema.Literals([
  /** Ask for a NIK, or have an inactive one restored, at the population office (Dukcapil). */
  "get-nik",
  /** Have the population record or the family card corrected at Dukcapil. */
  "correct-population-record",
  /** Answer what was not asked yet, so that a decision can be taken. */
  "complete-facts",
  /** Correct what was written in the application. */
  "correct-application",
  /** Have the employer register the worker and the family (e-Dabu). */
  "ask-employer",
  /** Register oneself as a worker, with proof of employment, when the employer does not. */
  "register-with-proof-of-work",
  /** Have the worker's employer, or office, add a member of the family. */
  "add-family-member",
  /** Register as a self-paying participant (PBPU or BP), with the whole family card. */
  "register-self-pay",
  /** Register a newborn. */
  "register-newborn",
  /** Be proposed for PBI-JK through village or social office (dinsos). */
  "propose-for-pbi",
  /** Ask to be put back on PBI-JK after a removal. */
  "reactivate-pbi",
  /** Ask the local government whether it registers and pays its residents. */
  "ask-local-government",
  /** Register as pensioner, veteran or their survivor. */
  "register-pensioner",
  /** Bring passport and permits of a foreigner. */
  "bring-foreigner-papers",
  /** Report a death. */
  "report-death",
  /** Correct a death that was recorded wrongly. */
  "correct-false-death",
  /** Ask whether one is registered, where, and whether the card is active. */
  "check-status",
  /** Pay what is owed, or the first contribution. */
  "pay-contribution",
  /** Pay off what is owed in instalments (REHAB). */
  "pay-by-instalments",
  /** Report a double account, so that one can be chosen and reactivated. */
  "report-duplicate",
  /** Change the first-level health facility. */
  "change-facility",
  /** Change the ward class of the whole family. */
  "change-class",
  /** Bring the proof of a dismissal. */
  "prove-dismissal",
  /** Report a stay abroad, or the return. */
  "report-abroad",
  /** Correct membership data: name, birth date, address, phone. */
  "correct-data",
  /** Confirm a phone number, or ask for a way that needs none. */
  "confirm-phone",
  /** Object to a decision. */
  "object"
])

/**
 * @category models
 * @since 0.1.0
 */
export type ActionId = typeof ActionId.Type
