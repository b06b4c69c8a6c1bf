import { assert, describe, it } from "@effect/vitest"
import { Steps } from "@kis/core/application"
import { Segment } from "@kis/core/identity"
import { Columns } from "@kis/core/intake"
import { Draft } from "@kis/core/registration"
import { PlainDate } from "@kis/core/time"
import * as Schema from "effect/Schema"
import * as Office from "../registration/Office.ts"

const today = PlainDate.make("2026-02-10")
const asOf = { appliesOn: today, knownOn: today }
const isColumn = Schema.is(Columns.Column)

const family = Office.rowsOf(Office.family(1, [{}, {}])).map((row) => ({
  ...row,
  fields: { ...row.fields, facility: "0903F001" }
}))

const without = (field: string) =>
  family.map((row) => {
    const { [field]: _, ...fields } = row.fields as Record<string, string>
    return { ...row, fields }
  })

describe("Steps", () => {
  it("ask for columns of an intake file", () => {
    for (const path of Draft.Path.literals) {
      for (const id of Steps.of(path)) {
        const { asks, needs } = Steps.step(id)
        for (const field of [...asks, ...needs.flat()]) {
          assert.isTrue(isColumn(field), `${id}: ${field}`)
        }
        assert.notStrictEqual(Steps.text(id, "id"), "")
        assert.notStrictEqual(Steps.text(id, "en"), Steps.text(id, "id"))
      }
    }
  })

  it("lead everybody somewhere: each segment has a path, and each path an action to begin with", () => {
    const paths = new Set(Segment.Segment.literals.map((segment) => Steps.pathOf({ segment })))
    paths.add(Steps.pathOf({ segment: "PBPU", newborn: true }))
    paths.add(Steps.pathOf({ segment: "PPU-BU", foreign: true }))
    assert.deepStrictEqual([...paths].toSorted(), [...Draft.Path.literals].toSorted())
    for (const path of Draft.Path.literals) assert.isNotEmpty(Steps.actionsOf(path))
  })

  it("end when every need is answered, and name what is missing by line", () => {
    assert.strictEqual(Steps.next("self-pay", family, asOf), undefined)
    assert.strictEqual(Steps.next("self-pay", [], asOf), "household")
    const needed = new Set(
      Steps.of("self-pay").flatMap((id) => (id === "auto-debit" ? [] : Steps.step(id).needs.flat()))
    )
    for (const field of needed) {
      const missing = Steps.missing("self-pay", without(field), asOf)
      const lines = Steps.of("self-pay").flatMap((id) => {
        const { each, needs } = Steps.step(id)
        return needs.flat().includes(field) ? [each ? family.map((it) => it.line) : [family[0]?.line]] : []
      })
      assert.deepStrictEqual(
        missing.map((it) => it.line),
        lines.flat().map(Number),
        field
      )
      assert.isTrue(missing.every((it) => it.fields.includes(field)))
    }
  })

  it("ask for auto-debit in the classes of the policy, however the class is written", () => {
    const asked = (cell: string) => {
      const lines = family.map((row) => ({ ...row, fields: { ...row.fields, class: cell } }))
      return Steps.next("self-pay", lines, asOf) === "auto-debit"
    }
    for (const cell of ["1", "2", "I", "kelas II", "Kelas 1"]) assert.isTrue(asked(cell), cell)
    for (const cell of ["3", "III", "kelas iii"]) assert.isFalse(asked(cell), cell)
  })

  it("take either list of a government", () => {
    const lines = (fields: Record<string, string>) => [{ line: 1, fields }]
    const steps = (fields: Record<string, string>) => Steps.missing("listed", lines(fields), asOf).map((it) => it.step)
    assert.include(steps({}), "list")
    assert.notInclude(steps({ pbi_decree: "ya" }), "list")
    assert.notInclude(steps({ local_scheme: "ya" }), "list")
  })
})
