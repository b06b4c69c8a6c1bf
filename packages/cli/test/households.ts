const header =
  "household,family_card,relation,name,nik,sex,birth_date,mother_name,marital_status,citizenship,occupation,wage"

const names = ["Bayu", "Citra", "Dewi", "Eka", "Fajar", "Gita", "Hadi", "Indah", "Joko", "Kartika", "Lukman", "Mega"]
const families = ["Santoso", "Wijaya", "Lestari", "Nugroho", "Pratama", "Utami", "Saputra", "Hidayat", "Kusuma"]

const two = (n: number) => String(n).padStart(2, "0")

const person = (household: number, member: number, broken: { readonly nik?: string; readonly sex?: string } = {}) => {
  const n = household * 3 + member
  const female = member === 1
  const born = { year: 1960 + ((n * 7) % 40), month: 1 + ((n * 5) % 12), day: 1 + ((n * 11) % 28) }
  const nik = `997101${two(born.day + (female ? 40 : 0))}${two(born.month)}${two(born.year % 100)}${String((n % 9999) + 1).padStart(4, "0")}`
  const name = `${names[n % names.length]} ${families[(n * 5) % families.length]} ${names[(n * 7 + 3) % names.length]}`
  return [
    `H${household}`,
    `99710101018${String(household).padStart(5, "0")}`,
    ["head", "spouse", "other"][member],
    name,
    broken.nik ?? nik,
    broken.sex ?? (female ? "P" : "L"),
    `${born.year}-${two(born.month)}-${two(born.day)}`,
    `Ibu ${names[(n * 3 + 1) % names.length]} ${families[n % families.length]}`,
    member === 2 ? "single" : "married",
    "WNI",
    member === 0 ? "private" : "none",
    member === 0 ? "5000000" : ""
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

/** A file of two households, one of them not acceptable. */
export const small: string = [
  header,
  person(0, 0),
  person(0, 1),
  person(1, 0, { nik: "9.97101E+15", sex: "" }),
  ""
].join("\n")
