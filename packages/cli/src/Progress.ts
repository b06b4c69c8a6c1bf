/**
 * How far a long job has come: a bar on a terminal, a plain line now and then elsewhere.
 *
 * It goes to standard error, so that standard output holds results only.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

// --- models ---

/**
 * Where progress is shown. `process.stderr` is one.
 *
 * @category models
 * @since 0.1.0
 */
export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly write: (text: string) => unknown
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Progress {
  /** So many of the total are done; the note is shown beside it. */
  readonly update: (done: number, note: string) => Effect.Effect<void>
  /** Takes the bar off the screen, before other text is written. */
  readonly clear: Effect.Effect<void>
}

/**
 * @category models
 * @since 0.1.0
 */
export interface Options {
  readonly total: number
  /** What is counted: "rows". */
  readonly unit: string
  readonly screen: Screen
}

// --- constructors ---

/**
 * A bar that is drawn at most ten times a second, or a line for each tenth of the whole.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (options: Options): Effect.Effect<Progress> =>
  Effect.map(Clock.currentTimeMillis, (start) => (options.screen.isTTY ? bar(options, start) : plain(options, start)))

/**
 * Shows nothing.
 *
 * @category constructors
 * @since 0.1.0
 */
export const silent: Progress = { update: () => Effect.void, clear: Effect.void }

// --- rules ---

/**
 * One line: share, count, rate and the time that is left, as far as they are known.
 *
 * @example
 * Progress.text({ done: 500, total: 1000, unit: "rows", seconds: 2 }) // "50% 500/1,000 rows, 250/s, 2 s left"
 *
 * @category rules
 * @since 0.1.0
 */
export const text = (at: {
  readonly done: number
  readonly total: number
  readonly unit: string
  readonly seconds: number
}): string => {
  const share = at.total === 0 ? 100 : Math.floor((at.done / at.total) * 100)
  const count = `${share}% ${at.done.toLocaleString("en")}/${at.total.toLocaleString("en")} ${at.unit}`
  if (at.seconds <= 0 || at.done === 0) return count
  const rate = at.done / at.seconds
  return `${count}, ${Math.round(rate).toLocaleString("en")}/s, ${left((at.total - at.done) / rate)} left`
}

// --- private ---

const frameMillis = 100
const barLength = 24

const bar = ({ screen, total, unit }: Options, start: number): Progress => {
  let drawnAt = -Infinity
  return {
    update: Effect.fnUntraced(function* (done: number, note: string) {
      const now = yield* Clock.currentTimeMillis
      if (now - drawnAt < frameMillis && done < total) return
      drawnAt = now
      const full = total === 0 ? barLength : Math.floor((Math.min(done, total) / total) * barLength)
      const drawn = `[${"#".repeat(full)}${".".repeat(barLength - full)}]`
      const line = `${drawn} ${text({ done, total, unit, seconds: (now - start) / 1000 })}  ${note}`
      screen.write(`\r\x1b[2K${line.slice(0, (screen.columns ?? 80) - 1)}`)
    }),
    clear: Effect.sync(() => {
      if (drawnAt > -Infinity) screen.write("\r\x1b[2K")
    })
  }
}

const plain = ({ screen, total, unit }: Options, start: number): Progress => {
  let tenths = 0
  return {
    update: Effect.fnUntraced(function* (done: number, note: string) {
      const reached = total === 0 ? 10 : Math.floor((done / total) * 10)
      if (reached <= tenths) return
      tenths = reached
      const now = yield* Clock.currentTimeMillis
      screen.write(`${text({ done, total, unit, seconds: (now - start) / 1000 })}  ${note}\n`)
    }),
    clear: Effect.void
  }
}

const left = (seconds: number) =>
  seconds < 60
    ? `${Math.ceil(seconds)} s`
    : seconds < 3600
      ? `${Math.ceil(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`
