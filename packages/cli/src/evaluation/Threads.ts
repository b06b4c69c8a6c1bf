/**
 * Answers a file of facts on every core, in the order of its lines.
 *
 * @since 0.1.0
 */
import { availableParallelism } from "node:os"
import { extname } from "node:path"
import { Worker } from "node:worker_threads"
import type { Block } from "../intake/FactsFile.ts"
import * as Answers from "./Answers.ts"

// --- models ---

/**
 * The answers to a block, and how far in the file it ends. `bytes` are good until the next answers are asked for.
 *
 * @category models
 * @since 0.1.0
 */
export interface Answered extends Pick<Answers.Answers, "decided" | "unread"> {
  readonly bytes: Uint8Array
  readonly end: number
}

// --- answering ---

/**
 * The answers to blocks, in their order. Few blocks are in memory at a time, however long the file is: one is taken
 * when an earlier one has been answered and its answers taken, and their memory is used again.
 *
 * A file that ends within its first block is answered in this thread: starting others takes longer.
 *
 * @category answering
 * @since 0.1.0
 */
export async function* answer(blocks: AsyncIterable<Block>, question: Answers.Question): AsyncGenerator<Answered> {
  const threads: Array<Thread> = []
  const waiting: Array<Waiting> = []
  const free: Array<Answers.Memory> = []
  const send = (block: Block) => {
    if (threads.length < mostThreads) threads.push(start(question))
    const idlest = threads.reduce((best, each) => (each.waiting() < best.waiting() ? each : best))
    const answers = idlest.send(block, free.pop() ?? new Uint8Array(memoryLength))
    // It is awaited in its turn; when an earlier one fails, nobody asks for it any more.
    answers.catch(() => {})
    waiting.push({ end: block.end, answers })
  }
  async function* taken(most: number): AsyncGenerator<Answered> {
    while (waiting.length > most) {
      const { answers, end } = waiting.shift()!
      const answered = await answers
      yield answeredOf(answered, end)
      free.push(answered.memory)
    }
  }
  try {
    let held: Block | undefined
    for await (const block of blocks) {
      if (held !== undefined) send(held)
      held = block
      yield* taken(mostThreads * blocksPerThread - 1)
    }
    if (held !== undefined && threads.length > 0) send(held)
    else if (held !== undefined) yield answeredOf(Answers.of(held, question, new Uint8Array(0)), held.end)
    yield* taken(0)
  } finally {
    await Promise.all(threads.map((_) => _.stop()))
  }
}

// --- private ---

// Reading and writing keep up with a few; each takes a hundred megabytes.
const mostThreads = Math.min(availableParallelism(), 8)
// One to work on, and one that lies ready.
const blocksPerThread = 2
// What the answers to a block of 64 kB usually take.
const memoryLength = 512 * 1024

const answeredOf = ({ decided, length, memory, unread }: Answers.Answers, end: number): Answered => ({
  bytes: memory.subarray(0, length),
  decided,
  unread,
  end
})

interface Waiting {
  readonly end: number
  readonly answers: Promise<Answers.Answers>
}

interface Thread {
  readonly waiting: () => number
  readonly send: (block: Block, memory: Answers.Memory) => Promise<Answers.Answers>
  readonly stop: () => Promise<unknown>
}

interface Asked {
  readonly resolve: (answers: Answers.Answers) => void
  readonly reject: (error: Error) => void
}

// From source it is TypeScript and built it is JavaScript, as this module is itself.
const entry = new URL(`./thread${extname(import.meta.url)}`, import.meta.url)

const start = (question: Answers.Question): Thread => {
  const worker = new Worker(entry, { workerData: question, resourceLimits: { maxYoungGenerationSizeMb: 16 } })
  const asked: Array<Asked> = []
  const fail = (error: Error) => {
    for (const one of asked.splice(0)) one.reject(error)
  }
  worker.on("message", (answers: Answers.Answers) => asked.shift()?.resolve(answers))
  worker.on("error", fail)
  worker.on("exit", () => fail(new Error("A thread ended before it had answered.")))
  return {
    waiting: () => asked.length,
    send: (block, memory) =>
      new Promise((resolve, reject) => {
        asked.push({ resolve, reject })
        const own = block.bytes === undefined ? [] : [block.bytes.buffer]
        worker.postMessage({ block, memory }, [...own, memory.buffer])
      }),
    stop: () => worker.terminate()
  }
}
