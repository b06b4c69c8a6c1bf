/**
 * Registering: from decoded applications to participants, memberships, notices and clocks.
 *
 * One application is one command with an idempotency key, and one unit of work: its people, their
 * memberships, the messages that tell them, the clocks that bind the office and the audit lines
 * are committed together or not at all. Inside one application each person has an outcome of
 * their own; a broken line holds nobody else back.
 *
 * Who registers somebody who is on the register already is told so, and by which registration, when that is theirs to
 * know: the citizen or helper who registered the person, the employer who did, the office of the area
 * (`learn-registration` of `Permission`). Anybody else gets the answer that everybody without rows of others gets, which
 * does not tell whether the NIK is known, and the card's holder is told, once a day however often it is tried.
 *
 * The same key gives the same answer again and writes nothing. Uniqueness (one NIK, one live
 * card, one number) is enforced by the storage: a lost race is planned anew on what the winner left.
 *
 * @since 0.1.0
 */
import * as Array from "effect/Array"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Consents } from "../access/Consents.ts"
import * as Permission from "../access/Permission.ts"
import { Audit } from "../audit/Audit.ts"
import { Deduplication, keysOf } from "../deduplication/Deduplication.ts"
import type { ParticipantNumber } from "../identity/ParticipantNumber.ts"
import { Outbox } from "../messaging/Outbox.ts"
import { Crypto } from "../privacy/Crypto.ts"
import { CardNumbers } from "../registry/CardNumbers.ts"
import * as PopulationRegistry from "../registry/PopulationRegistry.ts"
import { Clocks } from "../sla/Clocks.ts"
import type { Stored } from "../storage/Aggregate.ts"
import { Storage } from "../storage/Storage.ts"
import * as StorageError from "../storage/StorageError.ts"
import type { Command, Receipt } from "./Command.ts"
import * as Outcome from "./Outcome.ts"
import * as Plan from "./Plan.ts"
import * as RegistrationRecord from "./RegistrationRecord.ts"
import { makeHolders } from "./internal/holders.ts"
import { type Ahead, make as makeLine } from "./internal/line.ts"
import { contentOf, linesOf } from "./internal/lines.ts"
import { waves } from "./internal/waves.ts"
import { deedOf, makeWrite } from "./internal/write.ts"

// --- errors ---

/**
 * The idempotency key was used before for something else. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class KeyReused extends Schema.TaggedError<KeyReused>("@kis/core/registration/KeyReused")("KeyReused", {
  registration: Schema.String
}) {
  override get message() {
    return (
      `This idempotency key belongs to registration ${this.registration}, which has another content. ` +
      "Send the new content under a new key."
    )
  }
}

/**
 * Why a command was not carried out.
 *
 * @category errors
 * @since 0.1.0
 */
export type Refused = KeyReused | Permission.NotAllowed

// --- models ---

/**
 * What became of each command, in their order.
 *
 * @category models
 * @since 0.1.0
 */
export type Answers = ReadonlyArray<Result.Result<Receipt, Refused>>

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Registration extends Context.Service<
  Registration,
  {
    /** Carries out one command, if its actor may register there: a helper, under a consent that covers everybody in it. */
    readonly register: (command: Command) => Effect.Effect<Receipt, Refused | StorageError.StorageError>
    /**
     * Carries out many commands as if one by one, in order, in few commits. At most about 250 people at
     * once, so that a commit stays within what every store takes.
     */
    readonly registerMany: (commands: ReadonlyArray<Command>) => Effect.Effect<Answers, StorageError.StorageError>
    /**
     * Makes a line for calls of `registerMany` that may overlap, and give what they would give one after
     * another. The outer effect takes the place in the line, the inner one carries out: what could meet
     * somebody ahead waits until those are on the register, and fails with them.
     */
    readonly line: Effect.Effect<
      (commands: ReadonlyArray<Command>) => Effect.Effect<Effect.Effect<Answers, StorageError.StorageError>>
    >
  }
>()("@kis/core/registration/Registration") {}

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<
  Registration,
  never,
  | Storage
  | Crypto
  | Audit
  | Consents
  | Outbox
  | Clocks
  | Deduplication
  | PopulationRegistry.PopulationRegistry
  | CardNumbers
