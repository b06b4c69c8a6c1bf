/**
 * A message channel of two files: what goes out is appended to one, what comes back is read from the other.
 *
 * For demonstrations, tests, and places where a batch of messages is carried by hand. Both are JSON
 * lines. Out: `{ id, to, text, at }`. In, a reply: `{ from, text, at? }`, or a receipt: `{ id, status, at? }`
 * with status sent, delivered, read or failed. An id is written once, also after a restart; a line that a
 * crash cut off is cut away and written anew. One process writes an outbox at a time; any number may read.
 *
 * Phone numbers and codes are in these files in clear: they are made for their owner only.
 *
 * @since 0.1.0
 */
import { PhoneNumber } from "@kis/core/identity"
import { MessageChannel } from "@kis/core/messaging"
import { Storage } from "@kis/core/storage"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { FileHandle } from "node:fs/promises"
import { open } from "node:fs/promises"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export interface Paths {
  readonly outbox: string
  readonly inbox: string
}

// --- errors ---

/**
 * The outbox cannot be opened or written when the program starts.
 *
 * @category errors
 * @since 0.1.0
 */
export class FileChannelError extends Schema.TaggedError<FileChannelError>("@kis/messaging-file/FileChannelError")(
  "FileChannelError",
  {
    path: Schema.String,
    code: Schema.String
  }
) {
  override get message() {
    return `The message file ${this.path} cannot be opened (${this.code}). Choose a folder that this user may write to.`
  }
}

// --- layers ---

/**
 * @example
 * FileChannel.layer({ outbox: "out/messages.jsonl", inbox: "out/replies.jsonl" })
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (paths: Paths): Layer.Layer<MessageChannel.MessageChannel, FileChannelError> =>
  Layer.effect(
    MessageChannel.MessageChannel,
    Effect.gen(function* () {
      const file = yield* Effect.acquireRelease(
        attempt(
          () => open(paths.outbox, "a+", OWNER_ONLY),
          (code) => new FileChannelError({ path: paths.outbox, code })
        ),
        (_) => Effect.ignore(Effect.tryPromise(() => _.close()))
      )
      const outbox = yield* attempt(
        () => openOutbox(file),
        (code) => new FileChannelError({ path: paths.outbox, code })
      )

      return MessageChannel.MessageChannel.of({
        name: NAME,
        capabilities: { idempotent: true, receipts: true, replies: true },
        send: Effect.fn("FileChannel.send")(function* (message) {
          yield* Storage.refuseInTransaction("The message channel")
          const at = DateTime.formatIso(yield* DateTime.now)
          const { id, text, to } = message
          yield* attempt(() => outbox.write(id, JSON.stringify({ id, to, text, at })), sendFailed)
          return { reference: id }
        }),
        receive: Effect.fn("FileChannel.receive")(function* (after, limit) {
          yield* Storage.refuseInTransaction("The message channel")
          const now = yield* Clock.currentTimeMillis
          const from = after === undefined ? 0 : Number(after)
          const lines = yield* attempt(() => readLines(paths.inbox, from, limit), receiveFailed)
          return lines.map(({ end, text }) => ({ item: parse(text, now), next: String(end) }))
        })
      })
    })
  )

// --- private ---

const NAME = "file"
const OWNER_ONLY = 0o600
const CHUNK = 64 * 1024
const NEWLINE = 0x0a

/** What one line of the inbox may be; longer ones are no message of a person. */
const LONGEST_LINE = 1024 * 1024

const attempt = <A, E>(run: () => Promise<A>, failed: (code: string) => E): Effect.Effect<A, E> =>
  Effect.tryPromise({ try: run, catch: (cause) => failed(codeOf(cause)) })

const codeOf = (cause: unknown): string =>
  typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string"
    ? cause.code
    : "unknown"

const channelError = (reason: MessageChannel.ChannelError["reason"]) =>
  new MessageChannel.ChannelError({ channel: NAME, reason })

const sendFailed = (code: string): MessageChannel.ChannelError => {
  if (code === NOT_SURE) return channelError(new MessageChannel.UnknownOutcome())
  const full = code === "ENOSPC" || code === "EDQUOT"
  return channelError(new MessageChannel.Transient({ code: full ? "Full" : "Unavailable" }))
}

const receiveFailed = (code: string): MessageChannel.ChannelError =>
  channelError(
    code === SHRUNK
      ? new MessageChannel.Permanent({ code: "Misconfigured" })
      : new MessageChannel.Transient({ code: "Unavailable" })
  )

// --- the outbox ---

const NOT_SURE = "NOT_SURE"

interface Outbox {
  /** Resolves when the line is on the disk. */
  readonly write: (id: string, line: string) => Promise<void>
}

interface Entry {
  readonly id: string
  readonly line: string
}

