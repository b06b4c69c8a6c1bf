/**
 * Mistakes to be planted into a system that works: each replaces one part of it by one that is
 * wrong in a way that systems are.
 */
import { Message, type MessageChannel } from "@kis/core/messaging"
import type { CareStatus } from "@kis/core/registry"
import { Id, type StorageAdapter, type StorageMemory } from "@kis/core/storage"
import * as Effect from "effect/Effect"

// --- models ---

type Store = StorageAdapter.Store
type Item = StorageAdapter.Item
type Failure = StorageAdapter.Failure

export interface Bug {
  /** On `memory`; `later` puts off what is then lost when the machine crashes. */
  readonly store: (
    store: Store,
    memory: StorageMemory.Memory,
    later: (act: Effect.Effect<unknown, unknown>) => void
  ) => Partial<Store>
  readonly care: (care: CareStatus.CareStatus["Service"]) => CareStatus.CareStatus["Service"]
  readonly channel: (channel: MessageChannel.MessageChannel["Service"]) => MessageChannel.MessageChannel["Service"]
  /** The idempotency key under which a command is sent at an attempt. */
  readonly key: (key: string, attempt: number, what: "register" | "live" | "pay") => string
}

export type Name =
  | "droppedVersionCheck"
  | "droppedUniqueKeys"
  | "droppedHeadCheck"
  | "lastRowLost"
  | "acknowledgedBeforeWritten"
  | "messageOutsideTheCommit"
  | "recordOutsideTheCommit"
  | "hospitalAskedOnce"
  | "unknownOutcomeSentAgain"
  | "paymentWithoutItsReference"
  | "applicationWithoutItsKey"

// --- bugs ---

export const none: Bug = {
  store: () => ({}),
  care: (care) => care,
  channel: (channel) => channel,
  key: (key) => key
}

/** By name; the text says what is wrong. */
export const bugs: Readonly<Record<Name, Bug>> = {
  /** An update goes through whatever version is there. */
  droppedVersionCheck: {
    ...none,
    store: (store, memory) => ({
      commit: (batch) =>
        leniently(store, memory, batch, (failure, item) => failure._tag === "VersionConflict" && item._tag === "Update")
    })
  },
  /** Keys are taken over from whoever holds them. */
  droppedUniqueKeys: {
    ...none,
    store: (store, memory) => ({
      commit: (batch) => leniently(store, memory, batch, (failure) => failure._tag === "UniqueViolation")
    })
  },
  /** A line of the record is written after a head that is not there any more. */
  droppedHeadCheck: {
    ...none,
    store: (store, memory) => ({
      commit: (batch) => leniently(store, memory, batch, (failure) => failure._tag === "HeadConflict")
    })
  },
  /** A commit of several rows leaves the last one out. */
  lastRowLost: {
    ...none,
    store: (store) => ({
      commit: (batch) => {
        const writes = batch.items.filter((item) => item._tag === "Insert")
        const last = writes.length > 6 ? writes.at(-1) : undefined
        return store.commit({ ...batch, items: batch.items.filter((item) => item !== last) })
      }
    })
  },
  /** A commit is acknowledged first and written when there is time. */
  acknowledgedBeforeWritten: {
    ...none,
    store: (store, _, later) => ({
      commit: (batch) =>
        batch.items.some((item) => item._tag === "Append")
          ? Effect.sync(() => {
              later(store.commit(batch))
              return { _tag: "Committed" } as const
            })
          : store.commit(batch)
    })
  },
  /** The message that tells a fact is committed by itself, before the fact. */
  messageOutsideTheCommit: {
    ...none,
    store: (store) => ({
      commit: inTwo(store, (item) => "aggregate" in item && item.aggregate === Message.aggregate.name)
    })
  },
  /** The line of the record is committed by itself, before what it records. */
  recordOutsideTheCommit: {
    ...none,
    store: (store) => ({ commit: inTwo(store, (item) => item._tag === "Append") })
  },
  /** What a hospital said once is taken to hold for ever. */
  hospitalAskedOnce: {
    ...none,
    care: (care) => {
      const known = new Map<string, CareStatus.Care>()
      return {
        ask: (cards) =>
          Effect.map(care.ask(cards), (answers) =>
            cards.map((card, i) => {
              const said = known.get(card) ?? answers[i] ?? "unknown"
              known.set(card, said)
              return said
            })
          )
      }
    }
  },
  /** A message whose outcome is not known is sent again, on a channel that then delivers it twice. */
  unknownOutcomeSentAgain: {
    ...none,
    channel: (channel) => ({
      ...channel,
      send: (message) =>
        Effect.catchIf(
          channel.send(message),
          (error) => error.reason._tag === "UnknownOutcome",
          () => channel.send(message)
        )
    })
  },
  /** A payment gets another reference each time that it is sent. */
  paymentWithoutItsReference: {
    ...none,
    key: (key, attempt, what) => (what === "pay" ? `${key}.${attempt}` : key)
  },
  /** An application gets another idempotency key each time that it is sent. */
  applicationWithoutItsKey: {
    ...none,
    key: (key, attempt, what) => (what === "register" ? `${key}.${attempt}` : key)
  }
}

// --- private ---

/** Commits without the preconditions that are not looked at: what stands in their way is moved aside. */
const leniently = (
  store: Store,
  memory: StorageMemory.Memory,
  batch: StorageAdapter.Batch,
  ignored: (failure: Failure, item: Item) => boolean
): ReturnType<Store["commit"]> =>
  Effect.flatMap(store.commit(batch), (outcome): ReturnType<Store["commit"]> => {
    if (outcome._tag === "Committed") return Effect.succeed(outcome)
    const { failures } = outcome
    const rest = failures.filter((failure) => !ignored(failure, batch.items[failure.item]!))
    if (rest.length > 0) return Effect.succeed({ _tag: "Refused", failures: rest })
    const of = (item: number) => failures.filter((failure) => failure.item === item)
    return store.commit({ ...batch, items: batch.items.map((item, i) => forced(memory, item, of(i))) })
  })

const forced = (memory: StorageMemory.Memory, item: Item, failures: ReadonlyArray<Failure>): Item => {
  if (failures.length === 0) return item
  if (item._tag === "Append") {
    const last = memory.logs.get(item.subject)?.at(-1)
    return { ...item, head: last === undefined ? undefined : { sequence: last.sequence, mac: last.mac } }
  }
  const rows = memory.tables.get(item.aggregate)?.rows
  const row = rows?.get(item.id)
  if (item._tag === "Update" && row !== undefined) rows?.set(item.id, { ...row, version: item.version })
  if (!("takes" in item)) return item
  const taken = new Set(failures.flatMap((failure) => (failure._tag === "UniqueViolation" ? [failure.key] : [])))
  return { ...item, takes: item.takes.filter(({ name }) => !taken.has(name)) }
}

/** Some items are committed first and by themselves, the rest when that is done. */
const inTwo =
  (store: Store, isFirst: (item: Item) => boolean): Store["commit"] =>
  (batch) => {
    const first = batch.items.filter(isFirst)
    if (first.length === 0) return store.commit(batch)
    const rest = batch.items.filter((item) => !isFirst(item))
    const id = Id.Id.make(`${batch.id.slice(0, -1)}${batch.id.endsWith("0") ? "1" : "0"}`)
    return Effect.andThen(store.commit({ id, items: first }), store.commit({ ...batch, items: rest }))
  }
