/**
 * The laws of the PopulationRegistry port. A port is tested with the register behind it, which its
 * author provides as `Civil`: for a real one that is its sandbox, with a line that can be disturbed.
 *
 * @since 0.1.0
 */
import { assert } from "@effect/vitest"
import { Nik } from "@kis/core/identity"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { PopulationRegistry, RegistryError } from "@kis/core/registry"
import { Storage, StorageMemory } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import * as Law from "./Law.ts"
import * as PopulationSimulator from "./PopulationSimulator.ts"

// --- models ---

/**
 * The register at the other end of the port that is tested.
 *
 * @category services
 * @since 0.1.0
 */
export class Civil extends Context.Service<
  Civil,
  {
    readonly enter: (resident: PopulationRegistry.Resident) => Effect.Effect<void>
    readonly report: (entry: PopulationSimulator.Entry) => Effect.Effect<void>
    /** From now on every question meets this. */
    readonly trouble: (kind: Trouble) => Effect.Effect<void>
  }
>()("@kis/testkit/PopulationRegistryLaws/Civil") {}

/**
 * The line is cut, the other end says nothing, says what is no answer, or asks to wait.
 *
 * @category models
 * @since 0.1.0
 */
export type Trouble = "down" | "silent" | "nonsense" | "limited"

type Port = PopulationRegistry.PopulationRegistry
type Ends = { readonly registry: Port["Service"]; readonly civil: Civil["Service"] }

const law = (name: string, holds: (ends: Ends) => Effect.Effect<void, unknown>): Law.Law<Port | Civil> =>
  Law.make(
    name,
    Effect.gen(function* () {
      yield* holds({ registry: yield* PopulationRegistry.PopulationRegistry, civil: yield* Civil })
    })
  )

// --- laws ---

/**
 * @category laws
 * @since 0.1.0
 */
