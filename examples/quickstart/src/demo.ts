/**
 * The main job, end to end: a file of households onto a register, notices to phones, phones that
 * answer, and a report of it all.
 *
 *     pnpm demo
 *
 * Everything is kept in `out/`, so a second run finds what the first one did and does nothing twice.
 * The civil register, the card issuer and the phones are simulated, each from the same seed in every run.
 */
import { Database, IntakeFile, OutputError, Progress, RejectsFile } from "@kis/cli"
import { Region } from "@kis/core/identity"
import { Bulk } from "@kis/core/intake"
import { Limits } from "@kis/core/otp"
import { Citation } from "@kis/core/policy"
import { Register } from "@kis/core/registration"
import { CardNumbers } from "@kis/core/registry"
import { Storage } from "@kis/core/storage"
import { PlainDate } from "@kis/core/time"
import { PhoneVerification } from "@kis/core/verification"
import { FileChannel } from "@kis/messaging-file"
import { Recorder } from "@kis/testkit"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { rename, writeFile } from "node:fs/promises"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import * as Folder from "./demo/Folder.ts"
import * as PhonesProcess from "./demo/PhonesProcess.ts"
import * as Replies from "./demo/Replies.ts"
import { serve } from "./demo/Serve.ts"
import * as Summary from "./demo/Summary.ts"
import { collect } from "./report/Collect.ts"
import { render } from "./report/Report.ts"
import * as Residents from "./world/Residents.ts"

// --- options ---

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const { values: given } = parseArgs({
  options: {
    data: { type: "string", default: here("../data") },
    out: { type: "string", default: here("../out") },
    seed: { type: "string", default: "2026" },
    /** A file for all that the run logs and traces, at every level. */
    trace: { type: "string" }
  }
})

const inOut = (name: string) => join(given.out, name)
const files = { outbox: inOut("outbox.jsonl"), inbox: inOut("inbox.jsonl") }

/** The day on which the file was handed in: its newborns are a few weeks old on it. */
const day = PlainDate.make("2026-11-24")

/** A code lives ten minutes; here it lives seconds, so that nobody has to wait for the late ones. */
const lifetime = 8_000
const limits: Limits.Table = {
  ...Limits.standard,
  lifetime: [
    {
      value: lifetime,
      appliesFrom: PlainDate.make("2025-08-01"),
      announcedAt: PlainDate.make("2025-08-01"),
      citation: Citation.cite("this demonstration", "high")
    }
  ]
}
const phones = { seed: given.seed, within: 4_000, lateAfter: lifetime + 1_500 }

// --- steps ---

const importing = Effect.fnUntraced(function* (intake: IntakeFile.IntakeFile) {
  const rejects = yield* RejectsFile.open(inOut("rejects.csv"), { unmask: false, on: day })
  const progress = yield* Progress.make({ total: intake.rowCount, unit: "rows", screen: process.stderr })
  const tally = yield* Bulk.importRows(IntakeFile.rows(intake), {
    digest: intake.digest,
    actor: { kind: "officer", id: "417" },
    office: "3671",
    on: day,
    batchPeople: 100,
    onBatch: ({ lines, tally }) =>
      Effect.andThen(
        rejects.add(
          lines.flatMap(({ household, outcome }) => (outcome._tag === "Rejected" ? [{ household, ...outcome }] : []))
        ),
        progress.update(tally.read, `registered ${tally.registered}`)
      )
  }).pipe(Effect.onExit(() => progress.clear))
  yield* rejects.finish
  return tally
}, Effect.scoped)

const reporting = Effect.fnUntraced(function* (lateCodes: number) {
  const data = yield* collect({ now: yield* Clock.currentTimeMillis, lateCodes })
  const path = inOut("report.html")
  const page = render(data, yield* Region.Regions)
  yield* attempt(path, () => writeFile(`${path}.part`, page).then(() => rename(`${path}.part`, path)))
  return { data, path: relative(process.cwd(), path) }
})

const demo = Effect.fnUntraced(function* (intake: IntakeFile.IntakeFile) {
  const tally = yield* importing(intake)
  const served = yield* Effect.scoped(
    Effect.andThen(
      PhonesProcess.run({ ...phones, ...files }),
      serve({ quiet: phones.lateAfter + 1_500, atMost: 55_000 })
    )
  )
  const replies = yield* Replies.keep(inOut("replies.json"), served.replies)
  const { data, path } = yield* reporting(replies.ended)
  yield* Console.log(Summary.write(tally, data, path))
})

// --- running ---

const attempt = <A>(path: string, act: () => Promise<A>) =>
  Effect.tryPromise({ try: act, catch: (cause) => OutputError.fromCause(path, cause) })

const main = Effect.gen(function* () {
  yield* Folder.make(given.out)
  const intake = yield* IntakeFile.open(join(given.data, "households.csv"))
  const residents = Residents.of(yield* Stream.runCollect(IntakeFile.rows(intake)), given.seed)
  const ports = Layer.mergeAll(
    Residents.layer(residents, { question: 4, asking: 40 }),
    CardNumbers.layerSimulator(given.seed),
    FileChannel.layer(files),
    Region.layer
  ).pipe(Layer.provideMerge(Database.layer({ path: inOut("register.sqlite") })))
  const register = PhoneVerification.layerMessages({ otp: { limits } }).pipe(
    Layer.provideMerge(Register.layer()),
    Layer.provideMerge(Storage.layer(Register.aggregates)),
    Layer.provideMerge(ports)
  )
  yield* demo(intake).pipe(Effect.provide(register))
})

/** One sentence, whatever went wrong; a mistake of our own is named by its kind, for its text may quote a row. */
const sentence = (cause: Cause.Cause<{ readonly message: string }>): string => {
  const failure = Cause.findErrorOption(cause)
  if (failure._tag === "Some") return failure.value.message
  const defect = Cause.squash(cause)
  return `The demo stopped because of a mistake in itself (${defect instanceof Error ? defect.name : typeof defect}).`
}

const traced = (path: string) => {
  const recorder = Recorder.make()
  return main.pipe(
    Effect.provide(recorder.layer),
    Effect.onExit(() => Effect.ignore(attempt(path, () => writeFile(path, recorder.text()))))
  )
}

NodeRuntime.runMain(
  (given.trace === undefined ? main : traced(given.trace)).pipe(
    Effect.tapCause((cause) => (Cause.hasInterruptsOnly(cause) ? Effect.void : Console.error(sentence(cause))))
  ),
  { disableErrorReporting: true }
)
