/**
 * Golden cases: questions to the rules with the answers that the law gives, written by hand in YAML by somebody who
 * read the law, and never copied from what the rules answered.
 *
 * The national cases lie in the repository of this project. A local government, an employer or a court keeps its own
 * in the same form, on the same runner. The runner needs no test framework.
 *
 * @since 0.1.0
 */
import { Region } from "@kis/core/identity"
import { KotaTangerang, National, type Policy, Reason } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Answer, decode, type Flaw } from "./internal/goldenAsk.ts"
import { askNames, asks } from "./internal/goldenAsks.ts"
import * as Difference_ from "./internal/goldenDifference.ts"
import { type Fault, type Item, items } from "./internal/goldenFile.ts"

// --- models ---

/**
 * What a case shows of a rule: that it holds, that it does not, or where it turns from one to the other.
 *
 * @category models
 * @since 0.1.0
 */
export const Pins = Schema.Literals(["holds", "fails", "boundary"])

/**
 * @category models
 * @since 0.1.0
 */
export type Pins = typeof Pins.Type

const Fields = Schema.Record(Schema.String, Schema.Unknown)

/**
 * One case. `on` is the day that the rules are applied to, `known` the day whose knowledge counts (`on` when absent),
 * `layer` the policy of a place. `given` is the input of the rule that `ask` names; `expect` the parts of its answer
 * that matter.
 *
 * @category models
 * @since 0.1.0
 */
