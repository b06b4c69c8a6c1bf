import { assert, describe, it } from "@effect/vitest"
import { Region, Segment } from "@kis/core/identity"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { render } from "../../src/report/Report.ts"
import { evidenceFields, phoneEnds, type ReportData } from "../../src/report/ReportData.ts"
import { sample } from "./sample.ts"

const day = PlainDate.make

const withRegions = <A>(use: (show: (data: ReportData) => string) => A) =>
  Effect.map(Region.Regions, (regions) => use((data) => render(data, regions))).pipe(Effect.provide(Region.layer))

/** The names of tags that are open where one is closed that is not theirs; empty when all is well. */
const misnested = (page: string): ReadonlyArray<string> => {
  const open: Array<string> = []
  for (const [, closing, name = "", alone] of page.matchAll(/<(\/?)([a-zA-Z][\w-]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (alone === "/") continue
    if (closing === "") open.push(name)
    else if (open.pop() !== name) return [...open, name]
  }
  return open
}

const matches = (page: string, pattern: RegExp) => Array.from(page.matchAll(pattern), (it) => it[1] ?? "")

const demandSound = (page: string) => {
  assert.deepStrictEqual(misnested(page), [])
  assert.notMatch(page, /NaN|Infinity|undefined|\[object/)
  const ids = matches(page, / id="([^"]+)"/g)
  assert.strictEqual(new Set(ids).size, ids.length, "an id twice")
  for (const named of matches(page, /aria-labelledby="([^"]+)"/g)) {
    for (const id of named.split(" ")) assert.include(ids, id)
  }
}

const count = fc.nat(3_000)
const district = fc.option(fc.constantFrom("367101", "367105", "320101", "940101", "999999"), { nil: undefined })
const date = fc.integer({ min: -3, max: 400 }).map((days) => PlainDate.addDays(day("2026-11-24"), days))

const reportData: fc.Arbitrary<ReportData> = fc.record({
  on: date,
  offices: fc.array(fc.string(), { maxLength: 3 }),
  rules: fc.array(fc.string(), { maxLength: 2 }),
  tally: fc.record({ read: count, registered: count, already: count, review: count, rejected: count }),
  people: fc.array(
    fc.record({
      segment: fc.constantFrom(...Segment.Segment.literals),
      state: fc.constantFrom("ACTIVE" as const, "AWAITING_FIRST_PAYMENT" as const, "PENDING_VERIFICATION" as const),
      district,
      count
    }),
    { maxLength: 12 }
  ),
  refusals: fc.uniqueArray(
    fc.record({
      field: fc.option(fc.constantFrom("nik", "family_card", "name", "wage", "unread"), { nil: undefined }),
      code: fc.oneof(fc.constantFrom("NikLength", "FieldMissing", "ChoiceUnknown", "PrivateWorker"), fc.string()),
      count
    }),
    { selector: ({ code, field }) => `${field} ${code}`, maxLength: 14 }
  ),
  duplicates: fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom("one-person" as const, "two-persons" as const),
      count,
      evidence: fc.array(
        fc.record({ field: fc.constantFrom(...evidenceFields), level: fc.constantFrom("same", "slip", "odd"), count })
      )
    }),
    { selector: (it) => it.kind }
  ),
  messages: fc.array(
    fc.record({
      template: fc.constantFrom("registered-active" as const, "one-time-code" as const),
      state: fc.constantFrom("waiting" as const, "delivered" as const, "failed" as const),
      count
    }),
    { maxLength: 5 }
  ),
  phones: fc
    .tuple(count, count, count, count, count, count)
    .map(([verified, wrong, late, silent, open, never]) => ({ verified, wrong, late, silent, open, never })),
  clocks: fc.array(
    fc.record({
      kind: fc.constantFrom("registration" as const, "complaint" as const),
      standing: fc.constantFrom("official" as const, "house" as const),
      opened: date,
      due: date,
      estimate: fc.boolean(),
      count
    }),
    { maxLength: 4 }
  ),
  checks: fc.array(
    fc.record({ name: fc.constantFrom("lines" as const, "codes" as const), left: count, right: count }),
    {
      maxLength: 3
    }
  )
})

const empty: ReportData = {
  ...sample,
  people: [],
  refusals: [],
  duplicates: [],
  messages: [],
  phones: { verified: 0, wrong: 0, late: 0, silent: 0, open: 0, never: 0 },
  clocks: []
}

describe("the report", () => {
  it.effect("is one file that needs nothing else", () =>
    withRegions((show) => {
      const page = show(sample).replaceAll('xmlns="http://www.w3.org/2000/svg"', "")
      assert.notMatch(page, /https?:|<script|<link|<img|<iframe|\ssrc=|url\(|@import|@font-face|\son\w+=/i)
    })
  )

  it.effect("is well formed, whatever was counted", () =>
    withRegions((show) => {
      demandSound(show(sample))
      demandSound(show(empty))
      fc.assert(
        fc.property(reportData, (data) => demandSound(show(data))),
        { numRuns: 60 }
      )
    })
  )

  it.effect("has words for every picture and the numbers behind it, in both languages", () =>
    withRegions((show) => {
      const page = show(sample)
      const sections = page.split("<section ").slice(1)
      assert.lengthOf(sections, 9)
      for (const section of sections) {
        assert.match(section, /<h2[^>]*>[^<]+<span lang="en">[^<]+<\/span><\/h2>/)
        const pictures = section.split("<svg ").slice(1)
        for (const picture of pictures) assert.match(picture, /^[^>]*role="img"[^>]*><title[^>]+>[^<]+<\/title><desc/)
        const hasNumbers = /<table/.test(section) || /<ul class="ends">/.test(section)
        assert.isTrue(hasNumbers)
      }
    })
  )

  it.effect("says so when a total does not add up", () =>
    withRegions((show) => {
      assert.notInclude(show(sample), "✗")
      assert.include(show({ ...sample, checks: [{ name: "lines", left: 2, right: 3 }] }), "✗")
    })
  )

  it.effect("lets no cell become a part of the page", () =>
    withRegions((show) => {
      const page = show({
        ...sample,
        offices: ['<script>alert("x")</script>'],
        refusals: [{ field: "</svg><u>", code: '" onload="x', count: 1 }]
      })
      demandSound(page)
      assert.notMatch(page, /<script|<u>|\sonload="/)
    })
  )

  it.effect("names no place of few people", () =>
    withRegions((show) => {
      const place = (district: string, count: number) =>
        ({ segment: "PBI-JK", state: "ACTIVE", district, count }) as const
      const page = show({ ...sample, people: [place("367105", 90), place("367101", 4), place("940101", 3)] })
      assert.include(page, ">Cipondoh<")
      assert.notInclude(page, ">Tangerang<")
      assert.notInclude(page, ">Papua Tengah<")
      assert.include(page, "2 tempat lain")
    })
  )

  it.effect("draws each stretch as long as its count", () =>
    withRegions((show) => {
      const people = [
        { segment: "PBPU", state: "ACTIVE", district: undefined, count: 300 },
        { segment: "BP", state: "ACTIVE", district: undefined, count: 100 }
      ] as const
      const picture =
        show({ ...sample, people })
          .split('id="segments-large-desc"')[1]
          ?.split("</svg>")[0] ?? ""
      const [longest = 0, shorter = 0] = matches(picture, /width="([\d.]+)"[^>]*class="fill-green"/g).map(Number)
      assert.closeTo((longest + 1.5) / (shorter + 1.5), 3, 0.01)
    })
  )

  it("counts phones under every end", () => {
    assert.sameMembers(Object.keys(sample.phones), [...phoneEnds])
  })
})
