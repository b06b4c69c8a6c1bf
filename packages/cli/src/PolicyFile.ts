/**
 * The policy that a command works with: the national one, a shipped layer, or a layer from a file.
 *
 * @since 0.1.0
 */
import { KotaTangerang, National, type Policy, PolicyJson } from "@kis/core/policy"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { readFile } from "node:fs/promises"
import { basename } from "node:path"
import { CommandFailed } from "./Failure.ts"
import { IntakeError } from "./intake/IntakeError.ts"

// --- models ---

/**
 * What a file holds: a policy, or a layer of one. Without a policy there are faults.
 *
 * @category models
 * @since 0.1.0
 */
export interface Read {
  readonly kind: "policy" | "layer"
  readonly policy?: Policy.Policy
  readonly faults: ReadonlyArray<PolicyJson.Fault>
}

// --- reading ---

/**
 * The layers that ship, by the name that `--layer` takes.
 *
 * @category reading
 * @since 0.1.0
 */
export const shipped: ReadonlyMap<string, Policy.Policy> = new Map([[KotaTangerang.layer.name, KotaTangerang.policy]])

/**
 * Every released policy that a decision may be replayed by, shipped layers included.
 *
 * @category reading
 * @since 0.1.0
 */
export const released: ReadonlyArray<Policy.Policy> = [...National.versions, ...KotaTangerang.versions]

/**
 * Reads a policy or a layer with all its faults; a layer is put on the national policy. Fails only when the file
 * can't be read.
 *
 * @category reading
 * @since 0.1.0
 */
export const read = Effect.fn("PolicyFile.read")(function* (path: string): Effect.fn.Return<Read, IntakeError> {
  const text = yield* Effect.tryPromise({
    try: () => readFile(path, "utf8"),
    catch: (cause) => IntakeError.fromCause(path, cause)
  })
  const json = parse(text)
  if (json === undefined) return { kind: "policy", faults: [{ path: "/", text: "this is not JSON" }] }
  const kind = typeof json === "object" && json !== null && "name" in json ? "layer" : "policy"
  return Result.match(kind === "layer" ? PolicyJson.decodeOnto(National.policy, json) : PolicyJson.decode(json), {
    onFailure: ({ faults }) => ({ kind, faults }),
    onSuccess: (policy) => ({ kind, policy, faults: [] })
  })
})

/**
 * The policy that `--layer` asks for: none is the national one; else a shipped name, or the path of a JSON file.
 *
 * @category reading
 * @since 0.1.0
 */
export const layered = Effect.fn("PolicyFile.layered")(function* (
  layer: Option.Option<string>
): Effect.fn.Return<Policy.Policy, IntakeError | CommandFailed> {
  if (Option.isNone(layer)) return National.policy
  const known = shipped.get(layer.value)
  if (known !== undefined) return known
  if (!layer.value.endsWith(".json")) {
    const names = [...shipped.keys()].join(", ")
    return yield* usage(`There is no layer of that name; there is ${names}, or give the path of a JSON file.`)
  }
  const { policy } = yield* read(layer.value)
  if (policy !== undefined) return policy
  const file = basename(layer.value)
  return yield* new CommandFailed({
    exit: "Input",
    sentence: `${file}: this is no layer that can be used; run \`kis policy check ${file}\` to see its faults.`
  })
})

// --- private ---

const usage = (sentence: string) => new CommandFailed({ exit: "Usage", sentence })

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
