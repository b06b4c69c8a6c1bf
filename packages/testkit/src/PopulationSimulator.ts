/**
 * A civil register that behaves as a remote one does: slow, silent, down, answering nonsense and
 * asking to wait, in turn. It never lies: whatever it answers is what it holds.
 *
 * The weather of each stretch of time follows from the seed and the clock alone, so that a test on a
 * test clock sees the same troubles each time.
 *
 * @since 0.1.0
 */
import type { Nik } from "@kis/core/identity"
import { PopulationRegistry, RegistryError } from "@kis/core/registry"
import { Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Dice from "./Dice.ts"

// --- models ---

/**
 * - `fair`: answers at once; `slow`: in some seconds; `silent`: never;
 * - `down`: refuses the connection; `nonsense`: what comes back is no answer;
 * - `limited`: takes so many questions, and asks to wait for the rest of the stretch.
 *
 * @category models
 * @since 0.1.0
 */
export type Weather = "fair" | "slow" | "silent" | "down" | "nonsense" | "limited"

/**
 * @category models
 * @since 0.1.0
 */
export const weathers: readonly [Weather, ...ReadonlyArray<Weather>] = [
  "fair",
  "slow",
  "silent",
  "down",
  "nonsense",
  "limited"
]

/**
 * Something to be entered in the register: a change without the name and day that the register gives it.
 *
 * @category models
 * @since 0.1.0
 */
export type Entry = PopulationRegistry.Change extends infer C
  ? C extends PopulationRegistry.Change
    ? Omit<C, "id" | "on">
    : never
  : never

/**
 * Without `seed` the weather is fair until somebody says otherwise.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly residents?: Iterable<PopulationRegistry.Resident>
  readonly seed?: number
  /** How long one weather lasts. */
  readonly stretch?: Duration.Input
  /** How long an answer is waited for. */
  readonly patience?: Duration.Input
  /** How many people may be asked about in a stretch of `limited`. */
  readonly allowance?: number
}

/**
 * The register itself, which an officer of the civil registry keeps.
 *
 * @category services
 * @since 0.1.0
 */
export class CivilRegister extends Context.Service<
  CivilRegister,
  {
    /** Enters a person who was not there; nothing about it comes into the feed. */
    readonly enter: (resident: PopulationRegistry.Resident) => Effect.Effect<void>
    /** Changes a person's line, and says so in the feed. */
    readonly report: (entry: Entry) => Effect.Effect<void>
    /** From now on the weather is this one; without, what the seed says. */
    readonly turn: (weather?: Weather) => Effect.Effect<void>
    /** The weather now. */
    readonly weather: Effect.Effect<Weather>
    /** How many questions were put so far, answered or not. */
    readonly questions: Effect.Effect<number>
  }
>()("@kis/testkit/PopulationSimulator/CivilRegister") {}

// --- layers ---

/**
 * The port together with the register behind it.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options = {}): Layer.Layer<PopulationRegistry.PopulationRegistry | CivilRegister> =>
  Layer.effectContext(
    Effect.sync(() => {
      const held = makeHeld(options.residents ?? [])
      const sky = makeSky(options)
      const patience = options.patience ?? "10 seconds"
      let questions = 0

      /** Carries a question over a line that may do anything to it but change the answer. */
      const ask = <A>(people: number, answer: () => A, garbled: (whole: A) => unknown, isWhole: (it: A) => boolean) =>
        Effect.gen(function* () {
          yield* Storage.refuseInTransaction("PopulationRegistry")
          questions++
          const { dice, now, weather } = yield* sky.look
          switch (weather) {
            case "down":
              return yield* failed("Unavailable")
            case "silent":
              return yield* Effect.never
            case "limited":
              if (!sky.take(people)) return yield* failed("RateLimited", sky.endsAt(now) - now)
              break
            case "slow":
              yield* Effect.sleep(Duration.millis(500 + dice.roll(5_000)))
              break
          }
          const said = weather === "nonsense" ? (garbled(answer()) as A) : answer()
          if (!isWhole(said)) return yield* failed("Unreadable")
          return said
        }).pipe(Effect.timeoutOrElse({ duration: patience, orElse: () => failed("Unavailable") }))

      const registry = PopulationRegistry.PopulationRegistry.of({
        match: Effect.fn("PopulationRegistry.match")((queries: ReadonlyArray<PopulationRegistry.Query>) =>
          ask(
            queries.length,
            () => queries.map((query) => PopulationRegistry.judge(query, held.find(query.nik))),
            // a reply that was cut in half: who is past the cut would be taken for somebody else
            (whole) => (whole.length === 0 ? "?" : whole.slice(1)),
            (said) => Array.isArray(said) && said.length === queries.length
          )
        ),
        changes: Effect.fn("PopulationRegistry.changes")(
          (after: PopulationRegistry.Cursor | undefined, limit: number) =>
            ask(
              1,
              () => held.changes(after, limit),
              () => ({ changes: "?" }),
              ({ changes }) => Array.isArray(changes)
            )
        )
      })

      const civil = CivilRegister.of({
        enter: (resident) => Effect.sync(() => held.enter(resident)),
        report: (entry) =>
          Effect.map(Clock.currentTimeMillis, (at) => held.report(entry, PlainDate.fromInstant(at, "WIB"))),
        turn: (weather) => Effect.sync(() => sky.turn(weather)),
        weather: Effect.map(sky.look, ({ weather }) => weather),
        questions: Effect.sync(() => questions)
      })
      return Context.make(PopulationRegistry.PopulationRegistry, registry).pipe(Context.add(CivilRegister, civil))
    })
  )

