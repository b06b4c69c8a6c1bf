/**
 * Families to whom things happen, one after another: life events, and between them bills, payments,
 * unpaid months and admissions to hospital. Every event is previewed, carried out and looked at by
 * the laws; money is reckoned apart, and compared at the end of each command.
 */
import { Account } from "@kis/core/contribution"
import { Family, type LifeEvent, Machine, Membership } from "@kis/core/membership"
import type { Dated } from "@kis/core/policy"
import type { Id } from "@kis/core/storage"
import { Month, PlainDate } from "@kis/core/time"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { id, known } from "./families.ts"
import { broken, type LawName, type Life, net } from "./laws.ts"

// --- models ---

/** What the test knows by itself: who lives, and what all accounts together must owe. */
export interface Ledger {
  owed: number
  readonly dead: Set<Id.Id>
}

export interface World {
  readonly life: Life
  families: ReadonlyArray<Family.Family>
  today: PlainDate.PlainDate
  newcomers: number
  /** What closed accounts owe: nothing, if the laws hold. */
  closed: number
  /** How often what happened, for a test that must not pass by nothing happening. */
  readonly seen: Map<string, number>
  /** The laws that look at each event; all where absent. */
  readonly asked: ReadonlyArray<LawName> | undefined
}

export const worldOf = (
  life: Life,
  families: ReadonlyArray<Family.Family>,
  seen: Map<string, number>,
  asked?: ReadonlyArray<LawName>
): World => ({
  life,
  families,
  today: PlainDate.make("2025-06-01"),
  newcomers: 0,
  closed: 0,
  seen,
  asked
})

/** Numbers that a command is made of; which people they mean is found when it runs. */
export interface Draw {
  readonly family: number
  readonly one: number
  readonly other: number
  readonly days: number
  readonly flag: boolean
  readonly third: number
}

type Made = (of: {
  readonly draw: Draw
  readonly family: Family.Family
  readonly member: Family.Member
  readonly other: Family.Member
  readonly today: PlainDate.PlainDate
  readonly fresh: Id.Id
}) => LifeEvent.LifeEvent

// --- the events ---

const adult = (ref: Id.Id, draw: Draw): LifeEvent.Newcomer => ({
  ref,
  facts: known("1995-03-03", {
    occupation: draw.flag ? "private" : "none",
    ...(draw.flag ? { wage: 4_500_000 } : {}),
    pbiDecree: draw.third % 3 === 0
  }),
  verified: draw.third % 4 !== 0
})

