/**
 * Running another program and keeping what it said.
 */
import { spawn } from "node:child_process"
import { basename } from "node:path"
import { inRoot, root, rootManifest } from "./Workspace.ts"

export interface Ended {
  readonly command: string
  readonly code: number
  readonly output: string
}

export interface Options {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a program to its end; never rejects for its exit code. */
export const run = (command: string, args: ReadonlyArray<string>, options: Options = {}): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, NO_COLOR: "1", ...options.env },
      stdio: ["ignore", "pipe", "pipe"]
    })
    const chunks: Array<Buffer> = []
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk))
    child.on("error", reject)
    child.on("close", (code, signal) => {
      const output = Buffer.concat(chunks).toString("utf8")
      resolve({
        command: [command, ...args].join(" "),
        code: code ?? 1,
        output: signal ? `${output}\n${signal}` : output
      })
    })
  })

/** Runs a program that the root's devDependencies provide. */
export const tool = (name: string, args: ReadonlyArray<string>, options: Options = {}) =>
  run(inRoot("node_modules/.bin", name), args, options)

/** As `run`, and an exit code other than 0 is an error that holds the output. */
export const must = async (ended: Promise<Ended>): Promise<string> => {
  const { code, command, output } = await ended
  if (code !== 0) throw new Error(`${command} ended with ${code}\n${output}`)
  return output
}

/** Maps with at most `width` at once, keeping the order. */
export const parallel = async <A, B>(
  items: ReadonlyArray<A>,
  width: number,
  body: (item: A) => Promise<B>
): Promise<ReadonlyArray<B>> => {
  const results: Array<B> = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await body(items[index]!)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return results
}

/** The pnpm that runs us, or the one that package.json pins when none does. */
export const pnpm = (args: ReadonlyArray<string>, options: Options = {}) => {
  const running = process.env["npm_execpath"]
  return running !== undefined && basename(running) === "pnpm"
    ? run(running, args, options)
    : run("npx", ["-y", rootManifest.packageManager, ...args], options)
}
