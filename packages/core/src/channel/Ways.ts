/**
 * Every next step, and the ways to take it on a day.
 *
 * No step leads only to an app: each has, on every date, a way that needs no smartphone.
 *
 * @since 0.1.0
 */
import { isWorkingDay, type WorkCalendar } from "../calendar/WorkCalendar.ts"
import type { ActionId } from "../policy/ActionId.ts"
import type { Language } from "../policy/Reason.ts"
import { dayOfWeek, isBefore, type PlainDate } from "../time/PlainDate.ts"
import * as Channel from "./Channel.ts"
import { steps } from "./internal/ways.ts"

// --- models ---

/**
 * When a channel answers on one day. `Hours` are minutes of the local day. `OfficeHours`:
 * open, at the hours of that office.
 *
 * @category models
 * @since 0.1.0
 */
export type Opening =
  | { readonly _tag: "AllDay" }
  | { readonly _tag: "Hours"; readonly from: number; readonly to: number }
  | { readonly _tag: "OfficeHours" }
  | { readonly _tag: "Closed" }

/**
 * @category models
 * @since 0.1.0
 */
export interface Way {
  readonly channel: Channel.ChannelId
  readonly needs: Channel.Needs
  readonly opening: Opening
}

// --- reading ---

/**
 * What the step is, in one sentence.
 *
 * @category reading
 * @since 0.1.0
 */
export const step = (action: ActionId, language: Language): string => steps[action][language]

/**
 * The ways to take a step on a day: those open on that day first, then those that need
 * nothing but a visit or a call.
 *
 * Without a calendar, Monday to Friday count as working days and holidays are not known.
 *
 * @example
 * Ways.waysFor("propose-for-pbi", PlainDate.make("2026-11-24"))[0]?.channel // => "village"
 *
 * @category reading
 * @since 0.1.0
 */
export const waysFor = (action: ActionId, on: PlainDate, calendar?: WorkCalendar): ReadonlyArray<Way> => {
  const works = calendar === undefined ? dayOfWeek(on) <= 5 : isWorkingDay(calendar, on)
  const ways: Array<Way> = []
  for (const id of steps[action].channels) {
    const channel = Channel.get(id)
    if (channel.existsFrom !== undefined && isBefore(on, channel.existsFrom)) continue
    ways.push({ channel: id, needs: channel.needs, opening: openingOf(channel.hours, works) })
  }
  return ways.sort((a, b) => rank(a) - rank(b))
}

/**
 * A way that needs no smartphone: what to tell somebody who has none.
 *
 * @category reading
 * @since 0.1.0
 */
export const withoutSmartphone = (action: ActionId, on: PlainDate, calendar?: WorkCalendar): Way | undefined =>
  waysFor(action, on, calendar).find((way) => Channel.isOpenToAll(way.channel))

/**
 * One line for a letter or a screen: where to go, and its number if it has one.
 *
 * @example
 * const [way] = Ways.waysFor("report-duplicate", PlainDate.make("2026-11-28"))
 * Ways.describe(way!, "en") // => "Care Center 165, 24 hours"
 *
 * @category reading
 * @since 0.1.0
 */
export const describe = (way: Way, language: Language): string => {
  const channel = Channel.get(way.channel)
  const parts = [channel.name[language]]
  if (channel.address !== undefined && channel.address !== "165") parts.push(channel.address)
  parts.push(openingText(way.opening, language))
  return parts.join(", ")
}

// --- private ---

const openingOf = (hours: Channel.Hours, works: boolean): Opening => {
  if (hours._tag === "Always") return { _tag: "AllDay" }
  if (!works) return { _tag: "Closed" }
  return hours._tag === "Office" ? { _tag: "OfficeHours" } : { _tag: "Hours", from: hours.from, to: hours.to }
}

const rank = (way: Way): number => (way.opening._tag === "Closed" ? 2 : 0) + (Channel.isOpenToAll(way.channel) ? 0 : 1)

const openingText = (opening: Opening, language: Language): string => {
  switch (opening._tag) {
    case "AllDay":
      return language === "id" ? "24 jam" : "24 hours"
    case "Hours":
      return `${clock(opening.from)}-${clock(opening.to)}`
    case "OfficeHours":
      return language === "id" ? "jam kerja" : "office hours"
    case "Closed":
      return language === "id" ? "tutup hari itu" : "closed on that day"
  }
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}.${String(minutes % 60).padStart(2, "0")}`
