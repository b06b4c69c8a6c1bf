import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { readFile } from "node:fs/promises"
import { generate } from "../../scripts/regions.ts"
import * as Region from "../../src/identity/Region.ts"

const name = (region: Option.Option<Region.Region>) => Option.getOrNull(Option.map(region, (_) => _.name))

describe("Regions", () => {
  it.effect("has 38 provinces, 514 regencies and 7,285 districts", () =>
    Effect.gen(function* () {
      const regions = yield* Region.Regions
      const regencies = regions.provinces.flatMap((province) => regions.regencies(province.code))
      const districts = regencies.flatMap((regency) => regions.districts(regency.code))
      assert.deepStrictEqual([regions.provinces.length, regencies.length, districts.length], [38, 514, 7285])
      const cities = regencies.filter((regency) => Number(regency.code.slice(2)) > 70)
      assert.deepStrictEqual([regencies.length - cities.length, cities.length], [416, 98])
      for (const district of districts) assert.deepStrictEqual(regions.find(district.code), Option.some(district))
    }).pipe(Effect.provide(Region.layer))
  )

  it.effect("lists the districts of Kota Tangerang in the ministry's order", () =>
    Effect.gen(function* () {
      const regions = yield* Region.Regions
      const districts = regions.districts(Region.RegencyCode.make("3671"))
      assert.deepStrictEqual(
        districts.map((_) => _.name),
        [
          "Tangerang",
          "Jatiuwung",
          "Batuceper",
          "Benda",
          "Cipondoh",
          "Ciledug",
          "Karawaci",
          "Periuk",
          "Cibodas",
          "Neglasari",
          "Pinang",
          "Karang Tengah",
          "Larangan"
        ]
      )
      assert.strictEqual(name(regions.find("36.71.05")), "Cipondoh")
      assert.strictEqual(name(regions.find("3671")), "Kota Tangerang")
      assert.strictEqual(name(regions.find("36")), "Banten")
    }).pipe(Effect.provide(Region.layer))
  )

  it.effect("province 99 is known to the test layer only", () =>
    Effect.gen(function* () {
      const real = yield* Region.Regions.pipe(Effect.provide(Region.layer))
      const test = yield* Region.Regions.pipe(Effect.provide(Region.layerTest))
      assert.isNull(name(real.find("99")))
      assert.strictEqual(name(test.find("990101")), "Sukacontoh 1-1")
      assert.strictEqual(name(test.find("367105")), "Cipondoh")
    })
  )

  it("the generated module is what the script writes", async () => {
    const committed = await readFile(
      new URL("../../src/identity/internal/regions.generated.ts", import.meta.url),
      "utf8"
    )
    assert.isTrue(committed === generate(), "run scripts/regions.ts in packages/core")
  })
})
