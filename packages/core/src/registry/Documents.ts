/**
 * Papers that people hand in, as photographs or files: checked, sealed and kept in a `DocumentStore`.
 *
 * What a file is, is read from its content, never from its name or from what the sender says. Its
 * bytes are sealed before the store sees them, bound to their id, and what comes back is compared with
 * the hash that was noted: whole, or `Damaged`.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Crypto } from "../privacy/Crypto.ts"
import { KeyRing } from "../privacy/KeyRing.ts"
import * as Sealing from "../privacy/Sealing.ts"
import * as Id from "../storage/Id.ts"
import { DocumentStore, type DocumentStoreError } from "./DocumentStore.ts"

// --- models ---

/**
 * The kinds of file that are taken.
 *
 * @category models
 * @since 0.1.0
 */
export const Type = Schema.Literals(["application/pdf", "image/jpeg", "image/png", "image/webp"])

/**
 * @category models
 * @since 0.1.0
 */
export type Type = typeof Type.Type

/**
 * What is noted of a document in the row of whoever it belongs to. `size` is in bytes, `sha256` that of
 * the content, in hexadecimal.
 *
 * @category models
 * @since 0.1.0
 */
export const Document = Schema.Struct({ id: Id.Id, type: Type, size: Schema.Int, sha256: Schema.String })

/**
 * @category models
 * @since 0.1.0
 */
export type Document = typeof Document.Type

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** The most bytes of one document. Five million: a page photographed by a telephone. */
  readonly limit?: number
}

// --- errors ---

/**
 * Nothing was kept.
 *
 * @category errors
 * @since 0.1.0
 */
export class TooLarge extends Schema.TaggedError<TooLarge>("@kis/core/registry/TooLarge")("TooLarge", {
  size: Schema.Int,
  limit: Schema.Int
}) {
  override get message() {
    return `The document has ${this.size} bytes, ${this.limit} are taken. Photograph it smaller, or send the pages apart.`
  }
}

/**
 * The content is not what the sender said, or nothing that is taken (`found` is absent). Nothing was
 * kept.
 *
 * @category errors
 * @since 0.1.0
 */
export class TypeDiffers extends Schema.TaggedError<TypeDiffers>("@kis/core/registry/TypeDiffers")("TypeDiffers", {
  said: Schema.String,
  found: Schema.optionalKey(Type)
}) {
  override get message() {
    const found = this.found === undefined ? "neither PDF, JPEG, PNG nor WebP" : `of type ${this.found}`
    return `The document's content is ${found}, not what it was sent as. Send it again as what it is.`
  }
}

/**
 * What is kept is not what was handed in: it is gone (`Missing`), was changed, moved or sealed under a
 * key that is not here (`Tampered`), or is another document (`Another`).
 *
 * @category errors
 * @since 0.1.0
 */
export class Damaged extends Schema.TaggedError<Damaged>("@kis/core/registry/Damaged")("Damaged", {
  id: Id.Id,
  reason: Schema.Literals(["Missing", "Tampered", "Another"])
}) {
  override get message() {
    return `The document ${this.id} is not what was handed in (${this.reason}). Take it from a backup, or ask for it again.`
  }
}

// --- service ---

/**
 * @category services
 * @since 0.1.0
 */
export class Documents extends Context.Service<
  Documents,
  {
    /** What would be kept of a content, without its id; nothing is kept. */
    readonly examine: (said: string, content: Uint8Array) => Effect.Effect<Omit<Document, "id">, TooLarge | TypeDiffers>
    /**
     * Checks, seals and keeps a document. Under the same id the same content may be kept again, as after
     * a lost answer.
     */
    readonly keep: (
      id: Id.Id,
      said: string,
      content: Uint8Array
    ) => Effect.Effect<Document, TooLarge | TypeDiffers | DocumentStoreError>
    /** The content of a document, whole. */
    readonly fetch: (document: Document) => Effect.Effect<Uint8Array, Damaged | DocumentStoreError>
    /** Removes the content; what is noted of it stays with whoever noted it. */
    readonly forget: (id: Id.Id) => Effect.Effect<void, DocumentStoreError>
  }
