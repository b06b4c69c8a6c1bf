/**
 * What the command line is made of, for programs that bring files onto a register themselves.
 *
 * @since 0.1.0
 */
export * as Database from "./Database.ts"
export * as ExitCode from "./ExitCode.ts"
export * as FactsLine from "./intake/FactsLine.ts"
export * as IntakeFile from "./intake/IntakeFile.ts"
export * as IntakeError from "./intake/IntakeError.ts"
export * as Main from "./Main.ts"
export * as OutputError from "./OutputError.ts"
export * as Progress from "./Progress.ts"
export * as RejectsFile from "./RejectsFile.ts"
export * as ResultFile from "./ResultFile.ts"
export * as ResidentFile from "./intake/ResidentFile.ts"
