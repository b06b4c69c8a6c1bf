/** Every method of an open store, put through one function. */
import type { StorageAdapter, StorageError } from "@kis/core/storage"
import type * as Effect from "effect/Effect"

export type Through = <A>(
  method: keyof StorageAdapter.Store,
  act: Effect.Effect<A, StorageError.StorageError>
) => Effect.Effect<A, StorageError.StorageError>

export const put = (store: StorageAdapter.Store, through: Through): StorageAdapter.Store => ({
  commit: (batch) => through("commit", store.commit(batch)),
  get: (aggregate, id) => through("get", store.get(aggregate, id)),
  getMany: (aggregate, ids) => through("getMany", store.getMany(aggregate, ids)),
  findBy: (aggregate, key) => through("findBy", store.findBy(aggregate, key)),
  findMany: (aggregate, keys) => through("findMany", store.findMany(aggregate, keys)),
  heads: (subjects) => through("heads", store.heads(subjects)),
  scan: (aggregate, range, page) => through("scan", store.scan(aggregate, range, page)),
  scanKey: (aggregate, key, page) => through("scanKey", store.scanKey(aggregate, key, page)),
  scanKeys: (aggregate, keys, limit) => through("scanKeys", store.scanKeys(aggregate, keys, limit)),
  countBy: (aggregate, where) => through("countBy", store.countBy(aggregate, where)),
  readLog: (subject, page) => through("readLog", store.readLog(subject, page)),
  scanHeads: (page) => through("scanHeads", store.scanHeads(page))
})
