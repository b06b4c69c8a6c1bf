/**
 * A result file that can't be written.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { basename } from "node:path"

// --- errors ---

/**
 * The file can't be written. What was committed to the register stays; the same command writes the file again.
 *
 * @category errors
 * @since 0.1.0
 */
export class OutputError extends Schema.TaggedError<OutputError>("@kis/cli/OutputError")("OutputError", {
  file: Schema.String,
  problem: Schema.Literals(["NoFolder", "NotWritable", "Full", "Folder", "Failed"])
}) {
  override get message() {
    return `${this.file}: ${sentences[this.problem]}`
  }
}

// --- constructors ---

/**
 * From what the operating system said. Anything else is a mistake in the program and is thrown on.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromCause = (path: string, cause: unknown): OutputError => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined
  if (typeof code !== "string") throw cause
  return new OutputError({ file: basename(path), problem: problems[code] ?? "Failed" })
}

// --- private ---

const problems: Readonly<Record<string, OutputError["problem"]>> = {
  ENOENT: "NoFolder",
  ENOTDIR: "NoFolder",
  EACCES: "NotWritable",
  EPERM: "NotWritable",
  EROFS: "NotWritable",
  ENOSPC: "Full",
  EDQUOT: "Full",
  EISDIR: "Folder"
}

const sentences = {
  NoFolder: "the folder of this file does not exist; make it, or name another.",
  NotWritable: "this file can't be written here; name a folder that you may write to.",
  Full: "the disk is full; make room and run the same command again.",
  Folder: "this is a folder; name a file.",
  Failed: "writing this file failed; check the disk and run the same command again."
}