export const Case = Schema.Struct({
  name: Schema.NonEmptyString,
  rule: Schema.NonEmptyString,
  pins: Pins,
  ask: Schema.NonEmptyString,
  on: PlainDate.PlainDate,
  known: Schema.optionalKey(PlainDate.PlainDate),
  layer: Schema.optionalKey(Schema.NonEmptyString),
  given: Fields,
  expect: Fields,
  citation: Schema.NonEmptyString
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Case extends Schema.Schema.Type<typeof Case> {}

/**
 * A case with the place where it is written.
 *
 * @category models
 * @since 0.1.0
 */
export interface Placed {
  readonly case: Case
  readonly file: string
  readonly line: number
}

/**
 * A rule that no case can pin, and why: a fact, a report, a duty of others.
 *
 * @category models
 * @since 0.1.0
 */
export const NotRule = Schema.Struct({ rule: Schema.NonEmptyString, why: Schema.NonEmptyString })

/**
 * @category models
 * @since 0.1.0
 */
export interface NotRule extends Schema.Schema.Type<typeof NotRule> {}

/**
 * One field that came out otherwise than the case says.
 *
 * @category models
 * @since 0.1.0
 */
export type Difference = Difference_.Difference

/**
 * How a case came out: without differences it passed.
 *
 * @category models
 * @since 0.1.0
 */
export interface Outcome extends Placed {
  readonly differences: ReadonlyArray<Difference>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Report {
  readonly outcomes: ReadonlyArray<Outcome>
  readonly passed: number
  readonly failed: number
}

/**
 * Policies that the cases may name as `layer`, besides `kota-tangerang`, and the one that holds without.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly policy?: Policy.Policy
  readonly layers?: { readonly [name: string]: Policy.Policy }
}

// --- errors ---

/**
 * The file is not one of golden cases. Carries every fault that was found, each with its line.
 *
 * @category errors
 * @since 0.1.0
 */
export class GoldenUnreadable extends Schema.TaggedError<GoldenUnreadable>("@kis/testkit/GoldenUnreadable")(
  "GoldenUnreadable",
  {
    file: Schema.String,
    faults: Schema.NonEmptyArray(Schema.Struct({ line: Schema.Int, text: Schema.String }))
  }
) {
  override get message() {
    return this.faults.map(({ line, text }) => `${this.file}:${line}: ${text}`).join("\n")
  }
}

// --- reading ---

/**
 * The questions that a case may ask.
 *
 * @category reading
 * @since 0.1.0
 */
export const questions: ReadonlyArray<string> = askNames

/**
 * The cases of one file. What is given is read too, and the codes that are expected, so that a misspelt fact or code
 * is named here and not silently unknown.
 *
 * @example
 * const text = `
 * - name: A participant number keeps its zeros
 *   rule: JKN-1
 *   pins: boundary
 *   ask: card-number
 *   on: 2026-02-10
 *   given: { text: "0001481620001" }
 *   expect: { valid: true, number: "0001481620001" }
 *   citation: "BPJS VClaim"
 * `
 * Result.getOrThrow(Golden.read("numbers.yaml", text)).map(({ line }) => line) // => [2]
 *
 * @category reading
 * @since 0.1.0
 */
export const read = (file: string, text: string): Result.Result<ReadonlyArray<Placed>, GoldenUnreadable> =>
  eachOf(file, text, (item) =>
    Result.flatMap(decode<Case>(Case, item.value), (one) =>
      Result.map(
        Result.flatMap(prepared(one), () => knownCodes(one)),
        (): Placed => ({ case: one, file, line: item.line })
      )
    )
  )

/**
 * The rules that a file sets apart as not decidable.
 *
 * @category reading
 * @since 0.1.0
 */
export const readNotRules = (file: string, text: string): Result.Result<ReadonlyArray<NotRule>, GoldenUnreadable> =>
  eachOf(file, text, (item) => decode<NotRule>(NotRule, item.value))

/**
 * Which of the three ways every rule lacks a case for, among rules that are not set apart. Rules that lack none are
 * left out.
 *
 * @category reading
 * @since 0.1.0
 */
export const unpinned = (
  cases: ReadonlyArray<Placed>,
  rules: ReadonlyArray<string>,
  notRules: ReadonlyArray<NotRule> = []
): ReadonlyArray<{ readonly rule: string; readonly lacks: ReadonlyArray<Pins> }> => {
  const apart = new Set(notRules.map(({ rule }) => rule))
  return rules
    .filter((rule) => !apart.has(rule))
    .map((rule) => ({
      rule,
      lacks: Pins.literals.filter((pins) => !cases.some((_) => _.case.rule === rule && _.case.pins === pins))
    }))
    .filter(({ lacks }) => lacks.length > 0)
}

// --- running ---

/**
 * Asks every case and compares. A rule that throws is a difference of its case; the others are still asked.
 *
 * @category running
 * @since 0.1.0
 */
export const run = (cases: ReadonlyArray<Placed>, options: Options = {}): Effect.Effect<Report> =>
  Effect.gen(function* () {
    const regions = yield* Region.Regions
    const outcomes = cases.map((placed): Outcome => ({
      ...placed,
      differences: differencesOf(placed, regions, options)
    }))
    const failed = outcomes.filter(({ differences }) => differences.length > 0).length
    return { outcomes, passed: outcomes.length - failed, failed }
  }).pipe(Effect.provide(Region.layer))

/**
 * A case that failed, for a person: where it is written, what it says, and each field that differs.
 *
 * @category running
 * @since 0.1.0
 */
export const render = ({ case: { citation, name, pins, rule }, differences, file, line }: Outcome): string =>
  [
    `${file}:${line}: ${rule} (${pins}) ${name}`,
    ...differences.map(({ expected, got, path }) => `  ${path}: expected ${expected}, got ${got}`),
    `  cited: ${citation}`
  ].join("\n")

// --- private ---

const shipped: { readonly [name: string]: Policy.Policy } = { "kota-tangerang": KotaTangerang.policy }

const differencesOf = (
  { case: one }: Placed,
  regions: Region.Regions["Service"],
  { layers = {}, policy = National.policy }: Options
): ReadonlyArray<Difference> => {
  const named = one.layer === undefined ? policy : (layers[one.layer] ?? shipped[one.layer])
  if (named === undefined) {
    const known = [...Object.keys(shipped), ...Object.keys(layers)].join(", ")
    return [{ path: "layer", expected: `one of ${known}`, got: one.layer ?? "none" }]
  }
  const question = prepared(one)
  if (Result.isFailure(question)) {
    return question.failure.map(({ path, text }) => ({ path: path.join("."), expected: "a case", got: text }))
  }
  const asOf = { appliesOn: one.on, knownOn: one.known ?? one.on }
  const answer = answered(() => question.success({ asOf, policy: named, regions }))
  return Result.isFailure(answer)
    ? [{ path: one.ask, expected: "an answer", got: `an exception: ${answer.failure}` }]
    : Difference_.differences(one.expect, answer.success)
}

const answered = (answer: () => Answer): Result.Result<Answer, string> =>
  Result.try({ try: answer, catch: (cause) => (cause instanceof Error ? cause.message : String(cause)) })

const prepared = (one: Case) => {
  const question = asks[one.ask]
  return question === undefined
    ? Result.fail<ReadonlyArray<Flaw>>([
        { path: ["ask"], text: `there is no question "${one.ask}"; ask one of ${askNames.join(", ")}` }
      ])
    : Result.mapError(question.prepare(one.given), (flaws) =>
        flaws.map(({ path, text }): Flaw => ({ path: ["given", ...path], text }))
      )
}

/** A misspelt code would be refused by no answer: `not` would say nothing. */
const knownCodes = (one: Case): Result.Result<void, ReadonlyArray<Flaw>> => {
  const flaws: Array<Flaw> = []
  const visit = (value: unknown, path: ReadonlyArray<PropertyKey>, coded: boolean): void => {
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index], coded))
    else if (typeof value === "object" && value !== null) {
      // An item of such a list may name more than the code; the rest of it is compared as it is.
      if (coded && typeof path.at(-1) === "number") visit("code" in value ? value.code : undefined, path, coded)
      else for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key], coded || codeFields.has(key))
    } else if (coded && !(typeof value === "string" && codes.has(value))) {
      flaws.push({ path, text: `there is no reason ${JSON.stringify(value)}` })
    }
  }
  visit(one.expect, ["expect"], false)
  return flaws.length === 0 ? Result.succeed(undefined) : Result.fail(flaws)
}

const codeFields = new Set(["reasons", "notes", "lines", "why"])

const codes: ReadonlySet<string> = new Set(Reason.codes)

const eachOf = <A>(
  file: string,
  text: string,
  readItem: (item: Item) => Result.Result<A, ReadonlyArray<Flaw>>
): Result.Result<ReadonlyArray<A>, GoldenUnreadable> => {
  const list = items(text)
  if (Result.isFailure(list)) return unreadable(file, list.failure)
  const good: Array<A> = []
  const faults: Array<Fault> = []
  for (const item of list.success) {
    const one = readItem(item)
    if (Result.isSuccess(one)) good.push(one.success)
    else {
      for (const { path, text: what } of one.failure) {
        faults.push({ line: item.lineAt(path), text: path.length === 0 ? what : `${path.join(".")}: ${what}` })
      }
    }
  }
  return faults.length > 0 ? unreadable(file, faults) : Result.succeed(good)
}

const unreadable = (file: string, faults: ReadonlyArray<Fault>): Result.Result<never, GoldenUnreadable> => {
  const [first = { line: 1, text: "not a list of golden cases" }, ...rest] = faults
  return Result.fail(new GoldenUnreadable({ file, faults: [first, ...rest] }))
}
