/**
 * A policy, or a layer of one, as JSON: to publish it, to keep it, to write a local
 * government's own.
 *
 * What is read is checked whole: its form by the published JSON Schema
 * (`schemas/policy.schema.json`, `schemas/policy-layer.schema.json`), then its entries as
 * {@link Policy.make} checks them.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { PlainDate } from "../time/PlainDate.ts"
import { Citation } from "./Citation.ts"
import type { Entry, Gap, Known } from "./Dated.ts"
import { sentence } from "./internal/policyFault.ts"
import { values } from "./internal/policyValues.ts"
import * as Policy from "./Policy.ts"

// --- models ---

/**
 * One fault of what was read: where, as a JSON pointer, and what is wrong there. The text
 * never repeats what was read.
 *
 * @category models
 * @since 0.1.0
 */
export const Fault = Schema.Struct({ path: Schema.String, text: Schema.NonEmptyString })

/**
 * @category models
 * @since 0.1.0
 */
export interface Fault extends Schema.Schema.Type<typeof Fault> {}

// --- errors ---

/**
 * What was read is not a policy, or not one that may decide: every fault of its form; or,
 * where the form is right, every fault of its entries.
 *
 * @category errors
 * @since 0.1.0
 */
export class PolicyUnreadable extends Schema.TaggedError<PolicyUnreadable>("@kis/core/policy/PolicyUnreadable")(
  "PolicyUnreadable",
  { faults: Schema.NonEmptyArray(Fault) }
) {
  override get message() {
    const [first, ...others] = this.faults
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`
    return `The policy can't be used: at "${first.path}": ${first.text}${more}. Correct the file by its JSON Schema.`
  }
}

// --- writing ---

/**
 * The policy as a JSON value, each entry with its layer.
 *
 * @category writing
 * @since 0.1.0
 */
export const encode = (policy: Policy.Policy): Schema.Json => encodePolicy(policy) as Schema.Json

/**
 * A layer as a JSON value.
 *
 * @category writing
 * @since 0.1.0
 */
export const encodeLayer = (layer: Policy.Layer): Schema.Json => encodeLayerForm(layer) as Schema.Json

// --- reading ---

/**
 * Reads a policy back, the same as it was written.
 *
 * @example
 * const json = PolicyJson.encode(National.policy)
 * Result.map(PolicyJson.decode(json), (policy) => policy.version) // => Result.succeed("national-2026.02.2")
 *
 * @category reading
 * @since 0.1.0
 */
export const decode = (json: unknown): Result.Result<Policy.Policy, PolicyUnreadable> =>
  Result.flatMap(decodePolicy(json), (policy) => Result.mapError(Policy.make(policy), unreadable))

/**
 * Reads a layer. Its entries are checked when it is put on a policy, {@link Policy.layer}.
 *
 * @category reading
 * @since 0.1.0
 */
export const decodeLayer = (json: unknown): Result.Result<Policy.Layer, PolicyUnreadable> => decodeLayerForm(json)

/**
 * Reads a layer and puts it on a policy. Faults are named by their place in the layer.
 *
 * @example
 * const json = PolicyJson.encodeLayer(KotaTangerang.layer)
 * const layered = PolicyJson.decodeOnto(National.policy, json)
 * Result.map(layered, (policy) => policy.version) // => Result.succeed("national-2026.02.2+kota-tangerang.2025.12")
 *
 * @category reading
 * @since 0.1.0
 */
export const decodeOnto = (base: Policy.Policy, json: unknown): Result.Result<Policy.Policy, PolicyUnreadable> =>
  Result.flatMap(decodeLayerForm(json), (layer) =>
    Result.mapError(Policy.layer(base, layer), ({ problems }) =>
      unreadableBy(
        problems.map((problem) => {
          if (problem.parameter === undefined) return { path: "/", text: sentence(problem) }
          const below = base.parameters[problem.parameter as Policy.ParameterName].history.length
          const entry = problem.entry === undefined ? undefined : problem.entry - below
          const path = `/parameters/${problem.parameter}${entry === undefined ? "" : `/${entry}`}`
          return { path, text: sentence(entry === undefined ? problem : { ...problem, entry }) }
        })
      )
    )
  )

// --- the published schemas ---

/**
 * The JSON Schema (draft 2020-12) of a policy: `schemas/policy.schema.json`.
 *
 * @category schemas
 * @since 0.1.0
 */
export const policySchema = (): Schema.Json => published(PolicyForm, "KIS policy")

/**
 * The JSON Schema (draft 2020-12) of a layer: `schemas/policy-layer.schema.json`.
 *
 * @category schemas
 * @since 0.1.0
 */
export const layerSchema = (): Schema.Json => published(LayerForm, "KIS policy layer")

// --- private: forms ---

// The pattern is there for the published schema, which can't ask the calendar.
const Day = Schema.String.check(
  Schema.isPattern(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/u, {
    identifier: "Day",
    format: "date",
    message: "expected a date written YYYY-MM-DD"
  })
).pipe(Schema.decodeTo(PlainDate))

const LayerName = Schema.String.check(
  Schema.isPattern(/^[a-z0-9-]+$/u, { message: "expected lower-case letters, digits and hyphens" })
)

