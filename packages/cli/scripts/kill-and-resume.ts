/**
 * A long import, and the same import killed: `node packages/cli/scripts/kill-and-resume.ts --people 100000`.
 *
 * Generates a file, registers it once undisturbed, and once with SIGKILL at random moments, started
 * again after each. Prints time, memory and progress of both, and compares everything that the two
 * registers hold (`RegisterDump`). Exits 1 when they differ. Takes minutes: it is run by hand, and
 * its figures stand in `docs/benchmarks.md`.
 */
import { Register } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { IntakeFile, RegisterDump } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import * as Database from "../src/Database.ts"

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "100000" },
    seed: { type: "string", default: "7" },
    kills: { type: "string", default: "3" }
  }
})
const people = Number(values.people)
const kills = Number(values.kills)
const today = "2026-11-24"
const folder = mkdtempSync(join(tmpdir(), "kis-kill-"))
const file = join(folder, "households.csv")

/** One line of figures, so that what was seen can be copied as it is. */
const say = (text: string) => void process.stdout.write(`${text}\n`)

const writeFile = () => {
  const out = openSync(file, "w")
  const options = { seed: Number(values.seed), people, today: PlainDate.make(today), regionMix: "tangerang" } as const
  writeSync(out, `${IntakeFile.header}\n`)
  for (const { csv } of IntakeFile.lines(options)) writeSync(out, `${csv}\n`)
  closeSync(out)
}

interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly seconds: number
  /** Largest resident set that was seen, in megabytes. */
  readonly megabytes: number
  readonly progress: ReadonlyArray<string>
}

/** Runs the import; with `killAfter`, until that many milliseconds after the first commit. */
const register = (db: string, killAfter?: number) =>
  new Promise<Run>((resolve) => {
    const began = Date.now()
    const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url))
    const child = spawn(
      process.execPath,
      [
        "--max-semi-space-size=16",
        bin,
        "register",
        file,
        "--db",
        `sqlite:${join(folder, db)}`,
        "--rejects",
        join(folder, `${db}.rejects.csv`),
        "--today",
        today,
        "--json"
      ],
      { stdio: ["ignore", "pipe", "pipe"] }
    )
    let stdout = ""
    let stderr = ""
    let megabytes = 0
    let armed = false
    child.stdout.on("data", (chunk) => (stdout += chunk))
    child.stderr.on("data", (chunk) => {
      stderr += chunk
      if (killAfter === undefined || armed) return
      armed = true
      setTimeout(() => child.kill("SIGKILL"), killAfter)
    })
    const watch = setInterval(() => {
      megabytes = Math.max(megabytes, residentMegabytes(child.pid))
    }, 250)
    child.on("exit", (code) => {
      clearInterval(watch)
      resolve({ code, stdout, seconds: (Date.now() - began) / 1000, megabytes, progress: stderr.trim().split("\n") })
    })
  })

const residentMegabytes = (pid: number | undefined): number => {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1000
  } catch {
    // it has ended meanwhile, or this is not Linux: then memory is reported as 0
    return 0
  }
}

const dump = (db: string) =>
  Effect.runPromise(
    RegisterDump.lines.pipe(
      Effect.provide(
        Layer.fresh(
          Storage.layer(Register.aggregates).pipe(Layer.provide(Database.layerExisting({ path: join(folder, db) })))
        )
      )
    )
  )

const digestOf = (lines: ReadonlyArray<string>) => {
  const hash = createHash("sha256")
  for (const line of lines) hash.update(line).update("\n")
  return hash.digest("hex")
}

writeFile()
say(`file: ${people} people, seed ${values.seed}`)

const undisturbed = await register("undisturbed.db")
say(
  `undisturbed: exit ${undisturbed.code}, ${undisturbed.seconds.toFixed(0)} s, ` +
    `${(people / undisturbed.seconds).toFixed(0)} people/s, ${undisturbed.megabytes.toFixed(0)} MB at most, ` +
    `${undisturbed.progress.length} lines of progress`
)
say(`  ${undisturbed.stdout.trim()}`)

let killed = 0
let last: Run | undefined
while (last === undefined || last.code === null) {
  const after = killed < kills ? (Math.random() * (undisturbed.seconds * 1000)) / (kills + 1) : undefined
  last = await register("killed.db", after)
  if (last.code !== null) break
  killed++
  say(`killed ${killed}: after ${last.seconds.toFixed(1)} s, ${last.progress.at(-1) ?? ""}`)
}
say(`last run: exit ${last.code}, ${last.seconds.toFixed(0)} s`)
say(`  ${last.stdout.trim()}`)

const [one, other] = [await dump("undisturbed.db"), await dump("killed.db")]
const sameRejects =
  readFileSync(join(folder, "undisturbed.db.rejects.csv"), "utf8") ===
  readFileSync(join(folder, "killed.db.rejects.csv"), "utf8")
say(`undisturbed register: ${one.length} lines, sha256 ${digestOf(one)}`)
say(`killed register:      ${other.length} lines, sha256 ${digestOf(other)}`)
say(`rejects files ${sameRejects ? "are equal" : "DIFFER"}`)
const same = digestOf(one) === digestOf(other) && sameRejects && killed === kills && undisturbed.code === 0
if (!same) {
  const at = one.findIndex((line, i) => line !== other[i])
  if (at !== -1) say(`first difference:\n  ${one[at]}\n  ${other[at]}`)
  say(killed === kills ? "DIFFERENT" : `only ${killed} of ${kills} kills happened`)
}
say(same ? `equal after ${killed} kills` : "failed")
rmSync(folder, { recursive: true })
process.exitCode = same ? 0 : 1
