/**
 * What the `kis` command answers to the shell.
 *
 * Rows that can't be registered are an answer, not a failure of the command: they are in the rejects
 * file, and `register` still ends with 0.
 *
 * @since 0.1.0
 */

// --- models ---

/**
 * One exit code each, with the sentence that `--help` shows.
 *
 * @category models
 * @since 0.1.0
 */
export const meanings = {
  Done: { code: 0, text: "done; rows that were refused are in the rejects file" },
  Defect: { code: 1, text: "a mistake in kis itself; please report it" },
  Usage: { code: 2, text: "the command line is not right" },
  Input: { code: 3, text: "the input file can't be used; nothing was changed" },
  Storage: { code: 4, text: "the database can't be opened or written; what was committed stays" },
  Keys: { code: 5, text: "the key file can't be used" },
  Output: { code: 6, text: "a result file can't be written" },
  Negative: {
    code: 7,
    text: "the answer is no: not a NIK, not the same decision, a golden case that failed, a policy with faults, or a register that was tampered with"
  },
  Stopped: { code: 130, text: "stopped by Ctrl-C after the batch in hand; the same command continues" }
} as const

/**
 * @category models
 * @since 0.1.0
 */
export type ExitCode = keyof typeof meanings

// --- reading ---

/**
 * The number for the shell.
 *
 * @category reading
 * @since 0.1.0
 */
export const code = (self: ExitCode): number => meanings[self].code

/**
 * The table that `--help` prints.
 *
 * @category reading
 * @since 0.1.0
 */
export const help: string = [
  "Exit codes:",
  ...Object.values(meanings).map((_) => `  ${String(_.code).padStart(3)}  ${_.text}`)
].join("\n")
