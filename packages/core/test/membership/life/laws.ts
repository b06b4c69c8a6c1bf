/**
 * The laws of life events. Each looks at one event that was previewed and carried out, and names
 * what it finds wrong; `Laws.test.ts` shows for each a way of planning or carrying out that it
 * catches.
 *
 * - `oneMembership`: a person has at most one open membership, wherever they went.
 * - `moneyKept`: what all accounts owe together changes by what was billed, cancelled and given
 *   back, and by nothing else; nothing stays on an account that is closed.
 * - `cited`: every state is reached by an edge of the machine, and that has a citation.
 * - `careGoesOn`: nobody who is in treatment, or of whom nobody knows, loses cover. Death excepted.
 * - `asPreviewed`: what was carried out is what the preview said, no less and no more.
 * - `byTheRules`: whoever comes into a segment comes into the one that eligibility decides, and whoever
 *   is decided otherwise than before is told something.
 * - `explained`: whoever is touched is told why, in a sentence without holes.
 * - `peopleKept`: everybody is in exactly one family afterwards.
 * - `once`: a plan is carried out once.
 */
import type { Account } from "@kis/core/contribution"
import { Eligibility } from "@kis/core/eligibility"
import { Family, type LifeEvent, type LifePlan, Machine } from "@kis/core/membership"
import { type Dated, Reason } from "@kis/core/policy"
import type { Id } from "@kis/core/storage"
import * as Result from "effect/Result"

// --- models ---

export interface Life {
  readonly preview: typeof LifePlan.preview
  readonly apply: typeof LifePlan.apply
}

export interface Step {
  readonly life: Life
  readonly before: Family.Family
  readonly event: LifeEvent.LifeEvent
  readonly asOf: Dated.AsOf
  readonly plan: LifePlan.LifePlan
  readonly applied: LifePlan.Applied
}

export type Law = (step: Step) => ReadonlyArray<string>

// --- laws ---

const oneMembership: Law = ({ applied }) => {
  const open = new Map<Id.Id, number>()
  for (const { membership, ref } of [...afterwards(applied), ...applied.closed]) {
    if (membership !== undefined && Machine.isLive(membership.state)) open.set(ref, (open.get(ref) ?? 0) + 1)
  }
  return [...open].flatMap(([ref, count]) => (count > 1 ? [`${ref} has ${count} open memberships`] : []))
}

const moneyKept: Law = ({ applied, before }) => {
  const found: Array<string> = []
  const old = new Map(before.members.map(({ account, ref }) => [ref, account]))
  const accounts = [...afterwards(applied), ...applied.closed].flatMap(({ account }) => account ?? [])
  const known = new Set([...old.values()].flatMap((account) => account?.entries ?? []))
  const fresh = accounts.flatMap((account) =>
    account.entries.flatMap((entry, i) => (known.has(entry) ? [] : [{ entry, earlier: account.entries.slice(0, i) }]))
  )
  const meant = fresh.reduce((sum, { earlier, entry }) => sum + meantBy(entry, earlier), 0)
  const was = [...old.values()].reduce((sum, account) => sum + (account === undefined ? 0 : net(account)), 0)
  const is = accounts.reduce((sum, account) => sum + net(account), 0)
  if (is !== was + meant) found.push(`owed ${was} before and ${is} after, of which ${meant} were meant`)
  for (const { account, ref } of applied.closed) {
    if (account !== undefined && net(account) !== 0) found.push(`${net(account)} stays on the closed account of ${ref}`)
  }
  return found
}

const cited: Law = ({ plan }) =>
  plan.changes.flatMap(({ from, kind, ref, to, trigger }) => {
    if (kind === "stays" || kind === "goes-on" || kind === "facility") return []
    if (trigger === undefined || to === undefined) return [`${ref} ${kind} without a trigger`]
    const start = kind === "opens" && from?.state !== "EXPIRED" ? "UNREGISTERED" : (from?.state ?? "UNREGISTERED")
    const end = kind === "transfers" || (kind === "waits" && trigger === "transferred") ? "TRANSFERRED" : to.state
    if (kind === "opens") return reaches(to.state) ? [] : [`no way to open in ${to.state}`]
    const edges = Machine.edges.filter(
      (edge) => edge.from === start && edge.trigger === trigger && (edge.to === end || edge.to === "previous")
    )
    if (edges.length === 0) return [`no edge from ${start} by ${trigger} to ${end}`]
    const opened =
      kind !== "transfers" || reaches(to.state) || to.state === from?.state || to.state.startsWith("BLOCKED")
    if (!opened) return [`no way to open in ${to.state}`]
    return edges.some((edge) => Reason.entry(edge.reason).citation.source === "")
      ? [`the edge from ${start} has no citation`]
      : []
  })

