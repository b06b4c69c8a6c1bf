/**
 * Who is on the register: by segment and state of the card, and by the district they live in.
 */
import { type Region, Segment } from "@kis/core/identity"
import { Machine, Membership } from "@kis/core/membership"
import * as Option from "effect/Option"
import * as Bars from "../pictures/Bars.ts"
import type { Tone } from "../pictures/Drawing.ts"
import { el, type Markup } from "../Markup.ts"
import { both, count, figure, nothing } from "../Page.ts"
import * as ReportData from "../ReportData.ts"
import * as Words from "../Words.ts"

const { number, words } = Words

// --- by segment ---

const toneOf = (state: Membership.State): Tone =>
  Machine.covers(state) ? "green" : state === "AWAITING_FIRST_PAYMENT" ? "amber" : "grey"

/** Those that a registration opens in stand in the picture though nobody is in them; the others where somebody is. */
const statesOf = (people: ReportData.ReportData["people"]): ReadonlyArray<Membership.State> => {
  const openings: ReadonlyArray<Membership.State> = ["ACTIVE", "AWAITING_FIRST_PAYMENT", "PENDING_VERIFICATION"]
  const further = Membership.State.literals.filter((state) => people.some((it) => it.state === state))
  return [...new Set([...openings, ...further])]
}

export const segments = ({ people }: ReportData.ReportData): Markup => {
  const title = words("Peserta menurut segmen", "People by segment")
  if (people.length === 0) return nothing("segments", title, words("Belum ada peserta.", "No participants yet."))
  const states = statesOf(people)
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
          name: Words.stateWords(state).id,
          value: of(segment, state),
          tone: toneOf(state)
        }))
      })),
      { labels: "above", write: number }
    ),
    legend: states.map((state) => ({ tone: toneOf(state), words: Words.stateWords(state) })),
    table: {
      head: [words("Segmen", "Segment"), ...states.map((it) => Words.stateWords(it)), words("Jumlah", "Sum")],
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
  const { home, places } = placesOf(people, regions)
  const of = (place: Place, segments?: ReadonlyArray<Segment.Segment>) =>
    ReportData.sum(
      people,
      (it) => place.holds(it.district) && (segments === undefined || segments.includes(it.segment))
    )
  return figure({
    id: "districts",
    title,
    lead: words(
      `Tempat tinggal sekarang${home === undefined ? "" : `: kecamatan di ${home}, lalu daerah lain menurut provinsi`}. Tempat dengan kurang dari ${FEW} peserta digabung.`,
      `Where they live now${home === undefined ? "" : `: districts of ${home}, then elsewhere by province`}. Places with fewer than ${FEW} people are joined.`
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

const FEW = 5
const MOST_ELSEWHERE = 5

const named = (segment: Segment.Segment) => words(Segment.name(segment, "id"), Segment.name(segment, "en"))

interface Place {
  readonly words: Words.Words
  readonly holds: (district: string | undefined) => boolean
}

/** The districts of the regency where most live, then the largest other provinces; the rest, and those of few, joined. */
const placesOf = (
  people: ReadonlyArray<ReportData.People>,
  regions: Region.Regions["Service"]
): { readonly home: string | undefined; readonly places: ReadonlyArray<Place> } => {
  const nameOf = (code: string) => Option.match(regions.find(code), { onNone: () => code, onSome: (it) => it.name })
  const largest = (key: (district: string | undefined) => string | undefined) =>
    ReportData.grouped(people, (it) => key(it.district)).toSorted((a, b) => b.count - a.count)
  const home = largest((district) => district?.slice(0, 4)).find((it) => it.key !== undefined)?.key
  const placeOf = (district: string | undefined) =>
    district === undefined ? undefined : district.slice(0, 4) === home ? district : district.slice(0, 2)
  const named = largest(placeOf).filter((it) => it.key !== undefined)
  const enough = named.flatMap(({ count, key }) => (key !== undefined && count >= FEW ? [key] : []))
  const districts = enough.filter((code) => code.length === 6)
  const provinces = enough.filter((code) => code.length === 2).slice(0, MOST_ELSEWHERE)
  const own = new Set([...districts, ...provinces])
  const others = named.length - own.size
  const isOwn = (district: string | undefined) => own.has(placeOf(district) ?? "")
  const places = Array.from(own, (code): Place => ({
    words: words(nameOf(code), nameOf(code)),
    holds: (it) => placeOf(it) === code
  }))
  if (others > 0) {
    places.push({
      words: words(`${number(others)} tempat lain`, `${number(others)} other places`),
      holds: (it) => it !== undefined && !isOwn(it)
    })
  }
  if (people.some((it) => it.district === undefined)) {
    places.push({ words: words("Tidak disebut", "Not stated"), holds: (it) => it === undefined })
  }
  return { home: home === undefined ? undefined : nameOf(home), places }
}
