/**
 * What one run of a unit of work has read and written, before anything is sent.
 *
 * The net effect of each row is kept, not the history: a row inserted and then updated is one
 * insert, one inserted and then removed is nothing.
 */
import type { KeyId } from "../../privacy/KeyRing.ts"
import type * as Aggregate from "../Aggregate.ts"
import type { Id } from "../Id.ts"
import type { Item, Key } from "../StorageAdapter.ts"
import type { Kit } from "./kit.ts"

// --- models ---

export interface UnitOfWork {
  /** The storage that it belongs to: rows of one register must not be committed to another. */
  readonly owner: object
  readonly rows: Map<Aggregate.Any, Map<Id, AnyTouched>>
  readonly appends: Map<Id, Array<Uint8Array>>
  /** An inner transaction failed: nothing may be committed any more. */
  doomed: boolean
  /** The run is over: a fiber that outlived it must not write into it. */
  ended: boolean
}

/** A row that the unit has read or written, without its type. */
export interface AnyTouched {
  readonly aggregate: Aggregate.Any
  readonly id: Id
  readonly written: boolean
  /** Whether the commit must find the row as it was read. */
  readonly guarded: boolean
  /** Whether the version that a conflict is about was read in this run, so that another run can mend it. */
  readonly readHere: boolean
  readonly baseVersion: number | undefined
  readonly toItem: (kit: Kit) => Item | undefined
}

export interface Touched<A> extends AnyTouched {
  written: boolean
  guarded: boolean
  readHere: boolean
  /** What the store holds, as far as this unit knows; undefined for a new row. */
  base: Aggregate.Stored<A> | undefined
  /** What the unit sees; undefined once removed. */
  now: Aggregate.Stored<A> | undefined
}

// --- constructors ---

export const make = (owner: object): UnitOfWork => ({
  owner,
  rows: new Map(),
  appends: new Map(),
  doomed: false,
  ended: false
})

// --- reading ---

/** The rows of one aggregate that the unit has touched. */
export const touchedOf = <A>(unit: UnitOfWork, aggregate: Aggregate.Of<A>): Map<Id, Touched<A>> => {
  let rows = unit.rows.get(aggregate)
  if (rows === undefined) unit.rows.set(aggregate, (rows = new Map()))
  // only this module fills the map, and under an aggregate only with rows of that aggregate
  return rows as unknown as Map<Id, Touched<A>>
}

/**
 * Notes what was read and gives what the unit sees: its own earlier reading where there is one, so
 * that two reads of one run never differ.
 */
export const noteRead = <A>(
  unit: UnitOfWork,
  aggregate: Aggregate.Of<A>,
  row: Aggregate.Stored<A>,
  guarded: boolean
): Aggregate.Stored<A> | undefined => {
  const rows = touchedOf(unit, aggregate)
  const known = rows.get(row.id)
  if (known !== undefined) return seen(known, guarded)
  rows.set(row.id, touch(aggregate, row.id, { base: row, now: row, guarded, readHere: true, written: false }))
  return row
}

/** What the unit sees of a row that it has touched. */
export const seen = <A>(touched: Touched<A>, guarded: boolean): Aggregate.Stored<A> | undefined => {
  if (guarded && !touched.written) touched.guarded = true
  return touched.now
}

/** The row of this unit's own writes that holds a unique key. */
export const writtenHolder = <A>(
  unit: UnitOfWork,
  aggregate: Aggregate.Of<A>,
  keys: Aggregate.Keys<A>,
  text: string
): Aggregate.Stored<A> | undefined => {
  for (const touched of touchedOf(unit, aggregate).values()) {
    if (touched.written && touched.now !== undefined && keys.of(touched.now.value).includes(text)) return touched.now
  }
  return undefined
}

// --- writing ---

export const insert = <A>(unit: UnitOfWork, aggregate: Aggregate.Of<A>, id: Id, value: A): void => {
  const rows = touchedOf(unit, aggregate)
  if (rows.has(id)) {
    throw new Error(`A unit of work inserted the ${aggregate.name} ${id}, which it had already read or written`)
  }
  rows.set(
    id,
    touch(aggregate, id, {
      base: undefined,
      now: { id, version: 1, value },
      guarded: false,
      readHere: false,
      written: true
    })
  )
}

export const update = <A>(
  unit: UnitOfWork,
  aggregate: Aggregate.Of<A>,
  stored: Aggregate.Stored<A>,
  value: A
): Aggregate.Stored<A> => {
  const touched = forWriting(unit, aggregate, stored)
  const version = touched.base === undefined ? 1 : touched.base.version + 1
  const now = { id: stored.id, version, value }
  touched.now = now
  return now
}

