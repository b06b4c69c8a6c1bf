/** Every row of a key, page by page. Outside a unit of work. */
import * as Effect from "effect/Effect"
import type { Stored } from "../../storage/Aggregate.ts"
import type { Cursor, Page } from "../../storage/Storage.ts"
import type { StorageError } from "../../storage/StorageError.ts"

export const every = Effect.fnUntraced(function* <A>(
  read: (page: { readonly after?: Cursor | undefined; readonly limit: number }) => Effect.Effect<Page<A>, StorageError>
): Effect.fn.Return<ReadonlyArray<Stored<A>>, StorageError> {
  const rows: Array<Stored<A>> = []
  let after: Cursor | undefined
  do {
    const page: Page<A> = yield* read({ after, limit: PAGE })
    rows.push(...page.rows)
    after = page.next
  } while (after !== undefined)
  return rows
})

// --- private ---

const PAGE = 100
