/**
 * What a failed command says, in one sentence, and with which code it ends.
 *
 * @since 0.1.0
 */
import type { Backup, Checkpoint } from "@kis/core/audit"
import type { Registration } from "@kis/core/registration"
import type { StorageError } from "@kis/core/storage"
import type { FileKeyRing } from "@kis/crypto-node"
import * as Cause from "effect/Cause"
import { CliError } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { ExitCode } from "./ExitCode.ts"
import type { IntakeError } from "./intake/IntakeError.ts"
import type { OutputError } from "./OutputError.ts"

// --- models ---

/**
 * How a command ends. Without a sentence, everything was said already.
 *
 * @category models
 * @since 0.1.0
 */
export interface Ending {
  readonly exit: ExitCode
  readonly sentence?: string
}

/**
 * What can go wrong in a command without anybody having made a mistake in the program.
 *
 * @category models
 * @since 0.1.0
 */
export type Expected =
  | IntakeError
  | OutputError
  | StorageError.StorageError
  | StorageError.UniqueViolation
  | Registration.Refused
  | FileKeyRing.KeyRingError
  | Checkpoint.CheckpointUnusable
  | Backup.BackupUnusable
  | Backup.RegisterMoved
  | Backup.TargetInUse
  | Backup.CopyDiffers
  | CommandFailed

// --- errors ---

/**
 * A command that ends with another code than 0. Without a sentence it has printed its answer.
 *
 * @category errors
 * @since 0.1.0
 */
export class CommandFailed extends Schema.TaggedError<CommandFailed>("@kis/cli/CommandFailed")("CommandFailed", {
  exit: Schema.Literals(["Usage", "Input", "Storage", "Keys", "Output", "Negative"]),
  sentence: Schema.optionalKey(Schema.String)
}) {
  override get message() {
    return this.sentence ?? "The command has given its answer."
  }
}

// --- constructors ---

/**
 * Gives the failures of a command their sentence and exit code.
 *
 * @category constructors
 * @since 0.1.0
 */
export const settle = <A, E extends Expected, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, CommandFailed, R> =>
  Effect.mapError(effect, fromExpected)

// --- reading ---

/**
 * The ending for a cause. A mistake in the program itself is named by its kind only: its text may quote
 * what was read.
 *
 * @category reading
 * @since 0.1.0
 */
export const endingOf = (cause: Cause.Cause<unknown>): Ending => {
  if (Cause.hasInterruptsOnly(cause)) return { exit: "Stopped" }
  const error = Cause.squash(cause)
  if (error instanceof CommandFailed) {
    return error.sentence === undefined ? { exit: error.exit } : { exit: error.exit, sentence: error.sentence }
  }
  if (CliError.isCliError(error)) return usage(error)
  return {
    exit: "Defect",
    sentence: `kis stopped because of a mistake in itself (${placeOf(error)}); please report it.`
  }
}

// --- private ---

// The first frame of the stack: its line of the program, never the text of the error.
const placeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error
  const frame = /([\w.-]+\.[jt]s:\d+):\d+\)?$/m.exec(error.stack?.split("\n    at ").slice(1).join("\n") ?? "")?.[1]
  return frame === undefined ? error.name : `${error.name} at ${frame}`
}

const fromExpected = (error: Expected): CommandFailed => {
  switch (error._tag) {
    case "CommandFailed":
      return error
    case "IntakeError":
    case "KeyReused":
    case "NotAllowed":
    case "CheckpointUnusable":
    case "BackupUnusable":
      return new CommandFailed({ exit: "Input", sentence: error.message })
    case "OutputError":
      return new CommandFailed({ exit: "Output", sentence: error.message })
    case "StorageError":
    case "UniqueViolation":
    case "RegisterMoved":
    case "TargetInUse":
    case "CopyDiffers":
      return new CommandFailed({ exit: "Storage", sentence: error.message })
    case "KeyRingError":
      return new CommandFailed({ exit: "Keys", sentence: error.message })
  }
}

const usage = (error: CliError.CliError): Ending => {
  if (error._tag === "ShowHelp" && error.errors.length === 0) return { exit: "Usage" }
  const errors = error._tag === "ShowHelp" ? error.errors : [error]
  const path = error._tag === "ShowHelp" ? error.commandPath.join(" ") : "kis"
  const sentence = errors.map((_) => _.message.replaceAll(/\s*\n\s*/g, " ").replace(/[.\s]+$/, "")).join("; ")
  // A number that was put in the wrong place may be somebody's.
  return {
    exit: "Usage",
    sentence: `${sentence.replaceAll(/\d{13,}/g, "****")}. Run \`${path} --help\` to see how it is used.`
  }
}
