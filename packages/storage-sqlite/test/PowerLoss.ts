/**
 * Cuts of power, on copies of the files: the write-ahead log ends at any byte, its last sectors are there in part,
 * old bytes stand behind the new ones, a checkpoint has written some of its pages. Each copy is opened by the adapter
 * and must hold what was acknowledged by then and nothing else.
 *
 * That what is acknowledged was on the disk is what `synchronous=FULL` asks of the system: a copy of a file does not
 * show it.
 */
import * as Crash from "@kis/testkit/crash"
import { Dice } from "@kis/testkit"
import type { StorageError } from "@kis/core/storage"
import * as Effect from "effect/Effect"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import * as Place from "./Place.ts"

// --- models ---

/** Where a log ended when a household was acknowledged. */
interface Mark {
  readonly household: number
  readonly end: number
}

/** One life of the log, from one start at its first byte to the next. */
interface Generation {
  /** The database as the checkpoint before left it. */
  readonly database: Buffer
  /** What stood in the log before: the new bytes are written over it. */
  readonly older: Buffer
  readonly marks: Array<Mark>
  /** The log, and the database, after the last mark. */
  log: Buffer
  after: Buffer
}

const damages = ["cut", "zeros", "noise", "older", "torn", "checkpoint"] as const
type Damage = (typeof damages)[number]

export interface Options {
  readonly folder: string
  readonly cuts: number
  readonly seed: number
  readonly households?: number
  /** To show that a loss is found: takes each household for acknowledged before it is in the log. */
  readonly early?: boolean
}

// --- simulating ---

export const simulate = Effect.fnUntraced(function* (options: Options) {
  const { cuts, folder, seed } = options
  const dice = Dice.make(seed)
  const generations = yield* write(options)
  const counts: Record<Damage, number> = { cut: 0, zeros: 0, noise: 0, older: 0, torn: 0, checkpoint: 0 }
  const findings: Array<Crash.Finding> = []
  for (let i = 0; i < cuts; i++) {
    const number = dice.roll(generations.length)
    const damage = damages[dice.roll(damages.length)]!
    counts[damage]++
    const before = generations.slice(0, number).flatMap((_) => _.marks.map((mark) => mark.household))
    const copy = damaged(generations[number]!, damage, dice)
    const book = Crash.emptyBook()
    for (const household of [...before, ...copy.acknowledged]) book.acknowledged.add(household)
    for (const household of [...book.acknowledged, ...copy.begun]) book.begun.add(household)
    const found = yield* look(join(folder, "copy"), copy, book).pipe(
      Effect.catch((error) => Effect.succeed([{ _tag: "Lost" as const, detail: `it does not open: ${error.message}` }]))
    )
    for (const { _tag, detail } of found) {
      findings.push({ _tag, detail: `${detail}, generation ${number + 1}, ${damage} at ${copy.at}` })
    }
  }
  const households = generations.reduce((sum, _) => sum + _.marks.length, 0)
  return { households, generations: generations.length, ...counts, findings }
})

// --- private ---

const HOUSEHOLDS = 90
const CHECKPOINT_EVERY = 25
const SECTOR = 512
const PAGE = 4096
const LOG_HEADER = 32
const FRAME = 24 + PAGE

/** Registers one household after another and copies the files as they go. */
const write = Effect.fnUntraced(function* ({ early = false, folder, households = HOUSEHOLDS }: Options) {
  const path = join(folder, "register.db")
  const generations: Array<Generation> = []
  const book = Crash.emptyBook()
  const register = Crash.layer(Place.ports(path))
  // made and closed: what follows is written to a database that is there
  yield* Effect.provide(Crash.countPeople, register)
  const made = readFileSync(path)
  yield* Effect.gen(function* () {
    let current: Generation | undefined
    for (let household = 1; household <= households; household++) {
      const from = current === undefined ? 0 : endOf(current.log)
      yield* Crash.work(book, 1, [household])
      const log = readFileSync(`${path}-wal`)
      if (current === undefined || saltOf(log) !== saltOf(current.log)) {
        const database: Buffer = current?.after ?? made
        current = { database, older: current?.log ?? Buffer.alloc(0), marks: [], log, after: database }
        generations.push(current)
      }
      current.marks.push({ household, end: early ? Math.min(from, endOf(log)) : endOf(log) })
      current.log = log
      // the adapter's own comes after 64 MB of log
      if (household % CHECKPOINT_EVERY === 0) checkpoint(path)
      current.after = readFileSync(path)
    }
  }).pipe(Effect.provide(register))
  return generations
})

