/**
 * Indonesia's three time zones. None has summer time, so an offset is a constant.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

// --- models ---

/**
 * West (Jakarta), Central (Makassar) or East (Jayapura) Indonesian time.
 *
 * @category models
 * @since 0.1.0
 */
export const Zone = Schema.Literals(["WIB", "WITA", "WIT"])

/**
 * @category models
 * @since 0.1.0
 */
export type Zone = typeof Zone.Type

// --- reading ---

/**
 * Minutes ahead of UTC.
 *
 * @category reading
 * @since 0.1.0
 */
export const offsetMinutes = (zone: Zone): number => offsets[zone]

/**
 * Name in the IANA time zone database, for whoever formats instants.
 *
 * @category reading
 * @since 0.1.0
 */
export const iana = (zone: Zone): string => names[zone]

// --- private ---

const offsets: Record<Zone, number> = { WIB: 420, WITA: 480, WIT: 540 }

const names: Record<Zone, string> = { WIB: "Asia/Jakarta", WITA: "Asia/Makassar", WIT: "Asia/Jayapura" }
