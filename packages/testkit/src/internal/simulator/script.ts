/** What is done to a register, in order, as data: the same seed gives the same script. */
import type { LifeEvent } from "@kis/core/membership"
import * as Dice from "../../Dice.ts"

// --- models ---

/** Numbers that a life event is made of. */
export interface Draw {
  readonly one: number
  readonly other: number
  readonly flag: boolean
  readonly third: number
}

export type Deed =
  | { readonly _tag: "Register"; readonly house: number; readonly stranger: boolean; readonly key: string }
  | { readonly _tag: "Enrol"; readonly house: number }
  | { readonly _tag: "Bill"; readonly house: number; readonly month: number }
  | { readonly _tag: "Pay"; readonly house: number; readonly amount: number }
  | { readonly _tag: "FirstPay"; readonly house: number; readonly person: number }
  | { readonly _tag: "Withdraw"; readonly house: number; readonly line: number }
  | { readonly _tag: "Live"; readonly house: number; readonly event: LifeEvent.LifeEvent["_tag"]; readonly draw: Draw }
  | { readonly _tag: "Admit" | "Discharge"; readonly house: number; readonly person: number }
  | { readonly _tag: "Look"; readonly house: number }
  | { readonly _tag: "Dispatch" | "Remind" | "Verify" }
  | { readonly _tag: "Wait"; readonly millis: number }
  | { readonly _tag: "Crash"; readonly machine: number }

/** `client` gives it, one after another; `number` is its place in the whole script. */
export type Command = Deed & { readonly number: number; readonly client: number }

// --- constructors ---

export const HOUSES = 8
export const MACHINES = 2
export const CLIENTS = 4

/** The machine that a client works on. */
export const machineOf = (client: number): number => client % MACHINES

export const write = (seed: number, length: number): ReadonlyArray<Command> => {
  const dice = Dice.make(Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995)
  return Array.from({ length }, (_, number) => ({ ...deed(dice, number), number, client: dice.roll(CLIENTS) }))
}

/** A command in a few words. */
export const show = (command: Command): string => {
  const { _tag, client, number, ...rest } = command
  return `#${number} client ${client} ${_tag} ${JSON.stringify(rest)}`
}

// --- private ---

const events: readonly [LifeEvent.LifeEvent["_tag"], ...ReadonlyArray<LifeEvent.LifeEvent["_tag"]>] = [
  "Birth",
  "Adoption",
  "Marriage",
  "Divorce",
  "Death",
  "ChildTurns",
  "NewJob",
  "NewJob",
  "Dismissal",
  "Dismissal",
  "GraceEnds",
  "Retirement",
  "Move",
  "PbiDecree",
  "PbiDecree",
  "StartsSelfPay",
  "FactsCorrected",
  "CareEnds"
]

const SECOND = 1_000
const DAY = 86_400 * SECOND

const deed = (dice: Dice.Dice, number: number): Deed => {
  const thrown = dice.roll(100)
  const house = dice.roll(HOUSES)
  // a register begins empty: at first most of what comes is new
  if (thrown < (number < 40 ? 40 : 8)) {
    const stranger = dice.roll(4) === 0
    return { _tag: "Register", house, stranger, key: `reg-${house}-${stranger ? "s" : "o"}${dice.roll(2)}` }
  }
  if (thrown < (number < 40 ? 65 : 16)) return { _tag: "Enrol", house }
  if (thrown < 44) {
    const draw = { one: dice.roll(20), other: dice.roll(20), flag: dice.roll(2) === 0, third: dice.roll(10) }
    return { _tag: "Live", house, event: dice.pick(events), draw }
  }
  if (thrown < 49) return { _tag: "Bill", house, month: dice.roll(6) }
  if (thrown < 54) return { _tag: "Look", house }
  if (thrown < 60) return { _tag: "Pay", house, amount: (dice.roll(6) + 1) * 35_000 }
  if (thrown < 63) return { _tag: "FirstPay", house, person: dice.roll(3) }
  if (thrown < 64) return { _tag: "Withdraw", house, line: dice.roll(3) }
  if (thrown < 66) return { _tag: dice.roll(2) === 0 ? "Remind" : "Verify" }
  if (thrown < 76) return { _tag: dice.roll(3) === 0 ? "Discharge" : "Admit", house, person: dice.roll(3) }
  if (thrown < 88) return { _tag: "Dispatch" }
  if (thrown < 98) return { _tag: "Wait", millis: dice.roll(4) === 0 ? dice.roll(10 * DAY) : dice.roll(120 * SECOND) }
  return { _tag: "Crash", machine: dice.roll(MACHINES) }
}
