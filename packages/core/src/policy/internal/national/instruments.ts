import { make as day } from "../../../time/PlainDate.ts"

// The days from which the instruments apply, and on which they were announced.
export const perpres82 = { appliesFrom: day("2018-09-18"), announcedAt: day("2018-09-18") }
export const perpres75 = { appliesFrom: day("2020-01-01"), announcedAt: day("2019-10-24") }
export const perpres59 = { appliesFrom: day("2024-05-08"), announcedAt: day("2024-05-08") }
export const permensos3 = { appliesFrom: day("2026-01-22"), announcedAt: day("2026-01-22") }

/** The last day for which somebody looked. */
export const verifiedThrough = day("2026-02-28")

export const fromPerpres82 = "The day on which it began was not found; it is taken from the day of Perpres 82/2018."
