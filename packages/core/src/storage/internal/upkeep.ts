/**
 * The care of a register over an open store.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { sameBytes } from "../../privacy/Crypto.ts"
import type { KeyId } from "../../privacy/KeyRing.ts"
import type * as Aggregate from "../Aggregate.ts"
import type { Id, Ids } from "../Id.ts"
import type { Append, Expect, Head, Insert, Item, Key, Line, Row, Store, Update } from "../StorageAdapter.ts"
import type { StorageError } from "../StorageError.ts"
import { Transaction } from "../Transaction.ts"
import type { Fault, Page, Surveyed, Upkeep } from "../Upkeep.ts"
import * as KeyPlan from "./keyPlan.ts"
import type { Kit } from "./kit.ts"

// --- constructors ---

export const make = (options: {
  readonly aggregates: ReadonlyArray<Aggregate.Any>
  readonly store: Store
  readonly kit: Kit
  readonly plans: KeyPlan.Plans
  readonly ids: Ids
}): Upkeep => {
  const { ids, kit, plans, store } = options

  const outside = <A, E>(act: () => Effect.Effect<A, E>): Effect.Effect<A, E> =>
    Effect.withFiber((fiber) =>
      Context.getOrUndefined(fiber.context, Transaction) === undefined
        ? act()
        : Effect.die(new Error("The upkeep of a store was called inside a unit of work"))
    )

  const named = (name: string): Aggregate.Of<unknown> => {
    const found = options.aggregates.find((_) => _.name === name)
    if (found === undefined) throw new Error(`The aggregate ${name} was not given to Storage.layer`)
    // every declaration is made by Aggregate.make; its values are only handed back to it here
    return found as unknown as Aggregate.Of<unknown>
  }

  const rows = (aggregate: string, { after, limit }: Page) =>
    store.scan(
      named(aggregate).name,
      { index: "id", equals: [] },
      after === undefined ? { limit } : { after: { id: after }, limit }
    )

  const surveyed = (row: Row, fault: Fault | undefined): Surveyed => ({
    id: row.id,
    version: row.version,
    ...Option.match(kit.keyOf(row.body), { onNone: () => ({}), onSome: (sealedUnder) => ({ sealedUnder }) }),
    ...(fault === undefined ? {} : { fault })
  })

  /** Of the keys that these rows have under these roots, those that they hold and those that they lack. */
  const sift = Effect.fnUntraced(function* (
    aggregate: Aggregate.Of<unknown>,
    opened: ReadonlyArray<Aggregate.Stored<unknown>>,
    roots: ReadonlyArray<KeyId>
  ) {
    const held = new Map<Id, Keys>()
    const lacking = new Map<Id, Keys>()
    const unique = keysOf(aggregate.uniqueKeys, opened, kit, roots)
    const holders = new Map<number, Id>()
    if (unique.length > 0) {
      const found = yield* store.findMany(
        aggregate.name,
        unique.map((_) => _.key)
      )
      for (const { key, row } of found) holders.set(key, row.id)
    }
    unique.forEach(({ id, key }, i) => {
      keysAt(holders.get(i) === id ? held : lacking, id).unique.push(key)
    })

    const blind = grouped(keysOf(aggregate.blindKeys, opened, kit, roots))
    for (let from = 0; from < blind.length; from += KEYS_AT_ONCE) {
      const asked = blind.slice(from, from + KEYS_AT_ONCE)
      const marked = asked.map(() => new Set<Id>())
      const found = yield* store.scanKeys(
        aggregate.name,
        asked.map((_) => _.key),
        BLOCK
      )
      for (const { key, row } of found) marked[key]!.add(row.id)
      for (const [i, { ids: expected, key }] of asked.entries()) {
        const seen = marked[i]!
        // a long block is read on as far as it must be
        let last = [...seen].sort().at(-1)
        let full = seen.size === BLOCK
        while (full && last !== undefined && expected.some((id) => id > last!)) {
          const more: ReadonlyArray<Row> = yield* store.scanKey(aggregate.name, key, {
            after: { id: last },
            limit: BLOCK
          })
          for (const row of more) seen.add(row.id)
          last = more.at(-1)?.id
          full = more.length === BLOCK
        }
        for (const id of expected) keysAt(seen.has(id) ? held : lacking, id).blind.push(key)
      }
    }
    return { held, lacking }
  })

  const surveyRows = Effect.fnUntraced(function* (
    aggregate: Aggregate.Of<unknown>,
    found: ReadonlyArray<Row>,
    attempts: number
  ): Effect.fn.Return<ReadonlyArray<Surveyed>, StorageError> {
    const faults = new Map<Id, Fault>()
    const opened: Array<Aggregate.Stored<unknown>> = []
    for (const row of found) {
      const result = kit.open(aggregate, row)
      if (Result.isSuccess(result)) opened.push(result.success)
      else faults.set(row.id, faultOf(result.failure))
    }
    yield* plans.refresh
    const planned = plans.version()
    const { lacking } = yield* sift(aggregate, opened, [kit.plan.read])
    for (const id of lacking.keys()) faults.set(id, "KeyMissing")
    // rows and keys are two readings: a row that was changed in between is looked at again
    const moved = new Map<Id, Row | undefined>()
    if (faults.size > 0 && attempts > 0) {
      yield* plans.refresh
      if (plans.version() !== planned) {
        const ids = found.map((_) => _.id)
        return yield* surveyRows(aggregate, yield* store.getMany(aggregate.name, ids), attempts - 1)
      }
      const now = new Map((yield* store.getMany(aggregate.name, [...faults.keys()])).map((row) => [row.id, row]))
      for (const row of found) {
        if (!faults.has(row.id)) continue
        const again = now.get(row.id)
        if (again?.version !== row.version) moved.set(row.id, again)
      }
    }
    const again = [...moved.values()].filter((_) => _ !== undefined)
    const settled = again.length === 0 ? [] : yield* surveyRows(aggregate, again, attempts - 1)
    const looked = [
      ...found.filter((row) => !moved.has(row.id)).map((row) => surveyed(row, faults.get(row.id))),
      ...settled
    ]
    return looked.sort((a, b) => (a.id < b.id ? -1 : 1))
  })

  /** Commits these, less those that are refused, and says which were written; none when the fence is another. */
  const sendEach = Effect.fnUntraced(function* <I extends Item>(items: ReadonlyArray<I>, fence?: Expect) {
    let sending = items
    while (sending.length > 0) {
      const batch = {
        id: ids.at(yield* Clock.currentTimeMillis),
        items: fence === undefined ? sending : [...sending, fence]
      }
      const outcome = yield* Effect.retry(store.commit(batch), { times: RESENDS, while: (_) => _.isRetryable })
      if (outcome._tag === "Committed") break
      const refused = new Set(outcome.failures.map((_) => _.item))
      if (refused.has(sending.length)) return []
      sending = sending.filter((_, i) => !refused.has(i))
    }
    return sending
  })

  const send = (items: ReadonlyArray<Update>, fence?: Expect) =>
    Effect.map(sendEach(items, fence), (sent) => sent.length)

  /** The plan of a back-up is not taken over: keys are made by this store's own. Its rows count on as far. */
  const restorePlan = Effect.fnUntraced(function* (found: ReadonlyArray<{ readonly version: number }>) {
    const version = Math.max(0, ...found.map((_) => _.version))
    yield* plans.refresh
    while (plans.version() < version) yield* plans.replace(kit.plan)
    return { restored: 0, already: found.length, refused: [] }
  })

  const insertOf = (aggregate: Aggregate.Of<unknown>, stored: Aggregate.Stored<unknown>, body: Uint8Array): Insert => ({
    _tag: "Insert",
    aggregate: aggregate.name,
    id: stored.id,
    version: stored.version,
    body,
    columns: aggregate.columnsOf(stored.value),
    takes: keysOf(aggregate.uniqueKeys, [stored], kit, kit.plan.write).map((_) => _.key),
    marks: keysOf(aggregate.blindKeys, [stored], kit, kit.plan.write).map((_) => _.key)
  })

  /** The lines of a log that are not there yet, or the number of the first that does not follow. */
  const following = (subject: Id, head: Head | undefined, lines: ReadonlyArray<Line>): Append | number | undefined => {
    const there = head?.sequence ?? 0
    const [first, ...more] = lines.filter((_) => _.sequence > there)
    const at = lines.find((_) => _.sequence === there)
    if (head !== undefined && at !== undefined && !sameBytes(at.mac, head.mac)) return there
    if (first === undefined) return undefined
    let before = head
    for (const line of [first, ...more]) {
      const link = kit.link(subject, before, line.body)
      if (link.sequence !== line.sequence || !sameBytes(link.mac, line.mac)) return line.sequence
      before = line
    }
    return { _tag: "Append", subject, head, lines: [first, ...more] }
  }

  return {
    aggregates: options.aggregates.map((_) => _.name),
    count: (aggregate) => outside(() => store.countBy(named(aggregate).name, { index: "id", equals: [] })),
    scanHeads: ({ after, limit }) =>
      outside(() =>
        Effect.map(store.scanHeads(after === undefined ? { limit } : { after, limit }), (heads) => ({
          rows: heads,
          ...nextOf(
            limit,
            heads.map((_) => _.subject)
          )
        }))
      ),
    heads: (subjects) =>
      outside(() =>
        Effect.map(
          store.heads(subjects),
          (found) => new Map(found.map(({ head, subject }) => [subjects[subject]!, head]))
        )
      ),
    lineAt: (subject, sequence) =>
      outside(() =>
        Effect.map(store.readLog(subject, { after: sequence - 1, limit: 1 }), ([line]) =>
          line?.sequence === sequence ? line : undefined
        )
      ),
    versions: (aggregate, page) =>
      outside(() =>
        Effect.map(rows(aggregate, page), (found) => ({
          rows: found.map(({ id, version }) => ({ id, version })),
          ...nextOf(
            page.limit,
            found.map((_) => _.id)
          )
        }))
      ),
    versionsOf: (aggregate, asked) =>
      outside(() =>
        Effect.map(
          store.getMany(named(aggregate).name, asked),
          (found) => new Map(found.map(({ id, version }) => [id, version]))
        )
      ),
    survey: (aggregate, page) =>
      outside(
        Effect.fnUntraced(function* () {
          const found = yield* rows(aggregate, page)
          const looked = yield* surveyRows(named(aggregate), found, LOOKS)
          return {
            rows: looked,
            ...nextOf(
              page.limit,
              found.map((_) => _.id)
            )
          }
        })
      ),
    reseal: (aggregate, page) =>
      outside(
        Effect.fnUntraced(function* () {
          const found = yield* rows(aggregate, page)
          const items: Array<Update> = []
          let left = 0
          for (const row of found) {
            const under = kit.keyOf(row.body)
            if (Option.isSome(under) && under.value === kit.current) continue
            const body = kit.reseal(aggregate, row)
            if (body === undefined) {
              left++
              continue
            }
            const { columns, id, version } = row
            const keys = { frees: [], takes: [], unmarks: [], marks: [] }
            items.push({ _tag: "Update", aggregate, id, version, body, columns, ...keys })
          }
          const sent = yield* send(items)
          left += items.length - sent
          return {
            looked: found.length,
            resealed: sent,
            left,
            ...nextOf(
              page.limit,
              found.map((_) => _.id)
            )
          }
        })
      ),
    sealed: (aggregate, page) =>
      outside(() =>
        Effect.map(rows(aggregate, page), (found) => ({
          rows: found.map(({ body, id, version }) => ({ body, id, version })),
          ...nextOf(
            page.limit,
            found.map((_) => _.id)
          )
        }))
      ),
    lines: (subject, page) => outside(() => store.readLog(subject, page)),
    restore: (name, found) =>
      outside(
        Effect.fnUntraced(function* () {
          if (name === KeyPlan.aggregate.name) return yield* restorePlan(found)
          const aggregate = named(name)
          const refused: Array<{ readonly id: Id; readonly fault: Fault | "Taken" }> = []
          yield* plans.refresh
          const there = yield* store.getMany(
            name,
            found.map((_) => _.id)
          )
          const known = new Map(there.map((row) => [row.id, row]))
          let already = 0
          const items: Array<Insert> = []
          for (const row of found) {
            const other = known.get(row.id)
            if (other === undefined) {
              const decoded = kit.decode(aggregate, row)
              if (Result.isSuccess(decoded)) items.push(insertOf(aggregate, decoded.success, row.body))
              else refused.push({ id: row.id, fault: faultOf(decoded.failure) })
            } else if (other.version === row.version && sameBytes(other.body, row.body)) already++
            else refused.push({ id: row.id, fault: "Taken" })
          }
          const sent = new Set<Item>(yield* sendEach(items, plans.expectation()))
          for (const item of items) if (!sent.has(item)) refused.push({ id: item.id, fault: "Taken" })
          return { restored: sent.size, already, refused }
        })
      ),
    restoreLines: (logs) =>
      outside(
        Effect.fnUntraced(function* () {
          const refused: Array<{ readonly subject: Id; readonly sequence: number }> = []
          const heads = new Map<number, Head>()
          for (const { head, subject } of yield* store.heads(logs.map((_) => _.subject))) heads.set(subject, head)
          let already = 0
          const items: Array<Append> = []
          for (const [i, { lines, subject }] of logs.entries()) {
            const append = following(subject, heads.get(i), lines)
            if (typeof append === "number") refused.push({ subject, sequence: append })
            else if (append === undefined) already += lines.length
            else {
              already += lines.length - append.lines.length
              items.push(append)
            }
          }
          const sent = new Set<Item>(yield* sendEach(items))
          let restored = 0
          for (const item of items) {
            if (sent.has(item)) restored += item.lines.length
            else refused.push({ subject: item.subject, sequence: item.lines[0].sequence })
          }
          return { restored, already, refused }
        })
      ),
    keyPlan: outside(() => Effect.map(plans.refresh, () => kit.plan)),
    replaceKeyPlan: (plan) => outside(() => plans.replace(plan)),
    rekey: (name, page) =>
      outside(
        Effect.fnUntraced(function* () {
          yield* plans.refresh
          const fence = plans.expectation()
          const { free, write } = kit.plan
          const aggregate = named(name)
          const found = yield* rows(name, page)
          const opened: Array<Aggregate.Stored<unknown>> = []
          for (const row of found) {
            const result = kit.open(aggregate, row)
            if (Result.isSuccess(result)) opened.push(result.success)
          }
          const { lacking } = yield* sift(aggregate, opened, write)
          const over = free.filter((_) => !write.includes(_))
          const { held } = yield* sift(aggregate, opened, over)
          const items: Array<Update> = []
          for (const row of found) {
            const [add, drop] = [lacking.get(row.id), held.get(row.id)]
            const body = add === undefined && drop === undefined ? undefined : kit.reseal(name, row)
            if (body === undefined) continue
            items.push({
              _tag: "Update",
              aggregate: name,
              id: row.id,
              version: row.version,
              body,
              columns: row.columns,
              frees: drop?.unique ?? [],
              takes: add?.unique ?? [],
              unmarks: drop?.blind ?? [],
              marks: add?.blind ?? []
            })
          }
          const sent = yield* send(items, fence)
          return {
            looked: found.length,
            rekeyed: sent,
            left: items.length - sent + found.length - opened.length,
            ...nextOf(
              page.limit,
              found.map((_) => _.id)
            )
          }
        })
      )
  }
}

