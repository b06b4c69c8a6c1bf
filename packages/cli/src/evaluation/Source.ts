/**
 * The answers to a file, whatever is in it: households as `kis register` takes them, or facts.
 *
 * @since 0.1.0
 */
import { Eligibility } from "@kis/core/eligibility"
import { Region } from "@kis/core/identity"
import { Application, type Columns, RowProblem } from "@kis/core/intake"
import { Recording } from "@kis/core/policy"
import { Crypto } from "@kis/core/privacy"
import { NodeCrypto } from "@kis/crypto-node"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as FactsFile from "../intake/FactsFile.ts"
import type { IntakeError } from "../intake/IntakeError.ts"
import * as IntakeFile from "../intake/IntakeFile.ts"
import type * as Answers from "./Answers.ts"
import * as Threads from "./Threads.ts"

// --- models ---

/**
 * The answers to a file in its order, and what its length is counted in.
 *
 * @category models
 * @since 0.1.0
 */
export interface Source {
  readonly total: number
  readonly unit: string
  readonly answers: Stream.Stream<Answered, IntakeError>
}

/**
 * Lines of JSON, UTF-8, good until the next are asked for; and how far in the file they come.
 *
 * @category models
 * @since 0.1.0
 */
export interface Answered extends Pick<Threads.Answered, "bytes" | "decided" | "unread"> {
  readonly done: number
}

// --- constructors ---

/**
 * Looks what is in a file, and refuses one that can't be used.
 *
 * @category constructors
 * @since 0.1.0
 */
export const open = Effect.fn("Source.open")(function* (
  path: string,
  question: Answers.Question
): Effect.fn.Return<Source, IntakeError> {
  const facts = yield* FactsFile.open(path)
  return facts === undefined ? yield* ofHouseholds(path, question) : ofFacts(facts, question)
})

// --- private: facts ---

const ofFacts = (file: FactsFile.FactsFile, question: Answers.Question): Source => ({
  total: file.bytes,
  unit: "bytes",
  answers: Stream.fromAsyncIterable(Threads.answer(FactsFile.blocks(file), question), (cause) =>
    FactsFile.errorOf(file.path, cause)
  ).pipe(Stream.map((answers) => ({ ...answers, done: answers.end })))
})

// --- private: households ---

const ofHouseholds = Effect.fnUntraced(
  function* (path: string, question: Answers.Question) {
    const regions = yield* Region.Regions
    const crypto = yield* Crypto.Crypto
    const intake = yield* IntakeFile.open(path)
    let done = 0
    const answer = (households: ReadonlyArray<Household>): Answered => {
      let [text, decided, lines] = ["", 0, 0]
      for (const rows of households) {
        const answered = linesOf(rows, question, regions, crypto.hash)
        text += answered.text
        decided += answered.decided
        lines += answered.lines
        done += rows.length
      }
      return { bytes: encoder.encode(text), decided, unread: lines - decided, done }
    }
    const source: Source = {
      total: intake.rowCount,
      unit: "rows",
      answers: IntakeFile.rows(intake).pipe(
        Stream.groupAdjacentBy(Application.householdRef),
        Stream.map(([, rows]) => rows as Household),
        Stream.grouped(householdsAtOnce),
        Stream.map(answer)
      )
    }
    return source
  },
  Effect.provide(Layer.merge(Region.layer, NodeCrypto.layer))
)

type Household = readonly [Columns.RawRow, ...Array<Columns.RawRow>]

const householdsAtOnce = 100

const encoder = new TextEncoder()

const linesOf = (
  rows: Household,
  { asOf, language, policy }: Answers.Question,
  regions: Region.Regions["Service"],
  hash: Recording.Hash
) => {
  const { members, ref } = Application.decodeHousehold(rows, { today: asOf.appliesOn }, regions)
  let [text, decided] = ["", 0]
  for (const { line, row } of members) {
    text += `{"line":${line},"household":${JSON.stringify(ref)}`
    if (row._tag === "Decoded") {
      text += `,"decision":${Recording.text(Eligibility.evaluate(row.facts, asOf, policy), hash)}}\n`
      decided++
    } else {
      const problems = row.problems.map((problem) => ({ ...problem, text: RowProblem.render(problem, language) }))
      text += `,"problems":${JSON.stringify(problems)}}\n`
    }
  }
  return { text, decided, lines: members.length }
}
