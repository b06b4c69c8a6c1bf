/**
 * What runs in a thread of {@link Threads}: answers block after block.
 *
 * @since 0.1.0
 */
import { parentPort, workerData } from "node:worker_threads"
import type { Block } from "../intake/FactsFile.ts"
import * as Answers from "./Answers.ts"

const question = workerData as Answers.Question

parentPort?.on("message", ({ block, memory }: { readonly block: Block; readonly memory: Answers.Memory }) => {
  const answers = Answers.of(block, question, memory)
  parentPort?.postMessage(answers, [answers.memory.buffer])
})