>()("@kis/core/registry/Documents") {}

// --- reading ---

/**
 * What a file is by its first bytes.
 *
 * @example
 * Documents.typeOf(new TextEncoder().encode("%PDF-1.7 ...")) // => "application/pdf"
 * Documents.typeOf(new TextEncoder().encode("<html>")) // => undefined
 *
 * @category reading
 * @since 0.1.0
 */
export const typeOf = (content: Uint8Array): Type | undefined =>
  signatures.find(({ marks }) => marks.every(({ at, bytes }) => bytes.every((byte, i) => content[at + i] === byte)))
    ?.type

// --- layers ---

/**
 * @category layers
 * @since 0.1.0
 */
export const layer = (options: Options = {}): Layer.Layer<Documents, never, DocumentStore | Crypto | KeyRing> =>
  Layer.effect(
    Documents,
    Effect.gen(function* () {
      const store = yield* DocumentStore
      const crypto = yield* Crypto
      const sealing = Sealing.make(crypto, yield* KeyRing)
      const limit = options.limit ?? LIMIT

      const examine = Effect.fn("Documents.examine")(function* (said: string, content: Uint8Array) {
        if (content.length > limit) return yield* new TooLarge({ size: content.length, limit })
        const type = typeOf(content)
        if (type === undefined) return yield* new TypeDiffers({ said })
        if (type !== said) return yield* new TypeDiffers({ said, found: type })
        return { type, size: content.length, sha256: hex(crypto.hash(content)) }
      })

      const keep = Effect.fn("Documents.keep")(function* (id: Id.Id, said: string, content: Uint8Array) {
        const document: Document = { id, ...(yield* examine(said, content)) }
        // sealed anew the bytes would be others: what is there already is compared by its content
        const held = yield* store.get(id)
        const isHeld = Option.isSome(held) && Result.isSuccess(opened(document, held.value))
        if (!isHeld) yield* store.put(id, sealing.sealBody(placeOf(id), content))
        return document
      })

      const opened = (document: Document, sealed: Uint8Array): Result.Result<Uint8Array, Damaged> => {
        const content = sealing.openBody(placeOf(document.id), sealed)
        if (Result.isFailure(content)) return Result.fail(new Damaged({ id: document.id, reason: "Tampered" }))
        const isSame = content.success.length === document.size && hex(crypto.hash(content.success)) === document.sha256
        return isSame
          ? Result.succeed(content.success)
          : Result.fail(new Damaged({ id: document.id, reason: "Another" }))
      }

      const fetch = Effect.fn("Documents.fetch")(function* (document: Document) {
        const sealed = yield* store.get(document.id)
        if (Option.isNone(sealed)) return yield* new Damaged({ id: document.id, reason: "Missing" })
        return yield* Effect.fromResult(opened(document, sealed.value))
      })

      return Documents.of({
        examine,
        keep,
        fetch,
        forget: Effect.fn("Documents.forget")((id: Id.Id) => store.remove(id))
      })
    })
  )

// --- private ---

const LIMIT = 5_000_000

const placeOf = (id: Id.Id): Sealing.Place => ({ aggregate: "document", id, version: 1 })

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")

interface Mark {
  readonly at: number
  readonly bytes: ReadonlyArray<number>
}

const text = (at: number, written: string): Mark => ({ at, bytes: Array.from(written, (sign) => sign.charCodeAt(0)) })

const signatures: ReadonlyArray<{ readonly type: Type; readonly marks: ReadonlyArray<Mark> }> = [
  { type: "application/pdf", marks: [text(0, "%PDF-")] },
  { type: "image/jpeg", marks: [{ at: 0, bytes: [0xff, 0xd8, 0xff] }] },
  { type: "image/png", marks: [{ at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] }, text(12, "IHDR")] },
  { type: "image/webp", marks: [text(0, "RIFF"), text(8, "WEBP")] }
]
