/**
 * Reads the files of a store without the adapter. LevelDB lets nobody open a folder that is open, so
 * the witness looks at a copy: what it sees there is what a crash at this moment would leave.
 */
import type { Id, StorageAdapter } from "@kis/core/storage"
import { StorageWitness } from "@kis/testkit/laws"
import { ClassicLevel } from "classic-level"
import * as Effect from "effect/Effect"
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export const ofFolder = (path: string): StorageWitness.StorageWitness["Service"] => ({
  look: Effect.promise(async () => {
    if (!existsSync(path)) return []
    const copy = mkdtempSync(join(tmpdir(), "kis-level-copy-"))
    try {
      cpSync(path, copy, { recursive: true })
      const db = new ClassicLevel<string, Stored>(copy, { valueEncoding: "json" })
      const entries = await db.iterator().all()
      await db.close()
      return entries.flatMap(factOf).sort()
    } finally {
      rmSync(copy, { recursive: true })
    }
  })
})

// --- facts ---

interface Stored {
  readonly version: number
  readonly sequence: number
  readonly body: string
  readonly mac: string
  readonly columns: ReadonlyArray<string | number | null>
}

const factOf = ([place, value]: readonly [string, Stored | string]): ReadonlyArray<string> => {
  const [kind, first = "", second = "", third = "", fourth = ""] = place.split("/")
  if (kind === "unique") return [StorageWitness.unique(first, second, ofHex(third), value as Id.Id)]
  if (kind === "blind") return [StorageWitness.blind(first, second, ofHex(third), fourth as Id.Id)]
  if (typeof value === "string") return []
  const body = ofBase64(value.body)
  const head: StorageAdapter.Head = { sequence: value.sequence, mac: ofBase64(value.mac) }
  switch (kind) {
    case "row": {
      const columns = value.columns.map((_) => _ ?? undefined)
      return [StorageWitness.row(first, { id: second as Id.Id, version: value.version, body, columns })]
    }
    case "line":
      return [StorageWitness.line(first as Id.Id, { ...head, body })]
    case "head":
      return [StorageWitness.head(first as Id.Id, head)]
    default:
      return []
  }
}

const ofHex = (text: string) => new Uint8Array(Buffer.from(text, "hex"))

const ofBase64 = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? "", "base64"))
