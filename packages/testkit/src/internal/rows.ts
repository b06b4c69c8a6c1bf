/** Every row of an aggregate, page by page. */
import { type Aggregate, Storage, type StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"

export const all = <A, U extends string, B extends string, O, X>(
  aggregate: Aggregate.Aggregate<A, U, B, O, X>
): Effect.Effect<ReadonlyArray<Aggregate.Stored<A>>, StorageError.StorageError, Storage.Storage> =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const rows: Array<Aggregate.Stored<A>> = []
    let after: Storage.Cursor | undefined
    do {
      const page: Storage.Page<A> = yield* storage.snapshot(
        storage.scan(aggregate, "id", {} as never, { limit: 500, after })
      )
      rows.push(...page.rows)
      after = page.next
    } while (after !== undefined)
    return rows
  })
