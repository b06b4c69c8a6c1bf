/**
 * Kills what writes a register, again and again, and looks whether the register is still right.
 *
 * Eight clients register households and tell what they begin and what was acknowledged. After each kill the
 * register is opened again and held against that list: nothing acknowledged is lost, no household is there in
 * part, nothing is recorded twice, the audit chains verify. A client that got no answer asks again.
 *
 * An adapter needs one script that Node can run, which calls {@link child}.
 *
 * A kill is no power cut: the operating system still writes what the process gave it. That a commit waits for the
 * disk is not shown here.
 *
 * @since 0.1.0
 */
import { Audit } from "@kis/core/audit"
import { type Crypto, KeyRing } from "@kis/core/privacy"
import { type Id, Storage, type StorageAdapter, type StorageError } from "@kis/core/storage"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { once } from "node:events"
import * as Dice from "./Dice.ts"
import * as Children from "./internal/children.ts"
import { client, niksOf, Person, Shift, SIZE } from "./internal/crashRegister.ts"

// --- models ---

/**
 * What stands in one place: the store, and what seals it.
 *
 * @category models
 * @since 0.1.0
 */
export type Ports = Layer.Layer<StorageAdapter.StorageAdapter | Crypto.Crypto>

/**
 * What the clients said, by household, and what was seen of it. One book goes through all rounds.
 *
 * @category models
 * @since 0.1.0
 */
export interface Book {
  /** Numbers of households whose registration was begun. */
  readonly begun: Set<number>
  /** Those of them that a client was told are there. */
  readonly acknowledged: Set<number>
  /** Those whose first attempt got no answer and was written: the second attempt said so. */
  readonly already: Set<number>
  /** Which line of which chain records a person. */
  readonly recorded: Map<Id.Id, string>
}

/**
 * What is wrong with a register.
 *
 * - `Lost`: a household that was acknowledged is not there.
 * - `Halved`: a household is there in part, or more often than once.
 * - `Unrecorded`: a person is there without a line.
 * - `Twice`: two lines record one person.
 * - `Unknown`: a line records a person who is not there, or somebody whom no client began is.
 * - `Chain`: a chain does not verify.
 *
 * @category models
 * @since 0.1.0
 */
export interface Finding {
  readonly _tag: "Lost" | "Halved" | "Unrecorded" | "Twice" | "Unknown" | "Chain"
  readonly detail: string
}

/**
 * What came of all rounds. `inDoubt` counts households that were begun and not acknowledged when a kill came, and
 * `written` those of them that were found to be there nevertheless when a client asked again.
 *
 * @category models
 * @since 0.1.0
 */
export interface Report {
  readonly rounds: number
  readonly acknowledged: number
  readonly inDoubt: number
  readonly written: number
  readonly findings: ReadonlyArray<Finding>
  readonly seconds: number
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly rounds: number
  /** Of the moments: the same seed waits as long. */
  readonly seed: number
  /** The longest time before a kill, in milliseconds: 400 unless said otherwise. */
  readonly longest?: number
  readonly onRound?: (round: number, book: Book) => void
}

// --- constructors ---

/**
 * @category constructors
 * @since 0.1.0
 */
export const emptyBook = (): Book => ({
  begun: new Set(),
  acknowledged: new Set(),
  already: new Set(),
  recorded: new Map()
})

// --- layers ---

/**
 * The register in one place. Everybody who opens it has the same keys.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (ports: Ports): Layer.Layer<Audit.Audit | Storage.Storage, StorageError.StorageError> =>
  Audit.layer.pipe(
    Layer.provideMerge(Storage.layer([Person, Shift])),
    Layer.provide(ports),
    Layer.provide(KeyRing.layerMemory(new Uint8Array(32).fill(3))),
    Layer.fresh
  )

// --- working ---

/**
 * Registers the given households by one client each, in the order given, and keeps the book.
 *
 * @category working
 * @since 0.1.0
 */
export const work = (
  book: Book,
  round: number,
  households: ReadonlyArray<number>
): Effect.Effect<void, StorageError.StorageError, Audit.Audit | Storage.Storage> => {
  const left = households.values()
  return client(round, 0, () => left.next().value, keeping(book))
}

// --- verifying ---

