import { assert, describe, it } from "@effect/vitest"
import { PhoneNumber } from "@kis/core/identity"
import { MessageChannel } from "@kis/core/messaging"
import { MessageChannelLaws } from "@kis/testkit/laws"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { appendFileSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import * as FileChannel from "../src/FileChannel.ts"
import * as Tested from "./Tested.ts"

MessageChannelLaws.suite("file", Tested.layer, Tested.capabilities)

const phone = PhoneNumber.PhoneNumber.make("+6281299000001")

/** Runs with the channel as one process would: opened, used, closed. */
const session = <A, E>(
  paths: FileChannel.Paths,
  use: (channel: MessageChannel.MessageChannel["Service"]) => Effect.Effect<A, E>
) => Effect.flatMap(MessageChannel.MessageChannel, use).pipe(Effect.provide(Layer.fresh(FileChannel.layer(paths))))

const send =
  (id: string, text = "JKN") =>
  (channel: MessageChannel.MessageChannel["Service"]) =>
    channel.send({ id, to: phone, text })

describe("FileChannel, outbox", () => {
  it.effect("writes an id once, also after a restart", () =>
    Effect.gen(function* () {
      const paths = Tested.pathsIn(yield* Tested.folder)
      yield* session(paths, send("a"))
      yield* session(paths, send("a", "another text"))
      yield* session(paths, send("b"))
      assert.deepStrictEqual(
        Tested.linesOf(paths.outbox).map((_) => [_["id"], _["to"], _["text"], _["at"]]),
        [
          ["a", phone, "JKN", "1970-01-01T00:00:00.000Z"],
          ["b", phone, "JKN", "1970-01-01T00:00:00.000Z"]
        ]
      )
    })
  )

  it.effect("cuts away a line that a crash left unfinished, and writes it anew", () =>
    Effect.gen(function* () {
      const paths = Tested.pathsIn(yield* Tested.folder)
      yield* session(paths, send("a"))
      const whole = statSync(paths.outbox).size
      yield* session(paths, send("b"))
      for (let size = whole; size < statSync(paths.outbox).size; size++) {
        truncateSync(paths.outbox, size)
        yield* session(paths, (channel) => Effect.andThen(send("b")(channel), send("c")(channel)))
        assert.deepStrictEqual(
          Tested.linesOf(paths.outbox).map((_) => _["id"]),
          ["a", "b", "c"],
          `cut at ${size}`
        )
        truncateSync(paths.outbox, whole)
        yield* session(paths, send("b"))
      }
    })
  )

  it.effect("sees what another process has written meanwhile", () =>
    Effect.gen(function* () {
      const paths = Tested.pathsIn(yield* Tested.folder)
      yield* session(paths, (channel) =>
        Effect.gen(function* () {
          yield* send("a")(channel)
          yield* session(paths, send("b"))
          yield* send("b")(channel)
          yield* send("c")(channel)
        })
      )
      assert.deepStrictEqual(
        Tested.linesOf(paths.outbox).map((_) => _["id"]),
        ["a", "b", "c"]
      )
    })
  )

  it.effect("all who send at once learn of a full disk", () =>
    Effect.gen(function* () {
      const paths = { ...Tested.pathsIn(yield* Tested.folder), outbox: "/dev/full" }
      const exits = yield* session(paths, (channel) =>
        Effect.forEach(["a", "b", "c", "d"], (id) => Effect.exit(send(id)(channel)), { concurrency: "unbounded" })
      )
      for (const exit of exits) assert.isTrue(Exit.isFailure(exit))
    })
  )

  it.effect("is for its owner only, and says which file cannot be opened", () =>
    Effect.gen(function* () {
      const dir = yield* Tested.folder
      yield* session(Tested.pathsIn(dir), send("a"))
      assert.strictEqual(statSync(Tested.pathsIn(dir).outbox).mode & 0o777, 0o600)
      const nowhere = { ...Tested.pathsIn(dir), outbox: join(dir, "no", "outbox.jsonl") }
      const scope = yield* Scope.make()
      const error = yield* Effect.flip(Layer.buildWithScope(FileChannel.layer(nowhere), scope))
      assert.deepInclude(error, { path: nowhere.outbox, code: "ENOENT" })
    })
  )
})

describe("FileChannel, inbox", () => {
  const items = (paths: FileChannel.Paths, after?: string) =>
    session(paths, (_) => Effect.map(_.receive(after, 100), (page) => page.map(({ item }) => item)))

  it.effect("waits for the end of a line that is being written", () =>
    Effect.gen(function* () {
      const paths = Tested.pathsIn(yield* Tested.folder)
      const line = Buffer.from(`${JSON.stringify({ from: "0812-9900-0001", text: "kode 🍛 123456" })}\n`)
      for (const byte of line.subarray(0, -1)) {
        appendFileSync(paths.inbox, Uint8Array.of(byte))
        assert.lengthOf(yield* items(paths), 0)
      }
      appendFileSync(paths.inbox, "\n")
      assert.deepStrictEqual(yield* items(paths), [{ _tag: "Reply", from: phone, text: "kode 🍛 123456", at: 0 }])
    })
  )

  it.effect("passes over lines that nobody can read, however long", () =>
    Effect.gen(function* () {
      const paths = Tested.pathsIn(yield* Tested.folder)
      const good = JSON.stringify({ from: phone, text: "ok", at: "2026-03-13T02:00:00Z" })
      const bad = [
        "",
        "null",
        "[]",
        "{}",
        '{"from":"12","text":"x"}',
        '{"id":"a","status":"lost"}',
        "x".repeat(3_000_000)
      ]
      writeFileSync(paths.inbox, `${[good, ...bad, good].join("\n")}\n`)
      const tags = (yield* items(paths)).map((_) => _._tag)
      assert.deepStrictEqual(tags, ["Reply", ...bad.map(() => "Unreadable" as const), "Reply"])
      const [first] = yield* items(paths)
      assert.deepInclude(first, { at: Date.UTC(2026, 2, 13, 2) })
    })
  )

  it.effect("does not go on in the middle of another file", () =>
    Effect.gen(function* () {
      const paths = Tested.pathsIn(yield* Tested.folder)
      writeFileSync(paths.inbox, "{}\n")
      const error = yield* Effect.flip(items(paths, "100"))
      assert.strictEqual(error._tag === "ChannelError" && error.reason._tag, "Permanent")
    })
  )
})
