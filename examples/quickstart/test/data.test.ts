import { assert, describe, it } from "@effect/vitest"
import { Defects, IntakeFile } from "@kis/testkit"
import { readFileSync } from "node:fs"

const read = (name: string) => readFileSync(new URL(`../data/${name}`, import.meta.url), "utf8")

interface TruthFile {
  readonly options: IntakeFile.Options
  readonly rows: ReadonlyArray<IntakeFile.Truth>
}

describe("the data of this example", () => {
  const truth: TruthFile = JSON.parse(read("truth.json"))

  it("is what scripts/make-data.ts writes", () => {
    const file = IntakeFile.generate(truth.options)
    assert.isTrue(read("households.csv") === file.csv, "run scripts/make-data.ts")
    assert.deepStrictEqual(truth.rows, file.truth)
  })

  it("has at least 300 households, 1,000 people and 60 planted problems, of every kind", () => {
    const households = new Set(
      read("households.csv")
        .split("\n")
        .slice(1, -1)
        .map((line) => line.split(",")[0])
    )
    assert.isAtLeast(households.size, 300)
    assert.isAtLeast(truth.rows.length, 1000)
    const problems = truth.rows.filter(({ group }) => !["clean", "trap", "repaired"].includes(group))
    assert.isAtLeast(problems.length, 60)
    const kinds = new Set(truth.rows.map(({ kind }) => kind))
    assert.deepStrictEqual(
      Object.keys(Defects.expectations).filter((kind) => !kinds.has(kind as Defects.Kind)),
      []
    )
  })
})
