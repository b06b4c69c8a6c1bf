/**
 * The answers to whole lines of facts, as lines of JSON: a decision with its hash, or the problems of the line.
 *
 * Nothing here waits or shares: it runs the same in this thread and in another.
 *
 * @since 0.1.0
 */
import { Eligibility } from "@kis/core/eligibility"
import { type Dated, type Decision, type Policy, Recording } from "@kis/core/policy"
import { Crypto } from "@kis/core/privacy"
import { NodeCrypto } from "@kis/crypto-node"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Block } from "../intake/FactsFile.ts"
import * as FactsLine from "../intake/FactsLine.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Question {
  readonly asOf: Dated.AsOf
  /** Of the texts of problems. */
  readonly language: "id" | "en"
  /** Plain data, so that it can be handed to a thread. */
  readonly policy: Policy.Policy
}

/**
 * The lines, UTF-8, at the start of a memory that can be used again; how many people were decided on, and how many
 * lines could not be read.
 *
 * @category models
 * @since 0.1.0
 */
export interface Answers {
  readonly memory: Memory
  readonly length: number
  readonly decided: number
  readonly unread: number
}

/**
 * @category models
 * @since 0.1.0
 */
export type Memory = Uint8Array<ArrayBuffer>

// --- answering ---

/**
 * One line of JSON for every line of the block that is not blank, in its order. `memory` is written over, and replaced
 * where it is too small.
 *
 * @category answering
 * @since 0.1.0
 */
export const of = (
  block: Pick<Block, "bytes" | "line">,
  { asOf, language, policy }: Question,
  memory: Memory
): Answers => {
  const writer = new Writer(memory)
  let decided = 0
  let unread = 0
  const answer = (line: number, text: string | undefined) => {
    if (text?.trim() === "") return
    const read =
      text === undefined ? Result.fail(block.bytes === undefined ? tooLong : notUtf8) : FactsLine.decode(text)
    const id = Result.isSuccess(read) ? read.success.id : read.failure.id
    writer.text(id === undefined ? `{"line":${line}` : `{"line":${line},"id":${JSON.stringify(id)}`)
    if (Result.isSuccess(read)) {
      writer.text(',"decision":')
      writer.decision(Eligibility.evaluate(read.success.facts, asOf, policy))
      writer.text("}\n")
      decided++
    } else {
      const problems = read.failure.problems.map((one) => ({ ...one, text: FactsLine.render(one, language) }))
      writer.text(`,"problems":${JSON.stringify(problems)}}\n`)
      unread++
    }
  }
  for (const [i, text] of linesOf(block.bytes).entries()) answer(block.line + i, text)
  return { memory: writer.memory, length: writer.length, decided, unread }
}

// --- private: writing ---

const encoder = new TextEncoder()

const { hash } = Effect.runSync(Effect.provide(Crypto.Crypto, NodeCrypto.layer))

/** Bytes one after the other in one memory, which grows where it must. */
class Writer {
  memory: Memory
  length = 0

  constructor(memory: Memory) {
    this.memory = memory
  }

  text(text: string): void {
    // No UTF-16 unit needs more than three bytes.
    while (this.memory.length - this.length < text.length * 3) this.grow()
    this.length += encoder.encodeInto(text, this.memory.subarray(this.length)).written
  }

  decision(decision: Decision.Decision<unknown>): void {
    let end = Recording.write(decision, hash, this.memory, this.length)
    while (end === undefined) {
      this.grow()
      end = Recording.write(decision, hash, this.memory, this.length)
    }
    this.length = end
  }

  private grow(): void {
    const larger = new Uint8Array(Math.max(64 * 1024, this.memory.length * 2))
    larger.set(this.memory.subarray(0, this.length))
    this.memory = larger
  }
}

// --- private: reading ---

const tooLong: FactsLine.Unreadable = { problems: [{ code: "TooLong" }] }
const notUtf8: FactsLine.Unreadable = { problems: [{ code: "NotUtf8" }] }

/** The lines of a block; `undefined` for one that is not UTF-8 or that was too long to be read. */
const linesOf = (bytes: Uint8Array | undefined): ReadonlyArray<string | undefined> => {
  if (bytes === undefined) return [undefined]
  const whole = decode(bytes)
  if (whole !== undefined) return whole.split("\n")
  const lines: Array<string | undefined> = []
  let from = 0
  while (from <= bytes.length) {
    const end = bytes.indexOf(lineFeed, from)
    const to = end === -1 ? bytes.length : end
    lines.push(decode(bytes.subarray(from, to)))
    from = to + 1
  }
  return lines
}

const lineFeed = 10

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}
