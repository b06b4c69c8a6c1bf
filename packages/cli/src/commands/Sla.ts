/**
 * `kis sla due`: which clocks of the state run out, the most urgent first.
 *
 * @since 0.1.0
 */
import { Register } from "@kis/core/registration"
import { type Clock, Clocks } from "@kis/core/sla"
import { Storage } from "@kis/core/storage"
import { PlainDate, Zone } from "@kis/core/time"
import * as EffectClock from "effect/Clock"
import { Command, Flag } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Database from "../Database.ts"
import * as ExitCode from "../ExitCode.ts"
import { settle } from "../Failure.ts"
import * as Flags from "../Flags.ts"

// --- commands ---

const due = Command.make(
  "due",
  {
    database: Flags.database,
    keys: Flags.keys,
    until: Flags.day("until").pipe(
      Flag.withDescription("Last day to list, included; a week ahead when left out"),
      Flag.optional
    ),
    office: Flag.String("office").pipe(
      Flag.withDescription("Only this office"),
      Flag.withMetavar("CODE"),
      Flag.optional
    ),
    zone: Flag.Literals("zone", Zone.Zone.literals).pipe(
      Flag.withDescription("Time zone of the days and hours shown"),
      Flag.withDefault("WIB")
    ),
    json: Flags.json
  },
  Effect.fn("kis sla due")(
    function* ({ json, office, until, zone }) {
      const clocks = yield* Clocks.Clocks
      const now = yield* EffectClock.currentTimeMillis
      const last = Option.getOrElse(until, () => PlainDate.addDays(PlainDate.fromInstant(now, zone), 7))
      const request = {
        until: PlainDate.toEpochMillis(PlainDate.addDays(last, 1), zone) - 1,
        limit: pageLength,
        ...Option.match(office, { onNone: () => ({}), onSome: (office) => ({ office }) })
      }
      let after: Storage.Cursor | undefined
      let count = 0
      let late = 0
      do {
        const page = yield* clocks.due({ ...request, after })
        for (const { id, value } of page.rows) {
          count++
          if (value.dueAt < now) late++
          yield* Console.log(json ? JSON.stringify({ id, ...value, late: value.dueAt < now }) : text(value, now, zone))
        }
        after = page.next
      } while (after !== undefined)
      if (!json) yield* Console.log(`${count} clocks due by ${last}, ${late} of them late`)
    },
    (effect, { database, keys }) =>
      Effect.provide(
        effect,
        Clocks.layer().pipe(
          Layer.provide(Storage.layer(Register.aggregates)),
          Layer.provide(Database.layerExisting(Database.placeOf(database, keys)))
        )
      ),
    settle
  )
).pipe(
  Command.withDescription(
    'Lists running clocks by due time. A target marked "house" is the office\'s own aim: no turnaround is published ' +
      `for registrations. With --json, one object a line.\n\n${ExitCode.help}`
  ),
  Command.withShortDescription("List the clocks that run out"),
  Command.withExamples([
    { command: "kis sla due --db sqlite:register.db", description: "What is due within a week, and what is late" },
    {
      command: "kis sla due --db sqlite:register.db --office 0903 --until 2026-12-31 --json",
      description: "For a program"
    }
  ])
)

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make("sla").pipe(
  Command.withDescription("Service levels: by when an answer is owed"),
  Command.withSubcommands([due])
)

// --- private ---

const pageLength = 500

const text = (clock: Clock.Clock, now: number, zone: Zone.Zone) => {
  const date = PlainDate.fromInstant(clock.dueAt, zone)
  const minutes = Math.floor((clock.dueAt - PlainDate.toEpochMillis(date, zone)) / 60_000)
  const hour = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`
  const marks = [
    clock.standing === "official" ? "official" : "house aim",
    ...(clock.estimate ? ["estimate"] : []),
    ...(clock.dueAt < now ? ["LATE"] : [])
  ]
  return `${date} ${hour} ${zone}  ${clock.office}  ${clock.kind}  ${clock.subject}  (${marks.join(", ")})`
}
