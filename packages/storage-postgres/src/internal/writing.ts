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
  let forgot = -Infinity

  return {
    sql: `select ${name(shape.schema)}.${name(shape.commit)}(${places.join(", ")})`,
    parametersOf: (batch, now) => {
      const arrays = arraysOf(shape, layouts, batch.items)
      const forget = now - forgot >= FORGET_MILLIS ? FORGOTTEN : 0
      if (forget > 0) forgot = now
      return parameters.map(([parameter, type]) => {
        switch (parameter) {
          case "p_batch":
            return PgTypes.uuid(batch.id)
          case "p_at":
            return PgTypes.int8(BigInt(now))
          case "p_forget":
            return PgTypes.int4(forget)
          default:
            return array(arrays[parameter]!, ELEMENTS[type]!)
        }
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

/** Batches older than a day are forgotten by whoever commits, once a second and so many at most. */
const FORGET_MILLIS = 1_000
const FORGOTTEN = 5_000

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

type Layouts = ReadonlyMap<string, { readonly layout: Layout; readonly k: number }>

type Placed<A> = Array<readonly [item: number, A]>

/** The items of one aggregate, by what is done with them. */
class Share {
  readonly inserts: Placed<StorageAdapter.Insert> = []
  readonly updates: Placed<StorageAdapter.Update> = []
  readonly removes: Placed<StorageAdapter.Remove> = []
  readonly expects: Placed<StorageAdapter.Expect> = []
}

/** Keys as three columns, and the items that they are of. */
class Keys {
  readonly items: Array<number> = []
  readonly names: Array<number> = []
  readonly bytes: Array<Uint8Array> = []
  readonly ids: Array<string> = []

  add(item: number, id: string, keys: ReadonlyArray<StorageAdapter.Key>, numbers: ReadonlyMap<string, number>) {
    for (const key of keys) {
      this.items.push(item)
      this.names.push(numbers.get(key.name)!)
      this.bytes.push(key.bytes)
      this.ids.push(id)
    }
  }
}

/** Rows as columns; of the ordered columns as many as the widest aggregate has. */
class Rows {
  readonly items: Array<number> = []
  readonly ids: Array<string> = []
  readonly versions: Array<number> = []
  readonly bodies: Array<Uint8Array> = []
  readonly numbers: ReadonlyArray<Array<bigint | null>>
  readonly texts: ReadonlyArray<Array<string | null>>

  constructor({ numbers, texts }: Shape) {
    this.numbers = Array.from({ length: numbers }, () => [])
    this.texts = Array.from({ length: texts }, () => [])
  }

  add(item: number, row: StorageAdapter.Insert | StorageAdapter.Update, { declaration }: Layout) {
    this.items.push(item)
    this.ids.push(row.id)
    this.versions.push(row.version)
    this.bodies.push(row.body)
    let number = 0
    let text = 0
    for (let i = 0; i < declaration.columns.length; i++) {
      const value = row.columns[i]
      if (declaration.columns[i]!.kind === "text") this.texts[text++]!.push((value ?? null) as string | null)
      else this.numbers[number++]!.push(value === undefined ? null : BigInt(value))
    }
    // every array is as long as the others, also where this aggregate has no such column
    for (; number < this.numbers.length; number++) this.numbers[number]!.push(null)
    for (; text < this.texts.length; text++) this.texts[text]!.push(null)
  }
}

/** The part of each aggregate in an array, from and to counted from 1. */
class Spans {
  readonly from: Array<number> = []
  readonly to: Array<number> = []

  add(array: ReadonlyArray<unknown>, fill: () => void) {
    this.from.push(array.length + 1)
    fill()
    this.to.push(array.length)
  }
}

const arraysOf = (shape: Shape, layouts: Layouts, items: ReadonlyArray<StorageAdapter.Item>) => {
  const shares = shape.layouts.map(() => new Share())
  const appends: Placed<StorageAdapter.Append> = []
  const [takes, frees, marks, unmarks] = [new Keys(), new Keys(), new Keys(), new Keys()]
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!
    if (item._tag === "Append") {
      appends.push([i, item])
      continue
    }
    const { k, layout } = layouts.get(item.aggregate)!
    const share = shares[k]!
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
      takes.add(i, item.id, item.takes, layout.unique)
      marks.add(i, item.id, item.marks, layout.blind)
    }
    if ("frees" in item) {
      frees.add(i, item.id, item.frees, layout.unique)
      unmarks.add(i, item.id, item.unmarks, layout.blind)
    }
  }

  const old = { items: [] as Array<number>, ids: [] as Array<string>, versions: [] as Array<number> }
  const [oldSpans, newSpans, setSpans, goneSpans] = [new Spans(), new Spans(), new Spans(), new Spans()]
  const writes: Array<boolean> = []
  const rows = new Rows(shape)
  const gone: Array<string> = []
  for (const [k, { expects, inserts, removes, updates }] of shares.entries()) {
    const layout = shape.layouts[k]!
    writes.push(updates.length + removes.length > 0)
    oldSpans.add(old.ids, () => {
      for (const [i, { id, version }] of [...updates, ...removes, ...expects]) {
        old.items.push(i)
        old.ids.push(id)
        old.versions.push(version)
      }
    })
    newSpans.add(rows.ids, () => {
      for (const [i, item] of inserts) rows.add(i, item, layout)
    })
    setSpans.add(rows.ids, () => {
      for (const [i, item] of updates) rows.add(i, item, layout)
    })
    goneSpans.add(gone, () => {
      for (const [, { id }] of removes) gone.push(id)
    })
  }

  const arrays: Record<string, ReadonlyArray<unknown>> = {
    p_old_from: oldSpans.from,
    p_old_to: oldSpans.to,
    p_old_write: writes,
    p_old_item: old.items,
    p_old_id: old.ids,
    p_old_version: old.versions,
    p_new_from: newSpans.from,
    p_new_to: newSpans.to,
    p_set_from: setSpans.from,
    p_set_to: setSpans.to,
    p_row_item: rows.items,
    p_row_id: rows.ids,
    p_row_version: rows.versions,
    p_row_body: rows.bodies,
    p_gone_from: goneSpans.from,
    p_gone_to: goneSpans.to,
    p_gone_id: gone,
    p_take_item: takes.items,
    p_take_name: takes.names,
    p_take_bytes: takes.bytes,
    p_take_id: takes.ids,
    p_free_name: frees.names,
    p_free_bytes: frees.bytes,
    p_free_id: frees.ids,
    p_mark_name: marks.names,
    p_mark_bytes: marks.bytes,
    p_mark_id: marks.ids,
    p_unmark_name: unmarks.names,
    p_unmark_bytes: unmarks.bytes,
    p_unmark_id: unmarks.ids,
    ...logArrays(appends)
  }
  for (const [i, numbers] of rows.numbers.entries()) arrays[`p_row_n${i + 1}`] = numbers
  for (const [i, texts] of rows.texts.entries()) arrays[`p_row_t${i + 1}`] = texts
  return arrays
}

const logArrays = (appends: Placed<StorageAdapter.Append>) => {
  const continued = appends.flatMap(([i, { head, lines, subject }]) =>
    head === undefined ? [] : [{ i, head, subject, last: lines[lines.length - 1]! }]
  )
  const begun = appends.flatMap(([i, { head, lines, subject }]) =>
    head === undefined ? [{ i, subject, last: lines[lines.length - 1]! }] : []
  )
  const lines = appends.flatMap(([, { lines, subject }]) => lines.map((line) => ({ subject, line })))
  return {
    p_head_item: continued.map((_) => _.i),
    p_head_subject: continued.map((_) => _.subject),
    p_head_before: continued.map((_) => _.head.sequence),
    p_head_before_mac: continued.map((_) => _.head.mac),
    p_head_sequence: continued.map((_) => _.last.sequence),
    p_head_mac: continued.map((_) => _.last.mac),
    p_first_item: begun.map((_) => _.i),
    p_first_subject: begun.map((_) => _.subject),
    p_first_sequence: begun.map((_) => _.last.sequence),
    p_first_mac: begun.map((_) => _.last.mac),
    p_line_subject: lines.map((_) => _.subject),
    p_line_sequence: lines.map((_) => _.line.sequence),
    p_line_mac: lines.map((_) => _.line.mac),
    p_line_body: lines.map((_) => _.line.body)
  }
}