/**
 * What is wrong with what was written in a round. Households begun before are looked at when they are named.
 *
 * @category verifying
 * @since 0.1.0
 */
export const verify = Effect.fnUntraced(function* (
  book: Book,
  options: { readonly fromRound: number; readonly households: Iterable<number> }
): Effect.fn.Return<ReadonlyArray<Finding>, StorageError.StorageError, Audit.Audit | Storage.Storage> {
  const storage = yield* Storage.Storage
  const findings: Array<Finding> = []
  const people: Array<Id.Id> = []
  // people before lines: who is there has been recorded, also when a killed client's last commit still arrives
  for (const numbers of inParts([...options.households], PART)) {
    const found = yield* storage.findMany(Person, "nik", numbers.flatMap(niksOf))
    const kin = yield* storage.snapshot(storage.scanKeys(Person, "kin", numbers.map(String), SIZE + 1))
    for (const number of numbers) {
      const ids = niksOf(number).flatMap((nik) => found.get(nik)?.id ?? [])
      const held = kin.get(String(number))?.rows.length ?? 0
      people.push(...ids)
      if (ids.length === 0 && held === 0) {
        if (book.acknowledged.has(number)) findings.push({ _tag: "Lost", detail: `household ${number}` })
      } else if (ids.length !== SIZE || (held !== SIZE && ids.length > 0)) {
        findings.push({ _tag: "Halved", detail: `household ${number}: ${ids.length} by NIK, ${held} by household` })
      }
    }
  }
  findings.push(...(yield* readChains(book, options.fromRound)))
  for (const id of people) if (!book.recorded.has(id)) findings.push({ _tag: "Unrecorded", detail: id })
  return findings
})

/**
 * What is wrong with the whole register, once nobody writes.
 *
 * @category verifying
 * @since 0.1.0
 */
export const verifyAll = Effect.fnUntraced(function* (
  book: Book
): Effect.fn.Return<ReadonlyArray<Finding>, StorageError.StorageError, Audit.Audit | Storage.Storage> {
  const storage = yield* Storage.Storage
  const findings = [...(yield* verify(book, { fromRound: 0, households: book.begun }))]
  const there = new Set<Id.Id>()
  yield* scanAll(
    (after) => storage.scan(Person, "household", {}, { after, limit: 500 }),
    ({ id, value }) => {
      there.add(id)
      if (!book.begun.has(value.household)) {
        findings.push({ _tag: "Unknown", detail: `household ${value.household}` })
      }
    }
  )
  for (const id of book.recorded.keys()) {
    if (!there.has(id)) findings.push({ _tag: "Unknown", detail: `the line of ${id}` })
  }
  return findings
})

// --- processes ---

/**
 * The whole life of a child process: it opens the register at its first argument and does what it is told.
 *
 * @category processes
 * @since 0.1.0
 */
export const child = async (portsAt: (place: string) => Ports): Promise<void> => {
  const { order, place } = Children.given()
  const orders = order as Order
  const program = orders._tag === "Take" ? take(orders) : write(orders)
  await Effect.runPromise(Effect.provide(program, layer(portsAt(place))))
  Children.leave()
}

/**
 * Several processes that open one empty place together and then all try at once to register one NIK. Gives what
 * each attempt was told: "registered", or the tag of its error.
 *
 * @category processes
 * @since 0.1.0
 */
export const race = Effect.fnUntraced(function* (options: {
  readonly script: URL
  readonly place: string
  readonly processes: number
  /** Of each process. */
  readonly attempts: number
}): Effect.fn.Return<ReadonlyArray<string>, never, Scope.Scope> {
  const order: Order = { _tag: "Take", attempts: options.attempts }
  const said = yield* Children.together(
    options.script,
    options.place,
    Array.from({ length: options.processes }, () => order)
  )
  return said.flatMap((line) => JSON.parse(line) as ReadonlyArray<string>)
})

/**
 * How many people the register holds.
 *
 * @category verifying
 * @since 0.1.0
 */
export const countPeople: Effect.Effect<number, StorageError.StorageError, Storage.Storage> = Effect.flatMap(
  Storage.Storage,
  (storage) => storage.snapshot(storage.countBy(Person, "id", {}))
)

