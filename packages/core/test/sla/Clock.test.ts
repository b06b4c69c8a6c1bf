import { assert, describe, it } from "@effect/vitest"
import * as WorkCalendar from "../../src/calendar/WorkCalendar.ts"
import * as Clock from "../../src/sla/Clock.ts"
import * as Id from "../../src/storage/Id.ts"
import * as PlainDate from "../../src/time/PlainDate.ts"

const calendar = WorkCalendar.office("WIB")
const at = (date: string, minute: number) => PlainDate.toEpochMillis(PlainDate.make(date), "WIB", minute)
const subject = Id.Id.make("01900000-0000-7000-8000-000000000001")
const started = Clock.start(
  { subject, kind: "registration", office: "0903", at: at("2025-12-23", 600) },
  { allowance: { unit: "working-days", amount: 5 }, standing: "house" },
  calendar
)

describe("Clock", () => {
  it("is due by the office's calendar, over Christmas and its joint leave", () => {
    // Wed 24, Mon 29, Tue 30, Wed 31 December, then Fri 2 January.
    assert.strictEqual(started.dueAt, at("2026-01-02", 990))
    assert.isFalse(started.estimate)
    assert.strictEqual(started.standing, "house")
  })

  it("is met at the due time and late a millisecond after it", () => {
    assert.strictEqual(Clock.stop(started, started.dueAt).state, "met")
    assert.strictEqual(Clock.stop(started, started.dueAt + 1).state, "late")
  })

  it("is closed once: a second answer changes nothing", () => {
    const closed = Clock.stop(started, started.dueAt)
    assert.strictEqual(Clock.stop(closed, started.dueAt + 1), closed)
  })
})
