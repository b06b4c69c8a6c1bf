/**
 * Intake files of synthetic households, with planted defects and the truth about them.
 *
 * A file is a stream: {@link lines} gives one row after the other and holds a bounded
 * number of earlier ones, whatever the size. The same options give the same bytes.
 *
 * @since 0.1.0
 */
import type { Columns } from "@kis/core/intake"
import { PlainDate } from "@kis/core/time"
import * as fc from "fast-check"
import * as Defects from "./Defects.ts"
import * as Households from "./Households.ts"
import * as cells from "./internal/cells.ts"
import * as Dice from "./Dice.ts"
import * as planting from "./internal/planting.ts"
import type { Planted } from "./internal/soil.ts"

// --- models ---

/**
 * The file ends after the household that brings it to `households` or to `people` rows,
 * whichever is given; 100 households otherwise. `problems` is the share of rows that
 * defects are planted on, 0 to 0.3.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly seed: number
  readonly households?: number
  readonly people?: number
  readonly regionMix?: Households.RegionMix
  readonly problems?: number
  readonly today?: PlainDate.PlainDate
}

/**
 * What a register has to make of the row on a line. `original` is the line of the person
 * whom a duplicate repeats, or whose NIK it bears.
 *
 * @category models
 * @since 0.1.0
 */
export interface Truth extends Defects.Expectation {
  readonly line: number
  readonly kind: Defects.Kind
  readonly original?: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Line {
  readonly row: Columns.RawRow
  readonly csv: string
  readonly truth: Truth
}

/**
 * @category models
 * @since 0.1.0
 */
export interface IntakeFile {
  readonly rows: ReadonlyArray<Columns.RawRow>
  readonly csv: string
  readonly truth: ReadonlyArray<Truth>
}

// --- constructors ---

/**
 * The first line of the CSV: its columns by their canonical names.
 *
 * @category constructors
 * @since 0.1.0
 */
export const header: string = cells.csv(cells.columns)

/**
 * The rows of a file, one after the other.
 *
 * @example
 * for (const { csv } of IntakeFile.lines({ seed: 7, people: 100_000 })) process.stdout.write(`${csv}\n`)
 *
 * @category constructors
 * @since 0.1.0
 */
export function* lines(options: Options): Generator<Line> {
  const today = options.today ?? PlainDate.make("2026-11-24")
  const households = options.households ?? (options.people === undefined ? 100 : Infinity)
  const people = options.people ?? Infinity
  const numbers = Households.numbers()
  const plant = planting.make({ dice: Dice.make(options.seed), numbers, share: options.problems ?? 0.08, today })
  let line = 2
  let count = 0
  for (const household of sampled(options, today)) {
    for (const planted of plant(Households.renumber(household, numbers), line)) {
      yield lineOf(line++, planted)
    }
    if (++count >= households || line - 2 >= people) return
  }
}

/**
 * A whole file in memory.
 *
 * @category constructors
 * @since 0.1.0
 */
export const generate = (options: Options): IntakeFile => {
  const all = [...lines(options)]
  return {
    rows: all.map((line) => line.row),
    csv: [header, ...all.map((line) => line.csv), ""].join("\n"),
    truth: all.map((line) => line.truth)
  }
}

// --- arbitraries ---

/**
 * Small files, for properties: every one is a file that {@link generate} makes.
 *
 * @category arbitraries
 * @since 0.1.0
 */
export const file = (options: Omit<Options, "seed" | "households" | "people">): fc.Arbitrary<IntakeFile> =>
  fc
    .tuple(fc.integer(), fc.integer({ min: 1, max: 20 }))
    .map(([seed, households]) => generate({ ...options, seed, households }))

// --- private ---

const lineOf = (line: number, planted: Planted): Line => {
  const { fields, kind, original } = planted
  return {
    row: { line, fields },
    csv: cells.csv(cells.columns.map((column) => fields[column])),
    truth: { line, kind, ...Defects.expectations[kind], ...(original === undefined ? {} : { original }) }
  }
}

const chunk = 64

/** Households without end: fast-check's, unbiased, so that no age or place is more frequent than it should be. */
function* sampled(options: Options, today: PlainDate.PlainDate): Generator<Households.SyntheticHousehold> {
  const arbitrary = fc.noBias(Households.household({ today, regionMix: options.regionMix ?? "tangerang" }))
  const seeds = Dice.make(~options.seed)
  for (;;) yield* fc.sample(arbitrary, { seed: seeds.roll(2 ** 31), numRuns: chunk })
}
