/**
 * `pnpm crash` kills what writes a register, a hundred times each, and looks whether anything acknowledged was lost,
 * halved or done twice: our process on SQLite and on PostgreSQL, and the PostgreSQL server. Then it cuts the power of
 * SQLite, on copies of its files. `--rounds 10`, `--seed 7`, `--only power`, `--json`. Exit 1 when something is wrong.
 */
import * as Crash from "@kis/testkit/crash"
import * as PostgresServer from "@kis/testkit/postgres"
import * as Effect from "effect/Effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import { inRoot } from "./Workspace.ts"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    only: { type: "string", multiple: true },
    json: { type: "boolean", default: false }
  }
})

const rounds = Number(values.rounds)
const seed = Number(values.seed)

/** What a package's tests know of places for its store. */
interface Place {
  readonly ports: (place: string) => Crash.Ports
}

/** What the tests of SQLite know of a cut of power. */
interface PowerLoss {
  readonly simulate: (options: {
    readonly folder: string
    readonly cuts: number
    readonly seed: number
  }) => Effect.Effect<Figures, unknown>
}

interface Figures {
  readonly findings: ReadonlyArray<{ readonly _tag: string; readonly detail: string }>
  readonly [figure: string]: unknown
}

const testsOf = (name: string) => ({
  script: pathToFileURL(inRoot(`packages/${name}/test/children/register.ts`)),
  import: <A>(file: string) => import(inRoot(`packages/${name}/test/${file}`)) as Promise<A>
})

const sqlite = testsOf("storage-sqlite")
const postgres = testsOf("storage-postgres")

const temporary = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-crash-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

const onRound = (round: number, book: Crash.Book) => {
  if (process.stderr.isTTY) process.stderr.write(`\rround ${round}: ${book.acknowledged.size} acknowledged `)
}

const trials: Record<string, Effect.Effect<Figures, unknown>> = {
  "process on SQLite": Effect.scoped(
    Effect.gen(function* () {
      const place = join(yield* temporary, "register.db")
      const { ports } = yield* Effect.promise(() => sqlite.import<Place>("Place.ts"))
      return {
        ...(yield* Crash.killProcess({ script: sqlite.script, place, ports: ports(place), rounds, seed, onRound }))
      }
    })
  ),
  "process on PostgreSQL": Effect.scoped(
    Effect.gen(function* () {
      const place = (yield* PostgresServer.start()).url()
      const { ports } = yield* Effect.promise(() => postgres.import<Place>("Place.ts"))
      return {
        ...(yield* Crash.killProcess({ script: postgres.script, place, ports: ports(place), rounds, seed, onRound }))
      }
    })
  ),
  "server of PostgreSQL": Effect.scoped(
    Effect.gen(function* () {
      const server = yield* PostgresServer.start()
      const { ports } = yield* Effect.promise(() => postgres.import<Place>("Place.ts"))
      return {
        ...(yield* Crash.killServer({ crash: server.crash, ports: ports(server.url()), rounds, seed, onRound }))
      }
    })
  ),
  "power of SQLite": Effect.scoped(
    Effect.gen(function* () {
      const folder = yield* temporary
      const { simulate } = yield* Effect.promise(() => sqlite.import<PowerLoss>("PowerLoss.ts"))
      return yield* simulate({ folder, cuts: rounds * 10, seed })
    })
  )
}

const wanted = Object.entries(trials).filter(([name]) => values.only?.some((part) => name.includes(part)) ?? true)
if (wanted.length === 0 || !Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed)) {
  console.error(`--rounds and --seed are whole numbers; --only is part of one of: ${Object.keys(trials).join(", ")}`)
  process.exit(2)
}

const results: Record<string, Figures> = {}
for (const [name, trial] of wanted) {
  results[name] = await Effect.runPromise(trial)
  if (process.stderr.isTTY) process.stderr.write("\r")
  if (values.json) continue
  const { findings, ...figures } = results[name]
  console.log(
    `${name}: ${Object.entries(figures)
      .map(([figure, value]) => `${figure} ${String(value)}`)
      .join(", ")}`
  )
  for (const { _tag, detail } of findings) console.log(`  ${_tag}: ${detail}`)
  console.log(findings.length === 0 ? "  nothing lost, halved or twice" : `  ${findings.length} findings`)
}
if (values.json) console.log(JSON.stringify({ rounds, seed, trials: results }, undefined, 2))
if (Object.values(results).some(({ findings }) => findings.length > 0)) process.exitCode = 1
