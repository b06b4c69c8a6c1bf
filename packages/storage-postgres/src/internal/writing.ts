/**
 * A batch as the parameters of the commit function, and its answer as failures.
 */
import { PgTypes } from "@effect/sql-pg"
import type { StorageAdapter } from "@kis/core/storage"
import * as CommitFunction from "./commitFunction.ts"
import type { Layout, Shape } from "./layout.ts"
import { array, name } from "./sql.ts"

// --- models ---

export interface Writer {
  /** The statement that commits. */
  readonly sql: string
  readonly parametersOf: (batch: StorageAdapter.Batch, now: number) => ReadonlyArray<unknown>
  readonly outcomeOf: (answer: unknown) => StorageAdapter.Outcome
}

// --- constructors ---

export const make = (shape: Shape): Writer => {
  const parameters = CommitFunction.parameters(shape)
  const places = parameters.map(([, type], i) => `$${i + 1}::${type}`)
  const layouts = new Map(shape.layouts.map((layout, k) => [layout.declaration.name, { layout, k }]))
  const keyNames = new Map(shape.layouts.flatMap(({ unique }) => [...unique].map(([key, no]) => [no, key] as const)))

  return {
    sql: `select ${name(shape.schema)}.${name(shape.commit)}(${places.join(", ")})`,
    parametersOf: (batch, now) => {
      const arrays = arraysOf(shape, layouts, batch.items)
      return parameters.map(([parameter, type]) => {
        if (parameter === "p_batch") return PgTypes.uuid(batch.id)
        if (parameter === "p_at") return PgTypes.int8(BigInt(now))
        return array(arrays.get(parameter)!, ELEMENTS[type]!)
      })
    },
    outcomeOf: (answer) => {
      const triples = answer as ReadonlyArray<number>
      if (triples.length === 0) return { _tag: "Committed" }
      const failures = new Map<string, StorageAdapter.Failure>()
      for (let i = 0; i < triples.length; i += 3) {
        const [kind, item, key] = [triples[i]!, triples[i + 1]!, triples[i + 2]!]
        // one key can be held by another row and by an earlier item
        failures.set(`${kind} ${item} ${key}`, failureOf(kind, item, key, keyNames))
      }
      return { _tag: "Refused", failures: [...failures.values()] }
    }
  }
}

// --- private ---

const ELEMENTS: Record<string, number> = {
  "int[]": PgTypes.OID.int4,
  "smallint[]": PgTypes.OID.int2,
  "bigint[]": PgTypes.OID.int8,
  "boolean[]": PgTypes.OID.bool,
  "text[]": PgTypes.OID.text,
  "uuid[]": PgTypes.OID.uuid,
  "bytea[]": PgTypes.OID.bytea
}

const failureOf = (
  kind: number,
  item: number,
  key: number,
  keyNames: ReadonlyMap<number, string>
): StorageAdapter.Failure => {
  switch (kind) {
    case 1:
      return { _tag: "UniqueViolation", item, key: keyNames.get(key)! }
    case 2:
      return { _tag: "VersionConflict", item }
    default:
      return { _tag: "HeadConflict", item }
  }
}

/** The items of one aggregate, by what is done with them. */
interface Share {
  readonly inserts: Array<readonly [item: number, StorageAdapter.Insert]>
  readonly updates: Array<readonly [item: number, StorageAdapter.Update]>
  readonly removes: Array<readonly [item: number, StorageAdapter.Remove]>
  readonly expects: Array<readonly [item: number, StorageAdapter.Expect]>
}

type Layouts = ReadonlyMap<string, { readonly layout: Layout; readonly k: number }>

