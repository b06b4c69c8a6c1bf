/**
 * `kis register` of a generated file into a PostgreSQL server of its own, from the start of the program to its
 * end, as a process of its own: seconds, people a second, the most memory, and how memory went on the way.
 *
 *     node src/RegisterPostgres.ts [people] [seed]
 *
 * Lines of progress on standard error, one line of JSON at the end. A million people take minutes: it is run
 * by hand.
 */
import { PlainDate } from "@kis/core/time"
import { IntakeFile } from "@kis/testkit"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs"
import { availableParallelism, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const SETTINGS = { shared_buffers: "512MB", max_wal_size: "4GB" }
const TODAY = "2026-11-24"
const SAMPLE_MILLIS = 500
/** Parts of the way whose memory is told. */
const PARTS = 10

const people = Number(process.argv[2] ?? 20_000)
const seed = Number(process.argv[3] ?? 7)

// --- models ---

export interface Measurement {
  readonly name: "kis register into PostgreSQL"
  readonly people: number
  readonly seed: number
  readonly seconds: number
  readonly peoplePerSecond: number
  /** The most that the process had at any moment, as the system counts it. */
  readonly peakMegabytes: number
  /** The largest resident set in each tenth of the time. */
  readonly megabytesByTenth: ReadonlyArray<number>
  readonly cores: number
  readonly answer: unknown
}

// --- running ---

const writeFile = (path: string): void => {
  const out = openSync(path, "w")
  writeSync(out, `${IntakeFile.header}\n`)
  let lines: Array<string> = []
  const flush = () => {
    if (lines.length > 0) writeSync(out, `${lines.join("\n")}\n`)
    lines = []
  }
  for (const { csv } of IntakeFile.lines({ seed, people, today: PlainDate.make(TODAY), regionMix: "tangerang" })) {
    lines.push(csv)
    if (lines.length === 1_000) flush()
  }
  flush()
  closeSync(out)
}

/** A figure of /proc in megabytes; 0 where there is no such thing. */
const megabytes = (pid: number | undefined, figure: "VmRSS" | "VmHWM"): number => {
  try {
    const text = readFileSync(`/proc/${pid}/status`, "utf8")
    return Number(new RegExp(`${figure}:\\s+(\\d+) kB`).exec(text)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly seconds: number
  readonly peak: number
  readonly samples: ReadonlyArray<number>
}

const register = (file: string, url: URL, folder: string): Promise<Run> =>
  new Promise((resolve, reject) => {
    const bin = fileURLToPath(new URL("../../cli/src/bin.ts", import.meta.url))
    const { password } = url
    url.password = ""
    const began = performance.now()
    const child = spawn(
      process.execPath,
      [
        "--max-semi-space-size=16",
        bin,
        "register",
        file,
        "--db",
        url.href,
        "--keys",
        join(folder, "register.keys"),
        "--today",
        TODAY,
        "--json"
      ],
      { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, PGPASSWORD: password } }
    )
    let stdout = ""
    let peak = 0
    const samples: Array<number> = []
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    const watch = setInterval(() => {
      samples.push(megabytes(child.pid, "VmRSS"))
      peak = Math.max(peak, megabytes(child.pid, "VmHWM"))
    }, SAMPLE_MILLIS)
    child.on("error", reject)
    child.on("close", (code) => {
      clearInterval(watch)
      resolve({ code, stdout, seconds: (performance.now() - began) / 1000, peak, samples })
    })
  })

const byTenth = (samples: ReadonlyArray<number>): ReadonlyArray<number> =>
  Array.from({ length: PARTS }, (_, part) => {
    const of = samples.slice(
      Math.floor((samples.length * part) / PARTS),
      Math.ceil((samples.length * (part + 1)) / PARTS)
    )
    return Math.round(Math.max(0, ...of))
  })

const program = Effect.gen(function* () {
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-million-"))),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
  )
  const file = join(folder, "households.csv")
  writeFile(file)
  process.stderr.write(`file: ${people} people, seed ${seed}\n`)
  const server = yield* PostgresServer.start({ settings: SETTINGS })
  const url = new URL(yield* server.database)
  const { code, peak, samples, seconds, stdout } = yield* Effect.promise(() => register(file, url, folder))
  if (code !== 0) return yield* Effect.die(new Error(`kis register ended with ${code}.`))
  const measurement: Measurement = {
    name: "kis register into PostgreSQL",
    people,
    seed,
    seconds: Number(seconds.toFixed(1)),
    peoplePerSecond: Math.round(people / seconds),
    peakMegabytes: Math.round(peak),
    megabytesByTenth: byTenth(samples),
    cores: availableParallelism(),
    answer: { ...JSON.parse(stdout), file: undefined, rejects: undefined }
  }
  process.stdout.write(`${JSON.stringify(measurement)}\n`)
})

await Effect.runPromise(Effect.scoped(program))