/**
 * Kills a process of ours that eight clients share, at random moments: one round in four while it opens the register,
 * the others while it writes. The next one goes on where it was.
 *
 * @category killing
 * @since 0.1.0
 */
export const killProcess = Effect.fnUntraced(function* (
  options: Options & { readonly script: URL; readonly place: string; readonly ports: Ports }
): Effect.fn.Return<Report, StorageError.StorageError> {
  const tally = tallyOf(options)
  const { book } = tally
  const register = layer(options.ports)
  const began = yield* Clock.currentTimeMillis
  for (let round = 1; round <= options.rounds; round++) {
    const again = tally.inDoubt()
    const touched = new Set(again)
    yield* Effect.scoped(
      Effect.gen(function* () {
        const running = yield* Children.launch(options.script, options.place, {
          _tag: "Write",
          round,
          next: tally.next(),
          again
        })
        const output = Children.linesOf(running)
        // "up"
        yield* Children.read(output)
        const known = book.acknowledged.size
        if (tally.isAtWork(round)) {
          while (book.acknowledged.size === known && hear(book, touched, yield* Children.read(output)));
        }
        yield* Effect.sleep(tally.wait())
        running.kill("SIGKILL")
        // what it said before it died counts too
        while (hear(book, touched, yield* Children.read(output)));
        if (running.exitCode === null && running.signalCode === null) yield* Effect.promise(() => once(running, "exit"))
        // it never ends by itself: one that does tests nothing
        if (running.signalCode !== "SIGKILL") {
          return yield* Effect.die(new Error(`round ${round}: the child ended by itself, exit ${running.exitCode}`))
        }
      })
    )
    tally.count()
    const found = yield* Effect.provide(verify(book, { fromRound: round - 1, households: touched }), register)
    tally.findings.push(...found)
    options.onRound?.(round, book)
  }
  // a server may still be writing what the last process sent
  yield* Effect.sleep("1 second")
  tally.findings.push(...(yield* Effect.provide(verifyAll(book), register)))
  return tally.report(options.rounds, (yield* Clock.currentTimeMillis) - began)
})

/**
 * Kills the server at random moments while eight clients of this process are at work; `crash` ends when it is up
 * again. The clients keep their connections, and go on.
 *
 * @category killing
 * @since 0.1.0
 */
export const killServer = Effect.fnUntraced(function* <E>(
  options: Options & { readonly crash: Effect.Effect<void, E>; readonly ports: Ports }
): Effect.fn.Return<Report, StorageError.StorageError | E> {
  const tally = tallyOf(options)
  const { book } = tally
  const began = yield* Clock.currentTimeMillis
  yield* Effect.provide(
    Effect.gen(function* () {
      for (let round = 1; round <= options.rounds; round++) {
        const before = book.acknowledged.size
        const first = tally.next()
        let next = first
        const load = { on: true }
        const clients = Effect.all(
          Array.from({ length: CLIENTS }, (_, name) =>
            client(round, name, () => (load.on ? next++ : undefined), keeping(book))
          ),
          { concurrency: "unbounded" }
        )
        const crashing = Effect.gen(function* () {
          yield* Effect.sleep("2 millis").pipe(Effect.repeat({ until: () => book.begun.size > before }))
          yield* Effect.sleep(tally.wait())
          tally.count()
          const enough = book.acknowledged.size + CLIENTS
          yield* options.crash
          yield* Effect.sleep("5 millis").pipe(Effect.repeat({ until: () => book.acknowledged.size >= enough }))
          load.on = false
        })
        yield* Effect.all([clients, crashing], { concurrency: "unbounded" })
        const households = Array.from({ length: next - first }, (_, i) => first + i)
        tally.findings.push(...(yield* verify(book, { fromRound: round, households })))
        options.onRound?.(round, book)
      }
      tally.findings.push(...(yield* verifyAll(book)))
    }),
    layer(options.ports)
  )
  return tally.report(options.rounds, (yield* Clock.currentTimeMillis) - began)
})

// --- private ---

const CLIENTS = 8
const LONGEST = 400
const PART = 100

type Order =
  | { readonly _tag: "Take"; readonly attempts: number }
  | { readonly _tag: "Write"; readonly round: number; readonly next: number; readonly again: ReadonlyArray<number> }

