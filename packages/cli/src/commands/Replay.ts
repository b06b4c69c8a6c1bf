/**
 * `kis replay`: takes recorded decisions again and compares every byte.
 *
 * @since 0.1.0
 */
import { Replay } from "@kis/core/eligibility"
import { Crypto } from "@kis/core/privacy"
import { NodeCrypto } from "@kis/crypto-node"
import { Argument, Command } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as ExitCode from "../ExitCode.ts"
import { CommandFailed, settle } from "../Failure.ts"
import * as Flags from "../Flags.ts"
import * as DecisionFile from "../intake/DecisionFile.ts"
import * as PolicyFile from "../PolicyFile.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make(
  "replay",
  {
    file: Argument.String("DECISION").pipe(
      Argument.withDescription("One recorded decision as JSON, or many as JSON lines")
    ),
    layer: Flags.layer,
    json: Flags.json
  },
  Effect.fn("kis replay")(function* ({ file, json, layer }) {
    const { hash } = yield* Crypto.Crypto
    const policies = [...PolicyFile.released, yield* PolicyFile.layered(layer)]
    let same = 0
    let others = 0
    for (const { decision, line } of yield* DecisionFile.read(file)) {
      const replayed = Replay.replay(decision, hash, policies)
      if (Result.isSuccess(replayed)) same++
      else others++
      if (json) yield* Console.log(JSON.stringify({ line, ...answerOf(replayed) }))
      else if (Result.isFailure(replayed)) yield* Console.log(`line ${line}: ${replayed.failure.message}`)
    }
    if (!json) yield* Console.log(`replayed ${same + others}: ${same} the same, ${others} not`)
    if (others > 0) return yield* new CommandFailed({ exit: "Negative" })
  }, settle)
).pipe(
  Command.withDescription(
    "Takes recorded decisions again, from their facts, days and versions, and compares every byte. A decision that " +
      `can't be taken again is said to be so; other bytes are never given.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("Take recorded decisions again"),
  Command.withExamples([
    { command: "kis replay decision.json", description: "Check one decision" },
    { command: "kis replay decisions.jsonl --layer our-layer.json", description: "Decisions by a layer of one's own" },
    { command: "kis replay decisions.jsonl --json", description: "Check what `kis eligibility evaluate` wrote" }
  ]),
  Command.provide(NodeCrypto.layer)
)

// --- private ---

const answerOf = (replayed: ReturnType<typeof Replay.replay>) =>
  Result.match(replayed, {
    onSuccess: ({ decision }) => ({ same: true, hash: decision.hash }),
    onFailure: ({ message, reason }) => ({ same: false, reason, text: message })
  })
