/**
 * A register written down and put back: everything is there again, found by the same keys; whatever is done to
 * the text, or stands in the way, is named, and nothing is half put back without being told.
 */
import { assert, describe, it } from "@effect/vitest"
import { Audit, Backup, Checkpoint, Inspection } from "@kis/core/audit"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Aggregate, type Id, Storage, StorageMemory, Upkeep } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { TestClock } from "effect/testing"
import { Job, Person, person } from "../storage/Register.ts"

const { Storage: Store } = Storage
const id = (n: number) => KeyRing.KeyId.make(n)
const secret = (of: number) => new Uint8Array(32).fill(of)

/** With an index root besides the first, or of another register. */
const ring = (of: { readonly indexes?: ReadonlyArray<number>; readonly other?: number } = {}) => {
  const [index = 1, ...others] = of.indexes ?? [1, 2]
  return Layer.succeed(
    KeyRing.KeyRing,
    KeyRing.make({
      current: id(1),
      sealing: new Map([[id(1), secret(1 + (of.other ?? 0))]]),
      index: secret(20 + index),
      indexId: id(index),
      otherIndexes: new Map(others.map((_) => [id(_), secret(20 + _)])),
      audit: secret(12 + (of.other ?? 0)),
      pepper: secret(13)
    })
  )
}

const on = (
  memory: StorageMemory.Memory,
  keys: Layer.Layer<KeyRing.KeyRing> = ring(),
  aggregates: ReadonlyArray<Aggregate.Any> = [Person, Job]
) =>
  Layer.fresh(
    Audit.layer.pipe(
      Layer.provideMerge(Storage.layer(aggregates)),
      Layer.provideMerge(Layer.mergeAll(StorageMemory.layerOf(memory), Crypto.layerSeeded("back-up"), keys))
    )
  )

const deed = (subject: Id.Id, action: string, version: number) =>
  Effect.flatMap(Audit.Audit, (audit) =>
    audit.record(subject, { actor: "officer:417", action, refs: [{ aggregate: "person", id: subject, version }] })
  )

const correct = (subject: Id.Id, balance: number) =>
  Effect.flatMap(Store, (storage) =>
    storage.transaction(
      Effect.gen(function* () {
        const row = Option.getOrThrow(yield* storage.get(Person, subject))
        const { version } = yield* storage.update(Person, row, { ...row.value, balance })
        yield* deed(subject, "correct", version)
      })
    )
  )

/** Enough people for several pages, the first corrected often enough for several records, and two jobs. */
const filled = Effect.gen(function* () {
  const storage = yield* Store
  const people = yield* storage.each(
    Array.from({ length: 600 }, (_, n) =>
      Effect.tap(storage.insert(Person, person({ nik: `99${n}`, phone: `+62${n % 7}` })), (id) =>
        deed(id, "register", 1)
      )
    )
  )
  const first = yield* Effect.fromResult(people[0]!)
  for (let i = 1; i <= 450; i++) yield* correct(first, i)
  for (const due of [1, 2]) {
    yield* storage.transaction(storage.insert(Job, { lane: "letters", due, state: "waiting" }))
  }
  return first
})

const written = Effect.gen(function* () {
  const lines: Array<string> = []
  const summary = yield* Backup.write((more) => Effect.sync(() => lines.push(...more)))
  return { lines, summary }
})

const restored = (lines: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const refusals: Array<Backup.Refusal> = []
    const answer = yield* Backup.restore(Stream.fromIterable(lines), {
      onRefusal: (refusal) => Effect.sync(() => refusals.push(refusal))
    })
    return { answer, refusals }
  })

