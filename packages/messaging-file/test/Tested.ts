/**
 * The channel in an empty folder, with the phones at its other end: what the laws ask.
 */
import { MessageChannel } from "@kis/core/messaging"
import { MessageChannelLaws } from "@kis/testkit/laws"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as FileChannel from "../src/FileChannel.ts"

export const capabilities: MessageChannel.Capabilities = { idempotent: true, receipts: true, replies: true }

export const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-messages-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

export const pathsIn = (dir: string): FileChannel.Paths => ({
  outbox: join(dir, "outbox.jsonl"),
  inbox: join(dir, "inbox.jsonl")
})

export const linesOf = (path: string): ReadonlyArray<Record<string, string>> =>
  existsSync(path)
    ? readFileSync(path, "utf8")
        .split("\n")
        .filter((_) => _ !== "")
        .map((_) => JSON.parse(_))
    : []

/** The channel and its phones; a broken one has an outbox on a full disk. */
export const layer: Layer.Layer<
  MessageChannel.MessageChannel | MessageChannelLaws.Phones,
  FileChannel.FileChannelError
> = Layer.effectContext(
  Effect.gen(function* () {
    const paths = pathsIn(yield* folder)
    let broken = false
    const open = (outbox: string) =>
      Effect.map(Layer.build(FileChannel.layer({ ...paths, outbox })), (_) =>
        Context.get(_, MessageChannel.MessageChannel)
      )
    const whole = yield* open(paths.outbox)
    const full = yield* open("/dev/full")
    const channel = MessageChannel.MessageChannel.of({
      ...whole,
      send: (message) => (broken ? full : whole).send(message)
    })
    const arrive = (line: string) => Effect.sync(() => appendFileSync(paths.inbox, `${line}\n`))
    const phones = MessageChannelLaws.Phones.of({
      received: Effect.sync(() => linesOf(paths.outbox).map((_) => ({ id: _["id"]!, to: _["to"]!, text: _["text"]! }))),
      reply: (from, text) => arrive(JSON.stringify({ from, text })),
      receipt: (id, status) => arrive(JSON.stringify({ id, status })),
      garbage: arrive("{ this is no message"),
      breakDown: Effect.sync(() => void (broken = true))
    })
    return Context.make(MessageChannel.MessageChannel, channel).pipe(Context.add(MessageChannelLaws.Phones, phones))
  })
)