const arraysOf = (shape: Shape, layouts: Layouts, items: ReadonlyArray<StorageAdapter.Item>) => {
  const arrays = new Map<string, Array<unknown>>(CommitFunction.parameters(shape).map(([parameter]) => [parameter, []]))
  const of = (parameter: string) => arrays.get(parameter)!

  const shares = shape.layouts.map((): Share => ({ inserts: [], updates: [], removes: [], expects: [] }))
  for (const [i, item] of items.entries()) {
    if (item._tag === "Append") {
      append(of, i, item)
      continue
    }
    const { k, layout } = layouts.get(item.aggregate)!
    const share = shares[k]!
    const keys = (list: ReadonlyArray<StorageAdapter.Key>, deed: string, numbers: ReadonlyMap<string, number>) => {
      for (const key of list) {
        of(`p_${deed}_name`).push(numbers.get(key.name)!)
        of(`p_${deed}_bytes`).push(key.bytes)
        of(`p_${deed}_id`).push(item.id)
        if (deed === "take") of("p_take_item").push(i)
      }
    }
    switch (item._tag) {
      case "Insert":
        share.inserts.push([i, item])
        break
      case "Update":
        share.updates.push([i, item])
        break
      case "Remove":
        share.removes.push([i, item])
        break
      case "Expect":
        share.expects.push([i, item])
    }
    if ("takes" in item) {
      keys(item.takes, "take", layout.unique)
      keys(item.marks, "mark", layout.blind)
    }
    if ("frees" in item) {
      keys(item.frees, "free", layout.unique)
      keys(item.unmarks, "unmark", layout.blind)
    }
  }

  for (const [k, share] of shares.entries()) {
    const layout = shape.layouts[k]!
    const span = (deed: string, filled: string, fill: () => void) => {
      of(`p_${deed}_from`).push(of(filled).length + 1)
      fill()
      of(`p_${deed}_to`).push(of(filled).length)
    }
    const body = (i: number, item: StorageAdapter.Insert | StorageAdapter.Update) => {
      of("p_row_item").push(i)
      of("p_row_id").push(item.id)
      of("p_row_version").push(item.version)
      of("p_row_body").push(item.body)
      columns(of, shape, layout, item.columns)
    }
    span("old", "p_old_id", () => {
      for (const [i, item] of [...share.updates, ...share.removes, ...share.expects]) {
        of("p_old_item").push(i)
        of("p_old_id").push(item.id)
        of("p_old_version").push(item.version)
      }
    })
    of("p_old_write").push(share.updates.length + share.removes.length > 0)
    span("new", "p_row_id", () => {
      for (const [i, item] of share.inserts) body(i, item)
    })
    span("set", "p_row_id", () => {
      for (const [i, item] of share.updates) body(i, item)
    })
    span("gone", "p_gone_id", () => {
      for (const [, item] of share.removes) of("p_gone_id").push(item.id)
    })
  }
  return arrays
}

type Of = (parameter: string) => Array<unknown>

const columns = (of: Of, shape: Shape, layout: Layout, values: ReadonlyArray<StorageAdapter.ColumnValue>) => {
  const used = { number: 0, text: 0 }
  for (const [i, { kind }] of layout.declaration.columns.entries()) {
    const value = values[i]
    if (kind === "text") of(`p_row_t${++used.text}`).push(value ?? null)
    else of(`p_row_n${++used.number}`).push(value === undefined ? null : BigInt(value))
  }
  // every array is as long as the others, also where this aggregate has no such column
  for (let n = used.number + 1; n <= shape.numbers; n++) of(`p_row_n${n}`).push(null)
  for (let n = used.text + 1; n <= shape.texts; n++) of(`p_row_t${n}`).push(null)
}

const append = (of: Of, i: number, { head, lines, subject }: StorageAdapter.Append) => {
  const last = lines[lines.length - 1]!
  const kind = head === undefined ? "first" : "head"
  of(`p_${kind}_item`).push(i)
  of(`p_${kind}_subject`).push(subject)
  of(`p_${kind}_sequence`).push(last.sequence)
  of(`p_${kind}_mac`).push(last.mac)
  if (head !== undefined) {
    of("p_head_before").push(head.sequence)
    of("p_head_before_mac").push(head.mac)
  }
  for (const { body, mac, sequence } of lines) {
    of("p_line_subject").push(subject)
    of("p_line_sequence").push(sequence)
    of("p_line_mac").push(mac)
    of("p_line_body").push(body)
  }
}
