/**
 * A deterministic simulator: the real services of the register, on machines that crash, with clocks
 * that are wrong, behind a connection that fails, with a world outside that fails too. One seed
 * drives all of it: time, who goes on next, what goes wrong, and what clients ask for. A seed that
 * ends badly is told with the few commands that are enough for it.
 *
 * @since 0.1.0
 */
import { StorageMemory, StorageAdapter } from "@kis/core/storage"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Layer from "effect/Layer"
import * as Dice from "./Dice.ts"
import * as Acts from "./internal/simulator/acts.ts"
import * as Bugs from "./internal/simulator/bugs.ts"
import * as ClearCrypto from "./internal/simulator/clearCrypto.ts"
import * as Fate from "./internal/simulator/fate.ts"
import * as Kernel from "./internal/simulator/kernel.ts"
import * as Laws from "./internal/simulator/laws.ts"
import * as Machine from "./internal/simulator/machine.ts"
import * as Outside from "./internal/simulator/outside.ts"
import * as Script from "./internal/simulator/script.ts"
import * as Town from "./internal/simulator/town.ts"

// --- models ---

/**
 * The invariants that every run is held to, once everything has come to rest.
 *
 * @category models
 * @since 0.1.0
 */
export const laws: ReadonlyArray<Laws.Law> = Laws.names

/**
 * A broken invariant, and by what.
 *
 * @category models
 * @since 0.1.0
 */
export type Violation = Laws.Violation

/**
 * Mistakes that can be planted, to see that the simulator finds them.
 *
 * @category models
 * @since 0.1.0
 */
export type Bug = Bugs.Name

/**
 * @category models
 * @since 0.1.0
 */
export const bugs = Object.keys(Bugs.bugs) as ReadonlyArray<Bug>

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** How many commands a script has; 200 when left out. */
  readonly commands?: number
  /** Only these commands of the script, by their numbers. */
  readonly only?: ReadonlyArray<number>
  /** Whether calls fail, machines crash and clocks are wrong; true when left out. */
  readonly faults?: boolean
  readonly bug?: Bug
  /** A store to run on, empty; a memory of its own when left out. */
  readonly store?: Layer.Layer<StorageAdapter.StorageAdapter, unknown>
}

/**
 * What one seed came to. `seen` counts what happened: commands by kind and answer, faults by name.
 *
 * @category models
 * @since 0.1.0
 */
export interface Outcome {
  readonly seed: number
  readonly violations: ReadonlyArray<Violation>
  readonly turns: number
  readonly seen: ReadonlyMap<string, number>
}

/**
 * A seed that ended badly, with as few commands of its script as still end badly.
 *
 * @category models
 * @since 0.1.0
 */
export interface Failure {
  readonly seed: number
  readonly options: Options
  readonly violations: readonly [Violation, ...ReadonlyArray<Violation>]
  readonly commands: ReadonlyArray<string>
}

// --- running ---

/**
 * Runs one seed.
 *
 * @category running
 * @since 0.1.0
 */
