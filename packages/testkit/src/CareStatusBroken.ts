/**
 * Hospitals that answer wrongly on purpose, each in one way.
 *
 * @since 0.1.0
 */
import { CareStatus } from "@kis/core/registry"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as CareStatusLaws from "./CareStatusLaws.ts"

type Service = CareStatus.CareStatus["Service"]

// --- models ---

/**
 * The defects, and the law that must catch each.
 *
 * @category models
 * @since 0.1.0
 */
export const caughtBy = {
  remembersOldAnswers: "who is admitted is in treatment, from then on",
  neverDischarges: "who went home is not in treatment, until admitted again",
  takesUnknownForHome: "of a card that no hospital knows nothing is known: never that there is no treatment",
  answersByNumber: "answers come in the order asked, one for each, with repetitions",
  answersOnce: "answers come in the order asked, one for each, with repetitions",
  cutsLongLists: "a thousand cards are asked about at once",
  takesOutageForHome: "an outage is an error, of everybody, and never an answer",
  throwsUntyped: "an outage is an error, of everybody, and never an answer",
  quotesTheCard: "the error tells no card number",
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
export const layerBroken = (defect: Defect): Layer.Layer<CareStatus.CareStatus | CareStatusLaws.Wards> =>
  Layer.effect(
    CareStatus.CareStatus,
    Effect.map(CareStatus.CareStatus, (whole) => CareStatus.CareStatus.of({ ask: breaks[defect](whole) }))
  ).pipe(Layer.provideMerge(CareStatusLaws.layerMemory))

// --- private ---

const home: CareStatus.Care = "not-in-treatment"

const breaks: Record<Defect, (whole: Service) => Service["ask"]> = {
  remembersOldAnswers: (whole) => {
    const known = new Map<string, CareStatus.Care>()
    return (cards) =>
      Effect.map(whole.ask(cards), (answers) =>
        answers.map((answer, i) => {
          const card = String(cards[i])
          const first = known.get(card) ?? answer
          known.set(card, first)
          return first
        })
      )
  },
  neverDischarges: (whole) => (cards) =>
    Effect.map(whole.ask(cards), (answers) => answers.map((answer) => (answer === home ? "in-treatment" : answer))),
  takesUnknownForHome: (whole) => (cards) =>
    Effect.map(whole.ask(cards), (answers) => answers.map((answer) => (answer === "unknown" ? home : answer))),
  answersByNumber: (whole) => (cards) => whole.ask(cards.toSorted()),
  answersOnce: (whole) => (cards) => whole.ask([...new Set(cards)]),
  cutsLongLists: (whole) => (cards) => whole.ask(cards.slice(0, 500)),
  takesOutageForHome: (whole) => (cards) => Effect.catch(whole.ask(cards), () => Effect.succeed(cards.map(() => home))),
  throwsUntyped: (whole) => (cards) => Effect.catch(whole.ask(cards), () => Effect.die(new Error("wards down"))),
  quotesTheCard: (whole) => (cards) =>
    Effect.tapError(whole.ask(cards), (error) =>
      Effect.sync(() => void (error.stack = `no answer about ${cards.join()}`))
    ),
  asksInsideUnit: (whole) => (cards) =>
    // in a fiber that knows nothing of the unit of work around it
    Effect.flatten(Effect.promise(() => Effect.runPromiseExit(whole.ask(cards))))
}
