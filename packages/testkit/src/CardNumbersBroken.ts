/**
 * Issuers of card numbers that are wrong on purpose, each in one way.
 *
 * @since 0.1.0
 */
import type { ParticipantNumber } from "@kis/core/identity"
import { CardNumbers } from "@kis/core/registry"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as CardNumbersLaws from "./CardNumbersLaws.ts"

type Service = CardNumbers.CardNumbers["Service"]

// --- models ---

/**
 * The defects, and the law that must catch each.
 *
 * @category models
 * @since 0.1.0
 */
export const caughtBy = {
  dropsZeros: "every number is a participant number: 13 digits, zeros in front kept",
  answersByReference: "numbers come in the order of the references, one for each",
  answersOnce: "one reference has one number, also twice in one question and from many at once",
  racesWithItself: "one reference has one number, also twice in one question and from many at once",
  cutsReferences: "no two references have one number, however alike they are",
  foldsReferences: "no two references have one number, however alike they are",
  cutsLongLists: "a thousand numbers are asked for at once",
  givesAnotherAfterLoss: "after an answer that was lost, the same reference gets the number that was lost",
  takesOutageForNone: "an outage is an error that may be asked again, and never too few numbers",
  throwsUntyped: "an outage is an error that may be asked again, and never too few numbers",
  asksInsideUnit: "asking inside a unit of work is refused"
} as const

/**
 * @category models
 * @since 0.1.0
 */
export type Defect = keyof typeof caughtBy

/**
 * @category models
 * @since 0.1.0
 */
export const defects = Object.keys(caughtBy) as ReadonlyArray<Defect>

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layerBroken = (defect: Defect): Layer.Layer<CardNumbers.CardNumbers | CardNumbersLaws.Issuer> =>
  Layer.effect(
    CardNumbers.CardNumbers,
    Effect.map(CardNumbers.CardNumbers, (whole) => CardNumbers.CardNumbers.of({ issue: breaks[defect](whole) }))
  ).pipe(Layer.provideMerge(CardNumbersLaws.layerSimulator))

// --- private ---

const breaks: Record<Defect, (whole: Service) => Service["issue"]> = {
  dropsZeros: (whole) => (references) =>
    Effect.map(whole.issue(references), (numbers) =>
      numbers.map((number) => String(Number(number)) as ParticipantNumber.ParticipantNumber)
    ),
  answersByReference: (whole) => (references) => whole.issue(references.toSorted()),
  answersOnce: (whole) => (references) => whole.issue([...new Set(references)]),
  racesWithItself: (whole) => {
    let asking = 0
    return (references) =>
      Effect.suspend(() => {
        const place = asking++
        return Effect.andThen(
          Effect.promise(() => Promise.resolve()),
          whole.issue(place === 0 ? references : references.map((reference) => `${reference}/${place}`))
        ).pipe(Effect.ensuring(Effect.sync(() => void asking--)))
      })
  },
  cutsReferences: (whole) => (references) => whole.issue(references.map((reference) => reference.slice(0, 10))),
  foldsReferences: (whole) => (references) =>
    whole.issue(references.map((reference) => reference.normalize("NFC").trim().toLowerCase())),
  cutsLongLists: (whole) => (references) => whole.issue(references.slice(0, 500)),
  givesAnotherAfterLoss: (whole) => {
    let losses = 0
    return (references) =>
      Effect.suspend(() => whole.issue(losses === 0 ? references : references.map((it) => `${it} ${losses}`))).pipe(
        Effect.tapError(() => Effect.sync(() => void losses++))
      )
  },
  takesOutageForNone: (whole) => (references) => Effect.catch(whole.issue(references), () => Effect.succeed([])),
  throwsUntyped: (whole) => (references) =>
    Effect.catch(whole.issue(references), () => Effect.die(new Error("issuer down"))),
  asksInsideUnit: (whole) => (references) =>
    // in a fiber that knows nothing of the unit of work around it
    Effect.flatten(Effect.promise(() => Effect.runPromiseExit(whole.issue(references))))
}
