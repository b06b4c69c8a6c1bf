/**
 * A person of a synthetic household, with what an application says of them.
 *
 * @since 0.1.0
 */
import type { Facts } from "@kis/core/eligibility"
import type { Person } from "@kis/core/identity"

// --- models ---

/**
 * What a household lives on. `poor`: named in a PBI decree; `local`: registered by the
 * city; `retired`: pensioners, veterans, employers and investors; `elder`: one old person
 * whom a helper registers; `foreign`: a foreigner who works here, with family.
 *
 * @category models
 * @since 0.1.0
 */
export type Living = "poor" | "local" | "state" | "company" | "own-account" | "retired" | "elder" | "foreign"

/**
 * `mother` is the place of a newborn's mother among the members; `twin` tells the elder of
 * two twins from the younger.
 *
 * @category models
 * @since 0.1.0
 */
export interface Member {
  readonly person: Person.Person
  readonly occupation: Facts.Occupation
  readonly pbiDecree: boolean
  readonly localScheme: boolean
  readonly wage?: number
  readonly employer?: string
  readonly studies?: boolean
  readonly wardClass?: 1 | 2 | 3
  readonly stayMonths?: number
  readonly mother?: number
  readonly twin?: "elder" | "younger"
}
