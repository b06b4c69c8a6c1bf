/**
 * Reads the tables of a database by a connection of its own, without the adapter.
 */
import type { Id } from "@kis/core/storage"
import { StorageWitness } from "@kis/testkit/laws"
import * as Effect from "effect/Effect"
import { existsSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"

export const ofFile = (path: string): StorageWitness.StorageWitness["Service"] => ({
  look: Effect.sync(() => {
    if (!existsSync(path)) return []
    const db = new DatabaseSync(path, { readOnly: true })
    try {
      return facts(db)
    } finally {
      db.close()
    }
  })
})

const facts = (db: DatabaseSync): ReadonlyArray<string> => {
  const found: Array<string> = []
  for (const { name } of db.prepare("select name from aggregate").all() as Array<{ name: string }>) {
    for (const { body, id, version, ...columns } of db.prepare(`select * from "row_${name}"`).all()) {
      found.push(
        StorageWitness.row(name, {
          id: idOf(id),
          version: version as number,
          body: body as Uint8Array,
          columns: Object.values(columns).map((value) => (value ?? undefined) as string | number | undefined)
        })
      )
    }
  }
  const keys = (kind: string) =>
    db.prepare(`select n.aggregate, n.name, k.bytes, k.id from key_${kind} k join key_name n on n.no = k.name`).all()
  for (const { aggregate, bytes, id, name } of keys("unique")) {
    found.push(StorageWitness.unique(aggregate as string, name as string, bytes as Uint8Array, idOf(id)))
  }
  for (const { aggregate, bytes, id, name } of keys("blind")) {
    found.push(StorageWitness.blind(aggregate as string, name as string, bytes as Uint8Array, idOf(id)))
  }
  for (const { body, mac, sequence, subject } of db.prepare("select * from log").all()) {
    const line = { sequence: sequence as number, mac: mac as Uint8Array, body: body as Uint8Array }
    found.push(StorageWitness.line(idOf(subject), line))
  }
  for (const { mac, sequence, subject } of db.prepare("select * from log_head").all()) {
    found.push(StorageWitness.head(idOf(subject), { sequence: sequence as number, mac: mac as Uint8Array }))
  }
  return found.sort()
}

const idOf = (bytes: unknown): Id.Id => {
  const hex = StorageWitness.hex(bytes as Uint8Array)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-") as Id.Id
}
