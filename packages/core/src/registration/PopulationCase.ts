/**
 * A question that the civil register raised about somebody who is on the register, and that an
 * officer answers: their data differ, their number does not work, their death was entered.
 *
 * The civil register errs: 40,000 numbers were switched off in one city in 2024 (domain.md NIK-8), and
 * deaths are entered of the living. So nothing that it says ends anybody's cover by itself.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Change } from "../registry/PopulationRegistry.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import * as Id from "../storage/Id.ts"
import { PlainDate } from "../time/PlainDate.ts"

// --- models ---

/**
 * - `differs`: name, birth date or sex are otherwise in the civil register;
 * - `not-found`: it has no such number; `switched-off`: the number does not work;
 * - `died`: it says that the person is dead;
 * - `another-person`: what it says now fits another person than the one who is registered;
 * - `false-death`: it takes back a death that an officer had confirmed;
 * - `corrected`, `restored`: nothing to decide; kept as what was done.
 *
 * @category models
 * @since 0.1.0
 */
export const Kind = Schema.Literals([
  "differs",
  "not-found",
  "switched-off",
  "died",
  "another-person",
  "false-death",
  "corrected",
  "restored"
])

/**
 * @category models
 * @since 0.1.0
 */
export type Kind = typeof Kind.Type

/**
 * `settled`: the civil register took it back, or confirmed the person after all. `confirmed` and
 * `dismissed` are an officer's.
 *
 * @category models
 * @since 0.1.0
 */
export const State = Schema.Literals(["open", "settled", "confirmed", "dismissed"])

/**
 * @category models
 * @since 0.1.0
 */
export type State = typeof State.Type

/**
 * `fields` are those that differ; `change` is what the feed said, where the case came from it.
 *
 * @category models
 * @since 0.1.0
 */
export const PopulationCase = Schema.Struct({
  participant: Id.Id,
  kind: Kind,
  fields: Schema.optionalKey(Schema.Array(Schema.Literals(["name", "birthDate", "sex"]))),
  change: Schema.optionalKey(Change),
  office: Schema.NonEmptyString,
  openedOn: PlainDate,
  state: State
})

/**
 * @category models
 * @since 0.1.0
 */
export type PopulationCase = typeof PopulationCase.Type

// --- aggregate ---

/**
 * The cases on the register. Of one kind a person has one open at most; the storage enforces it.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("population-case", {
  schema: PopulationCase,
  unique: {
    openOf: ({ kind, participant, state }) => (state === "open" ? [openKey(participant, kind)] : []),
    change: ({ change }) => (change === undefined ? [] : [change.id])
  },
  blind: { person: ({ participant }) => [participant] },
  ordered: {
    state: { text: (it) => it.state },
    office: { text: (it) => it.office },
    openedOn: { text: (it) => it.openedOn }
  },
  indexes: { byState: ["state", "openedOn"], byOffice: ["office", "state", "openedOn"] }
})

// --- reading ---

/**
 * The unique key that a person's open case of a kind is found by.
 *
 * @category reading
 * @since 0.1.0
 */
export const openKey = (participant: Id.Id, kind: Kind): string => `${participant} ${kind}`
