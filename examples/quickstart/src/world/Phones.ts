/**
 * The phones of the demonstration: what each does with a message. A phone knows what is written in
 * the messages that it gets, and nothing else.
 *
 * Most answer at once. Some answer when the code has long run out, some send wrong digits, some ask for a
 * code and forget about it, some never answer, some are switched off. A family phone goes from hand
 * to hand: two people ask at the same time.
 */
import * as Chance from "./Chance.ts"

// --- models ---

/** A line of the outbox file. */
export interface Received {
  readonly id: string
  readonly to: string
  readonly text: string
}

/** A line of the inbox file. */
export type Line =
  | { readonly id: string; readonly status: "delivered" | "read" | "failed" }
  | { readonly from: string; readonly text: string }

/** Something that a phone does a while after it got a message. Milliseconds. */
export interface Act {
  readonly after: number
  readonly line: Line
}

export type Habit = "prompt" | "family" | "late" | "wrong" | "forgetful" | "silent" | "off"

export interface Options {
  readonly seed: string
  /** How long after a code the late ones answer: longer than it lives. Milliseconds. */
  readonly lateAfter: number
  /** The first messages are read within this time. Milliseconds. */
  readonly within: number
}

// --- reading ---

/** What kind of owner a number has. It never changes. */
export const habitOf = (seed: string, phone: string): Habit =>
  Chance.pick(Chance.of(seed, `habit ${phone}`), [
    ["prompt", 58],
    ["family", 8],
    ["late", 9],
    ["wrong", 7],
    ["forgetful", 6],
    ["silent", 9],
    ["off", 3]
  ])

/** What a phone does with a message. */
export const actsOn = (received: Received, options: Options): ReadonlyArray<Act> => {
  const { id, text, to } = received
  const habit = habitOf(options.seed, to)
  const chance = (question: string) => Chance.of(options.seed, `${question} ${to} ${text}`)
  if (habit === "off") return [{ after: 200, line: { id, status: "failed" } }]
  const code = codeIn(text)
  const seen = code === undefined ? chance("seen") * options.within : chance("seen") * 500
  const receipts: ReadonlyArray<Act> = [
    { after: seen / 2, line: { id, status: "delivered" } },
    ...(chance("reads") < 0.4 ? [{ after: seen, line: { id, status: "read" } } as const] : [])
  ]
  return [
    ...receipts,
    ...(code === undefined ? toNotice(text, to, habit, seen) : toCode(code, to, habit, seen, options))
  ]
}

// --- private ---

const toNotice = (text: string, from: string, habit: Habit, seen: number): ReadonlyArray<Act> => {
  const reply = replyAskedFor(text)
  if (reply === undefined || habit === "silent") return []
  const say = (after: number, text: string): Act => ({ after, line: { from, text } })
  return habit === "family" ? [say(seen, reply), say(seen + 150, reply.toLowerCase())] : [say(seen, reply)]
}

const toCode = (code: string, from: string, habit: Habit, seen: number, { lateAfter }: Options): ReadonlyArray<Act> => {
  const send = (after: number, text: string): Act => ({ after: seen + after, line: { from, text } })
  switch (habit) {
    case "prompt":
      return [send(300, code)]
    case "family":
      return [send(500, `${code.slice(0, 3)} ${code.slice(3)}`)]
    case "late":
      return [send(lateAfter, code)]
    case "wrong":
      return [send(300, otherThan(code)), send(900, otherThan(otherThan(code)))]
    default:
      return []
  }
}

/** What a message asks its reader to send back. */
const replyAskedFor = (text: string): string | undefined => /Balas (KODE [0-9A-F]{8})/.exec(text)?.[1]

const codeIn = (text: string): string | undefined => /^(\d{6}) adalah kode/.exec(text)?.[1]

const otherThan = (code: string): string => String((Number(code) + 111_111) % 1_000_000).padStart(6, "0")