export const events: { readonly [T in LifeEvent.LifeEvent["_tag"]]: Made } = {
  Birth: ({ draw, family, fresh, today }) => {
    const mother = Family.living(family).find(({ relation }) => relation === "spouse")
    return {
      _tag: "Birth",
      ref: fresh,
      birthDate: PlainDate.addDays(today, -draw.third * 10),
      hasNik: draw.flag,
      ...(mother === undefined ? { motherScheme: "other" as const } : { mother: mother.ref })
    }
  },
  Adoption: ({ draw, fresh, today }) => ({
    _tag: "Adoption",
    child: {
      ref: fresh,
      facts: known(PlainDate.addDays(today, -400 * (draw.third + 1)), { maritalStatus: "single" }),
      verified: draw.flag
    }
  }),
  Marriage: ({ draw, fresh, member }) => ({
    _tag: "Marriage",
    of: member.ref,
    spouse: adult(fresh, draw),
    newCard: draw.flag
  }),
  Divorce: ({ draw, family }) => {
    const couple = Family.living(family).filter(({ relation }) => relation === "head" || relation === "spouse")
    const goes = couple[draw.one % Math.max(1, couple.length)] ?? family.members[0]
    const children = Family.living(family).filter(({ relation }) => relation === "child")
    return {
      _tag: "Divorce",
      leaves: [goes?.ref ?? id(1), ...children.filter((_, i) => i % 2 === draw.other % 2).map(({ ref }) => ref)]
    }
  },
  Death: ({ draw, member, today }) => ({
    _tag: "Death",
    of: member.ref,
    diedOn: PlainDate.addDays(today, -draw.third)
  }),
  ChildTurns: ({ draw, family, member }) => {
    const child = Family.living(family).find(({ relation }) => relation === "child") ?? member
    return { _tag: "ChildTurns", of: child.ref, studies: draw.flag }
  },
  NewJob: ({ draw, member }) => ({
    _tag: "NewJob",
    of: member.ref,
    paidBy: draw.flag ? "private" : "state",
    wage: 3_000_000 + draw.third * 1_000_000
  }),
  Dismissal: ({ draw, family, member }) => {
    const worker = Family.living(family).find(
      ({ facts }) => facts.occupation === "private" || facts.occupation === "state"
    )
    return {
      _tag: "Dismissal",
      of: (worker ?? member).ref,
      cause: draw.flag ? "phk" : draw.third % 2 === 0 ? "resignation" : "contract-ended",
      ...(draw.third % 5 === 0 ? {} : { proofs: ["notice", "labour-office-report"] as const }),
      ...(draw.third === 7 ? { disputed: true } : {})
    }
  },
  GraceEnds: () => ({ _tag: "GraceEnds" }),
  Retirement: ({ draw, member }) => ({
    _tag: "Retirement",
    of: member.ref,
    as: draw.flag ? "pensioner" : "none",
    ...(draw.flag ? { pension: 2_500_000 } : {})
  }),
  Move: ({ draw }) => ({
    _tag: "Move",
    residence: draw.flag ? "9971" : "9972",
    facility: `F${draw.third}`,
    ...(draw.other % 3 === 0 ? {} : { localScheme: draw.other % 3 === 1 })
  }),
  PbiDecree: ({ draw, family }) => {
    const refs = Family.living(family).map(({ ref }) => ref)
    return draw.flag
      ? { _tag: "PbiDecree", listed: refs, removed: [] }
      : { _tag: "PbiDecree", listed: [], removed: refs }
  },
  StartsSelfPay: ({ member, other }) => ({
    _tag: "StartsSelfPay",
    of: member.ref === other.ref ? [member.ref] : [member.ref, other.ref],
    wardClass: 3
  }),
  FactsCorrected: ({ draw, member }) => ({
    _tag: "FactsCorrected",
    of: member.ref,
    facts:
      draw.third % 3 === 0
        ? { pbiDecree: draw.flag }
        : draw.third % 3 === 1
          ? { occupation: draw.flag ? "private" : "none", ...(draw.flag ? { wage: 5_000_000 } : {}) }
          : { studies: draw.flag, maritalStatus: "single" }
  }),
  CareEnds: ({ family, member }) => {
    const waiting = Family.living(family).find(
      ({ care, membership }) => membership?.waiting !== undefined && care !== "in-treatment"
    )
    return { _tag: "CareEnds", of: (waiting ?? member).ref }
  }
}

// --- commands ---

/** Something happens in a family; what does not fit it is refused, and nothing else. */
class Happens implements fc.Command<Ledger, World> {
  readonly tag: LifeEvent.LifeEvent["_tag"]
  readonly draw: Draw

  constructor(tag: LifeEvent.LifeEvent["_tag"], draw: Draw) {
    this.tag = tag
    this.draw = draw
  }

  check() {
    return true
  }

