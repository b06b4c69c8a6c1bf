/**
 * The declaration of a kind of stored thing: its schema, and by what it is found.
 *
 * Every index is a function from the value to zero or more keys, so a key may be absent (a newborn
 * without NIK) or hold in some states only ("one live card a person"). Three kinds:
 *
 * - `unique`: at most one row holds a key. Stored as a MAC; equality only.
 * - `blind`: any number of rows hold a key. Stored as a MAC; equality only.
 * - `ordered`: stored in clear, because it is not personal by itself and must be ranged: a due
 *   time, a state, an office. `indexes` names the combinations of them that are scanned.
 *
 * Everything else is in the sealed body.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type { Id } from "./Id.ts"
import type { ColumnValue, Declaration } from "./StorageAdapter.ts"

// --- models ---

/**
 * A row as it was read or written: the value, with what is needed to write over it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Stored<out A> {
  readonly id: Id
  readonly version: number
  readonly value: A
}

/**
 * Any aggregate, as far as a store must know it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Any {
  readonly name: string
  readonly declaration: Declaration
}

/**
 * An aggregate of values `A`, whatever its indexes are.
 *
 * @category models
 * @since 0.1.0
 */
export interface Of<in out A> extends Any {
  /** The body in clear: JSON in UTF-8. */
  readonly encode: (value: A) => Uint8Array
  /** The value of a body; throws when it does not fit the schema. */
  readonly decode: (body: Uint8Array) => A
  readonly uniqueKeys: ReadonlyArray<Keys<A>>
  readonly blindKeys: ReadonlyArray<Keys<A>>
  /** The ordered columns in the order of the declaration. */
  readonly columnsOf: (value: A) => ReadonlyArray<ColumnValue>
}

/**
 * A declared aggregate: `U` and `B` name its unique and blind keys, `O` maps its ordered columns
 * to their types and `X` its indexes to their columns.
 *
 * @category models
 * @since 0.1.0
 */
export interface Aggregate<
  in out A,
  in out U extends string = never,
  in out B extends string = never,
  in out O = {},
  in out X = {}
> extends Of<A> {
  readonly schema: Schema.Schema<A>
  readonly "~index": {
    readonly unique: (name: U) => U
    readonly blind: (name: B) => B
    readonly ordered: (columns: O) => O
    readonly indexes: (columns: X) => X
  }
}

/**
 * The keys that one unique or blind index takes from a value.
 *
 * @category models
 * @since 0.1.0
 */
export interface Keys<in A> {
  readonly name: string
  /** The name under which its MACs are made, unlike that of any other index. */
  readonly indexName: string
  readonly of: (value: A) => ReadonlyArray<string>
}

/**
 * What `make` takes.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options<A, E, O, U extends string, B extends string, X> {
  readonly schema: Schema.Codec<A, E>
  readonly unique?: { readonly [K in U]: (value: A) => ReadonlyArray<string> }
  readonly blind?: { readonly [K in B]: (value: A) => ReadonlyArray<string> }
  /** Text is ASCII, at most 200 characters; numbers are safe integers; undefined leaves the row out of the index. */
  readonly ordered?: {
    readonly [K in keyof O]: { readonly text: (value: A) => O[K] } | { readonly number: (value: A) => O[K] }
  }
  /** One to three columns: equality on the leading ones, a range on the last. */
  readonly indexes?: X
}

/**
 * The value of an aggregate: `Aggregate.Value<typeof Participant>`.
 *
 * @category models
 * @since 0.1.0
 */
export type Value<T> = T extends Of<infer A> ? A : never

/**
 * The range of a scan over the columns `C`: `equals` gives all leading columns, `from` and `to`
 * bound the last one, both inclusive.
 *
 * @category models
 * @since 0.1.0
 */
export type Range<O, C> = C extends readonly [...infer Leading extends ReadonlyArray<PropertyKey>, infer Last]
  ? Leading extends readonly []
    ? { readonly equals?: {} } & Bounds<O, Last>
    : { readonly equals: { readonly [K in Leading[number]]: ValueOf<O, K> } } & Bounds<O, Last>
  : {}

/**
 * The range of the index `K`; `id` holds every row and has no bounds.
 *
 * @category models
 * @since 0.1.0
 */
export type RangeOf<O, X, K> = K extends keyof X ? Range<O, X[K]> : {}

/**
 * @category models
 * @since 0.1.0
 */
export interface Bounds<O, Last> {
  readonly from?: ValueOf<O, Last>
  readonly to?: ValueOf<O, Last>
}

/**
 * @category models
 * @since 0.1.0
 */
export type ValueOf<O, K> = K extends keyof O ? Exclude<O[K], undefined> : never

// --- constructors ---

