/**
 * A key ring in an empty folder: what the laws ask.
 */
import { KeyRing } from "@kis/core/privacy"
import { KeyRingLaws } from "@kis/testkit/laws"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as FileKeyRing from "../src/FileKeyRing.ts"

export const capabilities = {}

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "kis-keys-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

export const layer: Layer.Layer<KeyRing.KeyRing | KeyRingLaws.KeyStore, FileKeyRing.KeyRingError> = Layer.effectContext(
  Effect.gen(function* () {
    const path = join(yield* folder, "keys.json")
    const open = Effect.provide(KeyRing.KeyRing, Layer.fresh(FileKeyRing.layer(path)))
    const store = KeyRingLaws.KeyStore.of({
      open: Effect.orDie(open),
      rotate: Effect.orDie(Effect.asVoid(FileKeyRing.addSealing(path)))
    })
    return Context.make(KeyRing.KeyRing, yield* open).pipe(Context.add(KeyRingLaws.KeyStore, store))
  })
)
