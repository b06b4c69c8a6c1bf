import { assert, describe, it } from "@effect/vitest"
import { Audit, Checkpoint, Inspection } from "@kis/core/audit"
import { KeyRing } from "@kis/core/privacy"
import { type Id, Storage, StorageMemory } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { TestClock } from "effect/testing"
import { Job, layerOn, Person, person } from "../storage/Register.ts"

const { Storage: Store } = Storage

const onMemory = (memory: StorageMemory.Memory) =>
  Layer.fresh(Audit.layer.pipe(Layer.provideMerge(layerOn(StorageMemory.layerOf(memory)))))

const deed = (id: Id.Id, action: string, version: number) =>
  Effect.flatMap(Audit.Audit, (audit) =>
    audit.record(id, { actor: "officer:417", action, refs: [{ aggregate: "person", id, version }] })
  )

const register = (nik: string) =>
  Effect.flatMap(Store, (storage) =>
    storage.transaction(
      Effect.tap(storage.insert(Person, person({ nik, phone: `+62${nik}` })), (id) => deed(id, "register", 1))
    )
  )

const correct = (id: Id.Id, balance: number) =>
  Effect.flatMap(Store, (storage) =>
    storage.transaction(
      Effect.gen(function* () {
        const row = Option.getOrThrow(yield* storage.get(Person, id))
        const { version } = yield* storage.update(Person, row, { ...row.value, balance })
        yield* deed(id, "correct", version)
      })
    )
  )

const remove = (id: Id.Id) =>
  Effect.flatMap(Store, (storage) =>
    storage.transaction(
      Effect.gen(function* () {
        yield* storage.remove(Person, Option.getOrThrow(yield* storage.get(Person, id)))
        yield* deed(id, "remove", 0)
      })
    )
  )

const queue = (due: number) =>
  Effect.flatMap(Store, (storage) =>
    storage.transaction(storage.insert(Job, { lane: "letters", due, state: "waiting" }))
  )

const taken = Effect.gen(function* () {
  const lines: Array<string> = []
  const summary = yield* Checkpoint.take("officer:417", (more) => Effect.sync(() => lines.push(...more)))
  return { lines, summary }
})

/** What an inspection says, in short. */
const found = (checkpoint?: ReadonlyArray<string>, unrecorded: ReadonlyArray<string> = []) =>
  Effect.gen(function* () {
    const said: Array<string> = []
    const report = yield* Inspection.run({
      unrecorded,
      onFinding: (finding) => Effect.sync(() => said.push(inShort(finding))),
      ...(checkpoint === undefined ? {} : { checkpoint: Stream.fromIterable(checkpoint) })
    })
    assert.strictEqual(said.length, report.findings + report.gone)
    return said.sort()
  })

const inShort = (finding: Inspection.Finding): string => {
  const about =
    "aggregate" in finding ? `${finding.aggregate} ${finding.id}` : "subject" in finding ? finding.subject : ""
  const fault = "fault" in finding ? ` ${finding.fault}` : ""
  const at = "sequence" in finding ? ` ${finding.sequence}` : ""
  return `${finding._tag}${fault} ${about}${at}`
}

/** Three people, the first corrected once, and two jobs of which no log tells. */
const world = (memory: StorageMemory.Memory) =>
  Effect.gen(function* () {
    const people = [yield* register("9901"), yield* register("9902"), yield* register("9903")] as const
    const before = structuredClone(memory)
    yield* correct(people[0], 1)
    const jobs = [yield* queue(1), yield* queue(2)] as const
    return { people, jobs, before }
  })

type World = Effect.Success<ReturnType<typeof world>>

const row = (memory: StorageMemory.Memory, aggregate: string, id: Id.Id) => memory.tables.get(aggregate)!.rows.get(id)!

const put = (memory: StorageMemory.Memory, aggregate: string, stored: ReturnType<typeof row>) =>
  memory.tables.get(aggregate)!.rows.set(stored.id, stored)

