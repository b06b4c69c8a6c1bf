/**
 * The issuer of national participant numbers (*nomor kartu*).
 *
 * The issuer may be remote, slow and asked twice. So a number is asked for under a reference:
 * asking again with the same reference gives the same number again, also when the first answer
 * was lost on the way.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ParticipantNumber from "../identity/ParticipantNumber.ts"
import { Crypto } from "../privacy/Crypto.ts"
import { refuseInTransaction } from "../storage/Transaction.ts"
import type { RegistryError } from "./RegistryError.ts"

// --- port ---

/**
 * Numbers come in the order of the references. Two references never get one number; one
 * reference never gets two. May not be asked inside a unit of work, which can run more than once.
 *
 * @category services
 * @since 0.1.0
 */
export class CardNumbers extends Context.Service<
  CardNumbers,
  {
    readonly issue: (
      references: ReadonlyArray<string>
    ) => Effect.Effect<ReadonlyArray<ParticipantNumber.ParticipantNumber>, RegistryError>
  }
>()("@kis/core/registry/CardNumbers") {}

// --- layers ---

/**
 * An issuer that makes numbers out of the references and a seed: the same numbers on every
 * machine and in every run. It remembers what it issued, so that the later of two references that
 * meet on one number (once in 200 registers of 100,000 people) gets another. That memory ends with
 * the process; after it, the register's own unique key refuses a number that is taken.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerSimulator = (seed: string): Layer.Layer<CardNumbers, never, Crypto> =>
  Layer.effect(
    CardNumbers,
    Effect.gen(function* () {
      const crypto = yield* Crypto
      const key = crypto.hash(new TextEncoder().encode(`card numbers ${seed}`))
      const holders = new Map<string, string>()

      const issueOne = (reference: string) => {
        for (let attempt = 0; ; attempt++) {
          const number = numberFrom(crypto.mac(key, new TextEncoder().encode(`${attempt} ${reference}`)))
          const holder = holders.get(number)
          if (holder !== undefined && holder !== reference) continue
          holders.set(number, reference)
          return ParticipantNumber.ParticipantNumber.make(number)
        }
      }

      return CardNumbers.of({
        issue: Effect.fn("CardNumbers.issue")(function* (references: ReadonlyArray<string>) {
          yield* refuseInTransaction("CardNumbers")
          return references.map(issueOne)
        })
      })
    })
  )

// --- private ---

/** 13 digits from 48 bits: every number of twelve digits is about as likely, behind a leading zero. */
const numberFrom = (bytes: Uint8Array): string => {
  let value = 0
  for (let i = 0; i < 6; i++) value = value * 256 + (bytes[i] ?? 0)
  return `0${String(value % 1_000_000_000_000).padStart(12, "0")}`
}