/** What a memory holds, without the batches that brought it there. */
const held = ({ logs, tables }: StorageMemory.Memory) => ({
  logs: [...logs].sort(([a], [b]) => (a < b ? -1 : 1)),
  tables: [...tables]
    .filter(([name]) => name !== "key-plan")
    .map(([name, table]) => ({
      name,
      rows: [...table.rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      unique: [...table.unique].map(([key, holders]) => [key, [...holders].sort()]),
      blind: [...table.blind].map(([key, holders]) => [
        key,
        [...holders].map(([k, ids]) => [k, [...ids].sort()]).sort()
      ])
    }))
})

const findings = (checkpoint: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const found: Array<string> = []
    yield* Inspection.run({
      onFinding: (_) => Effect.sync(() => found.push(_._tag)),
      checkpoint: Stream.fromIterable(checkpoint)
    })
    return found
  })

const checkpointed = Effect.gen(function* () {
  const lines: Array<string> = []
  yield* Checkpoint.take("officer:417", (more) => Effect.sync(() => lines.push(...more)))
  return lines
})

const make = Effect.gen(function* () {
  const memory = StorageMemory.make()
  const made = yield* Effect.gen(function* () {
    const first = yield* filled
    const checkpoint = yield* checkpointed
    return { first, checkpoint, ...(yield* written) }
  }).pipe(Effect.provide(on(memory)))
  return { memory, ...made }
})

let making: Promise<Effect.Success<typeof make>> | undefined

/** An original with its back-up and a checkpoint from before, made once, at today's time. */
const original = Effect.promise(() => (making ??= Effect.runPromise(make)))

const flip = (text: string) => (text.startsWith("A") ? `B${text.slice(1)}` : `A${text.slice(1)}`)

