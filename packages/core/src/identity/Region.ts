/**
 * Provinces, regencies and districts by the codes of the Ministry of Home Affairs
 * (Kepmendagri 300.2.2-2138/2025 as amended by 300.2.2-2430/2025). These are not the
 * codes of the statistics office (BPS), which look alike and differ.
 *
 * The names are data of `idn-area-data` 4.0.1 (Open Database License 1.0) and are loaded
 * only when {@link layer} is built, so that programs which never ask for them stay small.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

// --- models ---

/**
 * Two digits, "36" for Banten.
 *
 * @category models
 * @since 0.1.0
 */
export const ProvinceCode = Schema.String.check(
  Schema.isPattern(/^\d{2}$/, { message: "expected the 2 digits of a province code" })
).pipe(Schema.brand("ProvinceCode"))

/**
 * @category models
 * @since 0.1.0
 */
export type ProvinceCode = typeof ProvinceCode.Type

/**
 * Four digits, "3671" for Kota Tangerang. The last two are 01 to 69 for a regency
 * (*kabupaten*) and 71 to 99 for a city (*kota*).
 *
 * @category models
 * @since 0.1.0
 */
export const RegencyCode = Schema.String.check(
  Schema.isPattern(/^\d{4}$/, { message: "expected the 4 digits of a regency code" })
).pipe(Schema.brand("RegencyCode"))

/**
 * @category models
 * @since 0.1.0
 */
export type RegencyCode = typeof RegencyCode.Type

/**
 * Six digits, "367105" for Cipondoh in Kota Tangerang.
 *
 * @category models
 * @since 0.1.0
 */
export const DistrictCode = Schema.String.check(
  Schema.isPattern(/^\d{6}$/, { message: "expected the 6 digits of a district code" })
).pipe(Schema.brand("DistrictCode"))

/**
 * @category models
 * @since 0.1.0
 */
export type DistrictCode = typeof DistrictCode.Type

/**
 * A region of any of the three levels.
 *
 * @category models
 * @since 0.1.0
 */
export type Region = Province | Regency | District

/**
 * @category models
 * @since 0.1.0
 */
export interface Province {
  readonly level: "province"
  readonly code: ProvinceCode
  readonly name: string
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Regency {
  readonly level: "regency"
  readonly code: RegencyCode
  readonly province: ProvinceCode
  readonly name: string
}

/**
 * @category models
 * @since 0.1.0
 */
export interface District {
  readonly level: "district"
  readonly code: DistrictCode
  readonly regency: RegencyCode
  readonly name: string
}

// --- service ---

/**
 * Looks regions up. The data is in memory once the layer is built: answers are plain
 * values. `find` takes the 2, 4 or 6 digits of a code, with or without dots.
 *
 * @category services
 * @since 0.1.0
 */
export class Regions extends Context.Service<
  Regions,
  {
    readonly find: (code: string) => Option.Option<Region>
    readonly provinces: ReadonlyArray<Province>
    readonly regencies: (province: ProvinceCode) => ReadonlyArray<Regency>
    readonly districts: (regency: RegencyCode) => ReadonlyArray<District>
  }
>()("@kis/core/identity/Regions") {}

// --- reading ---

/**
 * The code that took the place of a regency's retired one, if it is retired.
 *
 * When Papua was divided in 2022 (UU 14, 15, 16 and 29/2022), 26 regencies were
 * renumbered. NIKs of before keep the old code for life. Older divisions are not listed
 * here: their codes are simply unknown.
 *
 * @example
 * // Merauke
 * Region.successor(Region.RegencyCode.make("9101")) // => Option.some(Region.RegencyCode.make("9301"))
 *
 * @category reading
 * @since 0.1.0
 */
export const successor = (code: RegencyCode): Option.Option<RegencyCode> =>
  Option.fromNullishOr(successors.get(code)).pipe(Option.map((now) => RegencyCode.make(now)))

/**
 * The codes that {@link successor} knows.
 *
 * @category reading
 * @since 0.1.0
 */
export const retired = (): ReadonlyArray<RegencyCode> => Array.from(successors.keys(), (code) => RegencyCode.make(code))

// --- layers ---

/**
 * All 38 provinces, 514 regencies and cities, and 7,285 districts.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<Regions> = Layer.effect(
  Regions,
  Effect.map(
    Effect.promise(() => import("./internal/regions.generated.ts")),
    (data) => make(data.regions)
  )
)

/**
 * As {@link layer}, with province 99, which no person has: for tests, examples and
 * generated people.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerTest: Layer.Layer<Regions> = Layer.effect(
  Regions,
  Effect.map(
    Effect.promise(() => import("./internal/regions.generated.ts")),
    (data) => make(`${data.regions}\n${province99}`)
  )
)

// --- private ---

const successors: ReadonlyMap<string, string> = new Map(
  (
    "9101 9301, 9102 9501, 9104 9401, 9107 9402, 9108 9403, 9109 9404, 9112 9502, 9113 9503, 9114 9504, " +
    "9116 9302, 9117 9303, 9118 9304, 9121 9505, 9122 9506, 9123 9507, 9124 9508, 9125 9405, 9126 9406, " +
    "9127 9407, 9128 9408, 9201 9601, 9204 9602, 9205 9603, 9209 9604, 9210 9605, 9271 9671"
  )
    .split(", ")
    .map((pair) => [pair.slice(0, 4), pair.slice(5)])
)

// Nine regencies of 22 districts: enough NIKs for a generated register of more than a million.
const province99 = [
  "99 Provinsi Contoh",
  ...["01", "02", "03", "04", "05", "06", "07", "08", "71"].flatMap((regency) => [
    `99${regency} ${regency === "71" ? "Kota Contoh" : `Kabupaten Contoh ${Number(regency)}`}`,
    ...Array.from({ length: 22 }, (_, index) => {
      const district = String(index + 1).padStart(2, "0")
      return `99${regency}${district} Sukacontoh ${Number(regency)}-${index + 1}`
    })
  ])
].join("\n")

// One region a line, its code before the first space; a parent precedes its children.
const make = (lines: string): Regions["Service"] => {
  const byCode = new Map<string, Region>()
  const provinces: Array<Province> = []
  const regencies = new Map<string, Array<Regency>>()
  const districts = new Map<string, Array<District>>()
  for (const line of lines.split("\n")) {
    const space = line.indexOf(" ")
    const [code, name] = [line.slice(0, space), line.slice(space + 1)]
    if (code.length === 2) {
      const province: Province = { level: "province", code: code as ProvinceCode, name }
      byCode.set(code, province)
      provinces.push(province)
      regencies.set(code, [])
    } else if (code.length === 4) {
      const province = code.slice(0, 2) as ProvinceCode
      const regency: Regency = { level: "regency", code: code as RegencyCode, province, name }
      byCode.set(code, regency)
      regencies.get(province)?.push(regency)
      districts.set(code, [])
    } else {
      const regency = code.slice(0, 4) as RegencyCode
      const district: District = { level: "district", code: code as DistrictCode, regency, name }
      byCode.set(code, district)
      districts.get(regency)?.push(district)
    }
  }
  return Regions.of({
    find: (code) => Option.fromNullishOr(byCode.get(code.replaceAll(".", ""))),
    provinces,
    regencies: (province) => regencies.get(province) ?? [],
    districts: (regency) => districts.get(regency) ?? []
  })
}
