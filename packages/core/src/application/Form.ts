/**
 * The form of a draft: who may write on it, how much it holds, and when it is closed.
 *
 * @since 0.1.0
 */
import { type Actor, label } from "../access/Actor.ts"
import type * as Draft from "../registration/Draft.ts"
import { FieldRefused } from "./Refusal.ts"

// --- rules ---

/**
 * @category rules
 * @since 0.1.0
 */
export const isHeldBy = (self: Draft.Draft, actor: Actor): boolean => label(self.holder) === label(actor)

/**
 * Whether it may still be changed at an instant.
 *
 * @category rules
 * @since 0.1.0
 */
export const isOpen = (self: Draft.Draft, now: number): boolean => self.state === "open" && now < self.expiresAt

/**
 * The draft with one field answered anew; an empty text takes the answer away. Gives the refusal when a
 * form would grow beyond what a row holds.
 *
 * @category rules
 * @since 0.1.0
 */
export const answered = (
  self: Draft.Draft,
  of: { readonly line: number; readonly field: string; readonly text: string }
): Draft.Draft | FieldRefused => {
  const refuse = (reason: FieldRefused["reason"], most: number) => new FieldRefused({ reason, most, line: of.line })
  if (!/^[a-z][a-z0-9_]*$/.test(of.field) || of.field.length > MOST.name) return refuse("NoSuchField", MOST.name)
  if (of.text.length > MOST.text) return refuse("TextTooLong", MOST.text)
  const before = self.lines.find((it) => it.line === of.line)
  const { [of.field]: _, ...others } = before?.fields ?? {}
  const fields = of.text === "" ? others : { ...others, [of.field]: of.text }
  if (Object.keys(fields).length > MOST.fields) return refuse("TooManyFields", MOST.fields)
  const lines = [...self.lines.filter((it) => it.line !== of.line), { line: of.line, fields }]
  if (lines.length > MOST.lines || !Number.isInteger(of.line)) return refuse("TooManyLines", MOST.lines)
  return { ...self, lines: lines.toSorted((a, b) => a.line - b.line) }
}

/**
 * The draft without one person.
 *
 * @category rules
 * @since 0.1.0
 */
export const without = (self: Draft.Draft, line: number): Draft.Draft => ({
  ...self,
  lines: self.lines.filter((it) => it.line !== line)
})

/**
 * Takes the code away: nobody goes on with a draft that has ended.
 *
 * @category rules
 * @since 0.1.0
 */
export const ended = (self: Draft.Draft, state: Draft.State): Draft.Draft => {
  const { code: _, ...rest } = self
  return { ...rest, state }
}

// --- private ---

// A row on the register, not a limit of the law: a family card of twenty, every column of a file.
const MOST = { lines: 20, fields: 60, text: 500, name: 40 }