export const run = async (seed: number, options: Options = {}): Promise<Outcome> => {
  const isFaulty = options.faults ?? true
  const dice = Dice.make(seed)
  const kernel = Kernel.make(Dice.make(seed ^ 0x3c6ef372), START)
  const fate = Fate.make(seed, kernel, isFaulty)
  const bug: Bugs.Bug = options.bug === undefined ? Bugs.none : Bugs.bugs[options.bug]
  const outside = Outside.make({
    kernel,
    fails: fate.fails,
    isResident: Town.isResident,
    idempotentChannel: dice.roll(2) === 0
  })
  const setting: Acts.Setting = {
    bug,
    outside,
    turn: kernel.turn,
    spans: new Map(),
    cards: new Map(),
    payers: new Map()
  }
  const skews = Array.from({ length: Script.MACHINES }, () => (isFaulty ? dice.pick(SKEWS) : 0))
  const violations: Array<Violation> = []
  const seen = new Map<string, number>()
  const count = (what: string) => void seen.set(what, (seen.get(what) ?? 0) + 1)

  const scripted = Script.write(seed, options.commands ?? 200)
  const only = options.only === undefined ? undefined : new Set(options.only)
  const script = scripted.filter(({ _tag, number }) => (only?.has(number) ?? true) && (isFaulty || _tag !== "Crash"))
  const waiting = Array.from({ length: Script.CLIENTS }, (_, client) => script.filter((it) => it.client === client))
  const attempts = new Map<number, number>()
  const answers: Array<Acts.Answer> = []
  const unanswered: Array<Script.Command> = []
  const busy = new Map<number, Script.Command>()

  const memory = StorageMemory.make()
  const adapter = await Effect.runPromise(
    Effect.provide(StorageAdapter.StorageAdapter, options.store ?? StorageMemory.layerOf(memory)).pipe(Effect.orDie)
  )
  const site: Machine.Site = {
    kernel,
    fate,
    outside,
    adapter,
    memory,
    isLocal: options.store === undefined,
    crypto: ClearCrypto.make(Dice.make(seed ^ 0x1b873593)),
    dice,
    bug
  }
  const machines: Array<Machine.Running> = []

  // a machine that finds no store when it starts is started again
  const boot = async (machine: number, left = 20): Promise<void> => {
    const exit = await kernel.freely(Machine.start(site, machine, skews[machine] ?? 0))
    if (Exit.isSuccess(exit)) machines[machine] = exit.value
    else if (left > 0) await boot(machine, left - 1)
    else throw new Error(`A machine did not start: ${Cause.pretty(exit.cause)}`)
  }

  const attemptOf = (command: Script.Command): Effect.Effect<Acts.Answer, unknown> => {
    const attempt = attempts.get(command.number) ?? 0
    attempts.set(command.number, attempt + 1)
    const machine = machines[Script.machineOf(command.client)]
    if (machine === undefined) return Effect.die(new Error("There is no such machine"))
    return Effect.provideService(machine.run<Acts.Answer, unknown>(Acts.act(setting, command, attempt)), Fate.Doing, {
      number: command.number,
      attempt
    })
  }

  const answered = (command: Script.Command, exit: Exit.Exit<Acts.Answer, unknown>): boolean => {
    if (Exit.isSuccess(exit)) {
      answers.push(exit.value)
      count(`${command._tag} ${exit.value._tag}`)
      return true
    }
    if (Cause.hasDies(exit.cause)) {
      violations.push({
        law: "every command is answered",
        detail: `#${command.number} died: ${Cause.pretty(exit.cause).split("\n", 2).join(" ")}`
      })
      return true
    }
    count(`${command._tag} unanswered`)
    return false
  }

  const next = (client: number): void => {
    const [command, ...rest] = waiting[client] ?? []
    if (command === undefined) return
    waiting[client] = rest
    perform(client, command)
  }

  const perform = (client: number, command: Script.Command): void => {
    const machine = Script.machineOf(client)
    busy.set(client, command)
    kernel.park(machine, () => {
      if (command._tag === "Wait") kernel.pass(command.millis)
      if (command._tag === "Crash") {
        crashed = command.machine
        count("Crash")
      }
      kernel.start(attemptOf(command), (exit) => {
        if (busy.get(client) !== command) return
        if (answered(command, exit) || (attempts.get(command.number) ?? 0) > PATIENCE) {
          if (Exit.isFailure(exit) && !Cause.hasDies(exit.cause)) unanswered.push(command)
          busy.delete(client)
          next(client)
        } else {
          perform(client, command)
        }
      })
    })
  }

  // a machine that crashes loses what it was doing; its clients ask again once it is up
  let crashed: number | undefined
  const recover = async (machine: number) => {
    crashed = undefined
    kernel.lose(machine)
    const old = machines[machine]
    await boot(machine)
    if (options.store !== undefined && old !== undefined) await kernel.freely(old.close)
    for (const [client, command] of busy) {
      if (Script.machineOf(client) !== machine) continue
      if (command._tag === "Wait" || command._tag === "Crash") {
        busy.delete(client)
        next(client)
      } else {
        perform(client, command)
      }
    }
  }

  for (let machine = 0; machine < Script.MACHINES; machine++) await boot(machine)
  for (let client = 0; client < Script.CLIENTS; client++) next(client)
  while (true) {
    await kernel.turns(() => crashed !== undefined)
    if (crashed === undefined) break
    await recover(crashed)
  }

  // everything works again: whoever has no answer asks once more, and what is in the outbox goes out
  fate.spare()
  for (const command of unanswered) {
    const exit = await kernel.freely(attemptOf(command))
    if (!answered(command, exit)) {
      const why = Exit.isFailure(exit) ? Cause.pretty(exit.cause).split("\n", 1).join() : ""
      violations.push({ law: "every command is answered", detail: `#${command.number} is not: ${why}` })
    }
  }
  const last = machines[0]
  if (last === undefined) throw new Error("There is no machine")
  for (let i = 0; i < ROUNDS; i++) {
    kernel.pass(A_ROUND)
    await kernel.freely(last.run<unknown, unknown>(Acts.dispatch))
  }
  const found = await kernel.freely(last.run(Laws.check({ answers, spans: setting.spans, outside })))
  if (Exit.isSuccess(found)) violations.push(...found.value)
  else {
    violations.push({ law: "no orphan", detail: `the register cannot be read: ${Cause.pretty(found.cause)}` })
  }
  for (const machine of machines) await kernel.freely(machine.close)
  for (const [fault, times] of fate.met) seen.set(fault, times)
  return { seed, violations, turns: kernel.turn(), seen }
}

