/**
 * Who belongs to which segment, and on what ground.
 *
 * A segment may be reached on several grounds: one's own work, a spouse's, a decree. Each
 * ground is one formula over the facts; the segment fits when one of its grounds does.
 * Which of several that fit comes first is the business of {@link Precedence}.
 *
 * Every formula begins with what holds for everybody: alive, born, identified.
 *
 * These are the grounds of the current version; a {@link RuleSet} puts them in order.
 *
 * @since 0.1.0
 */
import type { Segment } from "../identity/Segment.ts"
import type { LocalAdmission } from "../policy/Policy.ts"
import { all, any, because, each, type Formula, is, not, type Remark, term, when } from "./Condition.ts"
import type { Day } from "./Day.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type GroundId = keyof typeof grounds

/**
 * @category models
 * @since 0.1.0
 */
export interface Ground {
  readonly segment: Segment
  readonly formula: Formula
}

type Residents = Extract<LocalAdmission, { readonly mode: "residents" }>

// --- everybody ---

// UU 24/2011 art. 16 asks for complete, correct data; NB-5 lets newborns in without NIK.
const newborn = when(
  "birthDate",
  (birth, day) => day.newbornFrom && birth >= day.newbornFrom,
  "newbornNikMonths",
  "young enough to be registered without NIK"
)
const citizen = is("citizenship", "WNI")
const hasNik = is("hasNik", true)
const passport = is("hasPassport", true)
const papers = because({ no: "ForeignPapersMissing" }, passport)

const everybody = all(
  because({ no: "Deceased" }, not(is("deceased", true))),
  because(
    { no: "BornAfterTheDay" },
    when("birthDate", (birth, day) => birth <= day.appliesOn, undefined, "on or before the day")
  ),
  because({ no: "NikNeeded" }, any(hasNik, because({ yes: "NewbornWithoutNik" }, newborn), all(not(citizen), papers)))
)

const citizensOnly = because({ no: "CitizensOnly" }, citizen)

// --- foreigners (WNA) ---

const permit = because({ no: "ForeignPapersMissing" }, is("hasPermit", true))
const longEnough = because(
  { no: "ForeignStayTooShort" },
  when(
    "stayMonths",
    (months, day) => (day.foreignerMonths === undefined ? undefined : months >= day.foreignerMonths),
    "foreignerMonths",
    "long enough"
  )
)
const citizenOrForeigner = any(citizen, because({ yes: "ForeignWorker" }, each(papers, permit, longEnough)))
const citizenOrForeignFamily = any(citizen, because({ yes: "ForeignFamily" }, each(papers, permit)))

// --- work ---

const works = {
  state: is("occupation", "state"),
  private: is("occupation", "private"),
  "own-account": is("occupation", "own-account")
}
const headWorks = {
  state: is("headOccupation", "state"),
  private: is("headOccupation", "private"),
  "own-account": is("headOccupation", "own-account")
}
const spouseWorks = {
  state: is("spouseOccupation", "state"),
  private: is("spouseOccupation", "private"),
  "own-account": is("spouseOccupation", "own-account")
}
const noIncome = is("occupation", "none")
const noWage = not(any(works.state, works.private))
const coupleWorks = (kind: keyof typeof works) => any(headWorks[kind], spouseWorks[kind])

// Perpres 82/2018 art. 13: the worker may register alone, and the employer stays liable.
const employerFails = is("employerRegisters", false)
const whenEmployerFails: ReadonlyArray<Remark> = [
  { on: "yes", if: employerFails, code: "EmployerFailed" },
  { on: "yes", if: employerFails, code: "EmployerStaysLiable" }
]

// --- family of a worker (FAM-1 to FAM-4) ---

const isHead = is("relation", "head")
const isSpouse = is("relation", "spouse")
const isChild = is("relation", "child")
const isParent = is("relation", "parent", "parent-in-law")
const isOther = is("relation", "other")

// Whether a baby is married is not asked; one that is said to be is a contradiction.
const infant = when("birthDate", (birth, day) => birth >= day.infantFrom, undefined, "not yet one year old")