const careGoesOn: Law = ({ applied, before, event }) =>
  afterwards(applied).flatMap((member) => {
    const held = Family.find(before, member.ref)?.membership
    if (held === undefined || !Machine.covers(held.state) || member.care === "not-in-treatment") return []
    if (event._tag === "Death" && event.of === member.ref) return []
    return member.membership !== undefined && Machine.covers(member.membership.state)
      ? []
      : [`${member.ref} lost cover in treatment: ${held.state} to ${member.membership?.state}`]
  })

const asPreviewed: Law = ({ applied, before, plan }) => {
  const found: Array<string> = []
  const touched = new Map(plan.changes.map((change) => [change.ref, change]))
  if (touched.size !== plan.changes.length) found.push("two changes for one person")
  for (const member of afterwards(applied)) {
    const held = Family.find(before, member.ref)
    const change = touched.get(member.ref)
    const brought = held ?? plan.people.find(({ ref }) => ref === member.ref)
    const is = standing(member)
    const said =
      change === undefined || change.kind === "waits" || change.kind === "stays" ? standing(brought) : show(change.to)
    if (is !== said) found.push(`${member.ref} is ${is} and was to be ${said}`)
    if (change !== undefined && show(change.from) !== standing(brought)) {
      found.push(`${member.ref} was not ${show(change.from)}`)
    }
    if (JSON.stringify(member.membership ?? null) !== JSON.stringify(change?.after ?? brought?.membership ?? null)) {
      found.push(`the membership of ${member.ref} is not the one that was shown`)
    }
    const shown = plan.people.find(({ ref }) => ref === member.ref) ?? held
    if (JSON.stringify(member.facts) !== JSON.stringify(shown?.facts)) {
      found.push(`facts of ${member.ref} changed unsaid`)
    }
    if (member.relation !== shown?.relation) found.push(`the place of ${member.ref} changed unsaid`)
  }
  const planned = plan.postings.map(({ entry }) => JSON.stringify(entry)).toSorted()
  const known = new Set(before.members.flatMap(({ account }) => account?.entries ?? []))
  const posted = [...afterwards(applied), ...applied.closed]
    .flatMap(({ account }) => account?.entries ?? [])
    .filter((entry) => !known.has(entry) && !plan.people.some(({ account }) => account?.entries.includes(entry)))
    .map((entry) => JSON.stringify(entry))
    .toSorted()
  if (planned.join() !== posted.join()) found.push(`posted ${posted.join()} and was to post ${planned.join()}`)
  return found
}

const byTheRules: Law = ({ applied, asOf, before, event, plan }) =>
  [applied.family, applied.parted].flatMap((family) =>
    (family?.members ?? []).flatMap(({ facts, ref }) => {
      if (family === undefined || facts.deceased === true) return []
      const change = plan.changes.find((it) => it.ref === ref)
      const decided = segmentIn(family, ref, asOf)
      if (change === undefined) {
        const was = Family.find(before, ref) === undefined ? undefined : segmentIn(before, ref, asOf)
        const held = Family.find(before, ref)?.membership
        const right = held === undefined || !Machine.covers(held.state) || held.segment === decided
        return right || was === decided ? [] : [`${ref} is decided ${decided} instead of ${was}, and is told nothing`]
      }
      // the segment of a newborn is its mother's, before anybody decides upon it
      const enters = (change.kind === "opens" && event._tag !== "Birth") || change.kind === "transfers"
      return enters && change.to?.segment !== decided ? [`${ref} enters ${change.to?.segment}, not ${decided}`] : []
    })
  )