/** A row gone with its keys, as a removal of it would leave the store. */
const erase = (memory: StorageMemory.Memory, aggregate: string, id: Id.Id) => {
  const table = memory.tables.get(aggregate)!
  table.rows.delete(id)
  for (const keys of table.unique.values()) for (const [key, holder] of keys) if (holder === id) keys.delete(key)
  for (const keys of table.blind.values()) for (const holders of keys.values()) holders.delete(id)
  for (const { entries } of table.ordered.values()) {
    const at = entries.findIndex((_) => _.id === id)
    if (at >= 0) entries.splice(at, 1)
  }
}

interface Plant {
  /** What is done to the store after the checkpoint. */
  readonly tamper: (memory: StorageMemory.Memory, world: World) => void
  /** What the register says of itself. */
  readonly alone: (world: World) => ReadonlyArray<string>
  /** What is found besides, with the checkpoint. */
  readonly held: (world: World) => ReadonlyArray<string>
}

const none = () => []

const plants: Readonly<Record<string, Plant>> = {
  nothing: { tamper: () => undefined, alone: none, held: none },
  "a log's end cut off, and its row put back": {
    tamper: (memory, { before, people: [id] }) => {
      memory.logs.get(id)!.pop()
      put(memory, "person", row(before, "person", id))
    },
    alone: none,
    held: ({ people: [id] }) => [`RowOlder person ${id}`, `TailCut ${id} 2`]
  },
  "a log's end cut off, its row left": {
    tamper: (memory, { people: [id] }) => memory.logs.get(id)!.pop(),
    alone: none,
    held: ({ people: [id] }) => [`TailCut ${id} 2`]
  },
  "a person removed whole": {
    tamper: (memory, { people: [, id] }) => {
      memory.logs.delete(id)
      erase(memory, "person", id)
    },
    alone: none,
    held: ({ people: [, id] }) => [`RowMissing person ${id}`, `SubjectRemoved ${id} 1`]
  },
  "a person's row removed": {
    tamper: (memory, { people: [, id] }) => erase(memory, "person", id),
    alone: ({ people: [, id] }) => [`RowMissing person ${id}`],
    held: ({ people: [, id] }) => [`RowMissing person ${id}`]
  },
  "a row of which no log tells removed": {
    tamper: (memory, { jobs: [id] }) => erase(memory, "job", id),
    alone: none,
    held: ({ jobs: [id] }) => [`RowMissing job ${id}`]
  },
  "a line changed": {
    tamper: (memory, { people: [id] }) => {
      const lines = memory.logs.get(id)!
      const text = new TextDecoder().decode(lines[0]!.body).replace("417", "418")
      lines[0] = { ...lines[0]!, body: new TextEncoder().encode(text) }
    },
    alone: ({ people: [id] }) => [`LineForged ${id} 1`],
    held: none
  },
  "a line taken out": {
    tamper: (memory, { people: [id] }) => memory.logs.get(id)!.shift(),
    alone: ({ people: [id] }) => [`LineMissing ${id} 1`],
    held: none
  },
  "a bit of a body changed": {
    tamper: (memory, { jobs: [id] }) => {
      const stored = row(memory, "job", id)
      const body = stored.body.slice()
      body[20]! ^= 1
      put(memory, "job", { ...stored, body })
    },
    alone: ({ jobs: [id] }) => [`RowFault Forged job ${id}`],
    held: none
  },
  "two bodies exchanged": {
    tamper: (memory, { jobs: [a, b] }) => {
      const [one, other] = [row(memory, "job", a), row(memory, "job", b)]
      put(memory, "job", { ...one, body: other.body })
      put(memory, "job", { ...other, body: one.body })
    },
    alone: ({ jobs: [a, b] }) => [`RowFault Forged job ${a}`, `RowFault Forged job ${b}`],
    held: none
  },
  "a due time changed": {
    tamper: (memory, { jobs: [id] }) => put(memory, "job", { ...row(memory, "job", id), columns: ["letters", 900] }),
    alone: ({ jobs: [id] }) => [`RowFault IndexDiffers job ${id}`],
    held: none
  },
  "a number freed for somebody else": {
    tamper: (memory, { people: [, id] }) => {
      const keys = memory.tables.get("person")!.unique.get("nik")!
      for (const [key, holder] of keys) if (holder === id) keys.delete(key)
    },
    alone: ({ people: [, id] }) => [`RowFault KeyMissing person ${id}`],
    held: none
  },
  "a number given to another row": {
    tamper: (memory, { people: [a, b] }) => {
      const keys = memory.tables.get("person")!.unique.get("nik")!
      for (const [key, holder] of keys) if (holder === b) keys.set(key, a)
    },
    alone: ({ people: [, id] }) => [`RowFault KeyMissing person ${id}`],
    held: none
  },
  "a person hidden from a search by phone": {
    tamper: (memory, { people: [, , id] }) => {
      for (const holders of memory.tables.get("person")!.blind.get("phone")!.values()) holders.delete(id)
    },
    alone: ({ people: [, , id] }) => [`RowFault KeyMissing person ${id}`],
    held: none
  }
}

