/**
 * A PostgreSQL server that cannot be left behind: a process of its own makes it, starts it, starts
 * it again when it was killed, and ends it with everything that it wrote as soon as the process that
 * it was made for is gone, however that one ended.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { createServer } from "node:net"
import { basename, dirname, join } from "node:path"

// --- models ---

/** What the supervisor is told. */
export interface Order {
  /** A folder of its own that is there already; it is removed at the end. */
  readonly folder: string
  /** The process that the server is for. */
  readonly owner: number
  /** The folder with `initdb` and `postgres`. */
  readonly bin: string
  /** Settings of the server, as in postgresql.conf. */
  readonly settings: Readonly<Record<string, string>>
}

/** What it tells when the server takes connections. */
export interface Running {
  readonly supervisor: number
  /** The first process of the server. */
  readonly pid: number
  readonly port: number
  readonly password: string
  readonly data: string
}

// --- files ---

export const runningFile = (folder: string): string => join(folder, "running.json")
export const failedFile = (folder: string): string => join(folder, "failed.txt")

// --- launching ---

/** Starts a supervisor beside this process. It goes on when this one ends, until the owner does. */
export const launch = (order: Order): ChildProcess => {
  const program = `import { supervise } from ${JSON.stringify(import.meta.url)}; await supervise(${JSON.stringify(order)})`
  const log = openSync(join(order.folder, "supervisor.log"), "a", 0o600)
  const { NODE_OPTIONS: _, ...env } = process.env
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: "/",
    detached: true,
    env,
    stdio: ["ignore", log, log]
  })
  child.unref()
  return child
}

// --- supervising ---

/** The supervisor's whole life. */
export const supervise = async (order: Order): Promise<void> => {
  const { folder, owner } = order
  const life = { ending: false }
  let server: ChildProcess | undefined
  const end = () => {
    life.ending = true
    if (server?.exitCode === null && server.signalCode === null) server.kill("SIGINT")
    else leave()
  }
  const leave = () => {
    rmSync(folder, { recursive: true, force: true })
    process.exit(0)
  }
  process.once("SIGTERM", end)
  process.once("SIGINT", end)
  setInterval(() => {
    if (!life.ending && !isAlive(owner)) end()
  }, OWNER_MILLIS)

  try {
    const password = randomBytes(16).toString("hex")
    const bin = executables(order)
    const data = makeCluster(order, bin, password)
    // the same after a crash: whoever was connected finds it again
    const port = await freePort()
    let failures = 0
    while (!life.ending) {
      const settings = Object.entries({ ...SETTINGS, ...order.settings, port: String(port) })
      const log = openSync(join(folder, "postgres.log"), "a", 0o600)
      const started = spawn(join(bin, "postgres"), ["-D", data, ...settings.flatMap(([k, v]) => ["-c", `${k}=${v}`])], {
        cwd: data,
        env: environment(bin),
        stdio: ["ignore", log, log],
        ...unprivileged()
      })
      server = started
      const ended = new Promise<void>((resolve) => started.once("exit", () => resolve()))
      if (await isReady(data, started)) {
        const running: Running = { supervisor: process.pid, pid: started.pid!, port, password, data }
        writeFileSync(`${runningFile(folder)}.new`, JSON.stringify(running), { mode: 0o600 })
        renameSync(`${runningFile(folder)}.new`, runningFile(folder))
        failures = 0
      } else if (existsSync(runningFile(folder)) && failures++ < FAILURES_AFTER_CRASH) {
        // what is left of the killed server has not yet noticed
        await new Promise((resolve) => setTimeout(resolve, READY_MILLIS))
      } else if (!life.ending) {
        throw new Error(
          `the server did not start:\n${readFileSync(join(folder, "postgres.log"), "utf8").slice(-2_000)}`
        )
      }
      await ended
    }
    leave()
  } catch (error) {
    writeFileSync(`${failedFile(folder)}.new`, error instanceof Error ? error.message : String(error))
    renameSync(`${failedFile(folder)}.new`, failedFile(folder))
    // long enough for whoever waits to read it
    setTimeout(leave, FAILED_MILLIS)
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"
  }
}

