/**
 * The service `Storage` over an open store: reads that see the unit's own writes, writes that are
 * collected, scans that are opened and checked.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import type { Crypto } from "../../privacy/Crypto.ts"
import type { KeyRing } from "../../privacy/KeyRing.ts"
import type * as Aggregate from "../Aggregate.ts"
import { type Id, makeIds } from "../Id.ts"
import type { Storage } from "../Storage.ts"
import type { Key, Line, Row, StorageAdapter } from "../StorageAdapter.ts"
import type { StorageError } from "../StorageError.ts"
import { Snapshot, Transaction } from "../Transaction.ts"
import * as Committing from "./committing.ts"
import * as Cursors from "./cursors.ts"
import * as KeyPlan from "./keyPlan.ts"
import * as Kit from "./kit.ts"
import * as UnitOfWork from "./unitOfWork.ts"
import * as Upkeep from "./upkeep.ts"

// --- models ---

export interface Options {
  readonly aggregates: ReadonlyArray<Aggregate.Any>
  readonly adapter: StorageAdapter["Service"]
  readonly crypto: Crypto["Service"]
  readonly ring: KeyRing["Service"]
  readonly rehearse: boolean
}

// --- constructors ---

export const make = Effect.fnUntraced(function* (
  options: Options
): Effect.fn.Return<Storage["Service"], StorageError, Scope.Scope> {
  const declared = new Set(options.aggregates)
  if (new Set(options.aggregates.map((_) => _.name)).size !== options.aggregates.length) {
    return yield* Effect.die(new Error("Storage.layer was given two aggregates of one name"))
  }
  const aggregates = [...options.aggregates, KeyPlan.aggregate]
  const store = yield* options.adapter.open(aggregates.map((_) => _.declaration))
  const kit = Kit.make(options.crypto, options.ring)
  const ids = makeIds(options.crypto)
  const [lot = 0] = options.crypto.randomBytes(1)
  const plans = yield* KeyPlan.make({ store, kit, ring: options.ring, ids, lot })
  const owner = {}
  const committing = yield* Committing.make({
    store,
    kit,
    plans,
    ids,
    owner,
    maxBatch: options.adapter.capabilities.maxBatch,
    rehearse: options.rehearse
  })

  // --- inside or outside ---

  const unitOf = (context: Context.Context<never>): UnitOfWork.UnitOfWork | undefined => {
    const unit = Context.getOrUndefined(context, Transaction)
    if (unit === undefined) return undefined
    if (unit.owner !== owner) throw new Error("A unit of work of one storage used another storage")
    if (unit.ended) throw new Error("A fiber read or wrote in a unit of work that had already ended")
    return unit
  }

  const reading = <A, E>(read: (unit: UnitOfWork.UnitOfWork | undefined) => Effect.Effect<A, E>): Effect.Effect<A, E> =>
    Effect.withFiber((fiber) => read(unitOf(fiber.context)))

  const writing = <A>(
    write: (unit: UnitOfWork.UnitOfWork, now: () => number) => A
  ): Effect.Effect<A, never, Transaction> =>
    Effect.withFiber((fiber) => {
      const unit = unitOf(fiber.context)
      if (unit === undefined) return Effect.die(new Error("A write was run outside of a unit of work"))
      return Effect.succeed(write(unit, () => fiber.getRef(Clock.Clock).currentTimeMillisUnsafe()))
    })

  const demandDeclared = (aggregate: Aggregate.Any) => {
    if (!declared.has(aggregate)) {
      throw new Error(`The aggregate ${aggregate.name} was not given to Storage.layer`)
    }
  }

  const keysNamed = <A>(aggregate: Aggregate.Of<A>, name: string): Aggregate.Keys<A> => {
    demandDeclared(aggregate)
    const keys = aggregate.uniqueKeys.find((_) => _.name === name) ?? aggregate.blindKeys.find((_) => _.name === name)
    if (keys === undefined) throw new Error(`The aggregate ${aggregate.name} has no key named ${name}`)
    return keys
  }

  const keyOf = <A>(keys: Aggregate.Keys<A>, text: string): Key => ({
    name: keys.name,
    bytes: kit.key(keys.indexName, text)
  })

  // --- reads ---

  const read = <A>(aggregate: Aggregate.Of<A>, id: Id, guarded: boolean) =>
    reading((unit): Effect.Effect<Option.Option<Aggregate.Stored<A>>, StorageError> => {
      demandDeclared(aggregate)
      if (unit !== undefined) {
        const touched = UnitOfWork.touchedOf(unit, aggregate).get(id)
        if (touched !== undefined) return Effect.succeed(Option.fromUndefinedOr(UnitOfWork.seen(touched, guarded)))
      }
      return Effect.flatMap(store.get(aggregate.name, id), (row) => {
        if (Option.isNone(row)) return Effect.succeedNone
        const opened = kit.open(aggregate, row.value)
        if (Result.isFailure(opened)) return Effect.fail(opened.failure)
        if (unit === undefined) return Effect.succeed(Option.some(opened.success))
        return Effect.succeed(Option.fromUndefinedOr(UnitOfWork.noteRead(unit, aggregate, opened.success, guarded)))
      })
    })

  const getMany = <A>(aggregate: Aggregate.Of<A>, ids: ReadonlyArray<Id>) =>
    reading((unit): Effect.Effect<ReadonlyMap<Id, Aggregate.Stored<A>>, StorageError> => {
      demandDeclared(aggregate)
      const found = new Map<Id, Aggregate.Stored<A>>()
      const missing = new Set<Id>()
      for (const id of ids) {
        const touched = unit === undefined ? undefined : UnitOfWork.touchedOf(unit, aggregate).get(id)
        if (touched === undefined) missing.add(id)
        else {
          const row = UnitOfWork.seen(touched, true)
          if (row !== undefined) found.set(id, row)
        }
      }
      if (missing.size === 0) return Effect.succeed(found)
      return Effect.flatMap(store.getMany(aggregate.name, [...missing]), (rows) => {
        for (const row of rows) {
          const opened = kit.open(aggregate, row)
          if (Result.isFailure(opened)) return Effect.fail(opened.failure)
          const noted = unit === undefined ? opened.success : UnitOfWork.noteRead(unit, aggregate, opened.success, true)
          if (noted !== undefined) found.set(row.id, noted)
        }
        return Effect.succeed(found)
      })
    })

  /** A row that the store found by a key, as the unit sees it: its own writes may have taken the key off it. */
  const noteHolder = <A>(
    unit: UnitOfWork.UnitOfWork | undefined,
    aggregate: Aggregate.Of<A>,
    keys: Aggregate.Keys<A>,
    text: string,
    row: Row
  ): Result.Result<Aggregate.Stored<A> | undefined, StorageError> => {
    const opened = kit.openBy(aggregate, keys, text, row)
    if (Result.isFailure(opened) || unit === undefined) return opened
    const noted = UnitOfWork.noteRead(unit, aggregate, opened.success, true)
    return Result.succeed(noted !== undefined && keys.of(noted.value).includes(text) ? noted : undefined)
  }

  const findBy = <A>(aggregate: Aggregate.Of<A>, name: string, text: string) =>
    reading((unit): Effect.Effect<Option.Option<Aggregate.Stored<A>>, StorageError> => {
      const keys = keysNamed(aggregate, name)
      const own = unit === undefined ? undefined : UnitOfWork.writtenHolder(unit, aggregate, keys, text)
      if (own !== undefined) return Effect.succeed(Option.some(own))
      const find = Effect.andThen(
        plans.fresh,
        Effect.suspend(() => store.findBy(aggregate.name, keyOf(keys, text)))
      )
      return Effect.flatMap(find, (row) => {
        if (Option.isNone(row)) return Effect.succeedNone
        const noted = noteHolder(unit, aggregate, keys, text, row.value)
        return Result.isFailure(noted)
          ? Effect.fail(noted.failure)
          : Effect.succeed(Option.fromUndefinedOr(noted.success))
      })
    })

  const findMany = <A>(aggregate: Aggregate.Of<A>, name: string, texts: ReadonlyArray<string>) =>
    reading((unit): Effect.Effect<ReadonlyMap<string, Aggregate.Stored<A>>, StorageError> => {
      const keys = keysNamed(aggregate, name)
      const found = new Map<string, Aggregate.Stored<A>>()
      const missing = new Set<string>()
      for (const text of texts) {
        const own = unit === undefined ? undefined : UnitOfWork.writtenHolder(unit, aggregate, keys, text)
        if (own === undefined) missing.add(text)
        else found.set(text, own)
      }
      if (missing.size === 0) return Effect.succeed(found)
      const asked = [...missing]
      return Effect.flatMap(
        Effect.andThen(
          plans.fresh,
          Effect.suspend(() =>
            store.findMany(
              aggregate.name,
              asked.map((text) => keyOf(keys, text))
            )
          )
        ),
        (rows) => {
          for (const { key, row } of rows) {
            const noted = noteHolder(unit, aggregate, keys, asked[key]!, row)
            if (Result.isFailure(noted)) return Effect.fail(noted.failure)
            if (noted.success !== undefined) found.set(asked[key]!, noted.success)
          }
          return Effect.succeed(found)
        }
      )
    })

  // --- scans ---

  const scanning = <A>(scan: Effect.Effect<A, StorageError>): Effect.Effect<A, StorageError, Snapshot> =>
    Effect.withFiber((fiber) => {
      const snapshot = Context.getOrUndefined(fiber.context, Snapshot)
      if (snapshot?.owner !== owner || Context.getOrUndefined(fiber.context, Transaction) !== undefined) {
        return Effect.die(new Error("A scan was run outside of this storage's snapshot, or inside a unit of work"))
      }
      return scan
    })

  const openAll = <A>(
    rows: ReadonlyArray<Row>,
    open: (row: Row) => Result.Result<Aggregate.Stored<A>, StorageError>
  ): Result.Result<ReadonlyArray<Aggregate.Stored<A>>, StorageError> => {
    const opened: Array<Aggregate.Stored<A>> = []
    for (const row of rows) {
      const result = open(row)
      if (Result.isFailure(result)) return Result.fail(result.failure)
      opened.push(result.success)
    }
    return Result.succeed(opened)
  }

  const scan: Storage["Service"]["scan"] = (aggregate, index, range, page) =>
    scanning(
      Effect.suspend(() => {
        demandDeclared(aggregate)
        const portRange = Cursors.rangeOf(aggregate.declaration, index, range)
        return Effect.flatMap(store.scan(aggregate.name, portRange, Cursors.pageOf(page)), (rows) =>
          Effect.fromResult(
            Result.map(
              openAll(rows, (row) => kit.open(aggregate, row)),
              (opened) => ({
                rows: opened,
                ...Cursors.nextOf(rows, page.limit, Cursors.columnOf(aggregate.declaration, index))
              })
            )
          )
        )
      })
    )

  const scanKey: Storage["Service"]["scanKey"] = (aggregate, index, text, page) =>
    scanning(
      Effect.suspend(() => {
        const keys = keysNamed(aggregate, index)
        const scanned = Effect.suspend(() => store.scanKey(aggregate.name, keyOf(keys, text), Cursors.pageOf(page)))
        return Effect.flatMap(Effect.andThen(plans.fresh, scanned), (rows) =>
          Effect.fromResult(
            Result.map(
              openAll(rows, (row) => kit.openBy(aggregate, keys, text, row)),
              (opened) => ({
                rows: opened,
                ...Cursors.nextOf(rows, page.limit, undefined)
              })
            )
          )
        )
      })
    )

  const scanKeys = <A>(aggregate: Aggregate.Of<A>, index: string, texts: ReadonlyArray<string>, cap: number) =>
    scanning(
      Effect.suspend(() => {
        const keys = keysNamed(aggregate, index)
        const asked = [...new Set(texts)]
        const blocks = new Map<string, { readonly rows: Array<Aggregate.Stored<A>>; capped: boolean }>()
        if (asked.length === 0) return Effect.succeed(blocks)
        // one more than the cap tells whether there are more
        return Effect.flatMap(
          Effect.andThen(
            plans.fresh,
            Effect.suspend(() =>
              store.scanKeys(
                aggregate.name,
                asked.map((text) => keyOf(keys, text)),
                cap + 1
              )
            )
          ),
          (found): Effect.Effect<typeof blocks, StorageError> => {
            for (const { key, row } of found) {
              const text = asked[key]!
              let block = blocks.get(text)
              if (block === undefined) blocks.set(text, (block = { rows: [], capped: false }))
              if (block.rows.length === cap) {
                block.capped = true
                continue
              }
              const opened = kit.openBy(aggregate, keys, text, row)
              if (Result.isFailure(opened)) return Effect.fail(opened.failure)
              block.rows.push(opened.success)
            }
            return Effect.succeed(blocks)
          }
        )
      })
    )

  const countBy = <A>(aggregate: Aggregate.Of<A>, index: string, where: string | object) =>
    scanning(
      Effect.suspend(() => {
        demandDeclared(aggregate)
        if (typeof where !== "string") {
          return store.countBy(aggregate.name, Cursors.rangeOf(aggregate.declaration, index, where))
        }
        const keys = keysNamed(aggregate, index)
        return Effect.andThen(
          plans.fresh,
          Effect.suspend(() => store.countBy(aggregate.name, keyOf(keys, where)))
        )
      })
    )

  const readLog = (subject: Id) =>
    scanning(
      Effect.gen(function* () {
        const lines: Array<Line> = []
        while (true) {
          const page = yield* store.readLog(subject, { after: lines.at(-1)?.sequence ?? 0, limit: LOG_PAGE })
          lines.push(...page)
          if (page.length < LOG_PAGE) return lines
        }
      })
    )

  return {
    upkeep: Upkeep.make({ aggregates, store, kit, plans, ids }),
    transaction: committing.transaction,
    each: committing.each,
    snapshot: (effect) =>
      Effect.withFiber((fiber) =>
        Context.getOrUndefined(fiber.context, Transaction) === undefined
          ? Effect.provideService(effect, Snapshot, { owner })
          : Effect.die(new Error("A snapshot was opened inside a unit of work: scan before it begins"))
      ),
    insert: (aggregate, value, options) =>
      writing((unit, now) => {
        demandDeclared(aggregate)
        const id = options?.id ?? ids.at(now())
        UnitOfWork.insert(unit, aggregate, id, value)
        return id
      }),
    update: (aggregate, stored, value) =>
      writing((unit) => {
        demandDeclared(aggregate)
        return UnitOfWork.update(unit, aggregate, stored, value)
      }),
    remove: (aggregate, stored) =>
      writing((unit) => {
        demandDeclared(aggregate)
        return UnitOfWork.remove(unit, aggregate, stored)
      }),
    append: (subject, body) => writing((unit) => UnitOfWork.append(unit, subject, body)),
    nextId: ids.next,
    get: (aggregate, id) => read(aggregate, id, true),
    peek: (aggregate, id) => read(aggregate, id, false),
    getMany,
    findBy,
    findMany,
    scan,
    scanKey,
    scanKeys,
    countBy,
    readLog,
    heads: (subjects) =>
      scanning(
        Effect.map(
          Effect.suspend(() => store.heads(subjects)),
          (found) => new Map(found.map(({ head, subject }) => [subjects[subject]!, head]))
        )
      ),
    inspect: (aggregate, ids) =>
      scanning(
        Effect.suspend(() => {
          if (!aggregates.some((_) => _.name === aggregate)) {
            return Effect.die(new Error(`The aggregate ${aggregate} was not given to Storage.layer`))
          }
          return Effect.map(
            store.getMany(aggregate, ids),
            (rows) => new Map(rows.map((row) => [row.id, { version: row.version, opens: kit.opens(aggregate, row) }]))
          )
        })
      )
  }
})

// --- private ---

const LOG_PAGE = 1_000
