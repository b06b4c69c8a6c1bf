import { assert, describe, it } from "@effect/vitest"
import { Columns } from "@kis/core/intake"
import { StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
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

/** Gives others a turn, so often as the numbers say in turn. */
const paceOf = (turns: ReadonlyArray<number>) => {
  let at = 0
  return Effect.suspend(() => Effect.repeat(Effect.yieldNow, { times: turns[at++ % turns.length] ?? 0 }))
}

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

  it("does not depend on which commits of a slow store overlap", () =>
    fc.assert(
      fc.asyncProperty(
        file,
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.nat(12), { minLength: 1, maxLength: 9 }),
        async (cells, batchPeople, turns) => {
          const kinds = (of: Awaited<ReturnType<typeof run>>) => of.lines.map((it) => it.outcome._tag)
          const slow = Effect.provide(Office.importing("digest", cells, batchPeople), Office.layerPaced(paceOf(turns)))
          assert.deepStrictEqual(kinds(await Effect.runPromise(slow)), kinds(await run(cells, 250)))
        }
      ),
      { numRuns: 40 }
    ))

  it("reads on while a commit is under way, and tells of commits in order", async () => {
    const cells = Array.from({ length: 5 }, (_, i) => Office.family(i + 1)).flat()
    let atOnce = 0
    let most = 0
    const pace = Effect.andThen(
      Effect.sync(() => (most = Math.max(most, ++atOnce))),
      Effect.andThen(
        Effect.sleep("2 millis"),
        Effect.sync(() => void atOnce--)
      )
    )
    const told = await Effect.runPromise(Effect.provide(Office.importing("digest", cells, 2), Office.layerPaced(pace)))
    assert.strictEqual(most, 2)
    assert.deepStrictEqual(
      told.lines.map((it) => it.outcome.line),
      cells.map((_, i) => i + 2)
    )
  })

  it("goes on after a store that failed in the middle as if it had not", async () => {
    const cells = [1, 2, 3].flatMap((it) => [...Office.family(it), ...Office.family(it).map(renumbered)])
    const whole = await run(cells, 250)
    for (let left = 1; left < 24; left++) {
      let until = Infinity
      const pace = Effect.suspend(() =>
        --until === 0 ? StorageError.of(new StorageError.TooLarge({ items: 2, limit: 1 })) : Effect.sleep(0)
      )
      const told = Effect.gen(function* () {
        until = left
        const first = yield* Effect.exit(Office.importing("digest", cells, 2))
        assert.isTrue(Exit.isFailure(first), `cut at ${left}`)
        return yield* Office.importing("digest", cells, 2)
      })
      const { lines, tally } = await Effect.runPromise(Effect.provide(told, Office.layerPaced(pace)))
      assert.deepStrictEqual(tally, whole.tally, `cut at ${left}`)
      assert.deepStrictEqual(
        lines.map((it) => it.outcome._tag),
        whole.lines.map((it) => it.outcome._tag),
        `cut at ${left}`
      )
    }
  })
})
