/**
 * A branch office for the tests of registering: a register in memory, a population register that
 * knows whom the test names, and files of a few rows.
 */
import { Drafts, FirstPayments } from "@kis/core/application"
import { Nik, PhoneNumber, Region } from "@kis/core/identity"
import { Application, Bulk, type Columns } from "@kis/core/intake"
import { MessageChannel } from "@kis/core/messaging"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { type Command, Register } from "@kis/core/registration"
import { CardNumbers, PopulationRegistry } from "@kis/core/registry"
import { Storage, StorageAdapter, type StorageError, StorageMemory } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { PhoneVerification } from "@kis/core/verification"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"

export const today = PlainDate.make("2026-11-24")

export const residents = new Map<string, PopulationRegistry.Resident>()

const portsOn = (store: Layer.Layer<StorageAdapter.StorageAdapter>) =>
  Layer.mergeAll(
    store,
    PopulationRegistry.layerSimulator((nik) => residents.get(nik)),
    CardNumbers.layerSimulator("test"),
    MessageChannel.layerMemory(),
    Region.layerTest
  ).pipe(
    Layer.provideMerge(Layer.mergeAll(Crypto.layerSeeded("office"), KeyRing.layerMemory(new Uint8Array(32).fill(3))))
  )

const ports = portsOn(StorageMemory.layer)

const registerOn = (options?: Storage.LayerOptions, on = ports) =>
  Layer.fresh(
    Layer.mergeAll(PhoneVerification.layerMessages(), Drafts.layer(), FirstPayments.layer()).pipe(
      Layer.provideMerge(Register.layer()),
      Layer.provideMerge(Storage.layer(Register.aggregates, options)),
      Layer.provideMerge(on)
    )
  )

/** A store and the ports of a register, without its services. */
export const layerStore = Storage.layer(Register.aggregates).pipe(Layer.provideMerge(ports))

/** A fresh register each time it is provided. */
export const layer = registerOn()

/** The same, where every unit of work runs twice. */
export const layerRehearsed = registerOn({ rehearse: true })

/** The same, where `pace` stands before and after every commit and every look-up of keys. */
export const layerPaced = (pace: Effect.Effect<void, StorageError.StorageError>) => {
  const paced = <A>(act: Effect.Effect<A, StorageError.StorageError>) =>
    Effect.andThen(
      pace,
      Effect.tap(act, () => pace)
    )
  const store = Layer.effect(
    StorageAdapter.StorageAdapter,
    Effect.map(StorageAdapter.StorageAdapter, (adapter) =>
      StorageAdapter.StorageAdapter.of({
        ...adapter,
        open: (declarations) =>
          Effect.map(adapter.open(declarations), (whole) => ({
            ...whole,
            commit: (batch) => paced(whole.commit(batch)),
            findMany: (...asked) => paced(whole.findMany(...asked)),
            scanKeys: (...asked) => paced(whole.scanKeys(...asked))
          }))
      })
    )
  )
  return registerOn(undefined, portsOn(Layer.provide(store, StorageMemory.layer)))
}

export type Cells = Partial<Record<Columns.Column, string>>

/** The phone of a family. */
export const phoneOf = (number: number) => PhoneNumber.PhoneNumber.make(`+628121000${String(number).padStart(4, "0")}`)

/** A family of Cipondoh that has nothing wrong with it. */
export const family = (number: number, over: ReadonlyArray<Cells> = []): ReadonlyArray<Cells> => {
  const card = `997101010120${String(number).padStart(4, "0")}`
  const shared = { household: `H${number}`, family_card: card, citizenship: "WNI", district: "367105", phone: "" }
  const no = { pbi_decree: "tidak", local_scheme: "tidak", studies: "tidak" }
  const members: ReadonlyArray<Cells> = [
    {
      ...shared,
      ...no,
      relation: "head",
      name: `Agus ${surnames[number % surnames.length]}`,
      nik: nik("030485", number * 4 + 1),
      sex: "L",
      birth_date: "1985-04-03",
      mother_name: `Sri ${surnames[(number + 3) % surnames.length]}`,
      marital_status: "kawin",
      occupation: "own-account",
      phone: `08121000${String(number).padStart(4, "0")}`,
      class: "3"
    },
    {
      ...shared,
      ...no,
      relation: "spouse",
      name: `Dewi ${surnames[(number + 5) % surnames.length]}`,
      nik: nik("521087", number * 4 + 2),
      sex: "P",
      birth_date: "1987-10-12",
      mother_name: `Aminah ${surnames[(number + 7) % surnames.length]}`,
      marital_status: "kawin",
      occupation: "none",
      class: "3"
    }
  ]
  return members.map((member, i) => ({ ...member, ...over[i] }))
}

export const rowsOf = (cells: ReadonlyArray<Cells>): ReadonlyArray<Columns.RawRow> =>
  cells.map((fields, i) => ({ line: i + 2, fields: fields as Record<string, string> }))

export const importing = (digest: string, cells: ReadonlyArray<Cells>, batchPeople = 250) => {
  const lines: Array<Bulk.LineOutcome> = []
  return Effect.map(
    Bulk.importRows(Stream.fromIterable(rowsOf(cells)), {
      digest,
      actor: { kind: "officer", id: "417" },
      office: "0903",
      on: today,
      batchPeople,
      onBatch: (batch) => Effect.sync(() => void lines.push(...batch.lines))
    }),
    (tally) => ({ tally, lines })
  )
}

/** One household as a command of an officer at the counter. */
export const command = Effect.fnUntraced(function* (key: string, cells: ReadonlyArray<Cells>) {
  const regions = yield* Region.Regions
  const [first, ...rest] = rowsOf(cells)
  if (first === undefined) return yield* Effect.die(new Error("A household has people"))
  const command: Command.Command = {
    key,
    actor: { kind: "officer", id: "417" },
    office: "0903",
    channel: "counter",
    on: today,
    application: Application.decodeHousehold([first, ...rest], { today }, regions)
  }
  return command
})

/** Makes the population register know a row's person, as it stands. */
export const knownToPopulationRegister = (cells: Cells) => {
  const number = Nik.Nik.make(cells.nik ?? "")
  residents.set(number, {
    nik: number,
    name: cells.name ?? "",
    birthDate: PlainDate.make(cells.birth_date ?? ""),
    sex: cells.sex === "P" ? "female" : "male"
  })
}

const nik = (date: string, serial: number) => `997101${date}${String(serial).padStart(4, "0")}`

const surnames = [
  "Santoso",
  "Wibowo",
  "Hidayat",
  "Lestari",
  "Gunawan",
  "Kusuma",
  "Pratama",
  "Siregar",
  "Nasution",
  "Halim",
  "Tanjung"
]