  run(ledger: Ledger, world: World) {
    world.today = PlainDate.addDays(world.today, this.draw.days)
    const { today } = world
    const index = this.draw.family % world.families.length
    const family = world.families[index]
    const member = family?.members[this.draw.one % family.members.length]
    const other = family?.members[this.draw.other % family.members.length]
    if (family === undefined || member === undefined || other === undefined) return
    const fresh = id(10_000 + ++world.newcomers)
    const event = events[this.tag]({ draw: this.draw, family, member, other, today, fresh })
    const asOf = { appliesOn: today, knownOn: today }
    const planned = world.life.preview(family, event, asOf)
    if (Result.isFailure(planned)) {
      count(world, `refused ${event._tag}`)
      if (planned.failure.reasons.length === 0) throw new Error("Refused without a reason")
      return
    }
    const plan = planned.success
    const done = world.life.apply(family, plan)
    if (Result.isFailure(done)) throw new Error(`A plan that was just made is stale: ${event._tag}`)
    const applied = done.success
    const found = broken({ life: world.life, before: family, event, asOf, plan, applied }, world.asked)
    if (found.length > 0) throw new Error(`${event._tag}: ${found.join("; ")}`)

    count(world, event._tag)
    for (const { kind } of plan.changes) count(world, kind)
    for (const { entry } of plan.postings) {
      count(world, entry._tag)
      if (entry._tag === "Billed" || entry._tag === "Refunded") ledger.owed += entry.amount
    }
    if (event._tag === "Death") {
      ledger.dead.add(event.of)
      ledger.owed -= cancelledIn(family, event.of, event.diedOn)
    }
    world.closed += applied.closed.reduce((sum, { account }) => sum + (account === undefined ? 0 : net(account)), 0)
    world.families = world.families.flatMap((it, i) =>
      i === index ? [applied.family, ...(applied.parted === undefined ? [] : [applied.parted])] : [it]
    )
    agree(ledger, world)
  }

  toString() {
    return `${this.tag}(${JSON.stringify(this.draw)})`
  }
}

/** Whoever pays alone is billed for a month, and pays or does not. */
class MonthPasses implements fc.Command<Ledger, World> {
  readonly pays: number

  constructor(pays: number) {
    this.pays = pays
  }

  check() {
    return true
  }

  run(ledger: Ledger, world: World) {
    const today = PlainDate.startOfMonth(PlainDate.addMonths(world.today, 1))
    world.today = today
    world.families = world.families.map((family) =>
      changed(family, (member) => {
        const { membership } = member
        if (membership === undefined || !selfPaying(membership)) return member
        const month = Month.of(today)
        const account = member.account ?? Account.open(`${member.ref}:start`)
        const bill = { _tag: "Billed", month, on: today, amount: 35_000 } as const
        const billed = Account.post(account, bill)
        if (Result.isFailure(billed)) return member
        if (billed.success !== account) ledger.owed += bill.amount
        count(world, "a bill")
        if (this.pays % 3 === 0) return unpaid({ ...member, account: billed.success }, today)
        const amount = 35_000 * (this.pays % 4)
        const payment = { _tag: "Paid", on: today, amount, reference: `${member.ref} ${today}` } as const
        const paid = Account.post(billed.success, payment)
        if (Result.isFailure(paid)) return { ...member, account: billed.success }
        if (paid.success !== billed.success) ledger.owed -= amount
        count(world, "a payment")
        return covered({ ...member, account: paid.success }, today)
      })
    )
    agree(ledger, world)
  }

  toString() {
    return `Month(pays ${this.pays})`
  }
}

/** Somebody is admitted or goes home, or the hospitals stop answering. */
class Care implements fc.Command<Ledger, World> {
  readonly care: NonNullable<Family.Member["care"]>
  readonly draw: Draw

  constructor(care: NonNullable<Family.Member["care"]>, draw: Draw) {
    this.care = care
    this.draw = draw
  }

  check() {
    return true
  }

  run(_: Ledger, world: World) {
    world.families = world.families.map((family, i) =>
      i !== this.draw.family % world.families.length
        ? family
        : changed(family, (member) =>
            member === family.members[this.draw.one % family.members.length] ? { ...member, care: this.care } : member
          )
    )
  }

  toString() {
    return `Care(${this.care}, ${JSON.stringify(this.draw)})`
  }
}

