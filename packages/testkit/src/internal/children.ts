/** Processes of ours that are given a place and an order, say lines, and may be killed. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { writeSync } from "node:fs"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

// --- parent ---

/** Starts a script. It is gone with the scope. */
export const launch = (script: URL, place: string, order: unknown): Effect.Effect<ChildProcess, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, [fileURLToPath(script), place, JSON.stringify(order)], {
        stdio: ["pipe", "pipe", "inherit"]
      })
    ),
    (running) =>
      Effect.promise(async () => {
        if (running.exitCode !== null || running.signalCode !== null) return
        running.kill("SIGKILL")
        await once(running, "exit")
      })
  )

export const linesOf = (running: ChildProcess): AsyncIterator<string> =>
  createInterface({ input: running.stdout! })[Symbol.asyncIterator]()

/** The next line, or nothing when there is none. */
export const read = (output: AsyncIterator<string>): Effect.Effect<string | undefined> =>
  Effect.promise(async () => {
    const { done, value } = await output.next()
    return done === true ? undefined : value
  })

/** Has a script run once an order, all on one place, and begin when all are there: what each says then, in order. */
export const together = Effect.fnUntraced(function* (
  script: URL,
  place: string,
  orders: ReadonlyArray<unknown>
): Effect.fn.Return<ReadonlyArray<string>, never, Scope.Scope> {
  const children = yield* Effect.all(orders.map((order) => launch(script, place, order)))
  const outputs = children.map(linesOf)
  const demand = (output: AsyncIterator<string>) =>
    Effect.flatMap(read(output), (line) =>
      line === undefined ? Effect.die(new Error("a child ended before it had answered")) : Effect.succeed(line)
    )
  for (const output of outputs) {
    // first that it runs, then that it has opened
    yield* demand(output)
    yield* demand(output)
  }
  for (const { stdin } of children) stdin!.write("go\n")
  return yield* Effect.forEach(outputs, demand)
})

// --- child ---

/** Says a line at once, past every buffer of this process. */
export const say = (line: string): void => void writeSync(1, `${line}\n`)

/** The place and the order that a process was started with. It says that it runs. */
export const given = (): { readonly place: string; readonly order: unknown } => {
  const [place, order] = process.argv.slice(2)
  say("up")
  return { place: place!, order: JSON.parse(order!) }
}

/** Says that the place is open, and waits until all have opened it. */
export const untilGo: Effect.Effect<void> = Effect.suspend(() => {
  say("open")
  return Effect.promise(() => once(process.stdin, "data"))
})

/** Lets the process end. */
export const leave = (): void => void process.stdin.destroy()
