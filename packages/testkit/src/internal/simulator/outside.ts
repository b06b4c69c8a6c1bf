/**
 * The world outside of the register: the population register, the card numbers, the hospitals and
 * the phones. It outlives every machine, and fails now and then.
 */
import type { ParticipantNumber } from "@kis/core/identity"
import { ParticipantNumber as Numbers } from "@kis/core/identity"
import { MessageChannel } from "@kis/core/messaging"
import { CardNumbers, CareStatus, PopulationRegistry, RegistryError } from "@kis/core/registry"
import { Storage } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Kernel } from "./kernel.ts"

type Card = ParticipantNumber.ParticipantNumber

/** A stay in a hospital, in turns. */
export interface Stay {
  readonly card: Card
  readonly from: number
  until: number | undefined
}

export interface Outside {
  readonly population: PopulationRegistry.PopulationRegistry["Service"]
  readonly cardNumbers: CardNumbers.CardNumbers["Service"]
  readonly care: CareStatus.CareStatus["Service"]
  readonly channel: MessageChannel.MessageChannel["Service"]
  readonly stays: ReadonlyArray<Stay>
  readonly admit: (card: Card) => void
  readonly discharge: (card: Card) => void
  /** The turns at which the hospitals gave no answer. */
  readonly silences: ReadonlyArray<number>
  /** What arrived on phones, by the message's id, as often as it arrived. */
  readonly delivered: ReadonlyArray<string>
}

export const make = (of: {
  readonly kernel: Kernel
  /** Whether a call goes wrong: about one in so many. */
  readonly fails: (oneIn: number) => boolean
  readonly isResident: (nik: string) => boolean
  readonly idempotentChannel: boolean
}): Outside => {
  const { fails, idempotentChannel, isResident, kernel } = of
  const numbers = new Map<string, Card>()
  const stays: Array<Stay> = []
  const delivered: Array<string> = []
  const silences: Array<number> = []

  const staysOf = (card: Card) => stays.find((it) => it.card === card && it.until === undefined)

  const unavailable = (registry: "population" | "card-numbers" | "care-status") =>
    new RegistryError.RegistryError({ registry, reason: "Unavailable" })

  const deliver = (id: string) => {
    if (!idempotentChannel || !delivered.includes(id)) delivered.push(id)
  }

  return {
    stays,
    delivered,
    silences,
    admit: (card) => {
      if (staysOf(card) === undefined) stays.push({ card, from: kernel.turn(), until: undefined })
    },
    discharge: (card) => {
      const stay = staysOf(card)
      if (stay !== undefined) stay.until = kernel.turn()
    },
    population: PopulationRegistry.PopulationRegistry.of({
      ...settledPopulation,
      match: (queries) =>
        calling("The population register", () =>
          fails(12)
            ? Effect.fail(unavailable("population"))
            : Effect.succeed(
                queries.map(({ nik }): PopulationRegistry.Answer =>
                  isResident(nik) ? { _tag: "Matched" } : { _tag: "NotFound" }
                )
              )
        )
    }),
    cardNumbers: CardNumbers.CardNumbers.of({
      issue: (references) =>
        calling("CardNumbers", () => {
          const issued = references.map((reference) => {
            const known = numbers.get(reference)
            if (known !== undefined) return known
            const fresh = Numbers.ParticipantNumber.make(String(numbers.size + 1).padStart(13, "0"))
            numbers.set(reference, fresh)
            return fresh
          })
          // issued there, and the answer lost
          return fails(15) ? Effect.fail(unavailable("card-numbers")) : Effect.succeed(issued)
        })
    }),
    care: CareStatus.CareStatus.of({
      ask: (cards) =>
        calling("CareStatus", () => {
          if (fails(15)) {
            silences.push(kernel.turn())
            return Effect.fail(unavailable("care-status"))
          }
          return Effect.succeed(
            cards.map((card): CareStatus.Care => (staysOf(card) === undefined ? "not-in-treatment" : "in-treatment"))
          )
        })
    }),
    channel: MessageChannel.MessageChannel.of({
      name: "simulated",
      capabilities: { idempotent: idempotentChannel, receipts: false, replies: false },
      send: ({ id }) =>
        calling("The message channel", () => {
          if (fails(20)) return Effect.fail(channelError(new MessageChannel.Transient({ code: "Unavailable" })))
          if (fails(40)) {
            return Effect.fail(channelError(new MessageChannel.RateLimited({ until: kernel.now() + 30_000 })))
          }
          const isLost = fails(20)
          if (!isLost || fails(2)) deliver(id)
          return isLost
            ? Effect.fail(channelError(new MessageChannel.UnknownOutcome()))
            : Effect.succeed({ reference: `simulated-${id}` })
        }),
      receive: () => Effect.succeed([])
    })
  }
}

// --- private ---

/** What a simulation does not ask is answered as by a register where nothing happens. */
const settledPopulation = Effect.runSync(
  Effect.provide(
    PopulationRegistry.PopulationRegistry,
    PopulationRegistry.layerSimulator(() => undefined).pipe(Layer.fresh)
  )
)

const calling = <A, E>(port: string, act: () => Effect.Effect<A, E>): Effect.Effect<A, E> =>
  Effect.andThen(Storage.refuseInTransaction(port), Effect.suspend(act))

const channelError = (reason: MessageChannel.ChannelError["reason"]) =>
  new MessageChannel.ChannelError({ channel: "simulated", reason })