// --- private ---

const KEYS_AT_ONCE = 500
const BLOCK = 32
const LOOKS = 5
const RESENDS = 6

/** A page that is not full was the last. */
const nextOf = (limit: number, ids: ReadonlyArray<Id>): { readonly next?: Id } => {
  const next = ids.length < limit ? undefined : ids.at(-1)
  return next === undefined ? {} : { next }
}

const faultOf = ({ reason }: StorageError): Fault => (reason._tag === "Tampered" ? reason.reason : "Undecodable")

const keysOf = (
  declared: ReadonlyArray<Aggregate.Keys<unknown>>,
  opened: ReadonlyArray<Aggregate.Stored<unknown>>,
  kit: Kit,
  roots: ReadonlyArray<KeyId>
): ReadonlyArray<{ readonly id: Id; readonly key: Key }> =>
  opened.flatMap(({ id, value }) =>
    declared.flatMap((index) =>
      [...new Set(index.of(value))].flatMap((text) =>
        roots.map((root) => ({ id, key: { name: index.name, bytes: kit.keyUnder(root, index.indexName, text) } }))
      )
    )
  )

interface Keys {
  readonly unique: Array<Key>
  readonly blind: Array<Key>
}

const keysAt = (all: Map<Id, Keys>, id: Id): Keys => {
  let keys = all.get(id)
  if (keys === undefined) all.set(id, (keys = { unique: [], blind: [] }))
  return keys
}

const grouped = (
  keys: ReadonlyArray<{ readonly id: Id; readonly key: Key }>
): ReadonlyArray<{ readonly key: Key; readonly ids: ReadonlyArray<Id> }> => {
  const groups = new Map<string, { readonly key: Key; readonly ids: Array<Id> }>()
  for (const { id, key } of keys) {
    const name = `${key.name} ${String.fromCharCode(...key.bytes)}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { key, ids: [id] })
    else group.ids.push(id)
  }
  return [...groups.values()]
}
