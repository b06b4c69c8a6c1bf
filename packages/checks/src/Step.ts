/**
 * A check is a named function that returns what is wrong, in sentences; none is a pass.
 */

// --- models ---

export interface Report {
  /** What is wrong, ready to print; empty when nothing is. */
  readonly problems: ReadonlyArray<string>
  /** What was looked at, "14 projects": a check that saw nothing must not look like a pass. */
  readonly saw: string
  /** A table or remark to print even when all is well. */
  readonly notes?: string
}

export interface Step {
  readonly name: string
  readonly title: string
  readonly run: () => Promise<Report>
}

export interface Outcome {
  readonly step: Step
  readonly report: Report
  readonly seconds: number
}

// --- running ---

/** Runs one step; a crash of the check itself is a problem like any other. */
export const perform = async (step: Step): Promise<Outcome> => {
  const start = performance.now()
  const report = await step.run().catch((cause: unknown): Report => ({
    problems: [cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)],
    saw: "nothing: the check itself failed"
  }))
  return { step, report, seconds: (performance.now() - start) / 1000 }
}

// --- showing ---

export const render = ({ report, seconds, step }: Outcome): string => {
  const mark = report.problems.length === 0 ? "ok  " : "FAIL"
  const head = `${mark} ${step.name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${step.title}: ${report.saw}`
  return [head, ...report.problems, ...(report.notes === undefined ? [] : [report.notes])].join("\n")
}