const checkpoint = (path: string): void => {
  const other = new DatabaseSync(path)
  try {
    other.exec("pragma wal_checkpoint(passive)")
  } finally {
    other.close()
  }
}

interface Copy {
  readonly database: Buffer
  readonly log: Buffer
  /** What must be there of this generation. */
  readonly acknowledged: ReadonlyArray<number>
  /** What may be there. */
  readonly begun: ReadonlyArray<number>
  readonly at: number
}

const damaged = (generation: Generation, damage: Damage, dice: Dice.Dice): Copy => {
  const { after, database, log, marks, older } = generation
  const end = endOf(log)
  const upTo = (at: number) => marks.filter((mark) => mark.end <= at).map((mark) => mark.household)
  if (damage === "checkpoint") {
    // pages in any order, some not yet: the log is whole until all of them are on the disk
    const length = dice.roll(2) === 0 ? database.length : after.length
    const mixed = Buffer.alloc(length)
    for (let page = 0; page < length; page += PAGE) {
      const [first, second] = dice.roll(2) === 0 ? [database, after] : [after, database]
      ;(page < first.length ? first : second).copy(mixed, page, page, page + PAGE)
    }
    const all = upTo(end)
    return { database: mixed, log, acknowledged: all, begun: all, at: length }
  }
  if (damage === "torn") {
    // the last commit was under way: its sectors are there in any choice
    const last = dice.roll(marks.length)
    const from = last === 0 ? 0 : marks[last - 1]!.end
    const to = Math.max(from, marks[last]!.end)
    const torn = Buffer.concat([log.subarray(0, from), Buffer.alloc(to - from)])
    for (let sector = from; sector < to; sector += SECTOR) {
      if (dice.roll(8) > 0) log.copy(torn, sector, sector, Math.min(sector + SECTOR, to))
    }
    const begun = upTo(to)
    return { database, log: torn, acknowledged: upTo(from), begun, at: from }
  }
  const at = dice.roll(end + 1)
  const whole = upTo(at)
  return { database, log: Buffer.concat([log.subarray(0, at), tail(damage)]), acknowledged: whole, begun: whole, at }

  function tail(kind: "cut" | "zeros" | "noise" | "older"): Buffer {
    if (kind === "cut") return Buffer.alloc(0)
    if (kind === "zeros") return Buffer.alloc(end - at)
    if (kind === "older") return older.subarray(at)
    return Buffer.from(Array.from({ length: Math.min(end - at, 2 * FRAME) }, () => dice.roll(256)))
  }
}

const look = Effect.fnUntraced(function* (
  folder: string,
  copy: Copy,
  book: Crash.Book
): Effect.fn.Return<ReadonlyArray<Crash.Finding>, StorageError.StorageError> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const path = join(folder, "register.db")
  writeFileSync(path, copy.database)
  writeFileSync(`${path}-wal`, copy.log)
  return yield* Effect.provide(Crash.verifyAll(book), Crash.layer(Place.ports(path)))
})

const saltOf = (log: Buffer): string => log.toString("hex", 16, 24)

/** Behind the last frame of this life of the log; what follows is older. */
const endOf = (log: Buffer): number => {
  let end = LOG_HEADER
  while (end + FRAME <= log.length && log.toString("hex", end + 8, end + 16) === saltOf(log)) end += FRAME
  return end
}