describe("Backup", () => {
  it.effect("gives everything back, under the same keys, and the checkpoint of the original holds", () =>
    Effect.gen(function* () {
      const { checkpoint, lines, memory, summary } = yield* original
      assert.deepInclude(summary.rows, { aggregate: "person", count: 600 })
      assert.deepInclude(summary, { logs: 601, lines: 1_051 })
      const copy = StorageMemory.make()
      const { answer, refusals } = yield* Effect.provide(restored(lines), on(copy))
      assert.deepStrictEqual(refusals, [])
      assert.deepInclude(answer, { restored: 602, already: 4, refused: 0, ...summary })
      assert.deepStrictEqual(held(copy), held(memory))
      assert.deepStrictEqual(yield* Effect.provide(findings(checkpoint), on(copy)), [])
      // once more changes nothing
      const before = structuredClone(held(copy))
      const again = yield* Effect.provide(restored(lines), on(copy))
      assert.deepInclude(again.answer, { restored: 0, already: 606, refused: 0 })
      assert.deepStrictEqual(held(copy), before)
    })
  )

  it.effect("goes on where it was stopped, whenever that was", () =>
    Effect.gen(function* () {
      const { lines, memory } = yield* original
      for (const stopAt of [1, 300, 603, 650, 1_100]) {
        const copy = StorageMemory.make()
        let readings = 0
        const cut = Stream.suspend(() =>
          ++readings === 1
            ? Stream.fromIterable(lines)
            : Stream.concat(Stream.fromIterable(lines.slice(0, stopAt)), Stream.fail("stopped" as const))
        )
        const stopped = yield* Effect.exit(
          Effect.provide(Backup.restore(cut, { onRefusal: () => Effect.void }), on(copy))
        )
        assert.strictEqual(stopped._tag, "Failure")
        const { answer } = yield* Effect.provide(restored(lines), on(copy))
        assert.strictEqual(answer.refused, 0)
        assert.deepStrictEqual(held(copy), held(memory))
      }
    })
  )

  it.effect("takes keys by the plan of the copy: of a register whose index root was exchanged too", () =>
    Effect.gen(function* () {
      const memory = StorageMemory.make()
      const { checkpoint, lines } = yield* Effect.gen(function* () {
        yield* filled
        const { upkeep } = yield* Store
        yield* Upkeep.rotateIndex(upkeep, id(2), { settle: 0 })
        return { checkpoint: yield* checkpointed, lines: (yield* written).lines }
      }).pipe(Effect.provide(on(memory)))
      for (const indexes of [
        [2, 1],
        [1, 2]
      ]) {
        const copy = StorageMemory.make()
        const keys = ring({ indexes })
        assert.deepInclude((yield* Effect.provide(restored(lines), on(copy, keys))).answer, { refused: 0 })
        assert.deepStrictEqual(yield* Effect.provide(findings(checkpoint), on(copy, keys)), [])
        const found = yield* Effect.flatMap(Store, (_) => _.findBy(Person, "nik", "9917")).pipe(
          Effect.provide(on(copy, keys))
        )
        assert.isTrue(Option.isSome(found))
      }
    })
  )

  it.effect("brings an older program's rows to today's keys and columns", () =>
    Effect.gen(function* () {
      const schema = Schema.Struct({
        name: Schema.String,
        nik: Schema.String,
        phone: Schema.String,
        balance: Schema.Int
      })
      const Older = Aggregate.make("person", { schema, blind: { name: (_) => [_.name] } })
      const memory = StorageMemory.make()
      // all that is known of an older database: names and columns of its aggregates
      const blank: Aggregate.Any = {
        name: "person",
        declaration: { name: "person", unique: [], blind: [], columns: [], indexes: [] }
      }
      yield* Effect.flatMap(Store, (_) =>
        _.transaction(_.insert(Older, { name: "A", nik: "9901", phone: "+62811", balance: 0 }))
      ).pipe(Effect.provide(on(memory, ring(), [Older])))
      const { lines } = yield* Effect.provide(written, on(memory, ring(), [blank]))
      const copy = StorageMemory.make()
      yield* Effect.provide(restored(lines), on(copy))
      const found = yield* Effect.flatMap(Store, (_) => _.findBy(Person, "nik", "9901")).pipe(Effect.provide(on(copy)))
      assert.isTrue(Option.isSome(found))
    })
  )

  it.effect("does not write down a register that is changed meanwhile", () =>
    Effect.gen(function* () {
      const first = yield* filled
      let changed = false
      const context = yield* Effect.context<Storage.Storage | Audit.Audit>()
      const change = Effect.orDie(Effect.provideContext(correct(first, 9), context))
      const error = yield* Effect.flip(
        Backup.write(() => Effect.void, {
          onRows: () => {
            if (changed) return Effect.void
            changed = true
            return Effect.asVoid(change)
          }
        })
      )
      assert.strictEqual(error._tag, "RegisterMoved")
    }).pipe(Effect.provide(on(StorageMemory.make())))
  )

  const texts: Record<
    string,
    readonly [reason: Backup.BackupUnusable["reason"], (lines: ReadonlyArray<string>) => ReadonlyArray<string>]
  > = {
    "whose last line is missing": ["Incomplete", (lines) => lines.slice(0, -1)],
    "that is empty": ["Incomplete", () => []],
    "of which a row was taken": ["Forged", (lines) => lines.filter((_, i) => i !== 40)],
    "of which the end of a log was taken": ["Forged", (lines) => lines.filter((_, i) => i !== lines.length - 2)],
    "in which a version was changed": ["Forged", (lines) => lines.map((_) => _.replace(/",451,"/, '",450,"'))],
    "whose counts were changed": ["Forged", (lines) => lines.map((_) => _.replace('"count":2}', '"count":3}'))],
    "with a line of something else": ["NotABackup", (lines) => lines.with(3, '{"a":1}')],
    "whose first line was taken": ["NotABackup", (lines) => lines.slice(1)],
    "that goes on after its end": ["NotABackup", (lines) => [...lines, lines[1]!]]
  }
  for (const [what, [reason, change]] of Object.entries(texts)) {
    it.effect(`refuses a text ${what}, and puts nothing back`, () =>
      Effect.gen(function* () {
        const { lines } = yield* original
        assert.notDeepEqual(change(lines), lines)
        const copy = StorageMemory.make()
        const error = yield* Effect.flip(Effect.provide(restored(change(lines)), on(copy)))
        assert.deepInclude(error, { _tag: "BackupUnusable", reason })
        assert.strictEqual(copy.tables.get("person")?.rows.size ?? 0, 0)
        assert.strictEqual(copy.logs.size, 0)
      })
    )
  }

  it.effect("refuses what is of other keys, or of a kind that it does not know", () =>
    Effect.gen(function* () {
      const { lines } = yield* original
      const other = yield* Effect.flip(Effect.provide(restored(lines), on(StorageMemory.make(), ring({ other: 5 }))))
      assert.deepInclude(other, { _tag: "BackupUnusable", reason: "OtherKeys" })
      const fewer = yield* Effect.flip(Effect.provide(restored(lines), on(StorageMemory.make(), ring(), [Job])))
      assert.deepInclude(fewer, { _tag: "BackupUnusable", reason: "UnknownKind" })
    })
  )

  it.effect("names a row or line that was changed inside, and puts the rest back", () =>
    Effect.gen(function* () {
      const { lines } = yield* original
      const rowAt = lines.findIndex((_) => _.startsWith('["row","person"'))
      const [, , row] = JSON.parse(lines[rowAt]!)
      const logAt = lines.findIndex((_) => _.startsWith('["log"') && JSON.parse(_)[3].length > 100)
      const log = JSON.parse(lines[logAt]!)
      log[3][7][1] = flip(log[3][7][1])
      const changed = lines
        .with(
          rowAt,
          lines[rowAt]!.replace(/"([^"]+)"\]$/, (_, body: string) => `"${body.slice(0, -8)}AAAAAAA="]`)
        )
        .with(logAt, JSON.stringify(log))
      const copy = StorageMemory.make()
      const { answer, refusals } = yield* Effect.provide(restored(changed), on(copy))
      assert.deepInclude(refusals, { _tag: "Row", aggregate: "person", id: row, fault: "Forged" })
      assert.deepInclude(refusals, { _tag: "Log", subject: log[1], sequence: 8 })
      assert.strictEqual(answer.restored, 601)
      assert.strictEqual(copy.tables.get("person")!.rows.size, 599)
    })
  )

  it.effect("does not call whole what is not there after all", () =>
    Effect.gen(function* () {
      const { lines } = yield* original
      for (const left of [0, 500, 1_100]) {
        let readings = 0
        const other = Stream.suspend(() => Stream.fromIterable(++readings === 1 ? lines : lines.slice(0, left)))
        const error = yield* Effect.flip(
          Effect.provide(Backup.restore(other, { onRefusal: () => Effect.void }), on(StorageMemory.make()))
        )
        assert.strictEqual(error._tag, "CopyDiffers")
      }
    })
  )

  it.effect("leaves a database alone that holds something else, or went on", () =>
    Effect.gen(function* () {
      const { checkpoint: _, first, lines } = yield* original
      const stranger = Effect.flatMap(Store, (_) => _.transaction(_.insert(Person, person({ nik: "98" }))))
      // later than all of the back-up, or one of its rows at another version, or a log alone
      const others = {
        later: Effect.asVoid(Effect.orDie(Effect.andThen(TestClock.setTime(Date.UTC(2099, 0, 1)), stranger))),
        earlier: Effect.asVoid(Effect.orDie(stranger)),
        changed: Effect.asVoid(Effect.orDie(Effect.andThen(restored(lines), correct(first, 1)))),
        log: Effect.asVoid(Effect.orDie(Effect.flatMap(Store, (_) => _.transaction(deed(first, "other", 0)))))
      }
      for (const [name, other] of Object.entries(others)) {
        const memory = StorageMemory.make()
        yield* Effect.provide(other, on(memory))
        const before = structuredClone(held(memory))
        const { error, refused } = yield* restored(lines).pipe(
          Effect.match({
            onFailure: (error) => ({ error: error._tag, refused: 0 }),
            onSuccess: ({ answer }) => ({ error: undefined, refused: answer.refused })
          }),
          Effect.provide(on(memory))
        )
        if (name === "log") {
          // each part of the log that stands in another's place is named; the rest is put back
          assert.strictEqual(error, undefined)
          assert.isAbove(refused, 0)
        } else {
          assert.strictEqual(error, "TargetInUse", name)
          assert.deepStrictEqual(held(memory), before, name)
        }
      }
    })
  )
})
