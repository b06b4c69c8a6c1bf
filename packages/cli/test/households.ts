const header =
  "household,family_card,relation,name,nik,sex,birth_date,mother_name,marital_status,citizenship,occupation,wage," +
  "pbi_decree,local_scheme"

const syllables = ["ba", "ci", "du", "fe", "go", "ha", "jo", "ki", "lu", "me", "no", "ra", "si", "tu", "wi", "yo"]

const two = (n: number) => String(n).padStart(2, "0")

// Spreads neighbours far apart, so that no two people of a file resemble each other by accident.
const mix = (n: number) => Math.imul(n ^ (n >>> 15), 0x2c1b3c6d) >>> 3

const word = (n: number) => {
  const text = [0, 4, 8, 12, 16].map((shift) => syllables[(n >>> shift) & 15]).join("")
  return text[0]!.toUpperCase() + text.slice(1)
}

const person = (household: number, member: number, broken: { readonly nik?: string; readonly sex?: string } = {}) => {
  const n = household * 3 + member + 1
  const female = member === 1
  const year = member === 2 ? 2010 + (mix(n) % 12) : 1960 + (mix(n) % 35)
  const [month, day] = [1 + (mix(n + 1) % 12), 1 + (mix(n + 2) % 28)]
  const nik = `997101${two(day + (female ? 40 : 0))}${two(month)}${two(year % 100)}${String((n % 9999) + 1).padStart(4, "0")}`
  return [
    `H${household}`,
    `99710101018${String(household).padStart(5, "0")}`,
    ["head", "spouse", "child"][member],
    `${word(mix(n * 7))} ${word(mix(n * 11))}`,
    broken.nik ?? nik,
    broken.sex ?? (female ? "P" : "L"),
    `${year}-${two(month)}-${two(day)}`,
    `${word(mix(n * 13))} ${word(mix(n * 17))}`,
    member === 2 ? "single" : "married",
    "WNI",
    member === 0 ? "private" : "none",
    member === 0 ? "5000000" : "",
    "no",
    "no"
  ].join(",")
}

/** A file of households of three people each; every tenth household has a person whose NIK is broken. */
export const file = (households: number): string =>
  [
    header,
    ...Array.from({ length: households }, (_, household) =>
      [0, 1, 2].map((member) =>
        person(household, member, household % 10 === 9 && member === 2 ? { nik: "9.97101E+15" } : {})
      )
    ).flat(),
    ""
  ].join("\n")

/** The people of {@link file} as a population register has them. */
export const residents = (households: number): string => {
  const [, ...rows] = file(households).trimEnd().split("\n")
  const lines = rows.map((row) => {
    const [, , , name, nik, sex, birthDate] = row.split(",")
    return [nik, name, birthDate, sex].join(",")
  })
  return ["nik,name,birth_date,sex", ...lines.filter((_) => _.startsWith("9971")), ""].join("\n")
}

/** A file of two households, the second of which has one row, with two things wrong. */
export const small: string = [
  header,
  person(0, 0),
  person(0, 1),
  person(1, 0, { nik: "9.97101E+15", sex: "" }),
  ""
].join("\n")
