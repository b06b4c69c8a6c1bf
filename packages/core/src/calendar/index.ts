/**
 * Working time of an office, and the holidays that decrees name.
 *
 * @since 0.1.0
 */
export * as Holidays from "./Holidays.ts"
export * as WorkCalendar from "./WorkCalendar.ts"