const openOutbox = async (file: FileHandle): Promise<Outbox> => {
  const written = new Set<string>()
  let whole = 0
  let dirty = false

  /** Learns the ids that are there, and cuts away what a crash or a full disk left of a last line. */
  const learn = async () => {
    if ((await file.stat()).size === whole) return
    for await (const { end, text } of linesOf(file, whole)) {
      const id = idOf(text)
      if (id !== undefined) written.add(id)
      whole = end
    }
    await file.truncate(whole)
  }

  const flush = async (batch: ReadonlyArray<Entry>) => {
    await learn()
    const fresh = new Map<string, string>()
    for (const { id, line } of batch) if (!written.has(id)) fresh.set(id, line)
    if (fresh.size > 0) {
      const text = Buffer.from([...fresh.values()].map((_) => `${_}\n`).join(""))
      await file.appendFile(text)
      whole += text.length
      dirty = true
      for (const id of fresh.keys()) written.add(id)
    }
    if (!dirty) return
    try {
      await file.datasync()
    } catch (cause) {
      throw Object.assign(new Error("The outbox was written and not flushed.", { cause }), { code: NOT_SURE })
    }
    dirty = false
  }

  await learn()

  let last: Promise<unknown> = Promise.resolve()
  let next: { readonly batch: Array<Entry>; readonly done: Promise<void> } | undefined
  return {
    // Whoever comes while the disk is busy goes with the next write: many lines, one flush.
    write: (id, line) => {
      if (next === undefined) {
        const batch: Array<Entry> = []
        const done = last.then(() => {
          next = undefined
          return flush(batch)
        })
        next = { batch, done }
        last = done.catch(() => undefined)
      }
      next.batch.push({ id, line })
      return next.done
    }
  }
}

const Line = Schema.fromJsonString(Schema.Struct({ id: Schema.String }))
const decodeLine = Schema.decodeUnknownOption(Line)

const idOf = (text: string): string | undefined => Option.getOrUndefined(decodeLine(text))?.id

// --- the inbox ---

const SHRUNK = "SHRUNK"

const InboxLine = Schema.fromJsonString(
  Schema.Union([
    Schema.Struct({ from: Schema.String, text: Schema.String, at: Schema.optionalKey(Schema.String) }),
    Schema.Struct({
      id: Schema.String,
      status: MessageChannel.ReceiptStatus,
      at: Schema.optionalKey(Schema.String)
    })
  ])
)
const decodeInboxLine = Schema.decodeUnknownOption(InboxLine)

const parse = (text: string, now: number): MessageChannel.Incoming => {
  const line = Option.getOrUndefined(decodeInboxLine(text))
  if (line === undefined) return { _tag: "Unreadable" }
  const said = line.at === undefined ? now : Date.parse(line.at)
  const at = Number.isNaN(said) ? now : said
  if ("status" in line) return { _tag: "Receipt", message: { id: line.id }, status: line.status, at }
  return Result.match(PhoneNumber.parse(line.from), {
    onFailure: () => ({ _tag: "Unreadable" }),
    onSuccess: (from) => ({ _tag: "Reply", from, text: line.text, at })
  })
}

interface TextLine {
  readonly text: string
  /** The place behind its line break. */
  readonly end: number
}

/** Whole lines from a place on; a line that is still being written waits for the next time. */
const readLines = async (path: string, from: number, limit: number): Promise<ReadonlyArray<TextLine>> => {
  const file = await open(path, "r").catch((cause) => {
    // phones have not answered yet
    if (codeOf(cause) === "ENOENT") return undefined
    throw cause
  })
  if (file === undefined) return []
  try {
    // another file lies there now: reading on in its middle would be guessing
    if ((await file.stat()).size < from) throw Object.assign(new Error("The inbox is shorter."), { code: SHRUNK })
    const lines: Array<TextLine> = []
    for await (const line of linesOf(file, from)) {
      lines.push(line)
      if (lines.length >= limit) break
    }
    return lines
  } finally {
    await file.close()
  }
}

async function* linesOf(file: FileHandle, from: number): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder()
  let rest = new Uint8Array(0)
  let at = from
  let skipping = false
  while (true) {
    const chunk = new Uint8Array(CHUNK)
    const { bytesRead } = await file.read(chunk, 0, CHUNK, at + rest.length)
    if (bytesRead === 0) return
    const bytes = new Uint8Array(rest.length + bytesRead)
    bytes.set(rest)
    bytes.set(chunk.subarray(0, bytesRead), rest.length)
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      yield { text: skipping ? "" : decoder.decode(bytes.subarray(start, end)), end: at + end + 1 }
      skipping = false
      start = end + 1
    }
    at += start
    rest = bytes.slice(start)
    if (rest.length > LONGEST_LINE) {
      at += rest.length
      rest = new Uint8Array(0)
      skipping = true
    }
  }
}
