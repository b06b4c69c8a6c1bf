/**
 * Runs every benchmark three times, ours and the peer in turn on the same data at the same durability,
 * and writes `docs/benchmarks.md` with the medians, the ratios, the versions and the settings.
 *
 *     pnpm bench
 */
import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import type { Measurement } from "./Import.ts"

const ROUNDS = 3
const PEOPLE = 20_000
const PEER = "bare SQLite, 248 people a commit"

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const versionOf = (manifest: string): string => {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(path(manifest), "utf8"))
  return version
}

const round = (no: number): ReadonlyArray<Measurement> => {
  process.stderr.write(`round ${no} of ${ROUNDS}\n`)
  const printed = execFileSync(process.execPath, [path("./Import.ts"), String(PEOPLE)], { encoding: "utf8" })
  return printed
    .trim()
    .split("\n")
    .map((line): Measurement => JSON.parse(line))
}

const median = (of: ReadonlyArray<number>): number =>
  of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN

const rounds = Array.from({ length: ROUNDS }, (_, i) => round(i + 1))
const names = (rounds[0] ?? []).map((it) => it.name)

const row = (name: string): string => {
  const own = rounds.map((it) => it.find((one) => one.name === name)).filter((it) => it !== undefined)
  const ratios = rounds.flatMap((it) => {
    const [mine, peer] = [it.find((one) => one.name === name), it.find((one) => one.name === PEER)]
    return mine === undefined || peer === undefined ? [] : [mine.peoplePerSecond / peer.peoplePerSecond]
  })
  const cells = [
    name,
    Math.round(median(own.map((it) => it.peoplePerSecond))).toLocaleString("en"),
    median(own.map((it) => it.cpuMillisPerPerson)).toFixed(2),
    median(ratios).toFixed(2)
  ]
  return `| ${cells.join(" | ")} |`
}

const page = `# Benchmarks

Written by \`pnpm bench\`: nothing here is typed by hand. Medians of ${ROUNDS} rounds; in each round ours and the peer run in
turn, on the same data at the same durability. The ratio is that of a round, ours to the peer.

## Storage

One person is five sealed rows, three unique keys, five blind keys and two chained log lines. The peer is what a careful
programmer writes by hand: prepared statements in one transaction that write the same rows and make the same seals and
MACs, without checking anything. No rules and no matching on either side. ${PEOPLE.toLocaleString("en")} people; 8,000 for single households and memory.

| | people/s | CPU ms a person | ratio to the peer |
| --- | ---: | ---: | ---: |
${names.map(row).join("\n")}

Settings: WAL, \`synchronous=FULL\`, AES-256-GCM and HMAC-SHA-256 of node:crypto on both sides. Versions: @kis/core
${versionOf("../../core/package.json")}, Node ${process.versions.node}, SQLite ${process.versions.sqlite ?? "of Node"}, effect ${versionOf("../node_modules/effect/package.json")}. ${availableParallelism()} cores.
`

writeFileSync(path("../../../docs/benchmarks.md"), page)
process.stdout.write(page)
