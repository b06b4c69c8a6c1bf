/**
 * Who is on the register: by segment and state of the card, and by the district they live in.
 */
import { type Region, Segment } from "@kis/core/identity"
import type { Membership } from "@kis/core/membership"
import * as Option from "effect/Option"
import * as Bars from "../pictures/Bars.ts"
import type { Tone } from "../pictures/Drawing.ts"
import { el, type Markup } from "../Markup.ts"
import { both, count, figure, nothing } from "../Page.ts"
import * as ReportData from "../ReportData.ts"
import * as Words from "../Words.ts"

const { number, words } = Words

// --- by segment ---

const stateTones: Record<Membership.State, Tone> = {
  ACTIVE: "green",
  AWAITING_FIRST_PAYMENT: "amber",
  PENDING_VERIFICATION: "grey"
}

const states: ReadonlyArray<Membership.State> = ["ACTIVE", "AWAITING_FIRST_PAYMENT", "PENDING_VERIFICATION"]

export const segments = ({ people }: ReportData.ReportData): Markup => {
  const title = words("Peserta menurut segmen", "People by segment")
  if (people.length === 0) return nothing("segments", title, words("Belum ada peserta.", "No participants yet."))
  const of = (segment: Segment.Segment, state?: Membership.State) =>
    ReportData.sum(people, (it) => it.segment === segment && (state === undefined || it.state === state))
  const present = Segment.Segment.literals.filter((it) => of(it) > 0).toSorted((a, b) => of(b) - of(a))
  return figure({
    id: "segments",
    title,
    lead: words(
      "Siapa yang membayar, dan apakah kartunya sudah bisa dipakai.",
      "Who pays, and whether the card can be used yet."
    ),
    draw: Bars.draw(
      present.map((segment) => ({
        strong: segment,
        label: Segment.name(segment, "id"),
        other: Segment.name(segment, "en"),
        parts: states.map((state) => ({
          name: Words.stateWords[state].id,
          value: of(segment, state),
          tone: stateTones[state]
        }))
      })),
      { labels: "above", write: number }
    ),
    legend: states.map((state) => ({ tone: stateTones[state], words: Words.stateWords[state] })),
    table: {
      head: [words("Segmen", "Segment"), ...states.map((it) => Words.stateWords[it]), words("Jumlah", "Sum")],
      rows: present.map((segment) => [
        el("span", {}, el("code", {}, segment), " ", both(named(segment))),
        ...states.map((state) => count(number(of(segment, state)))),
        count(number(of(segment)))
      ]),
      foot: [
        words("Jumlah", "Sum"),
        ...states.map((state) => count(number(ReportData.sum(people, (it) => it.state === state)))),
        count(number(ReportData.sum(people)))
      ]
    }
  })
}

// --- by district ---

const payers: ReadonlyArray<{
  readonly words: Words.Words
  readonly tone: Tone
  readonly of: ReadonlyArray<Segment.Segment>
}> = [
  { words: words("Dibantu pemerintah", "Paid by government"), tone: "green", of: ["PBI-JK", "PBPU-PD"] },
  { words: words("Pekerja dan keluarga", "Workers and families"), tone: "blue", of: ["PPU-PN", "PPU-BU"] },
  { words: words("Mandiri dan bukan pekerja", "On their own account, not working"), tone: "violet", of: ["PBPU", "BP"] }
]

export const districts = ({ people }: ReportData.ReportData, regions: Region.Regions["Service"]): Markup => {
  const title = words("Peserta menurut kecamatan", "People by district")
  if (people.length === 0) return nothing("districts", title, words("Belum ada peserta.", "No participants yet."))
  const places = placesOf(people, regions)
  const of = (place: Place, segments?: ReadonlyArray<Segment.Segment>) =>
    ReportData.sum(
      people,
      (it) => place.holds(it.district) && (segments === undefined || segments.includes(it.segment))
    )
  return figure({
    id: "districts",
    title,
    lead: words(
      "Tempat tinggal sekarang. Tempat dengan kurang dari 5 peserta digabung.",
      "Where they live now. Places with fewer than 5 people are joined."
    ),
    draw: Bars.draw(
      places.map((place) => ({
        label: place.words.id,
        parts: payers.map((payer) => ({ name: payer.words.id, value: of(place, payer.of), tone: payer.tone }))
      })),
      { labels: "beside", write: number }
    ),
    legend: payers,
    table: {
      head: [words("Kecamatan", "District"), ...payers.map((it) => it.words), words("Jumlah", "Sum")],
      rows: places.map((place) => [
        place.words,
        ...payers.map((payer) => count(number(of(place, payer.of)))),
        count(number(of(place)))
      ]),
      foot: [
        words("Jumlah", "Sum"),
        ...payers.map((payer) => count(number(ReportData.sum(people, (it) => payer.of.includes(it.segment))))),
        count(number(ReportData.sum(people)))
      ]
    }
  })
}

// --- private ---

const MOST_PLACES = 15
const FEW = 5

const named = (segment: Segment.Segment) => words(Segment.name(segment, "id"), Segment.name(segment, "en"))

interface Place {
  readonly words: Words.Words
  readonly holds: (district: string | undefined) => boolean
}

/** The largest districts by name; those of other regencies, of few people, or unnamed, joined. */
const placesOf = (
  people: ReadonlyArray<ReportData.People>,
  regions: Region.Regions["Service"]
): ReadonlyArray<Place> => {
  const byDistrict = ReportData.grouped(people, (it) => it.district).toSorted((a, b) => b.count - a.count)
  const own = new Set(
    byDistrict.flatMap(({ count, key }) => (key !== undefined && count >= FEW ? [key] : [])).slice(0, MOST_PLACES)
  )
  const nameOf = (code: string) => Option.match(regions.find(code), { onNone: () => code, onSome: (it) => it.name })
  // the regency goes without saying where most of them are
  const home = byDistrict.find(({ key }) => key !== undefined)?.key?.slice(0, 4)
  const written = (code: string) =>
    code.slice(0, 4) === home ? nameOf(code) : `${nameOf(code)}, ${short(nameOf(code.slice(0, 4)))}`
  const others = byDistrict.filter(({ key }) => key !== undefined && !own.has(key)).length
  return [
    ...Array.from(own, (code) => ({
      words: words(written(code), written(code)),
      holds: (it: string | undefined) => it === code
    })),
    ...(others === 0
      ? []
      : [
          {
            words: words(`${number(others)} kecamatan lain`, `${number(others)} other districts`),
            holds: (it: string | undefined) => it !== undefined && !own.has(it)
          }
        ]),
    ...(byDistrict.some(({ key }) => key === undefined)
      ? [{ words: words("Tidak disebut", "Not stated"), holds: (it: string | undefined) => it === undefined }]
      : [])
  ]
}

const short = (regency: string) => regency.replace(/^Kabupaten /, "Kab. ")