export const laws: ReadonlyArray<Law.Law<Port | Civil>> = [
  law("who stands there as asked is matched, and a name is compared by its sound", ({ civil, registry }) =>
    Effect.gen(function* () {
      yield* civil.enter(person(1))
      const asked = [person(1), { ...person(1), name: "Moh. Rizqi" }]
      assert.deepStrictEqual(yield* registry.match(asked), [{ _tag: "Matched" }, { _tag: "Matched" }])
    })
  ),

  law("what stands there otherwise is named, field by field", ({ civil, registry }) =>
    Effect.gen(function* () {
      yield* civil.enter(person(1))
      const answers = yield* registry.match([
        { ...person(1), name: "Slamet Raharjo" },
        { ...person(1), birthDate: OTHER_DAY },
        { ...person(1), sex: "female" },
        { ...person(1), name: "Slamet Raharjo", birthDate: OTHER_DAY, sex: "female" }
      ])
      assert.deepStrictEqual(answers.map(fieldsOf), [["name"], ["birthDate"], ["sex"], ["birthDate", "name", "sex"]])
    })
  ),

  law("a number that is not there, one that is switched off and a death are three answers", ({ civil, registry }) =>
    Effect.gen(function* () {
      yield* civil.enter({ ...person(1), status: "inactive" })
      yield* civil.enter({ ...person(2), status: "deceased" })
      const answers = yield* registry.match([person(1), person(2), person(3)])
      assert.deepStrictEqual(
        answers.map((_) => _._tag),
        ["Inactive", "Deceased", "NotFound"]
      )
    })
  ),

  law("answers come in the order asked, one for each, with repetitions", ({ civil, registry }) =>
    Effect.gen(function* () {
      yield* civil.enter(person(3))
      yield* civil.enter({ ...person(1), status: "inactive" })
      const answers = yield* registry.match([person(3), person(2), person(1), person(3), person(1)])
      assert.deepStrictEqual(
        answers.map((_) => _._tag),
        ["Matched", "NotFound", "Inactive", "Matched", "Inactive"]
      )
      assert.deepStrictEqual(yield* registry.match([]), [])
    })
  ),

  law("a thousand people are asked about at once", ({ civil, registry }) =>
    Effect.gen(function* () {
      const people = Array.from({ length: 1000 }, (_, i) => person(i + 1))
      yield* civil.enter(person(998))
      const answers = yield* registry.match(people)
      assert.lengthOf(answers, people.length)
      assert.deepStrictEqual(
        answers.flatMap((answer, i) => (answer._tag === "Matched" ? [i + 1] : [])),
        [998]
      )
    })
  ),

  law("what has changed there changes the answer", ({ civil, registry }) =>
    Effect.gen(function* () {
      yield* civil.enter({ ...person(1), name: "Slamet Raharjo" })
      const tag = Effect.map(registry.match([person(1)]), ([answer]) => answer?._tag)
      assert.strictEqual(yield* tag, "Differs")
      yield* civil.report({ _tag: "Corrected", nik: person(1).nik, name: person(1).name })
      assert.strictEqual(yield* tag, "Matched")
      yield* civil.report({ _tag: "Died", nik: person(1).nik, diedOn: OTHER_DAY })
      assert.strictEqual(yield* tag, "Deceased")
    })
  ),

  law("an outage is an error, of everybody, and never an answer", ({ civil, registry }) =>
    Effect.gen(function* () {
      yield* civil.enter(person(1))
      yield* civil.trouble("down")
      demandAskedAgain(yield* Effect.flip(registry.match([person(1), person(2)])))
    })
  ),

  law("an answer that does not come is an error within two minutes", ({ civil, registry }) =>
    Effect.gen(function* () {
      yield* civil.enter(person(1))
      yield* civil.trouble("silent")
      const asking = yield* Effect.forkChild(Effect.flip(registry.match([person(1)])))
      yield* TestClock.adjust("2 minutes")
      assert.isDefined(asking.pollUnsafe())
      demandAskedAgain(yield* Fiber.join(asking))
    })
  ),

  law("nonsense is an error, and never an answer", ({ civil, registry }) =>
    Effect.gen(function* () {
      yield* civil.enter(person(1))
      yield* civil.trouble("nonsense")
      demandAskedAgain(yield* Effect.flip(registry.match([person(1), person(2), person(3)])))
      demandAskedAgain(yield* Effect.flip(registry.changes(undefined, 10)))
    })
  ),

  law("a request to wait is passed on, as one", ({ civil, registry }) =>
    Effect.gen(function* () {
      yield* civil.trouble("limited")
      const error = yield* Effect.flip(registry.match([person(1)]))
      demandAskedAgain(error)
      assert.strictEqual(error.reason, "RateLimited")
    })
  ),

  law("the error tells no NIK and no name", ({ civil, registry }) =>
    Effect.gen(function* () {
      yield* civil.trouble("down")
      const error = yield* Effect.flip(registry.match([{ ...person(7_312), name: "Kenari Purnama" }]))
      const told = `${JSON.stringify(error)} ${error.message} ${error.stack} ${String(error.cause)}`
      for (const secret of [person(7_312).nik, "Kenari", "Purnama"]) assert.notInclude(told, secret)
    })
  ),

  law("asking inside a unit of work is refused", ({ registry }) =>
    Effect.gen(function* () {
      assert.isTrue(Exit.hasDies(yield* Effect.exit(insideUnit(registry.match([person(1)])))))
      assert.isTrue(Exit.hasDies(yield* Effect.exit(insideUnit(registry.changes(undefined, 1)))))
    })
  ),

  law(
    "changes come in the order in which they were entered, whole, each under a name of its own",
    ({ civil, registry }) =>
      Effect.gen(function* () {
        for (const entry of entries) yield* civil.report(entry)
        const { changes } = yield* registry.changes(undefined, 100)
        assert.deepStrictEqual(
          changes.map(({ id: _id, on: _on, ...entry }) => entry),
          entries
        )
        assert.strictEqual(new Set(changes.map((_) => _.id)).size, entries.length)
      })
  ),

  law("pages of any size leave nothing out and give nothing twice", ({ civil, registry }) =>
    Effect.gen(function* () {
      for (const entry of entries) yield* civil.report(entry)
      const whole = yield* registry.changes(undefined, 100)
      for (const size of [1, 2, 3]) {
        const seen: Array<PopulationRegistry.Change> = []
        let after: PopulationRegistry.Cursor | undefined
        let more = true
        while (more) {
          const page = yield* registry.changes(after, size)
          assert.isAtMost(page.changes.length, size)
          assert.isAbove(page.changes.length, 0, "an empty page says that there is no more")
          seen.push(...page.changes)
          after = page.next
          more = page.more
        }
        assert.deepStrictEqual(seen, whole.changes)
      }
    })
  ),

  law("what is entered later comes behind the place that was reached", ({ civil, registry }) =>
    Effect.gen(function* () {
      assert.deepStrictEqual((yield* registry.changes(undefined, 10)).changes, [])
      for (const entry of entries) yield* civil.report(entry)
      const { next } = yield* registry.changes(undefined, 100)
      const nothing = yield* registry.changes(next, 10)
      assert.deepStrictEqual([nothing.changes, nothing.more], [[], false])
      yield* civil.report({ _tag: "SwitchedOff", nik: person(9).nik })
      for (const place of [next, nothing.next]) {
        const { changes } = yield* registry.changes(place, 10)
        assert.deepStrictEqual(
          changes.map((_) => _.nik),
          [person(9).nik]
        )
      }
    })
  ),

  law("the same place gives the same changes again", ({ civil, registry }) =>
    Effect.gen(function* () {
      for (const entry of entries) yield* civil.report(entry)
      const first = yield* registry.changes(undefined, 2)
      const rest = yield* registry.changes(first.next, 100)
      assert.deepStrictEqual(yield* registry.changes(undefined, 2), first)
      assert.deepStrictEqual(yield* registry.changes(first.next, 100), rest)
    })
  ),

  law("an outage of the feed is an error, and never its end", ({ civil, registry }) =>
    Effect.gen(function* () {
      for (const entry of entries) yield* civil.report(entry)
      yield* civil.trouble("down")
      demandAskedAgain(yield* Effect.flip(registry.changes(undefined, 10)))
    })
  )
]