// --- private: what it holds ---

const makeHeld = (residents: Iterable<PopulationRegistry.Resident>) => {
  const byNik = new Map<Nik.Nik, PopulationRegistry.Resident>()
  for (const resident of residents) byNik.set(resident.nik, resident)
  const feed: Array<PopulationRegistry.Change> = []

  return {
    find: (nik: Nik.Nik) => byNik.get(nik),
    enter: (resident: PopulationRegistry.Resident) => void byNik.set(resident.nik, resident),
    report: (entry: Entry, on: PlainDate.PlainDate) => {
      feed.push({ ...entry, id: `change-${feed.length + 1}`, on })
      const resident = byNik.get(entry.nik)
      if (resident !== undefined) byNik.set(entry.nik, after(resident, entry))
    },
    changes: (place: PopulationRegistry.Cursor | undefined, limit: number): PopulationRegistry.Changes => {
      const from = place === undefined ? 0 : Number(place)
      const changes = feed.slice(from, from + limit)
      const next = from + changes.length
      return {
        changes,
        ...(next === 0 ? {} : { next: PopulationRegistry.Cursor.make(String(next)) }),
        more: next < feed.length
      }
    }
  }
}

const after = (resident: PopulationRegistry.Resident, entry: Entry): PopulationRegistry.Resident => {
  const { status: _, ...living } = resident
  switch (entry._tag) {
    case "Died":
      return { ...living, status: "deceased" }
    case "SwitchedOff":
      return { ...living, status: "inactive" }
    case "DeathWithdrawn":
    case "SwitchedOn":
      return living
    case "Corrected":
      return {
        ...resident,
        ...(entry.name === undefined ? {} : { name: entry.name }),
        ...(entry.birthDate === undefined ? {} : { birthDate: entry.birthDate }),
        ...(entry.sex === undefined ? {} : { sex: entry.sex })
      }
  }
}

// --- private: weather ---

const makeSky = ({ allowance = 100, seed, stretch = "1 minute" }: Options) => {
  const length = Duration.toMillis(stretch)
  let set: Weather | undefined
  let taken = { stretch: -1, people: 0 }
  let current = 0

  const look = Effect.map(Clock.currentTimeMillis, (now) => {
    current = Math.floor(now / length)
    const dice = Dice.make(Math.imul((seed ?? 0) + 1, 0x9e3779b1) ^ current)
    const drawn = dice.pick(weathers)
    return { now, dice, weather: set ?? (seed === undefined ? "fair" : drawn) }
  })

  return {
    look,
    turn: (weather?: Weather) => {
      set = weather
    },
    endsAt: (now: number) => (Math.floor(now / length) + 1) * length,
    /** Whether so many people may still be asked about in this stretch. */
    take: (people: number) => {
      if (taken.stretch !== current) taken = { stretch: current, people: 0 }
      if (taken.people + people > allowance) return false
      taken = { ...taken, people: taken.people + people }
      return true
    }
  }
}

const failed = (reason: RegistryError.RegistryError["reason"], retryAfterMillis?: number) =>
  new RegistryError.RegistryError({
    registry: "population",
    reason,
    ...(retryAfterMillis === undefined ? {} : { retryAfterMillis })
  })
