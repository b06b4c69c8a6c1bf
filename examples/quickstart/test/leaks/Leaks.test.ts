import { assert, describe, it } from "@effect/vitest"
import { Region } from "@kis/core/identity"
import { Bulk } from "@kis/core/intake"
import { Crypto } from "@kis/core/privacy"
import { Register } from "@kis/core/registration"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { FileKeyRing, NodeCrypto } from "@kis/crypto-node"
import { SqliteStorage } from "@kis/storage-sqlite"
import { LeakSearch, Recorder } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type CanaryFile, canaryFile } from "./canaries.ts"

const workspace = () => {
  const root = mkdtempSync(join(tmpdir(), "kis-leaks-"))
  for (const name of ["data", "out", "tmp"]) mkdirSync(join(root, name))
  return root
}

/** Runs a script with a folder of its own for temporary files; gives all that it printed. */
const run = (root: string, script: string, args: ReadonlyArray<string>, killAt?: RegExp) =>
  new Promise<{ readonly code: number | null; readonly printed: string }>((resolve) => {
    const path = fileURLToPath(new URL(script, import.meta.url))
    const child = spawn(process.execPath, [path, ...args], {
      env: { ...process.env, TMPDIR: join(root, "tmp") },
      stdio: ["ignore", "pipe", "pipe"]
    })
    let printed = ""
    const hear = (chunk: Buffer) => {
      printed += chunk.toString()
      if (killAt?.test(printed) === true) child.kill("SIGKILL")
    }
    child.stdout.on("data", hear)
    child.stderr.on("data", hear)
    child.on("exit", (code) => resolve({ code, printed }))
  })

/** Everything but the channel's own files: a phone has to be told its number and its code. */
const leaksIn = (file: CanaryFile, root: string, printed: string) =>
  Effect.runPromise(
    Effect.gen(function* () {
      const leaks = [...LeakSearch.inText(file.search, "what was printed", printed)]
      for (const folder of ["out", "tmp"]) {
        for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
          const path = join(root, folder, name)
          leaks.push(...LeakSearch.inText(file.search, `the name of ${name}`, name))
          if (["outbox.jsonl", "inbox.jsonl"].includes(name) || statSync(path).isDirectory()) continue
          leaks.push(...(yield* LeakSearch.inFile(file.search, path)))
        }
      }
      return leaks
    })
  )

describe("personal data", () => {
  it("is in no log, span, error, database or temporary file of the demo", async () => {
    const root = workspace()
    const file = canaryFile(11, 120)
    writeFileSync(join(root, "data", "households.csv"), file.csv)
    const trace = join(root, "out", "trace.log")
    const ran = await run(root, "../../src/demo.ts", [
      "--data",
      join(root, "data"),
      "--out",
      join(root, "out"),
      "--trace",
      trace
    ])
    assert.strictEqual(ran.code, 0, ran.printed)
    assert.isTrue(existsSync(join(root, "out", "register.sqlite")))
    const told = LeakSearch.inFile(LeakSearch.make(["Registration.registerMany"]), trace)
    assert.isNotEmpty(await Effect.runPromise(told), "the trace holds spans")
    const sent = LeakSearch.inFile(file.search, join(root, "out", "outbox.jsonl"))
    assert.isNotEmpty(await Effect.runPromise(sent), "the search knows the numbers that the phones have")
    assert.deepStrictEqual(await leaksIn(file, root, ran.printed), [])
  }, 120_000)

  it("is in nothing that a killed import leaves behind", async () => {
    const root = workspace()
    const file = canaryFile(12, 300)
    const data = join(root, "data", "households.csv")
    writeFileSync(data, file.csv)
    const ran = await run(
      root,
      "../../../../packages/cli/src/bin.ts",
      [
        "register",
        data,
        "--db",
        `sqlite:${join(root, "out", "register.sqlite")}`,
        "--rejects",
        join(root, "out", "rejects.csv"),
        "--batch",
        "5",
        "--today",
        "2026-11-24"
      ],
      /[2-9]0% /
    )
    assert.strictEqual(ran.code, null, ran.printed)
    assert.isTrue(existsSync(join(root, "out", "register.sqlite-wal")), "the kill left a write-ahead log")
    assert.deepStrictEqual(await leaksIn(file, root, ran.printed), [])
  }, 60_000)

  it("would be found: a build that seals nothing and traces names is caught in both", async () => {
    const root = workspace()
    const file = canaryFile(13, 20)
    const path = join(root, "out", "register.sqlite")
    const recorder = Recorder.make()
    const ports = Layer.mergeAll(
      SqliteStorage.layer({ path }),
      FileKeyRing.layer(`${path}.keys`),
      PopulationRegistry.layerNotConnected,
      CardNumbers.layerSimulator("leaks"),
      Region.layerTest
    ).pipe(Layer.provideMerge(sealsNothing))
    const importing = Bulk.importRows(Stream.fromIterable(file.rows), {
      digest: "leaks",
      actor: { kind: "system", id: "leaks" },
      office: "3671",
      on: PlainDate.make("2026-11-24"),
      onBatch: () => Effect.annotateCurrentSpan("first", file.rows[0]?.fields["name"])
    })
    await Effect.runPromise(
      importing.pipe(
        Effect.provide(
          Register.layer().pipe(Layer.provideMerge(Storage.layer(Register.aggregates)), Layer.provideMerge(ports))
        ),
        Effect.provide(recorder.layer)
      )
    )
    assert.isNotEmpty(await leaksIn(file, root, ""), "in the database")
    assert.isNotEmpty(LeakSearch.inText(file.search, "spans", recorder.text()), "in a span")
  })
})

/** The defect: what goes in comes out, between a nonce and a tag of zeros. */
const sealsNothing = Layer.effect(
  Crypto.Crypto,
  Effect.map(Crypto.Crypto, (whole) =>
    Crypto.Crypto.of({
      ...whole,
      seal: (_, plain) => {
        const sealed = new Uint8Array(Crypto.NONCE_LENGTH + plain.length + Crypto.TAG_LENGTH)
        sealed.set(plain, Crypto.NONCE_LENGTH)
        return sealed
      },
      open: (_, sealed) => Result.succeed(sealed.subarray(Crypto.NONCE_LENGTH, -Crypto.TAG_LENGTH))
    })
  )
).pipe(Layer.provide(NodeCrypto.layer))