/**
 * Declares an aggregate. Names are lower-case words, digits and hyphens; a wrong declaration is a
 * defect and throws when the module is loaded.
 *
 * @example
 * const Membership = Aggregate.make("membership", {
 *   schema: Schema.Struct({ participant: Schema.String, card: Schema.String, state: Schema.Literals(["pending", "live", "off"]) }),
 *   unique: { card: (m) => [m.card], liveOf: (m) => (m.state === "off" ? [] : [m.participant]) },
 *   ordered: { state: { text: (m) => m.state } },
 *   indexes: { state: ["state"] }
 * })
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = <
  A,
  E,
  O extends Record<string, string | number | undefined>,
  U extends string = never,
  B extends string = never,
  const X extends Record<string, readonly [keyof O & string, ...Array<keyof O & string>]> = {}
>(
  name: string,
  options: Options<A, E, O, U, B, X>
): Aggregate<A, U, B, O, X> => {
  const codec = Schema.toCodecJson(options.schema)
  const encode = Schema.encodeSync(codec)
  const decode = Schema.decodeUnknownSync(codec)
  const columns = Object.entries<Column<A>>(options.ordered ?? {}).map(([column, read]) => ({ column, read }))
  const declaration: Declaration = {
    name,
    unique: Object.keys(options.unique ?? {}),
    blind: Object.keys(options.blind ?? {}),
    columns: columns.map(({ column, read }) => ({ name: column, kind: "text" in read ? "text" : "number" })),
    indexes: Object.entries<ReadonlyArray<string>>(options.indexes ?? {}).map(([index, of]) => ({
      name: index,
      columns: of
    }))
  }
  demandSound(declaration)
  return {
    name,
    declaration,
    schema: options.schema,
    encode: (value) => encoder.encode(JSON.stringify(encode(value))),
    decode: (body) => decode(JSON.parse(decoder.decode(body))),
    uniqueKeys: keysOf(name, options.unique),
    blindKeys: keysOf(name, options.blind),
    columnsOf: (value) => columns.map(({ column, read }) => columnValue(name, column, read, value)),
    "~index": { unique: same, blind: same, ordered: same, indexes: same }
  }
}

// --- private ---

type Column<A> =
  | { readonly text: (value: A) => string | number | undefined }
  | { readonly number: (value: A) => string | number | undefined }

const encoder = new TextEncoder()
const decoder = new TextDecoder()

const same = <A>(value: A): A => value

const MAX_COLUMNS = 3
const MAX_TEXT = 200

const keysOf = <A>(
  aggregate: string,
  declared: Record<string, (value: A) => ReadonlyArray<string>> | undefined
): ReadonlyArray<Keys<A>> =>
  Object.entries(declared ?? {}).map(([name, of]) => ({ name, indexName: `${aggregate}.${name}`, of }))

const columnValue = <A>(aggregate: string, column: string, read: Column<A>, value: A): ColumnValue => {
  if ("text" in read) {
    const text = read.text(value)
    if (text === undefined) return undefined
    // the value itself is not told: a wrong declaration may hand out what is personal
    if (typeof text !== "string" || text.length > MAX_TEXT || !isAscii(text)) {
      throw new TypeError(
        `The ordered column ${aggregate}.${column} takes ASCII text of at most ${MAX_TEXT} characters`
      )
    }
    return text
  }
  const number = read.number(value)
  if (number === undefined) return undefined
  if (!Number.isSafeInteger(number)) {
    throw new TypeError(`The ordered column ${aggregate}.${column} takes safe integers`)
  }
  // -0 and 0 are one number to a database
  return number === 0 ? 0 : number
}

const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || code > 0x7e) return false
  }
  return true
}

const demandSound = (declaration: Declaration) => {
  const where = `The aggregate ${declaration.name}`
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(declaration.name)) {
    throw new TypeError(`${where} must be named in lower-case words joined by hyphens`)
  }
  const names = [...declaration.unique, ...declaration.blind, ...declaration.columns.map((_) => _.name)]
  for (const name of [...names, ...declaration.indexes.map((_) => _.name)]) {
    if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name)) throw new TypeError(`${where} has a name of other signs than letters`)
  }
  const searched = [...declaration.unique, ...declaration.blind, ...declaration.indexes.map((_) => _.name)]
  if (new Set(searched).size !== searched.length) {
    throw new TypeError(`${where} uses one name for two of its keys and indexes`)
  }
  // a database may not tell them apart
  if (new Set(declaration.columns.map((_) => _.name.toLowerCase())).size !== declaration.columns.length) {
    throw new TypeError(`${where} has two ordered columns whose names differ by capitals only`)
  }
  const columns = new Set(declaration.columns.map((_) => _.name))
  for (const index of declaration.indexes) {
    if (index.name === "id") throw new TypeError(`${where} cannot name an index id: that one is always there`)
    if (index.columns.length === 0 || index.columns.length > MAX_COLUMNS) {
      throw new TypeError(`${where} has an index ${index.name} of other than 1 to ${MAX_COLUMNS} columns`)
    }
    if (new Set(index.columns).size !== index.columns.length || index.columns.some((_) => !columns.has(_))) {
      throw new TypeError(
        `${where} has an index ${index.name} over columns that it does not declare, or twice over one`
      )
    }
  }
}
