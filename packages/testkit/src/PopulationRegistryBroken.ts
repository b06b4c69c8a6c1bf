/**
 * Civil registers that answer wrongly on purpose, each in one way.
 *
 * @since 0.1.0
 */
import { PopulationRegistry, RegistryError } from "@kis/core/registry"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as PopulationRegistryLaws from "./PopulationRegistryLaws.ts"

type Service = PopulationRegistry.PopulationRegistry["Service"]

// --- models ---

/**
 * The defects, and the law that must catch each.
 *
 * @category models
 * @since 0.1.0
 */
export const caughtBy = {
  comparesLetters: "who stands there as asked is matched, and a name is compared by its sound",
  forgetsTheFields: "what stands there otherwise is named, field by field",
  takesSwitchedOffForAbsent: "a number that is not there, one that is switched off and a death are three answers",
  answersByNumber: "answers come in the order asked, one for each, with repetitions",
  answersOnce: "answers come in the order asked, one for each, with repetitions",
  cutsLongLists: "a thousand people are asked about at once",
  remembersOldAnswers: "what has changed there changes the answer",
  takesOutageForAbsent: "an outage is an error, of everybody, and never an answer",
  throwsUntyped: "an outage is an error, of everybody, and never an answer",
  waitsForEver: "an answer that does not come is an error within two minutes",
  believesNonsense: "nonsense is an error, and never an answer",
  hidesTheLimit: "a request to wait is passed on, as one",
  quotesThePerson: "the error tells no NIK and no name",
  asksInsideUnit: "asking inside a unit of work is refused",
  newestFirst: "changes come in the order in which they were entered, whole, each under a name of its own",
  namesByPerson: "changes come in the order in which they were entered, whole, each under a name of its own",
  skipsBetweenPages: "pages of any size leave nothing out and give nothing twice",
  repeatsBetweenPages: "pages of any size leave nothing out and give nothing twice",
  losesThePlace: "what is entered later comes behind the place that was reached",
  tellsOnce: "the same place gives the same changes again",
  takesOutageForEnd: "an outage of the feed is an error, and never its end"
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
export const layerBroken = (
  defect: Defect
): Layer.Layer<PopulationRegistry.PopulationRegistry | PopulationRegistryLaws.Civil> =>
  Layer.effect(
    PopulationRegistry.PopulationRegistry,
    Effect.map(PopulationRegistry.PopulationRegistry, (whole) =>
      PopulationRegistry.PopulationRegistry.of({ ...whole, ...breaks[defect](whole) })
    )
  ).pipe(Layer.provideMerge(PopulationRegistryLaws.layerSimulator))

// --- private ---

type Answer = PopulationRegistry.Answer

const absent: Answer = { _tag: "NotFound" }

const failed = (reason: RegistryError.RegistryError["reason"]) =>
  new RegistryError.RegistryError({ registry: "population", reason })

/** In a fiber that knows nothing of the unit of work around it. */
const apart = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E> =>
  Effect.flatten(Effect.promise(() => Effect.runPromiseExit(effect)))

const breaks: Record<Defect, (whole: Service) => Partial<Service>> = {
  comparesLetters: (whole) => ({
    match: (queries) =>
      Effect.map(whole.match(queries), (answers) =>
        answers.map((answer, i): Answer =>
          answer._tag === "Matched" && queries[i]?.name.startsWith("Moh.") === true
            ? { _tag: "Differs", fields: ["name"] }
            : answer
        )
      )
  }),
  forgetsTheFields: (whole) => ({
    match: (queries) =>
      Effect.map(whole.match(queries), (answers) =>
        answers.map((answer): Answer => (answer._tag === "Differs" ? { ...answer, fields: ["name"] } : answer))
      )
  }),
  takesSwitchedOffForAbsent: (whole) => ({
    match: (queries) =>
      Effect.map(whole.match(queries), (answers) =>
        answers.map((answer) => (answer._tag === "Inactive" ? absent : answer))
      )
  }),
  answersByNumber: (whole) => ({
    match: (queries) => whole.match(queries.toSorted((one, other) => one.nik.localeCompare(other.nik)))
  }),
  answersOnce: (whole) => ({
    match: (queries) => whole.match([...new Map(queries.map((query) => [query.nik, query])).values()])
  }),
  cutsLongLists: (whole) => ({ match: (queries) => whole.match(queries.slice(0, 500)) }),
  remembersOldAnswers: (whole) => {
    const known = new Map<string, Answer>()
    return {
      match: (queries) =>
        Effect.map(whole.match(queries), (answers) =>
          answers.map((answer, i) => {
            const key = JSON.stringify(queries[i])
            const first = known.get(key) ?? answer
            known.set(key, first)
            return first
          })
        )
    }
  },
  takesOutageForAbsent: (whole) => ({
    match: (queries) => Effect.catch(whole.match(queries), () => Effect.succeed(queries.map(() => absent)))
  }),
  throwsUntyped: (whole) => ({
    match: (queries) => Effect.catch(whole.match(queries), () => Effect.die(new Error("the line is down")))
  }),
  waitsForEver: (whole) => ({
    match: (queries) =>
      Effect.flatMap(Clock.currentTimeMillis, (from) =>
        Effect.catch(whole.match(queries), (error) =>
          Effect.flatMap(Clock.currentTimeMillis, (to) => (to > from ? Effect.never : error))
        )
      )
  }),
  believesNonsense: (whole) => ({
    match: (queries) =>
      Effect.catch(whole.match(queries), (error) =>
        error.reason === "Unreadable" ? Effect.succeed(queries.slice(1).map(() => absent)) : error
      )
  }),
  hidesTheLimit: (whole) => ({
    match: (queries) =>
      Effect.catch(whole.match(queries), (error) => (error.reason === "RateLimited" ? failed("Unavailable") : error))
  }),
  quotesThePerson: (whole) => ({
    match: (queries) =>
      Effect.tapError(whole.match(queries), (error) =>
        Effect.sync(() => void (error.stack = `no answer about ${queries.map(({ name }) => name).join()}`))
      )
  }),
  asksInsideUnit: (whole) => ({ changes: (after, limit) => apart(whole.changes(after, limit)) }),
  newestFirst: (whole) => ({
    changes: (after, limit) =>
      Effect.map(whole.changes(after, limit), (page) => ({ ...page, changes: page.changes.toReversed() }))
  }),
  namesByPerson: (whole) => ({
    changes: (after, limit) =>
      Effect.map(whole.changes(after, limit), (page) => ({
        ...page,
        changes: page.changes.map((change) => ({ ...change, id: change.nik }))
      }))
  }),
  skipsBetweenPages: (whole) => ({
    changes: (after, limit) =>
      Effect.map(whole.changes(after, limit), (page) =>
        page.more ? { ...page, changes: page.changes.slice(1) } : page
      )
  }),
  repeatsBetweenPages: (whole) => ({
    changes: (after, limit) =>
      Effect.map(whole.changes(after, limit), (page) => ({
        ...page,
        changes: page.more && page.changes[0] !== undefined ? [page.changes[0], ...page.changes] : page.changes
      }))
  }),
  losesThePlace: (whole) => ({
    changes: (after, limit) =>
      Effect.map(whole.changes(after, limit), ({ changes, more, next }) =>
        changes.length === 0 || next === undefined ? { changes, more } : { changes, more, next }
      )
  }),
  tellsOnce: (whole) => {
    const told = new Set<string>()
    return {
      changes: (after, limit) =>
        Effect.map(whole.changes(after, limit), (page) => {
          const changes = page.changes.filter(({ id }) => !told.has(id))
          for (const { id } of changes) told.add(id)
          return { ...page, changes }
        })
    }
  },
  takesOutageForEnd: (whole) => ({
    changes: (after, limit) =>
      Effect.catch(whole.changes(after, limit), () =>
        Effect.succeed({ changes: [], more: false, ...(after === undefined ? {} : { next: after }) })
      )
  })
}
