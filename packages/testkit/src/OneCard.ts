/**
 * Many who register one person at the same moment, each through the service of registering: citizens, one with the same
 * command again and again, officers of the area and of another, employers, and strangers.
 *
 * However it comes out, there is one card and one welcome. The command that won, sent again, and everybody who may know it
 * get the registration that won; everybody else gets an answer that does not tell whether the person was known, and
 * the card's holder is told of those once. Who may know is worked out here anew, not asked of `Permission`.
 *
 * An adapter needs its store for {@link rush}, or one script that Node can run, which calls {@link child}, for {@link race}.
 *
 * @since 0.1.0
 */
import { type Actor, Permission } from "@kis/core/access"
import { Audit } from "@kis/core/audit"
import { Participant } from "@kis/core/deduplication"
import { Nik, Region } from "@kis/core/identity"
import { Application, type Columns } from "@kis/core/intake"
import { Membership } from "@kis/core/membership"
import { Message } from "@kis/core/messaging"
import { type Crypto, KeyRing } from "@kis/core/privacy"
import { type Outcome, Register, Registration, RegistrationRecord } from "@kis/core/registration"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Storage, type StorageAdapter, type StorageError } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import * as Children from "./internal/children.ts"
import * as Rows from "./internal/rows.ts"

// --- models ---

/**
 * What stands in one place: the store, and what seals it.
 *
 * @category models
 * @since 0.1.0
 */
export type Ports = Layer.Layer<StorageAdapter.StorageAdapter | Crypto.Crypto>

/**
 * One who registers the person. `phone` is the one that they name.
 *
 * @category models
 * @since 0.1.0
 */
export interface Contender {
  readonly key: string
  readonly actor: Actor.Actor
  readonly office: string
  readonly phone: string
}

/**
 * What a contender was told: a registration and the ends of its lines, or the tag of an error.
 *
 * @category models
 * @since 0.1.0
 */
export type Answer = { readonly key: string; readonly label: string } & (
  | { readonly registration: string; readonly outcomes: ReadonlyArray<Outcome.Told> }
  | { readonly failed: string }
)

/**
 * What came of it: how many were told what, and everything that is wrong, in words.
 *
 * @category models
 * @since 0.1.0
 */
export interface Report {
  /** Who registered the person, as the audit record names them. */
  readonly winner: string
  /** Who got the registration that won: the winner, and those who sent the same command or may know. */
  readonly told: number
  /** Who got the neutral answer. */
  readonly neutral: number
  readonly findings: ReadonlyArray<string>
}

type Services = Registration.Registration | Storage.Storage | Audit.Audit | Region.Regions

// --- constructors ---

/**
 * Ten kinds of contenders, in turn.
 *
 * @category constructors
 * @since 0.1.0
 */
export const contenders = (count: number): ReadonlyArray<Contender> =>
  Array.from({ length: count }, (_, i): Contender => {
    const own = { key: `k${i}`, office: AREA, phone: `0813${String(10_000_000 + i)}` }
    const at = (kind: Actor.Actor["kind"], id: string, office = AREA) => ({ ...own, actor: { kind, id }, office })
    switch (i % 10) {
      // one person whose phone sends the same command until it gets an answer
      case 0:
      case 1:
        return { ...at("citizen", "siti"), key: "siti", phone: "081298765432" }
      case 2:
        return at("citizen", "siti")
      case 3:
        return at("officer", "417")
      case 4:
        return at("supervisor", "12")
      case 5:
        return at("officer", "900", ELSEWHERE)
      case 6:
        return at("employer", "acme")
      case 7:
        return at("local-government", "9971")
      default:
        return at("citizen", `stranger-${i}`)
    }
  })

// --- layers ---

/**
 * The register in one place. Everybody who opens it has the same keys, and officers answer for the area that they are in.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (ports: Ports): Layer.Layer<Services, StorageError.StorageError> => layerOf(ports, mandates)

/**
 * The same with other mandates: what it finds shows that it can find something.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerOf = (ports: Ports, mandates: Layer.Layer<never>): Layer.Layer<Services, StorageError.StorageError> =>
  Register.layer().pipe(
    Layer.provideMerge(Storage.layer(Register.aggregates)),
    Layer.provideMerge(mandates),
    Layer.provideMerge(Region.layerTest),
    Layer.provide([
      population,
      CardNumbers.layerSimulator("one card"),
      KeyRing.layerMemory(new Uint8Array(32).fill(3))
    ]),
    Layer.provide(ports),
    Layer.fresh
  )

// --- racing ---

/**
 * Has all register the person at once, in this process.
 *
 * @category racing
 * @since 0.1.0
 */