describe("Checkpoint", () => {
  for (const [name, { alone, held, tamper }] of Object.entries(plants)) {
    it.effect(`finds and names: ${name}`, () => {
      const memory = StorageMemory.make()
      return Effect.gen(function* () {
        const made = yield* world(memory)
        const { lines } = yield* taken
        tamper(memory, made)
        assert.deepStrictEqual(yield* found(), [...alone(made)].sort())
        assert.deepStrictEqual(yield* found(lines), [...alone(made), ...held(made)].sort())
      }).pipe(Effect.provide(onMemory(memory)))
    })
  }

  it.effect("a register that went on is whole: changes, new people, removals on record", () =>
    Effect.gen(function* () {
      const { people, jobs } = yield* world(StorageMemory.make())
      const storage = yield* Store
      const { lines, summary } = yield* taken
      yield* correct(people[0], 2)
      yield* register("9904")
      yield* remove(people[1])
      yield* queue(3)
      assert.deepStrictEqual(yield* found(lines), [])
      // another checkpoint holds the first one's record too
      const later = yield* taken
      assert.deepStrictEqual([summary.number, later.summary.number], [1, 2])
      assert.deepStrictEqual(yield* found(later.lines), [])
      // nobody wrote down that this one goes
      yield* storage.transaction(
        Effect.gen(function* () {
          yield* storage.remove(Job, Option.getOrThrow(yield* storage.get(Job, jobs[0])))
        })
      )
      assert.deepStrictEqual(yield* found(lines), [`RowMissing job ${jobs[0]}`])
      assert.deepStrictEqual(yield* found(lines, ["job"]), [`RowGone job ${jobs[0]}`])
    }).pipe(Effect.provide(onMemory(StorageMemory.make())))
  )

  it.effect("an older copy of everything in the register's place is found, and what it lost is named", () => {
    const memory = StorageMemory.make()
    return Effect.gen(function* () {
      const { before, people, jobs } = yield* world(memory)
      const { lines } = yield* taken
      const whole = yield* Effect.provide(found(), onMemory(before))
      assert.deepStrictEqual(whole, [], "a copy fits together in itself")
      assert.deepStrictEqual(
        yield* Effect.provide(found(lines), onMemory(before)),
        [
          "OlderCopy ",
          `RowMissing job ${jobs[0]}`,
          `RowMissing job ${jobs[1]}`,
          `RowOlder person ${people[0]}`,
          `TailCut ${people[0]} 2`
        ].sort()
      )
      assert.deepStrictEqual(yield* found(lines), [], "the register itself is whole")
    }).pipe(Effect.provide(onMemory(memory)))
  })

  it.effect("an older copy that went on from there is found", () => {
    const memory = StorageMemory.make()
    return Effect.gen(function* () {
      const { before, people } = yield* world(memory)
      const { lines } = yield* taken
      const said = yield* Effect.provide(
        // at the same moment it would be the same line
        TestClock.adjust("1 minute").pipe(
          Effect.andThen(correct(people[0], 7)),
          Effect.andThen(queue(1)),
          Effect.andThen(taken),
          Effect.andThen(found(lines))
        ),
        onMemory(before)
      )
      assert.include(said, `LogDiffers ${people[0]} 2`)
      assert.include(said, "OlderCopy ")
    }).pipe(Effect.provide(onMemory(memory)))
  })

  it.effect("two taken at once are two, and both hold", () =>
    Effect.gen(function* () {
      yield* world(StorageMemory.make())
      const [one, two] = yield* Effect.all([taken, taken], { concurrency: 2 })
      assert.deepStrictEqual([one.summary.number, two.summary.number].sort(), [1, 2])
      assert.deepStrictEqual(yield* found(one.lines), [])
      assert.deepStrictEqual(yield* found(two.lines), [])
    }).pipe(Effect.provide(onMemory(StorageMemory.make())))
  )

  it.effect("a long block of one blind key is read to its end", () => {
    const memory = StorageMemory.make()
    return Effect.gen(function* () {
      const storage = yield* Store
      const ids = yield* storage.transaction(
        Effect.forEach(Array.from({ length: 300 }), (_, i) => storage.insert(Person, person({ nik: `9${i}` })))
      )
      assert.deepStrictEqual(yield* found(), [])
      for (const holders of memory.tables.get("person")!.blind.get("phone")!.values()) holders.delete(ids[237]!)
      assert.deepStrictEqual(yield* found(), [`RowFault KeyMissing person ${ids[237]}`])
    }).pipe(Effect.provide(onMemory(memory)))
  })

  const spoil: Readonly<Record<string, readonly [(lines: ReadonlyArray<string>) => ReadonlyArray<string>, string]>> = {
    "a line changed": [
      ([first, ...rest]) => [first!.replace(/[0-9a-f]"\]$/, (end) => (end[0] === "0" ? '1"]' : '0"]')), ...rest],
      "Forged"
    ],
    "a line left out": [([, ...rest]) => rest, "Forged"],
    "two lines exchanged": [([one, two, ...rest]) => [two!, one!, ...rest], "Forged"],
    "the number changed": [(lines) => lines.map((_) => _.replace('"number":1', '"number":2')), "Forged"],
    "a count changed": [(lines) => lines.map((_) => _.replace('"count":3', '"count":2')), "Forged"],
    "the last line lost": [(lines) => lines.slice(0, -1), "Incomplete"],
    "a line after the last": [(lines) => [...lines, lines[0]!], "NotACheckpoint"],
    "another file": [() => ["nik,name", "1,2"], "NotACheckpoint"],
    nothing: [() => [], "Incomplete"]
  }
  for (const [name, [change, reason]] of Object.entries(spoil)) {
    it.effect(`is refused with ${name}`, () =>
      Effect.gen(function* () {
        yield* world(StorageMemory.make())
        const { lines } = yield* taken
        const changed = change(lines)
        assert.notDeepEqual(changed, lines)
        const error = yield* Effect.flip(found(changed))
        assert.strictEqual(error._tag === "CheckpointUnusable" ? error.reason : error._tag, reason)
      }).pipe(Effect.provide(onMemory(StorageMemory.make())))
    )
  }

  it.effect("is refused by the keys of another register, and holds no personal data", () => {
    const memory = StorageMemory.make()
    const other = Layer.fresh(KeyRing.layerMemory(new Uint8Array(32).fill(8)))
    return Effect.gen(function* () {
      yield* world(memory)
      const { lines } = yield* taken
      const error = yield* Checkpoint.compare(Stream.fromIterable(lines), {
        removals: { recorded: () => false, unrecorded: [] },
        onDifference: () => Effect.void
      }).pipe(Effect.provide(other), Effect.flip)
      assert.strictEqual(error._tag, "CheckpointUnusable")
      assert.notInclude(lines.join(), "9901")
    }).pipe(Effect.provide(onMemory(memory)))
  })
})
