/** A register in memory with families on it, hospitals that can be told who is admitted, and Life. */
import { Audit } from "@kis/core/audit"
import { ParticipantNumber, PhoneNumber } from "@kis/core/identity"
import { type Family, Life, Membership } from "@kis/core/membership"
import { Outbox } from "@kis/core/messaging"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Register } from "@kis/core/registration"
import { CardNumbers, CareStatus } from "@kis/core/registry"
import { type Aggregate, type Id, Storage, StorageMemory } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const ports = Layer.mergeAll(StorageMemory.layer, CareStatus.layerMemory).pipe(
  Layer.provideMerge(Layer.mergeAll(Crypto.layerSeeded("life"), KeyRing.layerMemory(new Uint8Array(32).fill(5))))
)

type Service = Storage.Storage["Service"]

/**
 * A fresh register each time; every unit of work runs twice, so what is not safe to run again shows. `over`: who issues
 * the card numbers, and what Life is given for a storage.
 */
export const layerOf = (
  options: Storage.LayerOptions,
  over: {
    readonly cards?: Layer.Layer<CardNumbers.CardNumbers, never, Crypto.Crypto>
    readonly storage?: (storage: Service) => Service
  } = {}
) =>
  Layer.fresh(
    Life.layer().pipe(
      Layer.provide(Layer.effect(Storage.Storage, Effect.map(Storage.Storage, over.storage ?? ((storage) => storage)))),
      Layer.provideMerge(Layer.mergeAll(Audit.layer, Outbox.layer, over.cards ?? CardNumbers.layerSimulator("life"))),
      Layer.provideMerge(Storage.layer(Register.aggregates, options)),
      Layer.provideMerge(ports)
    )
  )

export const layer = layerOf({ rehearse: true })

export const actor = { kind: "officer", id: "417" } as const

export const order = (key: string): Life.Order => ({ key, actor })

export const phone = PhoneNumber.PhoneNumber.make("+6281299000001")

/** The card of a person in these tests: the last digits of their id. */
export const cardOf = (ref: Id.Id) => ParticipantNumber.ParticipantNumber.make(`00${ref.slice(-11)}`)

/** Puts a family with its memberships on the register, everybody known to the hospitals as not in treatment. */
export const settle = Effect.fnUntraced(function* (family: Family.Family) {
  const storage = yield* Storage.Storage
  const life = yield* Life.Life
  const wards = yield* CareStatus.MemoryWards
  yield* storage.transaction(
    Effect.forEach(family.members, ({ membership, ref }) =>
      membership === undefined
        ? Effect.void
        : storage.insert(Membership.aggregate, { ...membership, card: cardOf(ref) })
    )
  )
  for (const { ref } of family.members) yield* wards.discharge(cardOf(ref))
  const { members, revision: _, ...card } = family
  return yield* life.enrol(
    {
      ...card,
      phone,
      members: members.map(({ account: _account, care: _care, membership: _membership, ...person }) => person)
    },
    order(`enrol ${members[0]?.ref}`)
  )
})

export const all = <A, U extends string, B extends string, O, X>(aggregate: Aggregate.Aggregate<A, U, B, O, X>) =>
  Effect.gen(function* () {
    const storage = yield* Storage.Storage
    const page = yield* storage.snapshot(storage.scan(aggregate, "id", {} as never, { limit: 1000 }))
    return page.rows.map((row) => row.value)
  })

/** A family without what only a register adds: rows, cards, account ids, what the hospitals said. */
export const bare = ({ members, ...card }: Family.Family) => {
  const { phone: _, ...rest } = card as typeof card & { readonly phone?: unknown }
  return {
    ...rest,
    members: members.map(({ care: _care, membership, row: _row, ...person }) => {
      if (membership === undefined) return person
      const { account: _account, card: _card, follows: _follows, ...kept } = membership
      return { ...person, membership: kept }
    })
  }
}