/**
 * Runs seeds one after another until one ends badly, and gives that one, made small.
 *
 * @category running
 * @since 0.1.0
 */
export const search = async (
  seeds: { readonly from: number; readonly to: number },
  options: Options = {}
): Promise<Failure | undefined> => {
  for (let seed = seeds.from; seed < seeds.to; seed++) {
    const { violations } = await run(seed, options)
    if (violations.length > 0) return await shrink(seed, options)
  }
  return undefined
}

/**
 * Leaves out commands for as long as the seed still breaks the same invariant: first halves, then ever
 * smaller parts, then single ones. Undefined when the seed ends well.
 *
 * @category running
 * @since 0.1.0
 */
export const shrink = async (seed: number, options: Options = {}): Promise<Failure | undefined> => {
  const whole = await run(seed, options)
  const [law] = whole.violations
  if (law === undefined) return undefined
  const fails = async (only: ReadonlyArray<number>, faults: boolean) => {
    const { violations } = await run(seed, { ...options, only, faults })
    return violations.some((it) => it.law === law.law) ? violations : undefined
  }
  const scripted = Script.write(seed, options.commands ?? 200)
  let kept: ReadonlyArray<number> = options.only ?? scripted.map(({ number }) => number)
  let violations: ReadonlyArray<Violation> = whole.violations
  let faults = options.faults ?? true
  if (faults) {
    const without = await fails(kept, false)
    if (without !== undefined) {
      faults = false
      violations = without
    }
  }
  // a command that was needed may not be once others are gone: until a whole pass leaves nothing out
  for (let before = Number.POSITIVE_INFINITY; kept.length < before;) {
    before = kept.length
    for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < kept.length;) {
        const rest = [...kept.slice(0, at), ...kept.slice(at + size)]
        const still = await fails(rest, faults)
        if (still === undefined) {
          at += size
        } else {
          kept = rest
          violations = still
        }
      }
    }
  }
  const [first = law, ...more] = violations
  const commands = scripted.filter(({ number }) => kept.includes(number)).map(Script.show)
  return { seed, options: { ...options, only: kept, faults }, violations: [first, ...more], commands }
}

/**
 * A failure in words: what broke, by which commands, and how to run it again.
 *
 * @category running
 * @since 0.1.0
 */
export const report = ({ commands, options, seed, violations }: Failure): string => {
  const { store: _, ...again } = options
  return [
    `seed ${seed}: ${violations.length} broken`,
    ...violations.slice(0, 5).map(({ detail, law }) => `  ${law}: ${detail}`),
    `by ${commands.length} commands:`,
    ...commands.map((command) => `  ${command}`),
    `again: Simulator.run(${seed}, ${JSON.stringify(again)})`
  ].join("\n")
}

// --- private ---

const START = Date.UTC(2026, 1, 2, 2)
/** Longer, all rounds together, than the worst clock is ahead. */
const A_ROUND = 12 * 3_600_000
/** How often a client asks again by itself. */
const PATIENCE = 3
/** How many rounds the outbox has to become empty. */
const ROUNDS = 10
/** By how much clocks are wrong: mostly not, sometimes by more than a lease. */
const SKEWS: readonly [number, ...ReadonlyArray<number>] = [0, 0, 0, 1_500, -90_000, 90_000, 86_400_000]
