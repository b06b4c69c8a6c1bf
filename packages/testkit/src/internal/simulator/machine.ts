/** A machine of the office: every service of the register on the common store, until it crashes. */
import { FirstPayments, Withdrawals } from "@kis/core/application"
import type { Audit } from "@kis/core/audit"
import { Life } from "@kis/core/membership"
import { Dispatch, MessageChannel } from "@kis/core/messaging"
import { Crypto, KeyRing } from "@kis/core/privacy"
import { Register, type Registration } from "@kis/core/registration"
import { CardNumbers, CareStatus, PopulationRegistry } from "@kis/core/registry"
import { Storage, StorageAdapter, type StorageMemory } from "@kis/core/storage"
import { Verification } from "@kis/core/verification"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as References from "effect/References"
import * as Scope from "effect/Scope"
import * as Faults from "../../Faults.ts"
import * as StoreCalls from "../storeCalls.ts"
import type { Dice } from "../../Dice.ts"
import type { Bug } from "./bugs.ts"
import type { Fate } from "./fate.ts"
import type { Kernel } from "./kernel.ts"
import type { Outside } from "./outside.ts"

// --- models ---

export type Services =
  | Storage.Storage
  | Audit.Audit
  | Registration.Registration
  | Life.Life
  | FirstPayments.FirstPayments
  | Withdrawals.Withdrawals
  | Verification.Verification
  | Dispatch.Dispatch

export interface Running {
  readonly run: <A, E>(effect: Effect.Effect<A, E, Services>) => Effect.Effect<A, E>
  readonly close: Effect.Effect<void>
}

export interface Site {
  readonly kernel: Kernel
  readonly fate: Fate
  readonly outside: Outside
  readonly adapter: StorageAdapter.StorageAdapter["Service"]
  /** Whether the store answers without leaving this process: then nobody has to be waited for. */
  readonly isLocal: boolean
  readonly dice: Dice
  /** What the store holds when it is a memory; a planted mistake needs it. */
  readonly memory: StorageMemory.Memory
  readonly crypto: Crypto.Crypto["Service"]
  readonly bug: Bug
}

// --- constructors ---

/** Starts the services of a machine, whose clock is wrong by `skew` milliseconds. */
export const start = (site: Site, machine: number, skew: number): Effect.Effect<Running, unknown> =>
  Effect.gen(function* () {
    const { bug, kernel } = site
    const scope = yield* Scope.make()
    const enter = site.fate.enter(machine)
    const ports = Layer.mergeAll(
      Layer.succeed(Crypto.Crypto, site.crypto),
      KeyRing.layerMemory(new Uint8Array(32).fill(9)),
      Layer.succeed(StorageAdapter.StorageAdapter, behindGates(site, machine)),
      Layer.succeed(PopulationRegistry.PopulationRegistry, {
        ...site.outside.population,
        match: (queries) => enter(site.outside.population.match(queries))
      }),
      Layer.succeed(CardNumbers.CardNumbers, { issue: (_) => enter(site.outside.cardNumbers.issue(_)) }),
      Layer.succeed(CareStatus.CareStatus, bug.care({ ask: (_) => enter(site.outside.care.ask(_)) })),
      Layer.succeed(
        MessageChannel.MessageChannel,
        bug.channel({ ...site.outside.channel, send: (_) => enter(site.outside.channel.send(_)) })
      )
    )
    const services = Layer.mergeAll(
      Life.layer(),
      FirstPayments.layer(),
      Withdrawals.layer(),
      Verification.layer(),
      Dispatch.layer({ concurrency: 2 })
    ).pipe(
      Layer.provideMerge(Register.layer()),
      Layer.provideMerge(Storage.layer(Register.aggregates)),
      Layer.provide(ports),
      Layer.fresh
    )
    const clock = kernel.clock(machine, skew)
    const built = yield* Effect.provideService(Layer.buildWithScope(services, scope), Clock.Clock, clock)
    const context = built.pipe(
      Context.add(Clock.Clock, clock),
      Context.add(Random.Random, randomOf(site.dice)),
      Context.add(References.TracerEnabled, false)
    )
    return {
      run: (effect) => Effect.provide(effect, context),
      close: really(site)(Scope.close(scope, Exit.void))
    }
  })

// --- private ---

const randomOf = (dice: Dice): Random.Random => ({
  nextIntUnsafe: () => dice.roll(0x1_0000_0000),
  nextDoubleUnsafe: () => dice.roll(0x1_0000_0000) / 0x1_0000_0000
})

/** A database lives in real time: while it works, nobody else has a turn, so that the same seed stays the same run. */
const really =
  ({ isLocal, kernel }: Site) =>
  <A, E, R>(act: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    isLocal
      ? act
      : Effect.suspend(() => {
          kernel.outside(1)
          return Effect.ensuring(
            Effect.provideService(act, Clock.Clock, realClock),
            Effect.sync(() => kernel.outside(-1))
          )
        })

const realClock = Context.get(Context.empty(), Clock.Clock)

/** The store as a machine sees it: each call waits for its turn, and the answer of a commit for another. */
const behindGates = (site: Site, machine: number): StorageAdapter.StorageAdapter["Service"] => {
  const { adapter, bug, fate, kernel } = site
  const enter = fate.enter(machine)
  const gated: StoreCalls.Through = (method, act) =>
    method === "commit" ? Effect.andThen(enter(act), (outcome) => Effect.as(kernel.gate(machine), outcome)) : enter(act)
  const later = (act: Effect.Effect<unknown, unknown>) =>
    kernel.park(machine, () => void kernel.start(act, () => undefined))
  const broken = {
    ...adapter,
    open: (declarations: ReadonlyArray<StorageAdapter.Declaration>) =>
      Effect.map(really(site)(adapter.open(declarations)), (store) => {
        const own = StoreCalls.put(store, (_, act) => really(site)(act))
        return { ...own, ...bug.store(own, site.memory, later) }
      })
  }
  const faulty = Faults.injected(broken, fate.plan, { slow: 70_000 })
  return { ...faulty, open: (declarations) => Effect.map(faulty.open(declarations), (_) => StoreCalls.put(_, gated)) }
}
