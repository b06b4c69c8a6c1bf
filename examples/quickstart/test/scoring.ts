/**
 * What a register made of a generated file, held against what was planted in it.
 */
import { type Outcome } from "@kis/core/registration"
import type { Defects, IntakeFile } from "@kis/testkit"

export interface Score {
  /** Lines of each group, and those of them that came to an end that is right. */
  readonly groups: ReadonlyMap<Defects.Group, { readonly lines: number; readonly right: number }>
  /** Clean people, traps and repaired rows that were held although nothing is wrong with them. */
  readonly heldWrongly: number
  readonly wellMeant: number
  /** One sentence for each line that came to a wrong end: kinds and ends, no content. */
  readonly misses: ReadonlyArray<string>
}

const ends: Record<Outcome.Told["_tag"], Defects.Outcome> = {
  Registered: "registered",
  Already: "already",
  Held: "review",
  Received: "review",
  Rejected: "rejected"
}

export const scoreOf = (truth: ReadonlyArray<IntakeFile.Truth>, outcomes: ReadonlyArray<Outcome.Told>): Score => {
  const byLine = new Map(outcomes.map((outcome) => [outcome.line, ends[outcome._tag]]))
  const groups = new Map<Defects.Group, { lines: number; right: number }>()
  const misses: Array<string> = []
  let heldWrongly = 0
  let wellMeant = 0
  for (const { also, group, kind, line, outcome } of truth) {
    const end = byLine.get(line)
    const right = end === outcome || end === also
    const seen = groups.get(group) ?? { lines: 0, right: 0 }
    groups.set(group, { lines: seen.lines + 1, right: seen.right + (right ? 1 : 0) })
    if (["clean", "trap", "repaired"].includes(group)) {
      wellMeant++
      if (end === "review") heldWrongly++
    }
    if (!right) misses.push(`line ${line}, ${kind}: ${end ?? "no end"} instead of ${outcome}`)
  }
  return { groups, heldWrongly, wellMeant, misses }
}

/** The figures in one line. */
export const figures = (score: Score): string =>
  [
    ...[...score.groups].map(([group, { lines, right }]) => `${group} ${right}/${lines}`),
    `held wrongly ${score.heldWrongly}/${score.wellMeant}`
  ].join(", ")

export const share = (score: Score, group: Defects.Group): number => {
  const seen = score.groups.get(group)
  return seen === undefined ? Number.NaN : seen.right / seen.lines
}