export const draw: fc.Arbitrary<Draw> = fc.record({
  family: fc.nat(20),
  one: fc.nat(20),
  other: fc.nat(20),
  days: fc.nat(40),
  flag: fc.boolean(),
  third: fc.nat(9)
})

// A grace ends only in a family that is in one and past its day: it is asked for more often than the rest.
const rarelyInTime = ["GraceEnds", "GraceEnds", "GraceEnds"] as const

export const commands = (longest: number) =>
  fc.commands<Ledger, World>(
    [
      ...[...(Object.keys(events) as Array<LifeEvent.LifeEvent["_tag"]>), ...rarelyInTime].map((tag) =>
        draw.map((of) => new Happens(tag, of))
      ),
      fc.nat(11).map((pays) => new MonthPasses(pays)),
      fc
        .tuple(fc.constantFrom<NonNullable<Family.Member["care"]>>("in-treatment", "not-in-treatment", "unknown"), draw)
        .map(([care, of]) => new Care(care, of))
    ],
    { maxCommands: longest, size: "max" }
  )

// --- private ---

const count = (world: World, what: string) => void world.seen.set(what, (world.seen.get(what) ?? 0) + 1)

const changed = (family: Family.Family, by: (member: Family.Member) => Family.Member): Family.Family => ({
  ...family,
  revision: family.revision + 1,
  members: family.members.map(by)
})

const selfPaying = ({ segment, state }: Membership.Membership) =>
  (segment === "PBPU" || segment === "BP") &&
  (state === "ACTIVE" || state === "AWAITING_FIRST_PAYMENT" || state === "SUSPENDED_ARREARS")

const asOfDay = (today: PlainDate.PlainDate): Dated.AsOf => ({ appliesOn: today, knownOn: today })

const step = (member: Family.Member, trigger: Machine.Trigger, today: PlainDate.PlainDate): Family.Member => {
  const { membership } = member
  if (membership === undefined) return member
  const movement = Machine.move(
    Membership.moveOf(membership, trigger, member.care === undefined ? {} : { care: member.care }),
    asOfDay(today)
  )
  return movement._tag === "Moved" || movement._tag === "Waits"
    ? { ...member, membership: Membership.applied(membership, trigger, movement, { on: today }) }
    : member
}

const unpaid = (member: Family.Member, today: PlainDate.PlainDate) => step(member, "month-unpaid", today)

const covered = (member: Family.Member, today: PlainDate.PlainDate) =>
  step(step(member, "first-payment", today), "arrears-paid", today)

/** What bills of months after a death come to: those are taken back. */
const cancelledIn = (family: Family.Family, ref: Id.Id, diedOn: PlainDate.PlainDate): number => {
  const member = Family.find(family, ref)
  if (member?.account === undefined || member.membership === undefined) return 0
  return Account.statement(member.account, asOfDay(PlainDate.make("9999-01-01")))
    .months.filter(({ month }) => month > Month.of(diedOn))
    .reduce((sum, { due }) => sum + due, 0)
}

/** The world and what is reckoned apart say the same. */
const agree = (ledger: Ledger, world: World) => {
  let owed = world.closed
  const places = new Map<Id.Id, number>()
  for (const { members } of world.families) {
    for (const { account, facts, membership, ref } of members) {
      owed += account === undefined ? 0 : net(account)
      places.set(ref, (places.get(ref) ?? 0) + 1)
      if (ledger.dead.has(ref) !== (facts.deceased === true)) throw new Error(`${ref} is not dead as it should be`)
      if (facts.deceased === true && membership !== undefined && Machine.isLive(membership.state)) {
        throw new Error(`${ref} is dead and has an open membership`)
      }
    }
  }
  if (owed !== ledger.owed) throw new Error(`The families owe ${owed}, and should owe ${ledger.owed}`)
  for (const [ref, count_] of places) if (count_ !== 1) throw new Error(`${ref} is in ${count_} families`)
}