/** The processes that a process has started, as the kernel knows them. */
export const childrenOf = (pid: number): ReadonlyArray<number> => {
  const pairs = existsSync("/proc/self/stat")
    ? readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? [[Number(name), parentOf(name)]] : []))
    : // other systems have no /proc, and a small Linux has no ps
      spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
        .stdout.split("\n")
        .map((line) => line.trim().split(/\s+/).map(Number))
  return pairs.flatMap(([child, parent]) => (parent === pid && child !== undefined ? [child] : []))
}

const parentOf = (pid: string): number | undefined => {
  try {
    // the name, in brackets, may hold anything; behind it come the state and the parent
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1])
  } catch {
    return undefined
  }
}

// --- private ---

const OWNER_MILLIS = 250
const READY_MILLIS = 20
const READY_LIMIT = 60_000
const FAILED_MILLIS = 5_000
const FAILURES_AFTER_CRASH = 100

// PostgreSQL refuses to run as root: "nobody", who owns nothing.
const NOBODY = 65_534

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "64MB",
  log_min_messages: "warning",
  timezone: "UTC"
}

const isRoot = () => process.getuid?.() === 0

const unprivileged = () => (isRoot() ? { uid: NOBODY, gid: NOBODY } : {})

const environment = (bin: string) => ({
  ...(process.env["PATH"] !== undefined && { PATH: process.env["PATH"] }),
  LC_ALL: "C",
  LD_LIBRARY_PATH: join(dirname(bin), "lib")
})

/**
 * The server's programs where an unprivileged user may read them. The npm package has no links
 * between its libraries, since a package cannot; the copy gets them.
 */
const executables = ({ bin, folder }: Order): string => {
  const native = dirname(bin)
  const list = join(native, "pg-symlinks.json")
  if (!existsSync(list)) return bin
  const copy = join(folder, "native")
  cpSync(native, copy, { recursive: true, dereference: true })
  for (const program of ["initdb", "pg_ctl", "postgres"]) chmodSync(join(copy, "bin", program), 0o755)
  const links = JSON.parse(readFileSync(list, "utf8")) as ReadonlyArray<{ source: string; target: string }>
  for (const { source, target } of links) {
    const place = join(folder, target)
    if (!existsSync(place)) symlinkSync(basename(source), place)
  }
  return join(copy, "bin")
}

const makeCluster = ({ folder }: Order, bin: string, password: string): string => {
  // others may pass through it, not list it
  chmodSync(folder, 0o711)
  const data = join(folder, "data")
  mkdirSync(data, { mode: 0o700 })
  const passwordFile = join(folder, "password")
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (isRoot()) for (const path of [data, passwordFile]) chownSync(path, NOBODY, NOBODY)
  const made = spawnSync(
    join(bin, "initdb"),
    [
      `--pgdata=${data}`,
      "--username=kis",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      // a language's order by default, as many a server has: what needs the order of codes must say so
      "--locale-provider=icu",
      "--icu-locale=id",
      "--no-sync"
    ],
    { cwd: folder, encoding: "utf8", env: environment(bin), ...unprivileged() }
  )
  rmSync(passwordFile, { force: true })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr.slice(-2_000)}`)
  return data
}

/** Whether the server came to take connections. It says so itself, in the last line of its own file. */
const isReady = async (data: string, server: ChildProcess): Promise<boolean> => {
  const began = performance.now()
  while (performance.now() - began < READY_LIMIT) {
    if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return false
    const file = join(data, "postmaster.pid")
    if (existsSync(file)) {
      const lines = readFileSync(file, "utf8").split("\n")
      if (Number(lines[0]) === server.pid && lines[7]?.trim() === "ready") return true
    }
    await new Promise((resolve) => setTimeout(resolve, READY_MILLIS))
  }
  return false
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })
