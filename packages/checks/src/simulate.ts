/**
 * `pnpm simulate` runs seeds of the simulator by hand, on every store: `--store memory|sqlite|postgres`, `--from 1`,
 * `--seeds 1000`, `--commands 200`, `--workers 2`, `--json`. A seed that fails is made short and printed. Exit 1 when
 * one failed.
 */
import * as PostgresServer from "@kis/testkit/postgres"
import * as Simulator from "@kis/testkit/simulator"
import { PostgresStorage } from "@kis/storage-postgres"
import { SqliteStorage } from "@kis/storage-sqlite"
import * as Redacted from "effect/Redacted"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { fork } from "node:child_process"
import { fileURLToPath } from "node:url"

// --- models ---

const stores = ["memory", "sqlite", "postgres"] as const
type Store = (typeof stores)[number]

interface Task {
  readonly store: Store
  readonly commands: number
  readonly from: number
  readonly to: number
  readonly step: number
}

/** What a worker tells of one seed. */
interface Told {
  readonly seed: number
  readonly turns: number
  readonly seen: ReadonlyArray<readonly [string, number]>
  /** Bytes of memory that the worker holds. */
  readonly memory: number
  readonly failure: string | undefined
}

// --- one seed ---

/** A store that is empty, and how it is cleared away. */
const placeOf = async (store: Store): Promise<readonly [Simulator.Options, () => Promise<void>]> => {
  switch (store) {
    case "memory":
      return [{}, async () => {}]
    case "sqlite": {
      const folder = mkdtempSync(join(tmpdir(), "kis-simulate-"))
      const options = { store: SqliteStorage.layer({ path: join(folder, "register.db") }) }
      return [options, async () => rmSync(folder, { recursive: true, force: true })]
    }
    case "postgres": {
      const { drop, url } = await PostgresServer.makeDatabase()
      return [{ store: PostgresStorage.layer({ url: Redacted.make(url), maxConnections: 2 }) }, drop]
    }
  }
}

const runOn = async (store: Store, seed: number, options: Simulator.Options): Promise<Simulator.Outcome> => {
  const [place, clear] = await placeOf(store)
  try {
    return await Simulator.run(seed, { ...options, ...place })
  } finally {
    await clear()
  }
}

const seedOf = async ({ commands, store }: Task, seed: number): Promise<Told> => {
  const { seen, turns, violations } = await runOn(store, seed, { commands })
  const told = { seed, turns, seen: [...seen], memory: process.memoryUsage.rss() }
  if (violations.length === 0) return { ...told, failure: undefined }
  // in memory a seed is made short much faster, if it fails there too
  const failure = await Simulator.shrink(seed, { commands })
  const text =
    failure === undefined
      ? `seed ${seed} on ${store}:\n${violations.map(({ detail, law }) => `  ${law}: ${detail}`).join("\n")}`
      : Simulator.report(failure)
  return { ...told, failure: text }
}

// --- workers ---

const work = async (task: Task) => {
  for (let seed = task.from; seed < task.to; seed += task.step) process.send?.(await seedOf(task, seed))
  process.disconnect()
}

const main = async () => {
  const { values } = parseArgs({
    options: {
      store: { type: "string", default: "memory" },
      from: { type: "string", default: "1" },
      seeds: { type: "string", default: "1000" },
      commands: { type: "string", default: "200" },
      workers: { type: "string", default: "2" },
      json: { type: "boolean", default: false }
    }
  })
  const store = stores.find((name) => name === values.store)
  if (store === undefined) throw new Error(`--store is one of ${stores.join(", ")}`)
  const from = Number(values.from)
  const seeds = Number(values.seeds)
  const workers = Math.min(Number(values.workers), seeds)
  const seen = new Map<string, number>()
  const failures: Array<string> = []
  let done = 0
  let turns = 0
  let peak = 0
  const started = performance.now()

  const take = (told: Told) => {
    done++
    turns += told.turns
    for (const [what, times] of told.seen) seen.set(what, (seen.get(what) ?? 0) + times)
    peak = Math.max(peak, told.memory)
    if (told.failure !== undefined) {
      failures.push(told.failure)
      process.stderr.write(`${told.failure}\n`)
    }
    tellProgress()
  }

  // on a terminal in one line, into a log twenty lines at most
  const tellProgress = () => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${seeds} seeds `)
    else if (Math.floor((done * 20) / seeds) > Math.floor(((done - 1) * 20) / seeds)) {
      const seconds = Math.round((performance.now() - started) / 1_000)
      process.stderr.write(`${done} of ${seeds} seeds, ${failures.length} failed, ${seconds} s\n`)
    }
  }

  await Promise.all(
    Array.from({ length: workers }, (_, i) => {
      const task: Task = { store, commands: Number(values.commands), from: from + i, to: from + seeds, step: workers }
      return new Promise<void>((resolve, reject) => {
        const worker = fork(fileURLToPath(import.meta.url), [JSON.stringify(task)])
        worker.on("message", (told) => take(told as Told))
        worker.on("error", reject)
        worker.on("exit", () => resolve())
      })
    })
  )

  const seconds = (performance.now() - started) / 1_000
  const figures = {
    store,
    from,
    seeds: done,
    commands: Number(values.commands),
    failed: failures.length,
    turns,
    seconds: Math.round(seconds),
    seedsPerSecond: Math.round((done / seconds) * 10) / 10,
    peakMegabytesOfAWorker: Math.round(peak / 2 ** 20),
    seen: Object.fromEntries([...seen].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    failures
  }
  if (values.json) {
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
  } else {
    const { failures: _, seen: counts, ...rest } = figures
    for (const [name, figure] of Object.entries({ ...rest, ...counts })) {
      process.stdout.write(`${name.padEnd(24)}${figure}\n`)
    }
  }
  if (failures.length > 0 || done !== seeds) process.exitCode = 1
}

const [task] = process.argv.slice(2)
await (process.send !== undefined && task !== undefined ? work(JSON.parse(task) as Task) : main())
