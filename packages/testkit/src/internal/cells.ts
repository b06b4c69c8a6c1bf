/** A synthetic household as the cells of an intake file, in the handwriting of one office. */
import { type Person, PhoneNumber } from "@kis/core/identity"
import { Columns } from "@kis/core/intake"
import type { PlainDate } from "@kis/core/time"
import type { SyntheticHousehold } from "../Households.ts"
import type { Member } from "../Member.ts"

/** All columns but the account for auto-debit, which no office's list has. */
export const columns = Columns.Column.literals.filter((column) => column !== "auto_debit")

export type Fields = Readonly<Record<(typeof columns)[number], string>>

/** How an office writes: chosen once a household, so that its rows look alike. */
export interface Hand {
  readonly date: "iso" | "slashes" | "dashes"
  readonly wage: "plain" | "dots" | "rupiah"
  readonly words: "indonesian" | "english"
}

export const hand = (dice: number): Hand => ({
  date: dice % 10 < 5 ? "iso" : dice % 10 < 8 ? "slashes" : "dashes",
  wage: dice % 7 < 3 ? "plain" : dice % 7 < 6 ? "dots" : "rupiah",
  words: dice % 11 === 0 ? "english" : "indonesian"
})

export const of = (ref: string, household: SyntheticHousehold, member: Member, hand: Hand): Fields => {
  const { person } = member
  const yesNo = (answer: boolean | undefined) => (answer === undefined ? "" : answer ? "ya" : "tidak")
  const word = (english: string, indonesian: string) => (hand.words === "english" ? english : indonesian)
  const { helper } = household
  return {
    household: ref,
    family_card: household.familyCard,
    relation: word(person.relation, relations[person.relation](person.sex)),
    name: person.name,
    nik: person.nik ?? "",
    sex: person.sex === "male" ? "L" : "P",
    birth_date: date(person.birthDate, hand),
    mother_name: person.motherName ?? "",
    marital_status:
      person.maritalStatus === undefined ? "" : word(person.maritalStatus, maritals[person.maritalStatus]),
    citizenship: person.citizenship,
    passport: person.passport ?? "",
    permit: person.permit ?? "",
    stay_months: member.stayMonths === undefined ? "" : String(member.stayMonths),
    phone: person.phone === undefined ? "" : PhoneNumber.national(person.phone),
    address: household.address,
    district: household.district,
    occupation: word(member.occupation, occupations[member.occupation]),
    employer: member.employer ?? "",
    wage: member.wage === undefined ? "" : wage(member.wage, hand),
    studies: yesNo(member.studies),
    pbi_decree: yesNo(member.pbiDecree),
    local_scheme: yesNo(member.localScheme),
    class: member.wardClass === undefined ? "" : String(member.wardClass),
    facility: household.facility,
    mother_participant: (member.mother === undefined ? undefined : household.members[member.mother]?.person.nik) ?? "",
    helper_name: helper?.name ?? "",
    helper_phone: helper?.phone === undefined ? "" : PhoneNumber.national(helper.phone),
    helper_relation: helper?.relation ?? "",
    helper_consent: helper === undefined ? "" : date(helper.consentOn, hand)
  }
}

/** One line of CSV, quoted only where it must be. */
export const csv = (cells: ReadonlyArray<string>): string =>
  cells.map((cell) => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")

const date = (day: PlainDate.PlainDate, hand: Hand): string => {
  const [year, month, dayOfMonth] = day.split("-")
  if (hand.date === "iso") return day
  return hand.date === "slashes" ? `${dayOfMonth}/${month}/${year}` : `${dayOfMonth}-${month}-${year}`
}

const wage = (rupiah: number, hand: Hand): string => {
  if (hand.wage === "plain") return String(rupiah)
  const dots = String(rupiah).replace(/\B(?=(\d{3})+$)/g, ".")
  return hand.wage === "dots" ? dots : `Rp ${dots}`
}

const relations: Record<Person.Relation, (sex: "male" | "female") => string> = {
  head: () => "kepala keluarga",
  spouse: (sex) => (sex === "male" ? "suami" : "istri"),
  child: () => "anak",
  parent: () => "orang tua",
  "parent-in-law": () => "mertua",
  other: () => "famili lain"
}

const maritals: Record<Person.MaritalStatus, string> = {
  single: "belum kawin",
  married: "kawin",
  divorced: "cerai hidup",
  widowed: "cerai mati"
}

const occupations: Record<Member["occupation"], string> = {
  none: "tidak bekerja",
  state: "PNS",
  private: "karyawan swasta",
  "own-account": "wiraswasta",
  pensioner: "pensiunan",
  veteran: "veteran",
  "veteran-survivor": "janda veteran",
  employer: "pengusaha",
  investor: "investor"
}
