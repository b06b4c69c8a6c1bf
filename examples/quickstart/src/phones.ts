/**
 * The phones, as a process of their own: reads the outbox file, writes the inbox file, and has no part in
 * anything else. It ends when it is told to, or when whoever started it is gone.
 *
 *     node src/phones.ts --outbox FILE --inbox FILE --seed TEXT --from BYTE --late-after MS --within MS
 */
import { appendFileSync, closeSync, existsSync, openSync, readSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import { parseArgs } from "node:util"
import * as Phones from "./world/Phones.ts"

const { values } = parseArgs({
  options: {
    outbox: { type: "string", default: "" },
    inbox: { type: "string", default: "" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    "late-after": { type: "string", default: "10000" },
    within: { type: "string", default: "1000" }
  }
})
const options: Phones.Options = {
  seed: values.seed,
  lateAfter: Number(values["late-after"]),
  within: Number(values.within)
}

const told = new AbortController()
const off = () => told.abort()
process.on("SIGTERM", off)
// the terminal's Ctrl-C reaches us too: whoever started us decides
process.on("SIGINT", () => undefined)
process.stdin.on("end", off).on("error", off).resume()

/** Whole lines that were written since the last look. */
const reader = (path: string, from: number) => {
  let at = from
  return (): ReadonlyArray<string> => {
    if (!existsSync(path)) return []
    const file = openSync(path, "r")
    try {
      const bytes = Buffer.alloc(1 << 20)
      const length = readSync(file, bytes, 0, bytes.length, at)
      const end = bytes.subarray(0, length).lastIndexOf(0x0a) + 1
      at += end
      return bytes
        .toString("utf8", 0, end)
        .split("\n")
        .filter((line) => line !== "")
    } finally {
      closeSync(file)
    }
  }
}

const isReceived = (it: unknown): it is Phones.Received =>
  typeof it === "object" && it !== null && ["id", "to", "text"].every((key) => typeof Reflect.get(it, key) === "string")

const received = (line: string): ReadonlyArray<Phones.Received> => {
  const it: unknown = JSON.parse(line)
  return isReceived(it) ? [it] : []
}

const look = reader(values.outbox, Number(values.from))
let waiting: Array<{ readonly at: number; readonly line: Phones.Line }> = []
while (!told.signal.aborted) {
  const now = Date.now()
  for (const message of look().flatMap(received)) {
    for (const { after, line } of Phones.actsOn(message, options)) waiting.push({ at: now + after, line })
  }
  const due = waiting.filter((it) => it.at <= now).sort((a, b) => a.at - b.at)
  waiting = waiting.filter((it) => it.at > now)
  if (due.length > 0) {
    appendFileSync(
      values.inbox,
      due.map(({ at, line }) => `${JSON.stringify({ ...line, at: new Date(at).toISOString() })}\n`).join(""),
      { mode: 0o600 }
    )
  }
  await pause(40)
}
process.exit(0)
