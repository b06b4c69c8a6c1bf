import { assert, describe, it } from "@effect/vitest"
import { Columns } from "@kis/core/intake"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import * as Office from "../registration/Office.ts"

const garbage = fc.constantFrom(
  "",
  "???",
  "3,67105E+15",
  "31/02/1985",
  "0",
  "x".repeat(300),
  "Ω",
  "'",
  "-1",
  "ya",
  "\u0000",
  "\ud800"
)

/** The same people under other numbers: no unique key shows that they are here. */
const renumbered = (cells: Office.Cells): Office.Cells => ({
  ...cells,
  household: `${cells.household} again`,
  nik: (cells.nik ?? "").replace(/^997101/, "997203")
})

/**
 * Families in any order, some twice, some under other numbers, with cells replaced by whatever people
 * and spreadsheets make of them.
 */
const file = fc
  .array(
    fc.record({
      family: fc.integer({ min: 1, max: 6 }),
      again: fc.boolean(),
      cells: fc.dictionary(fc.constantFrom(...Columns.Column.literals), garbage, { maxKeys: 3 })
    }),
    { maxLength: 12 }
  )
  .map((parts) =>
    parts.flatMap(({ again, cells, family }) => {
      const members = Office.family(family, [cells])
      return again ? members.map(renumbered) : members
    })
  )

const run = (cells: ReadonlyArray<Office.Cells>, batchPeople: number) =>
  Effect.runPromise(Office.importing("digest", cells, batchPeople).pipe(Effect.provide(Office.layer)))

describe("Bulk", () => {
  it("gives every line that was read exactly one end", () =>
    fc.assert(
      fc.asyncProperty(file, async (cells) => {
        const { lines, tally } = await run(cells, 5)
        assert.deepStrictEqual(
          lines.map((it) => it.outcome.line),
          cells.map((_, i) => i + 2)
        )
        assert.strictEqual(tally.read, cells.length)
        assert.strictEqual(tally.read, tally.registered + tally.already + tally.review + tally.rejected)
      }),
      { numRuns: 60 }
    ))

  it("does not depend on where the file was cut into commits", () =>
    fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 1, max: 8 }), async (cells, batchPeople) => {
        const kinds = (of: Awaited<ReturnType<typeof run>>) => of.lines.map((it) => it.outcome._tag)
        assert.deepStrictEqual(kinds(await run(cells, batchPeople)), kinds(await run(cells, 250)))
      }),
      { numRuns: 60 }
    ))
})