> = Layer.effect(
  Registration,
  Effect.gen(function* () {
    const storage = yield* Storage
    const crypto = yield* Crypto
    const deduplication = yield* Deduplication
    const population = yield* PopulationRegistry.PopulationRegistry
    const cardNumbers = yield* CardNumbers
    const consents = yield* Consents
    const write = makeWrite({
      storage,
      audit: yield* Audit,
      outbox: yield* Outbox,
      clocks: yield* Clocks,
      consents
    })

    const holdersOf = makeHolders(storage)

    const known = Effect.fnUntraced(function* (pending: ReadonlyArray<Prepared>) {
      const keys = pending.map((it) => it.command.key)
      const found = yield* storage.findMany(RegistrationRecord.aggregate, "command", keys)
      return (key: string) => found.get(key)
    })

    /** Asks the population register. No answer is not "no": everybody asked about stays pending. */
    const verify = Effect.fnUntraced(function* (people: ReadonlyArray<Plan.Applicant>) {
      const asked = people.flatMap((it) => {
        const { nik, name, birthDate, sex } = it.person
        return nik === undefined ? [] : [{ applicant: it, query: { nik, name, birthDate, sex } }]
      })
      if (asked.length === 0) return new Map<Plan.Applicant, PopulationRegistry.Answer>()
      const answers = yield* population
        .match(asked.map((it) => it.query))
        .pipe(Effect.catchTag("RegistryError", (error) => Effect.as(Effect.logDebug(error.message), [])))
      return new Map(
        answers.flatMap((answer, i) => {
          const applicant = asked[i]?.applicant
          return applicant === undefined ? [] : [[applicant, answer] as const]
        })
      )
    })

    /** A number for each verified person. Without one nobody is active: they stay pending. */
    const issue = Effect.fnUntraced(function* (people: ReadonlyArray<Plan.Applicant>, attempt: number) {
      const suffix = attempt === 0 ? "" : `#${attempt}`
      const numbers = yield* cardNumbers
        .issue(people.map((it) => `${it.reference}${suffix}`))
        .pipe(Effect.catchTag("RegistryError", (error) => Effect.as(Effect.logDebug(error.message), [])))
      return new Map(
        people.flatMap((it, i): Array<[Plan.Applicant, ParticipantNumber]> => {
          const number = numbers[i]
          return number === undefined ? [] : [[it, number]]
        })
      )
    })

    /** Takes out the commands whose actor may not register these people. Nobody else is asked about them. */
    const allowed = Effect.fnUntraced(function* (pending: ReadonlyArray<Prepared>, done: Done) {
      const fit: Array<Prepared> = []
      for (const it of pending) {
        const { actor, consent, office } = it.command
        const asked =
          actor.kind === "proxy"
            ? consents.check(consent, deedOf(it.command, it.applicants))
            : Permission.demand(actor, "register", { office, owner: actor })
        const refused = yield* asked.pipe(
          Effect.as(undefined),
          Effect.catchTag("NotAllowed", (refusal) => Effect.succeed(refusal))
        )
        if (refused === undefined) fit.push(it)
        else done.set(it, Result.fail(refused))
      }
      return fit
    })

    /** Plans and writes commands that cannot be near matches of each other; gives those that lost a race. */
    const carryOut = Effect.fnUntraced(function* (wave: ReadonlyArray<Prepared>, attempt: number, done: Done) {
      const findings = yield* deduplication.search(wave.flatMap((it) => it.applicants))
      let from = 0
      const planned = wave.map((it) => {
        const own = findings.slice(from, (from += it.applicants.length))
        return { ...it, plans: Plan.plan(it.lines, own) }
      })
      const toRegister = planned.flatMap((it) =>
        it.plans.flatMap((plan) => (plan._tag === "Register" ? [plan.applicant] : []))
      )
      const answers = yield* verify(toRegister)
      const cards = yield* issue(
        toRegister.filter((it) => answers.get(it)?._tag === "Matched"),
        attempt
      )
      const holders = yield* holdersOf(planned)
      const at = yield* Clock.currentTimeMillis
      const results = yield* storage.each(
        planned.map((it, i) =>
          write({
            command: it.command,
            content: it.content,
            deed: deedOf(it.command, it.applicants),
            plans: it.plans,
            answers,
            cards,
            holders: holders[i] ?? new Map(),
            at
          })
        )
      )
      const lost: Array<Prepared> = []
      for (const [i, result] of results.entries()) {
        const prepared = wave[i]
        if (prepared === undefined) continue
        if (Result.isSuccess(result)) done.set(prepared, Result.succeed(result.success))
        else if (result.failure._tag === "UniqueViolation") lost.push(prepared)
        else if (result.failure._tag === "NotAllowed") done.set(prepared, Result.fail(result.failure))
        else return yield* result.failure
      }
      return lost
    })

    /** One attempt after another until every command of the wave has an answer. */
    const settle = Effect.fnUntraced(function* (wave: ReadonlyArray<Prepared>, done: Done) {
      let pending = wave
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (attempt > 0) pending = answerKnown(pending, yield* known(pending), done)
        if (pending.length === 0) return
        pending = yield* carryOut(pending, attempt, done)
      }
      if (pending.length > 0) {
        return yield* StorageError.of(new StorageError.Contention({ attempts: ATTEMPTS }))
      }
    })

    const prepare = (commands: ReadonlyArray<Command>) =>
      commands.map((command): Prepared => {
        const lines = linesOf(command, crypto)
        const applicants = lines.filter((line) => line._tag === "Applicant")
        const keys = [`command ${command.key}`, ...applicants.flatMap(keysOf)]
        return { command, lines, applicants, keys, content: contentOf(command, crypto) }
      })

    const registerAll = Effect.fn("Registration.registerMany")(function* (
      prepared: ReadonlyArray<Prepared>,
      ahead: Ahead<StorageError.StorageError>
    ) {
      const done: Done = new Map()
      const fresh = yield* allowed(answerKnown(prepared, yield* known(prepared), done), done)
      const order = waves(fresh.map((it) => it.keys))
      for (const positions of order) {
        const wave = positions.flatMap((position) => fresh[position] ?? [])
        const late = wave.filter((it) => ahead.isBehind(it.keys))
        const free = wave.filter((it) => !late.includes(it))
        // a key that came twice in one call: the second finds the record of the first
        yield* settle(order[0] === positions ? free : answerKnown(free, yield* known(free), done), done)
        if (late.length === 0) continue
        yield* ahead.settled(late.flatMap((it) => it.keys))
        yield* settle(answerKnown(late, yield* known(late), done), done)
      }
      return yield* Effect.forEach(prepared, (it) => {
        const result = done.get(it)
        return result === undefined
          ? Effect.die(new Error("A command was neither carried out nor refused"))
          : Effect.succeed(result)
      })
    })

    const line = Effect.sync(() => {
      const join = makeLine<StorageError.StorageError>()
      return (commands: ReadonlyArray<Command>) =>
        Effect.sync(() => {
          const prepared = prepare(commands)
          const { ahead, leaving } = join(prepared.flatMap((it) => it.keys))
          return leaving(registerAll(prepared, ahead))
        })
    })

    const registerMany = (commands: ReadonlyArray<Command>) =>
      Effect.flatMap(line, (join) => Effect.flatten(join(commands)))

    return Registration.of({
      registerMany,
      line,
      register: Effect.fn("Registration.register")(function* (command: Command) {
        const results = yield* registerMany([command])
        return yield* Effect.flatMap(Effect.fromOption(Array.head(results)), Effect.fromResult).pipe(
          Effect.catchTag("NoSuchElementError", Effect.die)
        )
      })
    })
  })
)

// --- private ---

const ATTEMPTS = 6

interface Prepared {
  readonly command: Command
  readonly content: string
  readonly lines: ReadonlyArray<Plan.Applicant | Plan.Refused>
  readonly applicants: ReadonlyArray<Plan.Applicant>
  /** By which it could meet another command. */
  readonly keys: ReadonlyArray<string>
}

type Done = Map<Prepared, Result.Result<Receipt, Refused>>

/** Takes out the commands that the register knows already: same content, same answer. */
const answerKnown = (
  pending: ReadonlyArray<Prepared>,
  find: (key: string) => Stored<RegistrationRecord.RegistrationRecord> | undefined,
  done: Done
): ReadonlyArray<Prepared> =>
  pending.filter((prepared) => {
    const record = find(prepared.command.key)
    if (record === undefined) return true
    done.set(
      prepared,
      record.value.content === prepared.content
        ? Result.succeed({
            registration: record.id,
            outcomes: record.value.outcomes.map((it) => Outcome.toldTo(prepared.command.actor, it)),
            repeated: true,
            run: record.value.run
          })
        : Result.fail(new KeyReused({ registration: record.id }))
    )
    return false
  })
