/**
 * The catalogue of rules: what golden cases pin, pages explain and citations name.
 *
 * An id stands for one rule of the scheme as this project reads it. The numbers of a
 * rule are parameters of the policy, its sentences are reasons; both name the id.
 *
 * @since 0.1.0
 */
import type { Citation, Confidence } from "./Citation.ts"
import { contributions, dismissal, paying, penaltyAndInstalments } from "./internal/rules/money.ts"
import { family, identity, newbornAndDeath, segments } from "./internal/rules/people.ts"
import { duplicates, membership, pbi } from "./internal/rules/register.ts"

// In the order of the pages.
const catalogue = {
  identity: { title: { id: "Identitas", en: "Identity" }, rules: identity },
  segments: { title: { id: "Segmen", en: "Segments" }, rules: segments },
  family: { title: { id: "Keluarga", en: "Family" }, rules: family },
  "newborn-and-death": {
    title: { id: "Bayi baru lahir dan kematian", en: "Newborns and death" },
    rules: newbornAndDeath
  },
  contributions: { title: { id: "Iuran", en: "Contributions" }, rules: contributions },
  paying: { title: { id: "Pembayaran dan tunggakan", en: "Paying and arrears" }, rules: paying },
  "penalty-and-instalments": {
    title: { id: "Denda layanan dan cicilan", en: "Penalty and instalments" },
    rules: penaltyAndInstalments
  },
  dismissal: { title: { id: "Pemutusan hubungan kerja", en: "Dismissal" }, rules: dismissal },
  pbi: { title: { id: "Penerima bantuan iuran", en: "Assisted members (PBI)" }, rules: pbi },
  membership: { title: { id: "Kepesertaan", en: "Membership" }, rules: membership },
  duplicates: { title: { id: "Data ganda", en: "Duplicates" }, rules: duplicates }
} as const

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type GroupId = keyof typeof catalogue

/**
 * @category models
 * @since 0.1.0
 */
export type RuleId = (typeof catalogue)[GroupId]["rules"][number]["id"]

/**
 * One rule. `where` is its section in the project's reference of the scheme's rules.
 *
 * @category models
 * @since 0.1.0
 */
export interface Rule {
  readonly id: RuleId
  readonly group: GroupId
  readonly title: { readonly id: string; readonly en: string }
  /** How sure we are of the rule; the values of its parameters may be less sure. */
  readonly confidence: Confidence
  readonly citation: Citation
  readonly where: string
}

/**
 * Rules that are read together: one page of the documentation.
 *
 * @category models
 * @since 0.1.0
 */
export interface Group {
  readonly id: GroupId
  readonly title: { readonly id: string; readonly en: string }
  readonly rules: ReadonlyArray<Rule>
}

// --- reading ---

/**
 * @category reading
 * @since 0.1.0
 */
export const groups: ReadonlyArray<Group> = (Object.keys(catalogue) as Array<GroupId>).map((id) => ({
  id,
  title: catalogue[id].title,
  rules: catalogue[id].rules.map((rule) => ({ ...rule, group: id }))
}))

/**
 * Every rule, in the order of the groups.
 *
 * @category reading
 * @since 0.1.0
 */
export const all: ReadonlyArray<Rule> = groups.flatMap((group) => group.rules)

/**
 * The rule of an id, or `undefined` when this catalogue has none of that name.
 *
 * @example
 * Rule.find("PAY-2")?.group // => "paying"
 * Rule.find("PAY-99") // => undefined
 *
 * @category reading
 * @since 0.1.0
 */
export const find = (id: string): Rule | undefined => byId.get(id)

// --- private ---

const byId: ReadonlyMap<string, Rule> = new Map(all.map((rule) => [rule.id, rule]))