const Text = Schema.Struct({ id: Schema.NonEmptyString, en: Schema.NonEmptyString }).annotate({ identifier: "Text" })

const Source = Citation.annotate({ identifier: "Citation" })

const stretch = {
  appliesFrom: Day,
  appliesTo: Schema.optionalKey(Day),
  announcedAt: Day,
  citation: Source,
  note: Schema.optionalKey(Schema.NonEmptyString),
  layer: Schema.optionalKey(LayerName)
}

const GapForm: Schema.Codec<Gap, unknown> = Schema.Struct({ unknown: Text, ...stretch }).annotate({
  identifier: "Gap"
})

const history = <A>(value: Schema.Codec<A>): Schema.Codec<ReadonlyArray<Entry<A>>, unknown> => {
  const known: Schema.Codec<Known<A>, unknown> = Schema.Struct({
    value,
    ...stretch,
    verifiedThrough: Schema.optionalKey(Day)
  })
  return Schema.Array(Schema.Union([known, GapForm]))
}

const units: ReadonlyArray<Policy.Unit> = [
  "months",
  "days",
  "day of the month",
  "years",
  "children",
  "rupiah a month",
  "rupiah",
  "basis points",
  "instalments",
  "visits",
  "decile",
  "class",
  "grade",
  "papers",
  "rule",
  "yes or no",
  "name"
]

const parameter = <A>(value: Schema.Codec<A>): Schema.Codec<Policy.Parameter<A>, unknown> =>
  Schema.Struct({ rule: Schema.NonEmptyString, title: Text, unit: Schema.Literals(units), history: history(value) })

/** One form for each parameter, made of the form of its value. */
const ofEach = (form: <A>(value: Schema.Codec<A>) => Schema.Codec<unknown, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, form(value as Schema.Codec<unknown>)]))

const PolicyForm = Schema.Struct({
  version: Schema.NonEmptyString,
  parameters: Schema.Struct(ofEach(parameter))
}) as unknown as Schema.Codec<Policy.Policy, unknown>

const LayerForm = Schema.Struct({
  name: LayerName,
  version: Schema.NonEmptyString,
  parameters: Schema.Struct(ofEach((value) => Schema.optionalKey(history(value)) as never))
}) as unknown as Schema.Codec<Policy.Layer, unknown>

const encodePolicy = Schema.encodeSync(PolicyForm)
const encodeLayerForm = Schema.encodeSync(LayerForm)

const reading =
  <A>(form: Schema.Codec<A, unknown>) =>
  (json: unknown): Result.Result<A, PolicyUnreadable> =>
    Schema.decodeUnknownResult(form)(json, { errors: "all", onExcessProperty: "error" }).pipe(
      Result.mapError(({ issue }) => {
        const { issues } = SchemaIssue.makeFormatterStandardSchemaV1()(issue)
        return unreadableBy(faultsOf(issues, json))
      })
    )

const decodePolicy = reading(PolicyForm)
const decodeLayerForm = reading(LayerForm)

const published = (form: Schema.Constraint, title: string): Schema.Json => {
  const { definitions, schema } = Schema.toJsonSchemaDocument(form, { onExcessProperty: "error" })
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title,
    ...schema,
    ...(Object.keys(definitions).length === 0 ? {} : { $defs: definitions })
  } as Schema.Json
}

// --- private: faults ---

interface Issue {
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined
  readonly message: string
}

const faultsOf = (issues: ReadonlyArray<Issue>, json: unknown): ReadonlyArray<Fault> => {
  const found = new Map<string, Fault>()
  for (const { message, path = [] } of issues) {
    const keys = path.map((part) => String(typeof part === "object" ? part.key : part))
    if (isOfTheOtherForm(keys, message, json)) continue
    const pointer = `/${keys.join("/")}`
    found.set(`${pointer} ${message}`, { path: pointer, text: message })
  }
  return [...found.values()]
}

const excess = "Expected no excess property"

/** An entry is tried as a value and as a gap: what fails only as the one that it is not is no fault. */
const isOfTheOtherForm = (keys: ReadonlyArray<string>, message: string, json: unknown): boolean => {
  const last = keys.at(-1)
  const entry = keys.slice(0, -1).reduce<unknown>(inside, json)
  if (typeof entry !== "object" || entry === null || "value" in entry === "unknown" in entry) return false
  if ("value" in entry) {
    return last === "unknown" || (message === excess && (last === "value" || last === "verifiedThrough"))
  }
  return last === "value" || (message === excess && last === "unknown")
}

const inside = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as { readonly [key: string]: unknown })[key] : undefined

const unreadable = ({ problems }: Policy.PolicyInvalid): PolicyUnreadable =>
  unreadableBy(
    problems.map((problem) => ({
      path: problem.parameter === undefined ? "/" : pointerTo(problem.parameter, problem.entry),
      text: sentence(problem)
    }))
  )

const pointerTo = (parameter: string, entry: number | undefined): string =>
  `/parameters/${parameter}${entry === undefined ? "" : `/history/${entry}`}`

const unreadableBy = (faults: ReadonlyArray<Fault>): PolicyUnreadable =>
  new PolicyUnreadable({ faults: faults as PolicyUnreadable["faults"] })
