import { assert, describe, it } from "@effect/vitest"
import * as Option from "effect/Option"
import * as Target from "../../src/sla/Target.ts"
import * as PlainDate from "../../src/time/PlainDate.ts"

const on = (date: string) => ({ appliesOn: PlainDate.make(date), knownOn: PlainDate.make(date) })
const read = (targets: Target.Targets, kind: Target.Kind, date: string) =>
  Target.at(targets, kind, on(date)).pipe(Option.map((_) => _.value))

describe("Target", () => {
  it("never calls the turnaround of a registration official", () => {
    for (const kind of ["registration", "change", "duplicate-review"] as const) {
      const entry = Option.getOrThrow(Target.at(Target.standard, kind, on("2026-07-01")))
      assert.strictEqual(entry.value.standing, "house")
      assert.strictEqual(entry.citation.confidence, "unverified")
    }
    assert.strictEqual(Option.getOrThrow(read(Target.standard, "complaint", "2026-07-01")).standing, "official")
  })

  it("stays the house's own when an office sets it, from its day on", () => {
    const targets = Target.withHouse(
      Target.standard,
      "registration",
      { unit: "working-minutes", amount: 450 },
      PlainDate.make("2026-08-01")
    )
    assert.deepStrictEqual(
      read(targets, "registration", "2026-07-31"),
      Option.some({ allowance: { unit: "working-days" as const, amount: 5 }, standing: "house" as const })
    )
    assert.deepStrictEqual(
      read(targets, "registration", "2026-08-01"),
      Option.some({ allowance: { unit: "working-minutes" as const, amount: 450 }, standing: "house" as const })
    )
    assert.deepStrictEqual(read(targets, "complaint", "2026-08-01"), read(Target.standard, "complaint", "2026-08-01"))
  })

  it("has no target before the scheme began", () => {
    assert.deepStrictEqual(read(Target.standard, "complaint", "2013-12-31"), Option.none())
  })
})
