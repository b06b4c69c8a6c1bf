/**
 * `kis eligibility evaluate` on a file of people: seconds from start to end of the program, decisions with their hashes
 * on the disk, and the most memory it had.
 *
 *     node src/Evaluate.ts [people]
 *
 * One line of JSON.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as People from "./People.ts"

/** What the line of the output holds. */
export interface Measurement {
  readonly name: string
  readonly people: number
  readonly seconds: number
  readonly megabytes: number
  readonly megabytesRead: number
  readonly megabytesWritten: number
}

const people = Number(process.argv[2] ?? 1_000_000)
const folder = mkdtempSync(join(tmpdir(), "kis-bench-"))
const [input, output] = [join(folder, "people.jsonl"), join(folder, "decisions.jsonl")]
const kis = join(fileURLToPath(import.meta.resolve("@kis/cli/package.json")), "../src/bin.ts")

try {
  People.write(people, input)
  const began = performance.now()
  const { output: told, status } = spawnSync(
    process.execPath,
    ["--max-semi-space-size=16", "--import", fileURLToPath(new URL("./PeakMemory.ts", import.meta.url)), kis].concat([
      "eligibility",
      "evaluate",
      input,
      "--applies-on",
      People.day,
      "--known-on",
      People.day,
      "--output",
      output
    ]),
    { stdio: ["ignore", "inherit", "ignore", "pipe"] }
  )
  const seconds = (performance.now() - began) / 1000
  if (status !== 0) throw new Error(`kis ended with ${status}.`)
  const measurement: Measurement = {
    name: "kis eligibility evaluate",
    people,
    seconds,
    megabytes: Number(told[3]) / 1000,
    megabytesRead: statSync(input).size / 1e6,
    megabytesWritten: statSync(output).size / 1e6
  }
  console.log(JSON.stringify(measurement))
} finally {
  rmSync(folder, { recursive: true })
}
