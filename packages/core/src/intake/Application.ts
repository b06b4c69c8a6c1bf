/**
 * A household's rows of an intake file, turned into people and the facts about them.
 *
 * Bad input is collected whole: a row is refused with every problem it has, so that its
 * sender corrects it once. The people of one household are judged one by one; a wrong row
 * does not refuse the others, and what it says of them (what the head works) is used.
 *
 * @since 0.1.0
 */
import * as ChildOrder from "../eligibility/ChildOrder.ts"
import type * as Facts from "../eligibility/Facts.ts"
import type { FamilyCardNumber } from "../identity/FamilyCardNumber.ts"
import type { DistrictCode, Regions } from "../identity/Region.ts"
import type * as Submission from "../registration/Submission.ts"
import type * as PlainDate from "../time/PlainDate.ts"
import type { MotherReference } from "./Cell.ts"
import { tidy } from "./Cell.ts"
import type { RawRow } from "./Columns.ts"
import * as Row from "./Row.ts"
import type { RowProblem, RowWarning } from "./RowProblem.ts"

// --- models ---

/**
 * A person who can be registered as far as the row tells, with what only the row says.
 *
 * @category models
 * @since 0.1.0
 */
export interface Decoded extends Submission.Decoded {
  readonly employer?: string
  readonly motherReference?: MotherReference
  readonly warnings: ReadonlyArray<RowWarning>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Rejected extends Submission.Rejected {
  readonly problems: readonly [RowProblem, ...Array<RowProblem>]
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Member extends Submission.Member {
  readonly raw: RawRow
  readonly row: Decoded | Rejected
}

/**
 * What a command carries, and what the rows say beyond it. `ref` is what the file calls the
 * household, see {@link householdRef}; the family card is the one that most rows give, and the
 * phone the head's, else the first that a row gives, also one that is refused.
 *
 * @category models
 * @since 0.1.0
 */
export interface DecodedHousehold extends Submission.Submission {
  readonly district?: DistrictCode
  readonly members: ReadonlyArray<Member>
}

// --- reading ---

/**
 * What says that rows belong together: the `household` cell, else the family card, else
 * the row stands alone. Rows are grouped as long as they follow each other in the file.
 *
 * @category reading
 * @since 0.1.0
 */
export const householdRef = (row: RawRow): string => {
  const household = tidy(row.fields.household ?? "")
  if (household !== "") return household
  const card = (row.fields.family_card ?? "").replace(/\D/g, "")
  return card === "" ? `line ${row.line}` : card
}

/**
 * Decodes the rows of one household.
 *
 * @category reading
 * @since 0.1.0
 */
export const decodeHousehold = (
  rows: readonly [RawRow, ...Array<RawRow>],
  asOf: { readonly today: PlainDate.PlainDate },
  regions: Regions["Service"]
): DecodedHousehold => {
  const drafts = rows.map((row) => Row.read(row, asOf.today, regions))
  const familyCard = commonCard(drafts)
  const district = first(drafts, (draft) => draft.district)
  const address = first(drafts, (draft) => draft.address)
  const helper = first(drafts, (draft) => draft.helper)
  const headFirst = drafts.toSorted((a, b) => Number(b.relation === "head") - Number(a.relation === "head"))
  const phone = first(headFirst, (draft) => draft.phone)
  const autoDebit = first(headFirst, (draft) => draft.autoDebit)
  const shared = householdFacts(drafts, asOf.today, district)
  const head = drafts.find((draft) => draft.relation === "head")
  return {
    ref: householdRef(rows[0]),
    ...(familyCard === undefined ? {} : { familyCard }),
    ...(district === undefined ? {} : { district }),
    ...(address === undefined ? {} : { address }),
    ...(autoDebit === undefined ? {} : { autoDebit }),
    ...(phone === undefined ? {} : { phone }),
    ...(helper === undefined ? {} : { helper }),
    members: drafts.map((draft) => {
      const [problem, ...more] = [...draft.problems, ...householdProblems(draft, { head, familyCard })]
      return {
        line: draft.raw.line,
        raw: draft.raw,
        row: problem === undefined ? decoded(draft, district, shared(draft)) : rejected([problem, ...more])
      }
    })
  }
}

// --- private ---

const rejected = (problems: readonly [RowProblem, ...Array<RowProblem>]): Rejected => ({ _tag: "Rejected", problems })

const first = <A>(drafts: ReadonlyArray<Row.Draft>, get: (draft: Row.Draft) => A | undefined): A | undefined => {
  for (const draft of drafts) {
    const value = get(draft)
    if (value !== undefined) return value
  }
  return undefined
}

/** The card that most rows give; of two equally frequent, the one given first. */
const commonCard = (drafts: ReadonlyArray<Row.Draft>): FamilyCardNumber | undefined => {
  const counts = new Map<FamilyCardNumber, number>()
  for (const { familyCard } of drafts) {
    if (familyCard !== undefined) counts.set(familyCard, (counts.get(familyCard) ?? 0) + 1)
  }
  const most = Math.max(...counts.values())
  return [...counts].find(([, count]) => count === most)?.[0]
}

const householdProblems = (
  draft: Row.Draft,
  household: { readonly head: Row.Draft | undefined; readonly familyCard: FamilyCardNumber | undefined }
): ReadonlyArray<RowProblem> => [
  ...(draft.relation === "head" && household.head !== draft && !sameWriting(draft, household.head)
    ? [{ field: "relation", code: "SecondHead" } as const]
    : []),
  ...(draft.familyCard !== undefined && draft.familyCard !== household.familyCard
    ? [{ field: "family_card", code: "FamilyCardDiffers" } as const]
    : [])
]

// The head's line sent twice is a repeated row, which deduplication answers, not a second head.
const sameWriting = (self: Row.Draft, that: Row.Draft | undefined) =>
  that !== undefined && Object.entries(self.raw.fields).every(([column, cell]) => that.raw.fields[column] === cell)

// Only called for a draft without problems, in which the needed fields are therefore present.
const decoded = (
  draft: Row.Draft,
  householdDistrict: DistrictCode | undefined,
  facts: Facts.Facts
): Decoded | Rejected => {
  const { birthDate, citizenship, name, relation, sex } = draft
  if (
    name === undefined ||
    sex === undefined ||
    birthDate === undefined ||
    relation === undefined ||
    citizenship === undefined
  ) {
    return rejected([{ field: "name", code: "FieldMissing" }])
  }
  const person = present({
    name,
    nik: draft.nik,
    sex,
    birthDate,
    motherName: draft.motherName,
    relation,
    maritalStatus: draft.maritalStatus,
    citizenship,
    passport: draft.passport,
    permit: draft.permit,
    phone: draft.phone,
    district: draft.district ?? householdDistrict
  })
  return present({
    _tag: "Decoded" as const,
    person,
    facts,
    class: draft.wardClass,
    facility: draft.facility,
    employer: draft.employer,
    motherReference: draft.motherReference,
    helper: draft.helper,
    warnings: draft.warnings
  })
}

/** Facts of each member, with those that follow from the others of the household. */
const householdFacts = (
  drafts: ReadonlyArray<Row.Draft>,
  today: PlainDate.PlainDate,
  district: DistrictCode | undefined
) => {
  const head = drafts.find((draft) => draft.relation === "head")
  const spouse = drafts.find((draft) => draft.relation === "spouse")
  const spouseOccupation = spouse === undefined && head !== undefined ? "none" : spouse?.occupation
  const orders = childOrders(drafts, today)
  return (draft: Row.Draft): Facts.Facts =>
    present({
      ...ownFacts(draft),
      headOccupation: head?.occupation,
      headBirthDate: comparedWithHead.has(draft.relation) ? head?.birthDate : undefined,
      spouseOccupation,
      childOrder: orders.get(draft),
      residence: (draft.district ?? district)?.slice(0, 4),
      motherScheme: motherScheme(draft, drafts)
    })
}

/** What a row says of the person alone. */
const ownFacts = (draft: Row.Draft): Facts.Facts =>
  present({
    deceased: false,
    birthDate: draft.birthDate,
    citizenship: draft.citizenship,
    hasNik: draft.nik !== undefined,
    hasPassport: said(draft.passport),
    hasPermit: said(draft.permit),
    stayMonths: draft.stayMonths,
    relation: draft.relation,
    maritalStatus: draft.maritalStatus,
    occupation: draft.occupation,
    wage: draft.wage,
    studies: draft.studies,
    wardClass: draft.wardClass,
    pbiDecree: draft.pbiDecree,
    localScheme: draft.localScheme
  })

/** Whose age says whether the relation can be true: only of these does the head's birth date tell anything. */
const comparedWithHead: ReadonlySet<string | undefined> = new Set(["child", "parent"])

/** A paper that was named exists; one that was not named is a question not asked. */
const said = (paper: string | undefined): true | undefined => (paper === undefined ? undefined : true)

/** The place of each child among the covered ones; a child whose line was sent twice counts once. */
const childOrders = (
  drafts: ReadonlyArray<Row.Draft>,
  today: PlainDate.PlainDate
): ReadonlyMap<Row.Draft, number | undefined> => {
  const children = drafts.filter(({ relation }) => relation === "child")
  const first = (draft: Row.Draft) => children.findIndex((it) => sameWriting(draft, it))
  const once = children.filter((draft, index) => first(draft) === index)
  const places = ChildOrder.among(once.map(ownFacts), { appliesOn: today, knownOn: today })
  return new Map(children.map((draft) => [draft, places[once.indexOf(children[first(draft)]!)]] as const))
}

/** How the mother is covered, where she is named by NIK and applies in the same household. */
const motherScheme = (draft: Row.Draft, drafts: ReadonlyArray<Row.Draft>): Facts.Facts["motherScheme"] => {
  const reference = draft.motherReference
  if (reference?._tag !== "Nik") return undefined
  const mother = drafts.find(({ nik }) => nik === reference.nik)
  if (mother?.pbiDecree === true) return "pbi"
  if (mother?.localScheme === true) return "local"
  return mother?.pbiDecree === false && mother.localScheme === false ? "other" : undefined
}

type Present<A> = { [K in keyof A as undefined extends A[K] ? never : K]: A[K] } & {
  [K in keyof A as undefined extends A[K] ? K : never]?: Exclude<A[K], undefined>
}

/** Leaves out what is undefined: an absent key is how a missing value is written here. */
const present = <A extends object>(fields: A): Present<A> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<A>
