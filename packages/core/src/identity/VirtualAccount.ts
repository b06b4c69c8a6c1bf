/**
 * Virtual account: the number that a participant pays to at a bank.
 *
 * Bank prefix, then `0` for people who pay for themselves or `9` for wage earners, then
 * the last ten digits of the participant number. Source: a branch office's published
 * questions and answers (pusatbantuan-kcjakpus); confidence medium.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { ParticipantNumber } from "./ParticipantNumber.ts"
import type { Segment } from "./Segment.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export const Bank = Schema.Literals(["BNI", "BRI", "BTN", "BCA", "Mandiri"])

/**
 * @category models
 * @since 0.1.0
 */
export type Bank = typeof Bank.Type

/**
 * @category models
 * @since 0.1.0
 */
export const VirtualAccount = Schema.String.check(
  Schema.isPattern(/^8[89]888[09]\d{10}$/, { message: "expected the 16 digits of a virtual account" })
).pipe(Schema.brand("VirtualAccount"))

/**
 * @category models
 * @since 0.1.0
 */
export type VirtualAccount = typeof VirtualAccount.Type

// --- constructors ---

/**
 * The account to pay to, or none for the segments whose contribution a government pays.
 *
 * @example
 * const number = ParticipantNumber.ParticipantNumber.make("0001481620001")
 * VirtualAccount.of(number, "BCA", "PBPU") // => Option.some(VirtualAccount.VirtualAccount.make("8988801481620001"))
 *
 * @category constructors
 * @since 0.1.0
 */
export const of = (number: ParticipantNumber, bank: Bank, segment: Segment): Option.Option<VirtualAccount> => {
  const payer = payers[segment]
  return payer === undefined
    ? Option.none()
    : Option.some(VirtualAccount.make(`${prefixes[bank]}${payer}${number.slice(3)}`))
}

// --- private ---

const prefixes: Record<Bank, string> = { BNI: "88888", BRI: "88888", BTN: "88888", BCA: "89888", Mandiri: "89888" }

const payers: Partial<Record<Segment, "0" | "9">> = { PBPU: "0", BP: "0", "PPU-BU": "9", "PPU-PN": "9" }
