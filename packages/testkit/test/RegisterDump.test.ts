import { assert, describe, it } from "@effect/vitest"
import { Region } from "@kis/core/identity"
import { Bulk, type Columns } from "@kis/core/intake"
import { Message } from "@kis/core/messaging"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Register } from "@kis/core/registration"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Storage, StorageMemory } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { IntakeFile, RegisterDump } from "@kis/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"

const today = PlainDate.make("2026-11-24")
const { rows } = IntakeFile.generate({ seed: 5, households: 12, today })

/** What a register holds after an import; ids and nonces come from the seed. */
const dumpOf = (
  seed: string,
  file: ReadonlyArray<Columns.RawRow> = rows,
  afterwards: Effect.Effect<unknown, unknown, Storage.Storage> = Effect.void
) =>
  Bulk.importRows(Stream.fromIterable(file), {
    digest: "dump",
    actor: { kind: "system", id: "dump" },
    office: "3671",
    on: today,
    batchPeople: seed.length
  }).pipe(
    Effect.andThen(afterwards),
    Effect.andThen(RegisterDump.lines),
    Effect.provide(
      Layer.fresh(
        Register.layer().pipe(
          Layer.provideMerge(Storage.layer(Register.aggregates)),
          Layer.provideMerge(
            Layer.mergeAll(
              StorageMemory.layer,
              PopulationRegistry.layerNotConnected,
              CardNumbers.layerSimulator("dump"),
              Region.layer
            )
          ),
          Layer.provideMerge(Layer.merge(Crypto.layerSeeded(seed), KeyRing.layerMemory(new Uint8Array(32).fill(5))))
        )
      )
    ),
    Effect.runPromise
  )

/** Gives one notice the number of another registration. */
const wrongNumber = Effect.gen(function* () {
  const storage = yield* Storage.Storage
  const { rows } = yield* storage.snapshot(storage.scan(Message.aggregate, "id", {}, { limit: 2 }))
  const [one, other] = rows
  if (one === undefined || other === undefined) return yield* Effect.die(new Error("an import sends notices"))
  const { value } = one
  const swapped = { ...value, arguments: { ...value.arguments, reference: other.value.arguments["reference"] ?? "" } }
  yield* storage.transaction(storage.update(Message.aggregate, one, swapped))
})

describe("RegisterDump", () => {
  it("is the same for two runs of one import, whatever their ids and commits", async () => {
    const [one, other] = [await dumpOf("a"), await dumpOf("another seed")]
    assert.isAbove(one.length, rows.length)
    assert.deepStrictEqual(one, other)
  })

  it("shows a person who is missing", async () => {
    assert.notDeepEqual(await dumpOf("a"), await dumpOf("a", rows.slice(0, -1)))
  })

  it("shows a notice with another registration's number", async () => {
    const [whole, wrong] = [await dumpOf("a"), await dumpOf("a", rows, wrongNumber)]
    const differing = (line: string) => !whole.includes(line)
    assert.strictEqual(wrong.filter(differing).filter((line) => line.includes('"reference":"')).length, 1)
  })
})