const explained: Law = ({ plan }) =>
  plan.changes.flatMap(({ notes, reasons, ref }) => {
    if (reasons.length === 0) return [`${ref} is not told why`]
    return [...reasons, ...notes].flatMap((reason) =>
      (["id", "en"] as const).flatMap((language) => {
        const text = Reason.render(reason, language)
        return text.includes("{") ? [`a hole in: ${text}`] : []
      })
    )
  })

const peopleKept: Law = ({ applied, before, plan }) => {
  const is = afterwards(applied)
    .map(({ ref }) => ref)
    .toSorted()
  const newcomers = plan.people.map(({ ref }) => ref).filter((ref) => Family.find(before, ref) === undefined)
  const said = [...before.members.map(({ ref }) => ref), ...newcomers].toSorted()
  return is.join() === said.join() ? [] : [`${is.join()} are there, not ${said.join()}`]
}

const once: Law = ({ applied, life, plan }) =>
  Result.isFailure(life.apply(applied.family, plan)) ? [] : ["the same plan was carried out twice"]

export const laws = {
  oneMembership,
  moneyKept,
  cited,
  careGoesOn,
  asPreviewed,
  byTheRules,
  explained,
  peopleKept,
  once
} as const satisfies Record<string, Law>

export type LawName = keyof typeof laws

export const broken = (
  step: Step,
  asked: ReadonlyArray<LawName> = Object.keys(laws) as Array<LawName>
): ReadonlyArray<string> => asked.flatMap((name) => laws[name](step).map((what) => `${name}: ${what}`))

// --- reckoning, apart from the code that is tested ---

export const afterwards = ({ family, parted }: LifePlan.Applied): ReadonlyArray<Family.Member> => [
  ...family.members,
  ...(parted?.members ?? [])
]

const segmentIn = (family: Family.Family, ref: Id.Id, asOf: Dated.AsOf) =>
  Eligibility.segmentOf(Eligibility.evaluate(Family.factsOf(family, ref, asOf), asOf))

/** What an account owes: every entry counted by itself, months and limits left aside. */
export const net = ({ entries }: Account.Account): number =>
  entries.reduce((sum, entry, i) => sum + weight(entry, entries.slice(0, i)), 0)

const weight = (entry: Account.Entry, earlier: ReadonlyArray<Account.Entry>): number => {
  switch (entry._tag) {
    case "Billed":
    case "Refunded":
      return entry.amount
    case "Paid":
    case "Credited":
      return -entry.amount
    case "Cancelled":
      return -(entry.amount ?? billedFor(entry.month, earlier))
    case "CarriedIn":
      return debts(entry) - (entry.credit ?? 0)
    case "CarriedOut":
      return (entry.credit ?? 0) - debts(entry)
    case "WrittenOff":
      return -debts(entry)
  }
}

/** What an entry means for all accounts together: going from one to another means nothing. */
const meantBy = (entry: Account.Entry, earlier: ReadonlyArray<Account.Entry>): number =>
  entry._tag === "CarriedIn" || entry._tag === "CarriedOut" ? 0 : weight(entry, earlier)

const billedFor = (month: string, earlier: ReadonlyArray<Account.Entry>): number =>
  earlier.reduce((sum, entry) => {
    if ("month" in entry && entry.month === month) {
      return entry._tag === "Billed" ? sum + entry.amount : sum - (entry.amount ?? sum)
    }
    if (!("debts" in entry)) return sum
    const of = entry.debts.reduce((total, debt) => (debt.month === month ? total + debt.amount : total), 0)
    return entry._tag === "CarriedIn" ? sum + of : sum - of
  }, 0)

const debts = ({ debts: of }: { readonly debts: ReadonlyArray<Account.Debt> }) =>
  of.reduce((sum, { amount }) => sum + amount, 0)

const reaches = (state: Machine.State) =>
  Machine.edges.some((edge) => edge.from === "UNREGISTERED" && edge.to === state) || state === "ACTIVE"

const show = (at: LifePlan.Standing | undefined): string => (at === undefined ? "nowhere" : `${at.segment} ${at.state}`)

const standing = (member: Family.Member | undefined): string => show(member?.membership)