const take = Effect.fnUntraced(function* (order: Order & { _tag: "Take" }) {
  const storage = yield* Storage.Storage
  yield* Children.untilGo
  const attempt = storage.transaction(storage.insert(Person, { nik: "99", household: process.pid })).pipe(
    Effect.as("registered"),
    Effect.catch((error) => Effect.succeed(error._tag === "StorageError" ? error.reason._tag : error._tag))
  )
  const attempts = Array.from({ length: order.attempts }, () => attempt)
  Children.say(JSON.stringify(yield* Effect.all(attempts, { concurrency: "unbounded" })))
})

const write = (order: Order & { _tag: "Write" }) => {
  const again = [...order.again]
  let next = order.next
  return Effect.all(
    Array.from({ length: CLIENTS }, (_, name) =>
      client(order.round, name, () => again.shift() ?? next++, {
        begun: (household) => Children.say(`begun ${household}`),
        already: (household) => Children.say(`already ${household}`),
        acknowledged: (household) => Children.say(`acknowledged ${household}`)
      })
    ),
    { concurrency: "unbounded" }
  )
}

/** Writes down what a process said; false when it says no more. */
const hear = (book: Book, touched: Set<number>, line: string | undefined): boolean => {
  if (line === undefined) return false
  const [verb, number] = line.split(" ")
  if (verb !== "begun" && verb !== "already" && verb !== "acknowledged") return true
  touched.add(Number(number))
  book[verb].add(Number(number))
  return true
}

const keeping = (book: Book) => ({
  begun: (household: number) => void book.begun.add(household),
  already: (household: number) => void book.already.add(household),
  acknowledged: (household: number) => void book.acknowledged.add(household)
})

/** Reads chains from a round on into the book. A line that was read before is no second one. */
const readChains = Effect.fnUntraced(function* (book: Book, from: number) {
  const storage = yield* Storage.Storage
  const audit = yield* Audit.Audit
  const findings: Array<Finding> = []
  const shifts: Array<Id.Id> = []
  yield* scanAll(
    (after) => storage.scan(Shift, "round", { from }, { after, limit: 500 }),
    ({ id }) => shifts.push(id)
  )
  for (const shift of shifts) {
    const { entries, findings: broken } = yield* audit.verify(shift)
    for (const finding of broken) findings.push({ _tag: "Chain", detail: `${finding._tag} in ${shift}` })
    for (const [i, entry] of entries.entries()) {
      for (const { id } of entry.refs ?? []) {
        const line = `${shift}/${i}`
        const before = book.recorded.get(id)
        if (before !== undefined && before !== line) findings.push({ _tag: "Twice", detail: `${before} and ${line}` })
        book.recorded.set(id, line)
      }
    }
  }
  return findings
})

const scanAll = Effect.fnUntraced(function* <A>(
  page: (
    after: Storage.Cursor | undefined
  ) => Effect.Effect<Storage.Page<A>, StorageError.StorageError, Storage.Snapshot>,
  each: (row: Storage.Page<A>["rows"][number]) => void
) {
  const storage = yield* Storage.Storage
  let after: Storage.Cursor | undefined
  do {
    const { next, rows } = yield* storage.snapshot(page(after))
    rows.forEach(each)
    after = next
  } while (after !== undefined)
})

const inParts = <A>(list: ReadonlyArray<A>, size: number): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))

const tallyOf = ({ longest = LONGEST, seed }: Options) => {
  const dice = Dice.make(seed)
  const book = emptyBook()
  const findings: Array<Finding> = []
  let inDoubt = 0
  const doubted = () => [...book.begun].filter((it) => !book.acknowledged.has(it))
  return {
    book,
    findings,
    next: () => (book.begun.size === 0 ? 1 : [...book.begun].reduce((most, it) => Math.max(most, it), 0) + 1),
    wait: () => dice.roll(longest),
    /** One round in four is killed from its first statement on, the others when something was acknowledged. */
    isAtWork: (round: number) => round % 4 !== 1,
    inDoubt: doubted,
    count: () => {
      inDoubt += doubted().length
    },
    report: (rounds: number, millis: number): Report => ({
      rounds,
      acknowledged: book.acknowledged.size,
      inDoubt,
      written: book.already.size,
      findings,
      seconds: Math.round(millis / 1_000)
    })
  }
}