export const remove = <A>(unit: UnitOfWork, aggregate: Aggregate.Of<A>, stored: Aggregate.Stored<A>): void => {
  forWriting(unit, aggregate, stored).now = undefined
}

export const append = (unit: UnitOfWork, subject: Id, body: Uint8Array): void => {
  const bodies = unit.appends.get(subject)
  if (bodies === undefined) unit.appends.set(subject, [body])
  else bodies.push(body)
}

// --- committing ---

/** What must still be true for the answer of a unit that failed. */
export const expectation = (row: AnyTouched): Item | undefined =>
  row.guarded && row.baseVersion !== undefined
    ? { _tag: "Expect", aggregate: row.aggregate.name, id: row.id, version: row.baseVersion }
    : undefined

// --- private ---

const touch = <A>(
  aggregate: Aggregate.Of<A>,
  id: Id,
  state: Pick<Touched<A>, "base" | "now" | "guarded" | "readHere" | "written">
): Touched<A> => {
  const touched: Touched<A> = {
    aggregate,
    id,
    ...state,
    get baseVersion() {
      return touched.base?.version
    },
    toItem: (kit) => toItem(aggregate, touched, kit)
  }
  return touched
}

const forWriting = <A>(unit: UnitOfWork, aggregate: Aggregate.Of<A>, stored: Aggregate.Stored<A>): Touched<A> => {
  const rows = touchedOf(unit, aggregate)
  const touched = rows.get(stored.id)
  if (touched === undefined) {
    // read outside: a conflict cannot be mended by another run
    const fresh = touch(aggregate, stored.id, {
      base: stored,
      now: stored,
      guarded: false,
      readHere: false,
      written: true
    })
    rows.set(stored.id, fresh)
    return fresh
  }
  if (touched.written && touched.now?.version !== stored.version) {
    throw new Error(
      `A unit of work wrote over version ${stored.version} of the ${aggregate.name} ${stored.id}, ` +
        "but it had already written or removed that row. Go on from what update returned."
    )
  }
  if (!touched.written && touched.base?.version !== stored.version) {
    touched.base = stored
    touched.readHere = false
  }
  touched.written = true
  return touched
}

const toItem = <A>(aggregate: Aggregate.Of<A>, touched: Touched<A>, kit: Kit): Item | undefined => {
  if (!touched.written) return expectation(touched)
  const { base, id, now } = touched
  if (base === undefined) {
    if (now === undefined) return undefined
    return {
      _tag: "Insert",
      aggregate: aggregate.name,
      id,
      version: now.version,
      body: kit.seal(aggregate, now),
      columns: aggregate.columnsOf(now.value),
      takes: keysOf(aggregate.uniqueKeys, now.value, undefined, kit, kit.plan.write),
      marks: keysOf(aggregate.blindKeys, now.value, undefined, kit, kit.plan.write)
    }
  }
  if (now === undefined) {
    return {
      _tag: "Remove",
      aggregate: aggregate.name,
      id,
      version: base.version,
      frees: keysOf(aggregate.uniqueKeys, base.value, undefined, kit, kit.plan.free),
      unmarks: keysOf(aggregate.blindKeys, base.value, undefined, kit, kit.plan.free)
    }
  }
  return {
    _tag: "Update",
    aggregate: aggregate.name,
    id,
    version: base.version,
    body: kit.seal(aggregate, now),
    columns: aggregate.columnsOf(now.value),
    frees: keysOf(aggregate.uniqueKeys, base.value, now.value, kit, kit.plan.free),
    takes: keysOf(aggregate.uniqueKeys, now.value, base.value, kit, kit.plan.write),
    unmarks: keysOf(aggregate.blindKeys, base.value, now.value, kit, kit.plan.free),
    marks: keysOf(aggregate.blindKeys, now.value, base.value, kit, kit.plan.write)
  }
}

/** The keys of `value` that `other` does not have, each once under each root. */
const keysOf = <A>(
  declared: ReadonlyArray<Aggregate.Keys<A>>,
  value: A,
  other: A | undefined,
  kit: Kit,
  roots: ReadonlyArray<KeyId>
): ReadonlyArray<Key> => {
  const keys: Array<Key> = []
  for (const index of declared) {
    const texts = index.of(value)
    if (texts.length === 0) continue
    const rest = other === undefined ? [] : index.of(other)
    for (let i = 0; i < texts.length; i++) {
      const text = texts[i]!
      if (rest.includes(text) || texts.indexOf(text) !== i) continue
      for (const root of roots) keys.push({ name: index.name, bytes: kit.keyUnder(root, index.indexName, text) })
    }
  }
  return keys
}
