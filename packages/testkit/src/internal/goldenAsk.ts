import type { Region } from "@kis/core/identity"
import type { Dated, Policy } from "@kis/core/policy"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"

/** What a question is asked with, besides what the case gives. */
export interface Context {
  readonly asOf: Dated.AsOf
  readonly policy: Policy.Policy
  readonly regions: Region.Regions["Service"]
}

/** An answer as a golden case sees it: fields by name, the tag as `result`. */
export type Answer = { readonly [field: string]: unknown }

/** Something wrong with what is written, at a place inside of it. */
export interface Flaw {
  readonly path: ReadonlyArray<PropertyKey>
  readonly text: string
}

/** A question to the rules, ready to be put once what is given was read. */
export interface Ask {
  readonly prepare: (given: unknown) => Result.Result<(context: Context) => Answer, ReadonlyArray<Flaw>>
}

/** Everything that is wrong is named, a misspelt key too: as a fact it would be silently unknown. */
export const decode = <A>(schema: Schema.Codec<A, unknown>, raw: unknown): Result.Result<A, ReadonlyArray<Flaw>> =>
  Result.mapError(Schema.decodeUnknownResult(schema)(raw, { errors: "all", onExcessProperty: "error" }), ({ issue }) =>
    format(issue).issues.map(({ message, path }) => ({
      path: (path ?? []).map((step) => (typeof step === "object" ? step.key : step)),
      text: message
    }))
  )

export const ask = <Given>(
  given: Schema.Codec<Given, unknown>,
  answer: (given: Given, context: Context) => Answer
): Ask => ({
  prepare: (raw) => Result.map(decode(given, raw), (read) => (context) => answer(read, context))
})

/** The answer of a rule with its tag as `result`. */
export const tagged = <A extends { readonly _tag: string }>({ _tag, ...fields }: A): Answer => ({
  result: _tag,
  ...fields
})

const format = SchemaIssue.makeFormatterStandardSchemaV1()
