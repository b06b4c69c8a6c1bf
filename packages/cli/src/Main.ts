/**
 * The program `kis`: runs a command line and answers with an exit code.
 *
 * Every failure is one sentence on standard error. Logs go there too, from warnings up unless
 * `--log-level` says otherwise; standard output holds results only.
 *
 * @since 0.1.0
 */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { CliConfig, CliOutput, Command, GlobalFlag } from "effect/cli"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as References from "effect/References"
import { createRequire } from "node:module"
import * as ExitCode from "./ExitCode.ts"
import { endingOf } from "./Failure.ts"
import * as Kis from "./Kis.ts"

// --- running ---

/**
 * Runs one command line, without the name of the program, and gives its exit code.
 *
 * @category running
 * @since 0.1.0
 */
export const run = (args: ReadonlyArray<string>): Effect.Effect<number> =>
  Command.runWith(Kis.command, { version: version(), renderErrors: true })(args).pipe(
    Effect.exit,
    Effect.flatMap((exit) => {
      if (Exit.isSuccess(exit)) return Effect.succeed(ExitCode.code("Done"))
      const ending = endingOf(exit.cause)
      return Effect.as(
        ending.sentence === undefined ? Effect.void : Console.error(ending.sentence),
        ExitCode.code(ending.exit)
      )
    }),
    Effect.provide(
      Layer.mergeAll(
        NodeServices.layer,
        Layer.succeed(Logger.LogToStderr, true),
        Layer.succeed(References.MinimumLogLevel, "Warn"),
        CliConfig.layer({ builtIns: GlobalFlag.BuiltIns.filter((_) => _ !== GlobalFlag.Wizard) }),
        CliOutput.layerPresenter(presenter)
      )
    )
  )

/**
 * Runs the command line of this process and ends it.
 *
 * The first Ctrl-C stops after the batch in hand, the second at once; what is committed stays whole
 * either way.
 *
 * @category running
 * @since 0.1.0
 */
export const main = (): void => {
  // Whoever reads our output may stop reading, as `head` does; that is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 6))
  const fiber = Effect.runFork(run(process.argv.slice(2)))
  let signals = 0
  const stop = () => {
    signals++
    if (signals > 1) process.exit(ExitCode.code("Stopped"))
    Effect.runFork(Fiber.interrupt(fiber))
  }
  process.on("SIGINT", stop)
  process.on("SIGTERM", stop)
  fiber.addObserver((exit) => {
    process.exitCode = Exit.isSuccess(exit) ? exit.value : ExitCode.code(endingOf(exit.cause).exit)
    process.off("SIGINT", stop)
    process.off("SIGTERM", stop)
  })
}

// --- private ---

const version = (): string => {
  const manifest: unknown = createRequire(import.meta.url)("../package.json")
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "0"
}

// A wrong command line gets its one sentence from `run`, not a page of help above it.
const presenter: CliOutput.Presenter = {
  present: (event) => (event._tag === "InvalidInvocation" ? Effect.void : CliOutput.defaultPresenter.present(event))
}
