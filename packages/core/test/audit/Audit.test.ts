import { assert, describe, it } from "@effect/vitest"
import { Audit } from "@kis/core/audit"
import { Storage, StorageMemory } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { layerOn, Person, person } from "../storage/Register.ts"

const { Storage: Store } = Storage

const onMemory = (memory: StorageMemory.Memory) =>
  Layer.fresh(Audit.layer.pipe(Layer.provideMerge(layerOn(StorageMemory.layerOf(memory)))))

/** A person with three recorded deeds; gives the person's id. */
const told = Effect.gen(function* () {
  const storage = yield* Store
  const audit = yield* Audit.Audit
  const deed = (action: string, version: number, id: Audit.Ref["id"]) =>
    audit.record(id, { actor: "officer:417", action, refs: [{ aggregate: "person", id, version }] })
  const id = yield* storage.transaction(
    Effect.gen(function* () {
      const id = yield* storage.insert(Person, person({ nik: "9901" }))
      yield* deed("register", 1, id)
      yield* deed("issue-card", 1, id)
      return id
    })
  )
  yield* storage.transaction(
    Effect.gen(function* () {
      const row = Option.getOrThrow(yield* storage.get(Person, id))
      yield* storage.update(Person, row, person({ nik: "9901", balance: 1 }))
      yield* deed("correct", 2, id)
    })
  )
  return id
})

describe("Audit", () => {
  it.effect("a whole record verifies, and says who did what", () =>
    Effect.gen(function* () {
      const id = yield* told
      const { entries, findings } = yield* (yield* Audit.Audit).verify(id)
      assert.deepStrictEqual(findings, [])
      assert.deepStrictEqual(
        entries.map((_) => _.action),
        ["register", "issue-card", "correct"]
      )
      assert.deepStrictEqual(
        entries.map((_) => _.actor),
        ["officer:417", "officer:417", "officer:417"]
      )
    }).pipe(Effect.provide(onMemory(StorageMemory.make())))
  )

  it.effect("is not written when its unit of work is not", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const id = yield* storage.nextId
      const audit = yield* Audit.Audit
      yield* Effect.exit(
        storage.transaction(
          Effect.andThen(audit.record(id, { actor: "system:import", action: "register" }), Effect.fail("no"))
        )
      )
      assert.deepStrictEqual((yield* audit.verify(id)).entries, [])
    }).pipe(Effect.provide(onMemory(StorageMemory.make())))
  )

  it.effect("takes no text and no personal number", () =>
    Effect.gen(function* () {
      const storage = yield* Store
      const audit = yield* Audit.Audit
      const id = yield* storage.nextId
      for (const action of ["Budi Santoso", "9901010101900001", "", "nik-9901010101900001"]) {
        const exit = yield* Effect.exit(storage.transaction(audit.record(id, { actor: "system:import", action })))
        assert.isTrue(Exit.hasDies(exit), action)
        assert.notInclude(JSON.stringify(exit), "9901010101900001")
      }
    }).pipe(Effect.provide(onMemory(StorageMemory.make())))
  )

  const cases: Record<
    string,
    {
      readonly tamper: (memory: StorageMemory.Memory) => void
      readonly found: ReadonlyArray<string>
    }
  > = {
    "a changed line": {
      tamper: (memory) => {
        const [lines] = memory.logs.values()
        const line = lines![1]!
        lines![1] = {
          ...line,
          body: new TextEncoder().encode(new TextDecoder().decode(line.body).replace("417", "418"))
        }
      },
      found: ["LineForged"]
    },
    "a line taken out": {
      tamper: (memory) => {
        const [lines] = memory.logs.values()
        lines!.splice(1, 1)
      },
      found: ["LineMissing"]
    },
    "a line taken out and the rest counted anew": {
      tamper: (memory) => {
        const [lines] = memory.logs.values()
        lines!.splice(1, 1)
        lines![1] = { ...lines![1]!, sequence: 2 }
      },
      found: ["LineForged"]
    },
    "two lines changed places": {
      tamper: (memory) => {
        const [lines] = memory.logs.values()
        const [one, two] = [lines![0]!, lines![1]!]
        lines![0] = { ...two, sequence: 1 }
        lines![1] = { ...one, sequence: 2 }
      },
      found: ["LineForged", "LineForged", "LineForged"]
    },
    "a row put back to its older version": {
      tamper: (memory) => {
        const older = olderRow.get(memory)!
        memory.tables.get("person")!.rows.set(older.id, older)
      },
      found: ["RowOlder"]
    },
    "a row removed unrecorded": {
      tamper: (memory) => memory.tables.get("person")!.rows.clear(),
      found: ["RowMissing"]
    },
    "a row's body changed": {
      tamper: (memory) => {
        const [row] = memory.tables.get("person")!.rows.values()
        row!.body[30]! ^= 1
      },
      found: ["RowForged"]
    },
    "a log copied under another subject": {
      tamper: (memory) => {
        const [subject, lines] = [...memory.logs][0]!
        const other = subject.replace(/.$/, (last) => (last === "0" ? "1" : "0")) as typeof subject
        memory.logs.set(other, lines)
        moved.set(memory, other)
      },
      found: ["LineForged", "LineForged", "LineForged"]
    }
  }

  const olderRow = new WeakMap<StorageMemory.Memory, Row>()
  const moved = new WeakMap<StorageMemory.Memory, Row["id"]>()

  for (const [name, { found, tamper }] of Object.entries(cases)) {
    it.effect(`finds and names ${name}`, () => {
      const memory = StorageMemory.make()
      return Effect.gen(function* () {
        const storage = yield* Store
        const id = yield* told
        // the row as it was at version 1
        const first = yield* storage.transaction(storage.insert(Person, person({ nik: "9902" })))
        const before = memory.tables.get("person")!.rows.get(first)!
        yield* storage.transaction(
          Effect.flatMap(storage.get(Person, first), (row) =>
            storage.update(Person, Option.getOrThrow(row), person({ nik: "9902", balance: 2 }))
          )
        )
        olderRow.set(memory, before)
        const audit = yield* Audit.Audit
        const subject = name.includes("older") ? first : id
        if (subject === first) {
          yield* storage.transaction(
            audit.record(first, {
              actor: "system:import",
              action: "correct",
              refs: [{ aggregate: "person", id: first, version: 2 }]
            })
          )
        }
        tamper(memory)
        const { findings } = yield* audit.verify(moved.get(memory) ?? subject)
        assert.deepStrictEqual(
          findings.map((_) => _._tag),
          found
        )
      }).pipe(Effect.provide(onMemory(memory)))
    })
  }
})

type Row = NonNullable<ReturnType<NonNullable<ReturnType<StorageMemory.Memory["tables"]["get"]>>["rows"]["get"]>>
