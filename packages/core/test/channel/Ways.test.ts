import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import * as fc from "fast-check"
import * as WorkCalendar from "../../src/calendar/WorkCalendar.ts"
import * as Channel from "../../src/channel/Channel.ts"
import * as Ways from "../../src/channel/Ways.ts"
import { ActionId } from "../../src/policy/ActionId.ts"
import { Citation } from "../../src/policy/Citation.ts"
import { addDays, make as day } from "../../src/time/PlainDate.ts"

const actions: ReadonlyArray<ActionId> = ActionId.literals
const jakarta = WorkCalendar.office("WIB")

describe("Ways", () => {
  it("has, for every step on every date, a way without a smartphone", () => {
    const from = day("2014-01-01")
    for (let offset = 0; offset <= 365 * 16; offset++) {
      const on = addDays(from, offset)
      for (const action of actions) {
        const way = Ways.withoutSmartphone(action, on)
        assert.isDefined(way, `${action} on ${on}`)
        assert.include(["phone", "visit"], way!.needs)
      }
    }
  })

  it("has one in any century, with or without a calendar", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...actions),
        fc.integer({ min: 0, max: 73_000 }),
        fc.boolean(),
        (action, offset, official) => {
          const on = addDays(day("1950-01-01"), offset)
          const way = Ways.withoutSmartphone(action, on, official ? jakarta : undefined)
          assert.isTrue(way !== undefined && Channel.isOpenToAll(way.channel))
        }
      )
    )
  })

  it("has, for what cannot wait for office hours, a line that answers at any hour", () => {
    const saturday = day("2026-11-28")
    for (const action of ["check-status", "complete-facts", "report-duplicate", "object"] as const) {
      assert.strictEqual(Ways.waysFor(action, saturday)[0]!.opening._tag, "AllDay", action)
    }
  })

  it("puts what is open on the day first, and says when it is", () => {
    const tuesday = Ways.waysFor("report-duplicate", day("2026-11-24"))
    assert.deepStrictEqual(tuesday.at(-1), {
      channel: "pandawa",
      needs: "smartphone",
      opening: { _tag: "Hours", from: 480, to: 900 }
    })
    const saturday = Ways.waysFor("report-duplicate", day("2026-11-28"))
    assert.strictEqual(saturday[0]!.channel, "care-center-165")
    assert.deepStrictEqual(saturday.find((way) => way.channel === "branch")!.opening, { _tag: "Closed" })
  })

  it("knows an office's holidays from its calendar", () => {
    const independence = day("2026-08-17")
    assert.strictEqual(Ways.waysFor("propose-for-pbi", independence)[0]!.opening._tag, "OfficeHours")
    assert.strictEqual(Ways.waysFor("propose-for-pbi", independence, jakarta)[0]!.opening._tag, "Closed")
  })

  it("offers no channel before it existed", () => {
    const channels = (on: string) => Ways.waysFor("register-self-pay", day(on)).map((way) => way.channel)
    assert.notInclude(channels("2018-03-11"), "mobile-jkn")
    assert.include(channels("2018-03-12"), "mobile-jkn")
    assert.notInclude(channels("2020-12-31"), "pandawa")
    assert.include(channels("2021-01-01"), "pandawa")
  })

  it("describes a way in both languages", () => {
    const pandawa = Ways.waysFor("report-duplicate", day("2026-11-24")).find((way) => way.channel === "pandawa")!
    assert.strictEqual(Ways.describe(pandawa, "id"), "PANDAWA (WhatsApp), 0811-8165-165, 08.00-15.00")
    const call = Ways.waysFor("check-status", day("2026-11-24")).find((way) => way.channel === "care-center-165")!
    assert.strictEqual(Ways.describe(call, "en"), "Care Center 165, 24 hours")
  })

  it("says what each step is, in both languages, under a citation for each channel", () => {
    for (const action of actions) {
      assert.isAbove(Ways.step(action, "id").length, 20)
      assert.isAbove(Ways.step(action, "en").length, 20)
    }
    for (const id of Channel.ids) {
      assert.isTrue(Schema.is(Citation)(Channel.get(id).citation), id)
      assert.isTrue(actions.some((action) => Ways.waysFor(action, day("2026-01-05")).some((way) => way.channel === id)))
    }
  })
})
