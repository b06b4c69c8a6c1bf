/**
 * Days and months of the calendar, and Indonesia's time zones.
 *
 * @since 0.1.0
 */
export * as Month from "./Month.ts"
export * as PlainDate from "./PlainDate.ts"
export * as Zone from "./Zone.ts"
