/**
 * The small register that the storage laws write: people with keys, jobs with ordered columns.
 */
import { assert } from "@effect/vitest"
import type { Id, StorageAdapter, StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Witness from "../StorageWitness.ts"
import * as Model from "./storageModel.ts"

type Store = StorageAdapter.Store

// --- declarations ---

const person: StorageAdapter.Declaration = {
  name: "person",
  unique: ["nik", "card"],
  blind: ["name", "phone"],
  columns: [],
  indexes: []
}

const child: StorageAdapter.Declaration = { ...person, name: "child" }

const job: StorageAdapter.Declaration = {
  name: "job-card",
  unique: ["number"],
  blind: [],
  columns: [
    { name: "lane", kind: "text" },
    { name: "state", kind: "text" },
    { name: "due", kind: "number" }
  ],
  indexes: [
    { name: "due", columns: ["due"] },
    { name: "lane", columns: ["lane"] },
    { name: "queue", columns: ["lane", "due"] },
    { name: "board", columns: ["lane", "state", "due"] }
  ]
}

export const declarations: ReadonlyArray<StorageAdapter.Declaration> = [person, child, job]

// --- values ---

/** Ids in their order: `id(1)` is before `id(2)`. */
export const id = (n: number): Id.Id =>
  `018f0000-${(n >>> 16).toString(16).padStart(4, "0")}-7000-8000-${n.toString(16).padStart(12, "0")}` as Id.Id

let batches = 0

/** A batch of its own id. */
export const batch = (...items: ReadonlyArray<StorageAdapter.Item>): StorageAdapter.Batch => ({
  id: `018f1111-1111-7111-8111-${(++batches).toString(16).padStart(12, "0")}` as Id.Id,
  items
})

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A key of 16 bytes, as a MAC would be. */
export const key = (name: string, text: string): StorageAdapter.Key => {
  const padded = new Uint8Array(16)
  padded.set(bytes(text).subarray(0, 16))
  return { name, bytes: padded }
}

export interface Keys {
  readonly nik?: string
  readonly card?: string
  readonly name?: string
  readonly phone?: string
}

const some = (keys: Keys, names: ReadonlyArray<keyof Keys>): ReadonlyArray<StorageAdapter.Key> =>
  names.flatMap((name) => (keys[name] === undefined ? [] : [key(name, keys[name])]))

const uniqueOf = (keys: Keys) => some(keys, ["nik", "card"])
const blindOf = (keys: Keys) => some(keys, ["name", "phone"])

export const insert = (
  n: number,
  keys: Keys = {},
  over: Partial<StorageAdapter.Insert> = {}
): StorageAdapter.Insert => ({
  _tag: "Insert",
  aggregate: "person",
  id: id(n),
  version: 1,
  body: bytes(`person ${n}`),
  columns: [],
  takes: uniqueOf(keys),
  marks: blindOf(keys),
  ...over
})

export const update = (
  n: number,
  version: number,
  from: Keys = {},
  to: Keys = from,
  over: Partial<StorageAdapter.Update> = {}
): StorageAdapter.Update => {
  const [before, after] = [uniqueOf(from), uniqueOf(to)]
  const [beforeBlind, afterBlind] = [blindOf(from), blindOf(to)]
  return {
    _tag: "Update",
    aggregate: "person",
    id: id(n),
    version,
    body: bytes(`person ${n} after ${version}`),
    columns: [],
    frees: without(before, after),
    takes: without(after, before),
    unmarks: without(beforeBlind, afterBlind),
    marks: without(afterBlind, beforeBlind),
    ...over
  }
}

export const remove = (n: number, version: number, keys: Keys = {}): StorageAdapter.Remove => ({
  _tag: "Remove",
  aggregate: "person",
  id: id(n),
  version,
  frees: uniqueOf(keys),
  unmarks: blindOf(keys)
})

export const expect = (n: number, version: number): StorageAdapter.Expect => ({
  _tag: "Expect",
  aggregate: "person",
  id: id(n),
  version
})

export const jobOf = (
  n: number,
  lane: string | undefined,
  due: number | undefined,
  state: string | undefined = "open"
): StorageAdapter.Insert => ({
  _tag: "Insert",
  aggregate: "job-card",
  id: id(n),
  version: 1,
  body: bytes(`job ${n}`),
  columns: [lane, state, due],
  takes: [],
  marks: []
})

/** The line of a log with that sequence number. Its MAC says which writer it is of. */
export const line = (sequence: number, writer = "a"): StorageAdapter.Line => ({
  sequence,
  mac: key("", `mac ${sequence} ${writer}`).bytes,
  body: bytes(`line ${sequence} by ${writer}`)
})

/** Lines `from` to `to` after the line before them. */
export const append = (n: number, from: number, to = from, writer = "a"): StorageAdapter.Append => {
  const [first, ...rest] = Array.from({ length: to - from + 1 }, (_, i) => line(from + i, writer))
  const before = line(from - 1, writer)
  return {
    _tag: "Append",
    subject: id(n),
    head: from === 1 ? undefined : { sequence: before.sequence, mac: before.mac },
    lines: [first!, ...rest]
  }
}

// --- committing ---

export const demandCommitted = (
  store: Store,
  ...items: ReadonlyArray<StorageAdapter.Item>
): Effect.Effect<void, StorageError.StorageError> => demandOutcome(store, batch(...items), [])

export const demandRefused = (
  store: Store,
  items: ReadonlyArray<StorageAdapter.Item>,
  failures: ReadonlyArray<string>
): Effect.Effect<void, StorageError.StorageError> => demandOutcome(store, batch(...items), failures)

export const demandOutcome = (
  store: Store,
  sent: StorageAdapter.Batch,
  failures: ReadonlyArray<string>
): Effect.Effect<void, StorageError.StorageError> =>
  Effect.map(store.commit(sent), (outcome) => assert.deepStrictEqual(texts(outcome), [...failures].sort()))

/** The failures of an outcome as sorted texts, none when it was committed. */
export const texts = (outcome: StorageAdapter.Outcome): ReadonlyArray<string> =>
  outcome._tag === "Committed" ? [] : outcome.failures.map(Model.failureText).sort()

// --- private ---

const without = (keys: ReadonlyArray<StorageAdapter.Key>, others: ReadonlyArray<StorageAdapter.Key>) =>
  keys.filter((one) => !others.some((_) => _.name === one.name && Witness.hex(_.bytes) === Witness.hex(one.bytes)))