// --- suites ---

/**
 * @category suites
 * @since 0.1.0
 */
export const suite = <E>(name: string, layer: Layer.Layer<Port | Civil, E>): void =>
  Law.suite(`PopulationRegistry: ${name}`, laws, layer, undefined)

// --- layers ---

/**
 * The simulator, with its register behind it.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerSimulator: Layer.Layer<Port | Civil> = Layer.effect(
  Civil,
  Effect.map(PopulationSimulator.CivilRegister, ({ enter, report, turn }) => Civil.of({ enter, report, trouble: turn }))
).pipe(Layer.provideMerge(PopulationSimulator.layer({ allowance: 0 })))

// --- private ---

const OTHER_DAY = PlainDate.make("1985-04-04")

const person = (n: number): PopulationRegistry.Resident => ({
  nik: Nik.Nik.make(`997101030485${String(n).padStart(4, "0")}`),
  name: "Muhammad Rizki",
  birthDate: PlainDate.make("1985-04-03"),
  sex: "male"
})

const entries: ReadonlyArray<PopulationSimulator.Entry> = [
  { _tag: "Corrected", nik: person(2).nik, name: "Muhammad Rizki Ramadhan" },
  { _tag: "Died", nik: person(1).nik, diedOn: PlainDate.make("2026-02-10") },
  { _tag: "SwitchedOff", nik: person(3).nik },
  { _tag: "Corrected", nik: person(2).nik, birthDate: OTHER_DAY, sex: "female" },
  { _tag: "DeathWithdrawn", nik: person(1).nik },
  { _tag: "SwitchedOn", nik: person(3).nik },
  { _tag: "SwitchedOff", nik: person(3).nik }
]

const fieldsOf = (answer: PopulationRegistry.Answer) => (answer._tag === "Differs" ? answer.fields.toSorted() : answer)

const demandAskedAgain = (error: unknown) => {
  assert.instanceOf(error, RegistryError.RegistryError)
  assert.strictEqual(error.registry, "population")
  assert.isTrue(error.isRetryable, `${error.reason} would never be asked again`)
}

const unit = Storage.layer([]).pipe(
  Layer.provide(StorageMemory.layer),
  Layer.provide(Crypto.layer),
  Layer.provide(KeyRing.layerMemory(new Uint8Array(32)))
)

const insideUnit = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.flatMap(Storage.Storage, (storage) => storage.transaction(effect)).pipe(Effect.provide(unit))