/**
 * Whether somebody, who is a child of a member, may be covered as a child at all, whatever the
 * place among the children (FAM-2).
 *
 * @category rules
 * @since 0.1.0
 */
export const dependent: Formula = each(
  because({ no: "ChildMarried" }, any(infant, not(is("maritalStatus", "married")))),
  because({ no: "ChildHasIncome" }, noIncome),
  because(
    { no: "ChildTooOld" },
    any(
      when(
        "birthDate",
        (birth, day) => day.childUntil && birth > day.childUntil,
        "childAge",
        "under the age of a covered child"
      ),
      because(
        { yes: "StudentChild" },
        all(
          when(
            "birthDate",
            (birth, day) => day.studentUntil && birth > day.studentUntil,
            "studentAge",
            "under the age of a covered student"
          ),
          is("studies", true)
        )
      )
    )
  )
)
const amongCovered = when(
  "childOrder",
  (order, day) => (day.coveredChildren === undefined ? undefined : order <= day.coveredChildren),
  "coveredChildren",
  "among those covered"
)

type Wage = "state" | "private"

const spouseOf = (kind: Wage) =>
  because({ yes: "SpouseOfWorker" }, any(all(isSpouse, headWorks[kind]), all(isHead, spouseWorks[kind])))
const childOf = (kind: Wage) => all(isChild, coupleWorks(kind))

const covered = (kind: Wage) =>
  because(
    { no: "NotFamilyOfWorker" },
    any(
      spouseOf(kind),
      because(
        { yes: "ChildOfWorker" },
        all(childOf(kind), dependent, because({ no: "ChildBeyondCovered" }, amongCovered))
      )
    )
  )
const extra = (kind: Wage) =>
  because(
    { yes: "ExtraFamily", no: "NotFamilyOfWorker" },
    any(all(isParent, coupleWorks(kind)), all(childOf(kind), dependent, not(amongCovered)))
  )

// Perpres 82/2018 art. 14: who works for a wage is registered by the own employer, not with the spouse.
const ownEmployer = because({ no: "OwnEmployer" }, noWage)
const notSelfPay = because({ no: "WageWorkerNotSelfPay" }, noWage)

// --- the grounds ---

// A decile never decides: the decree does. It says whether asking for a proposal has a chance.
const withinTarget = when(
  "decile",
  (decile, { inForce }) => inForce.entries.pbiDecile && decile <= inForce.entries.pbiDecile.value,
  "pbiDecile",
  "within the target of PBI"
)
const onDecile: ReadonlyArray<Remark> = [
  { on: "no", if: all(noWage, withinTarget), code: "MayBeProposedForPbi" },
  { on: "no", if: all(noWage, not(withinTarget)), code: "DecileAbovePbi" }
]

/** The local government's rule where it admits residents; `undefined` where it has a list. */
const admission = ({ inForce, policy }: Day) => {
  const entry = inForce.entries.localAdmission
  // A policy that never held the parameter is of the time when there were only lists.
  if (entry === undefined) return policy.parameters.localAdmission.history.length === 0 ? undefined : "unknown"
  return entry.value.mode === "residents" ? entry.value : undefined
}
const ofAdmission = (test: string, holds: (rule: Residents) => boolean) =>
  term("localAdmission", test, (day) => {
    const rule = admission(day)
    return rule === "unknown" ? undefined : rule !== undefined && holds(rule)
  })
const livesThere = when(
  "residence",
  (regency, day) => {
    const rule = admission(day)
    return rule === "unknown" ? undefined : rule !== undefined && rule.regencies.includes(regency)
  },
  "localAdmission",
  "where the local government pays"
)

/**
 * The grounds on which a person belongs to a segment.
 *
 * @category rules
 * @since 0.1.0
 */
export const grounds = {
  "state-work": {
    segment: "PPU-PN",
    formula: all(
      everybody,
      because({ yes: "StateWorker", no: "NotStateWorker", remarks: whenEmployerFails }, works.state),
      citizenOrForeigner
    )
  },
  "private-work": {
    segment: "PPU-BU",
    formula: all(
      everybody,
      because({ yes: "PrivateWorker", no: "NotPrivateWorker", remarks: whenEmployerFails }, works.private),
      citizenOrForeigner
    )
  },
  "state-family": {
    segment: "PPU-PN",
    formula: all(everybody, covered("state"), ownEmployer, citizenOrForeignFamily)
  },
  "private-family": {
    segment: "PPU-BU",
    formula: all(everybody, covered("private"), ownEmployer, citizenOrForeignFamily)
  },
  "state-paid": {
    segment: "BP",
    formula: all(
      everybody,
      citizensOnly,
      because(
        { no: "NotStatePaid" },
        any(
          because({ yes: "StatePaidPensioner" }, is("occupation", "pensioner")),
          because({ yes: "Veteran" }, is("occupation", "veteran")),
          because({ yes: "VeteranSurvivor" }, is("occupation", "veteran-survivor"))
        )
      )
    )
  },
  pbi: {
    segment: "PBI-JK",
    formula: all(
      everybody,
      citizensOnly,
      because(
        { no: "NotOnPbiDecree", remarks: onDecile },
        any(
          because({ yes: "OnPbiDecree" }, all(hasNik, is("pbiDecree", true))),
          because(
            { yes: "NewbornOfPbiMother" },
            all(
              when(
                "birthDate",
                (birth, day) => day.pbiNewbornFrom && birth >= day.pbiNewbornFrom,
                "newbornPbiMonths",
                "young enough to be PBI with the mother"
              ),
              is("motherScheme", "pbi")
            )
          )
        )
      )
    )
  },
  local: {
    segment: "PBPU-PD",
    formula: all(
      everybody,
      citizensOnly,
      because(
        { no: "NotInLocalScheme" },
        any(
          because({ yes: "InLocalScheme" }, is("localScheme", true)),
          all(
            ofAdmission("admits residents", () => true),
            any(
              because(
                { yes: "LocalResident" },
                each(
                  because({ no: "NotResidentOfScheme" }, livesThere),
                  because(
                    { no: "WageEarnerNotLocal" },
                    any(
                      ofAdmission("admits wage earners", (rule) => rule.wageEarners),
                      noWage
                    )
                  )
                )
              ),
              because(
                { yes: "ChildOfLocalMember" },
                all(
                  ofAdmission("admits children of members", (rule) => rule.childrenOfMembers),
                  isChild,
                  is("motherScheme", "local")
                )
              )
            )
          )
        )
      )
    )
  },
  "own-account": {
    segment: "PBPU",
    formula: all(
      everybody,
      notSelfPay,
      because({ yes: "OwnAccount", no: "NotOwnAccount" }, works["own-account"]),
      citizenOrForeigner
    )
  },
  "state-extra": {
    segment: "PPU-PN",
    formula: all(everybody, extra("state"), ownEmployer, citizenOrForeignFamily)
  },
  "private-extra": {
    segment: "PPU-BU",
    formula: all(everybody, extra("private"), ownEmployer, citizenOrForeignFamily)
  },
  "self-pay-family": {
    segment: "PBPU",
    formula: all(
      everybody,
      notSelfPay,
      because(
        { no: "NotOwnAccount" },
        any(
          because({ yes: "FamilyOfOwnAccount" }, all(noIncome, coupleWorks("own-account"))),
          because({ yes: "OtherRelative" }, all(isOther, noIncome, any(coupleWorks("state"), coupleWorks("private")))),
          because({ yes: "ForeignNotEmployed" }, not(citizen))
        )
      ),
      citizenOrForeigner
    )
  },
  "non-worker": {
    segment: "BP",
    formula: all(
      everybody,
      citizensOnly,
      notSelfPay,
      because(
        { no: "WorksSoNotBp" },
        any(
          because({ yes: "NotWorking" }, noIncome),
          because({ yes: "EmployerOrInvestor" }, is("occupation", "employer", "investor"))
        )
      )
    )
  }
} as const satisfies Record<string, Ground>

/**
 * @category rules
 * @since 0.1.0
 */
export const groundIds: ReadonlyArray<GroundId> = Object.keys(grounds) as Array<GroundId>

/**
 * The segment that a ground leads to.
 *
 * @category rules
 * @since 0.1.0
 */
export const segmentOf = (ground: GroundId): Segment => grounds[ground].segment
