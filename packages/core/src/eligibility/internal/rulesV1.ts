/**
 * The grounds of version 1 of the rules, as they were released: decisions that were taken by
 * them are taken again by them. Nothing here may change.
 */
import { all, any, because, each, not, when } from "../Condition.ts"
import type { Ground, GroundId } from "../Rules.ts"

// --- everybody ---

// UU 24/2011 art. 16 asks for complete, correct data; NB-5 lets newborns in without NIK.
const newborn = when("birthDate", (birth, day) => day.newbornFrom && birth >= day.newbornFrom, "newbornNikMonths")
const citizen = when("citizenship", (citizenship) => citizenship === "WNI")
const hasNik = when("hasNik", (has) => has)
const passport = when("hasPassport", (has) => has)
const papers = because({ no: "ForeignPapersMissing" }, passport)

const everybody = all(
  because({ no: "Deceased" }, not(when("deceased", (deceased) => deceased))),
  because(
    { no: "BornAfterTheDay" },
    when("birthDate", (birth, day) => birth <= day.appliesOn)
  ),
  because({ no: "NikNeeded" }, any(hasNik, because({ yes: "NewbornWithoutNik" }, newborn), all(not(citizen), papers)))
)

const citizensOnly = because({ no: "CitizensOnly" }, citizen)

// --- foreigners (WNA) ---

const permit = because(
  { no: "ForeignPapersMissing" },
  when("hasPermit", (has) => has)
)
const longEnough = because(
  { no: "ForeignStayTooShort" },
  when(
    "stayMonths",
    (months, day) => (day.foreignerMonths === undefined ? undefined : months >= day.foreignerMonths),
    "foreignerMonths"
  )
)
const citizenOrForeigner = any(citizen, because({ yes: "ForeignWorker" }, each(papers, permit, longEnough)))
const citizenOrForeignFamily = any(citizen, because({ yes: "ForeignFamily" }, each(papers, permit)))

// --- work ---

const works = {
  state: when("occupation", (occupation) => occupation === "state"),
  private: when("occupation", (occupation) => occupation === "private"),
  "own-account": when("occupation", (occupation) => occupation === "own-account")
}
const headWorks = {
  state: when("headOccupation", (occupation) => occupation === "state"),
  private: when("headOccupation", (occupation) => occupation === "private"),
  "own-account": when("headOccupation", (occupation) => occupation === "own-account")
}
const spouseWorks = {
  state: when("spouseOccupation", (occupation) => occupation === "state"),
  private: when("spouseOccupation", (occupation) => occupation === "private"),
  "own-account": when("spouseOccupation", (occupation) => occupation === "own-account")
}
const noIncome = when("occupation", (occupation) => occupation === "none")
const noWage = not(any(works.state, works.private))
const coupleWorks = (kind: keyof typeof works) => any(headWorks[kind], spouseWorks[kind])

// --- family of a worker (FAM-1 to FAM-4) ---

const isHead = when("relation", (relation) => relation === "head")
const isSpouse = when("relation", (relation) => relation === "spouse")
const isChild = when("relation", (relation) => relation === "child")
const isParent = when("relation", (relation) => relation === "parent" || relation === "parent-in-law")
const isOther = when("relation", (relation) => relation === "other")

const dependent = each(
  because({ no: "ChildMarried" }, not(when("maritalStatus", (status) => status === "married"))),
  because({ no: "ChildHasIncome" }, noIncome),
  because(
    { no: "ChildTooOld" },
    any(
      when("birthDate", (birth, day) => day.childUntil && birth > day.childUntil, "childAge"),
      because(
        { yes: "StudentChild" },
        all(
          when("birthDate", (birth, day) => day.studentUntil && birth > day.studentUntil, "studentAge"),
          when("studies", (studies) => studies)
        )
      )
    )
  )
)
const amongCovered = when(
  "childOrder",
  (order, day) => (day.coveredChildren === undefined ? undefined : order <= day.coveredChildren),
  "coveredChildren"
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

export const grounds = {
  "state-work": {
    segment: "PPU-PN",
    formula: all(everybody, because({ yes: "StateWorker", no: "NotStateWorker" }, works.state), citizenOrForeigner)
  },
  "private-work": {
    segment: "PPU-BU",
    formula: all(
      everybody,
      because({ yes: "PrivateWorker", no: "NotPrivateWorker" }, works.private),
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
          because(
            { yes: "StatePaidPensioner" },
            when("occupation", (occupation) => occupation === "pensioner")
          ),
          because(
            { yes: "Veteran" },
            when("occupation", (occupation) => occupation === "veteran")
          )
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
        { no: "NotOnPbiDecree" },
        any(
          because(
            { yes: "OnPbiDecree" },
            all(
              hasNik,
              when("pbiDecree", (decree) => decree)
            )
          ),
          because(
            { yes: "NewbornOfPbiMother" },
            all(
              when("birthDate", (birth, day) => day.pbiNewbornFrom && birth >= day.pbiNewbornFrom, "newbornPbiMonths"),
              when("motherScheme", (scheme) => scheme === "pbi")
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
        { yes: "InLocalScheme", no: "NotInLocalScheme" },
        when("localScheme", (scheme) => scheme)
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
          because(
            { yes: "EmployerOrInvestor" },
            when("occupation", (occupation) => occupation === "employer" || occupation === "investor")
          )
        )
      )
    )
  }
} as const satisfies Record<GroundId, Ground>
