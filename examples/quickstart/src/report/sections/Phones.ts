/**
 * How far each phone came on the way to being confirmed.
 */
import type { Tone } from "../pictures/Drawing.ts"
import * as Squares from "../pictures/Squares.ts"
import type { Markup } from "../Markup.ts"
import { count, figure, nothing } from "../Page.ts"
import * as ReportData from "../ReportData.ts"
import * as Words from "../Words.ts"

const { number, percent, words } = Words

const phoneTones: Record<ReportData.PhoneEnd, Tone> = {
  verified: "green",
  wrong: "red",
  late: "amber",
  silent: "violet",
  open: "blue",
  never: "grey"
}

export const phones = ({ phones }: ReportData.ReportData): Markup => {
  const title = words("Nomor HP yang terverifikasi", "Phones verified")
  const told = ReportData.phoneEnds.reduce((total, end) => total + phones[end], 0)
  if (told === 0) return nothing("phones", title, words("Belum ada yang diberi kabar.", "Nobody was told yet."))
  const present = ReportData.phoneEnds.filter((end) => phones[end] > 0)
  const asked = told - phones.never
  return figure({
    id: "phones",
    title,
    lead: words(
      `${number(told)} nomor diberi kabar, ${number(asked)} meminta kode, ${number(phones.verified)} terverifikasi. Kartu tidak bergantung pada HP.`,
      `${number(told)} phones were told, ${number(asked)} asked for a code, ${number(phones.verified)} were verified. No card depends on a phone.`
    ),
    draw: Squares.draw(
      present.map((end) => ({ name: Words.phoneWords[end].id, value: phones[end], tone: phoneTones[end] })),
      number,
      (each) => `Satu kotak = ${number(each)} nomor`
    ),
    legend: present.map((end) => ({
      tone: phoneTones[end],
      words: words(`${Words.phoneWords[end].id} (${number(phones[end])})`, Words.phoneWords[end].en)
    })),
    table: {
      head: [words("Hasil", "Outcome"), words("Nomor", "Phones"), words("Bagian", "Share")],
      rows: ReportData.phoneEnds.map((end) => [
        Words.phoneWords[end],
        count(number(phones[end])),
        count(percent(phones[end], told))
      ]),
      foot: [words("Diberi kabar", "Told"), count(number(told)), count(percent(told, told))]
    }
  })
}
