import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

/** What a run of the program gave. */
export interface Run {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** How a run is started, and what is done to it while it runs. */
export interface Options {
  readonly cwd?: string
  /** Run as another user; only root can. */
  readonly uid?: number
  readonly env?: Readonly<Record<string, string>>
  /** Told of everything that is written to standard error so far. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
}

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url))

/** Runs `kis` as a process of its own. */
export const kis = (args: ReadonlyArray<string>, options: Options = {}): Promise<Run> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: "1", ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid })
    })
    let stdout = ""
    let stderr = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
      options.onStderr?.(stderr, (signal) => child.kill(signal))
    })
    child.on("error", reject)
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