export const rush = Effect.fnUntraced(function* (
  all: ReadonlyArray<Contender>
): Effect.fn.Return<ReadonlyArray<Answer>, never, Registration.Registration | Region.Regions> {
  const registration = yield* Registration.Registration
  const regions = yield* Region.Regions
  return yield* Effect.all(
    all.map(({ actor, key, office, phone }) =>
      registration
        .register({
          key,
          actor,
          office,
          channel: "app",
          on,
          application: Application.decodeHousehold([{ line: 1, fields: { ...person, phone } }], { today: on }, regions)
        })
        .pipe(
          // whoever gets no answer asks again
          Effect.retry({
            while: (error) => error._tag === "StorageError" && error.isRetryable,
            times: 20,
            schedule: Schedule.spaced("50 millis")
          }),
          Effect.result,
          Effect.map((result): Answer => {
            const asker = { key, label: `${actor.kind}:${actor.id}` }
            if (Result.isSuccess(result)) {
              const { outcomes, registration } = result.success
              return { ...asker, registration, outcomes }
            }
            const error = result.failure
            return { ...asker, failed: error._tag === "StorageError" ? error.reason._tag : error._tag }
          })
        )
    ),
    { concurrency: "unbounded" }
  )
})

/**
 * The whole life of a child process: it opens the register at its first argument and registers its share.
 *
 * @category racing
 * @since 0.1.0
 */
export const child = async (portsAt: (place: string) => Ports): Promise<void> => {
  const { order, place } = Children.given()
  const { among, count, first } = order as Share
  const mine = contenders(count).filter((_, i) => i % among === first)
  const program = Effect.andThen(Children.untilGo, rush(mine))
  Children.say(JSON.stringify(await Effect.runPromise(Effect.provide(program, layer(portsAt(place))))))
  Children.leave()
}

/**
 * Has all register the person at once, from several processes that have opened one empty place.
 *
 * @category racing
 * @since 0.1.0
 */
export const race = Effect.fnUntraced(function* (options: {
  readonly script: URL
  readonly place: string
  readonly processes: number
  readonly contenders: number
}): Effect.fn.Return<ReadonlyArray<Answer>, never, Scope.Scope> {
  const { contenders: count, processes: among } = options
  const shares = Array.from({ length: among }, (_, first): Share => ({ among, count, first }))
  const said = yield* Children.together(options.script, options.place, shares)
  return said.flatMap((line) => JSON.parse(line) as ReadonlyArray<Answer>)
})

// --- verifying ---

/**
 * Holds what was told, and what the register has now, against what must be.
 *
 * @category verifying
 * @since 0.1.0
 */
export const verify = Effect.fnUntraced(function* (
  all: ReadonlyArray<Contender>,
  answers: ReadonlyArray<Answer>
): Effect.fn.Return<Report, StorageError.StorageError, Storage.Storage | Audit.Audit> {
  const audit = yield* Audit.Audit
  const findings: Array<string> = []
  const demand = (holds: boolean, otherwise: string) => void (holds || findings.push(otherwise))

  const people = yield* Rows.all(Participant.aggregate)
  const cards = (yield* Rows.all(Membership.aggregate)).flatMap(({ value }) => value.card ?? [])
  demand(people.length === 1, `${people.length} people are on the register`)
  demand(cards.length === 1, `${cards.length} cards were issued`)
  for (const { id } of people) {
    const { entries, findings: broken } = yield* audit.verify(id)
    demand(broken.length === 0, `the record of ${id} does not verify`)
    demand(entries.length === 1, `${entries.length} lines record ${id}`)
  }

  const records = yield* Rows.all(RegistrationRecord.aggregate)
  const keys = new Set(all.map(({ key }) => key))
  demand(records.length === keys.size, `${keys.size} applications were sent, ${records.length} are kept`)
  const winners = records.filter(({ value }) => value.outcomes.some(({ _tag }) => _tag === "Registered"))
  demand(winners.length === 1, `${winners.length} registrations brought somebody`)
  const [won] = winners
  if (won === undefined) return { winner: "nobody", told: 0, neutral: 0, findings }
  const winner = labelOf(won.value.actor)
  const byKey = new Map(all.map((contender) => [contender.key, contender]))
  const [participant] = won.value.outcomes.flatMap((it) => (it._tag === "Registered" ? [it.participant] : []))

  demand(answers.length === all.length, `${all.length} asked, ${answers.length} were answered`)
  const counts = { told: 0, neutral: 0 }
  for (const answer of answers) {
    const contender = byKey.get(answer.key)
    if ("failed" in answer || contender === undefined) {
      findings.push(`${answer.label} got no answer: ${"failed" in answer ? answer.failed : "of a command nobody sent"}`)
      continue
    }
    const [outcome, ...more] = answer.outcomes
    demand(more.length === 0, `${answer.label} was told of more than one line`)
    if (answer.key === won.value.command) {
      counts.told++
      demand(answer.registration === won.id, `${answer.label} sent what won, and got another registration`)
      const seen = worksForArea(contender.actor) ? "Registered" : "Received"
      demand(outcome?._tag === seen, `${answer.label} sent what won, and was told ${outcome?._tag}`)
    } else if (mayKnow(contender, won.value)) {
      counts.told++
      const reference = outcome?._tag === "Already" ? outcome.registration : undefined
      demand(reference === won.id, `${answer.label} may know what ${winner} registered, and was told ${outcome?._tag}`)
    } else {
      counts.neutral++
      const said = JSON.stringify(answer)
      const isNeutral = JSON.stringify(answer.outcomes) === JSON.stringify([{ _tag: "Received", line: 1 }])
      demand(isNeutral, `${answer.label} may not know what ${winner} registered, and was told ${outcome?._tag}`)
      for (const id of [won.id, participant]) {
        demand(id === undefined || !said.includes(id), `${answer.label} was given an id of what ${winner} registered`)
      }
    }
  }
  const references = new Map(records.map(({ id, value }) => [value.command, id as string]))
  for (const answer of answers) {
    if ("failed" in answer) continue
    demand(references.get(answer.key) === answer.registration, `${answer.label} got a registration that is not its own`)
  }

  const holder = byKey.get(won.value.command)?.phone.replace(/^0/, "+62")
  const messages = yield* Rows.all(Message.aggregate)
  const told = (template: (id: string) => boolean) => messages.filter(({ value }) => template(value.template))
  const alarms = told((id) => id === "registered-again")
  const welcomes = told((id) => id.startsWith("registered-") && id !== "registered-again")
  demand(welcomes.length === 1, `${welcomes.length} welcomes were sent`)
  const due = counts.neutral === 0 ? 0 : 1
  demand(alarms.length === due, `the holder was told of strangers ${alarms.length} times`)
  demand(messages.length === welcomes.length + alarms.length, `${messages.length} messages were written`)
  for (const { value } of messages) demand(value.to === holder, `${value.template} went to another phone`)
  return { winner, ...counts, findings }
})

// --- private ---

const AREA = "0903"
const ELSEWHERE = "0904"
const on = PlainDate.make("2026-11-24")

interface Share {
  readonly first: number
  readonly among: number
  readonly count: number
}

const mandates = Layer.succeed(Permission.Mandates, {
  of: ({ id }) => Effect.succeed({ offices: [id === "900" ? ELSEWHERE : AREA], employers: [] })
})

const person = {
  household: "H1",
  family_card: "9971010101200001",
  citizenship: "WNI",
  district: "367105",
  relation: "head",
  name: "Agus Santoso",
  nik: "9971010304850001",
  sex: "L",
  birth_date: "1985-04-03",
  mother_name: "Sri Siregar",
  marital_status: "kawin",
  occupation: "own-account",
  class: "3",
  pbi_decree: "tidak",
  local_scheme: "tidak",
  studies: "tidak"
} satisfies Partial<Record<Columns.Column, string>>

const population = PopulationRegistry.layerSimulator((nik) =>
  nik === person.nik
    ? { nik: Nik.Nik.make(nik), name: person.name, birthDate: PlainDate.make(person.birth_date), sex: "male" }
    : undefined
)

const labelOf = ({ id, kind }: Actor.Actor): string => `${kind}:${id}`

const worksForArea = ({ kind }: Actor.Actor): boolean => ["officer", "supervisor", "local-government"].includes(kind)

const mayKnow = ({ actor, office }: Contender, won: RegistrationRecord.RegistrationRecord): boolean =>
  worksForArea(actor) ? office === won.office : labelOf(actor) === labelOf(won.actor)
