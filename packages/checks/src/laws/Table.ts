/**
 * Laws by adapter, and laws by defect, as text.
 */
import type { AdapterResult, PortResult } from "./Port.ts"

const marks = { holds: "holds", skipped: "-", broken: "BROKEN" } as const

export const tablesOf = (result: PortResult): string => [byAdapter(result), byDefect(result)].join("\n\n")

// --- private ---

const byAdapter = ({ adapters, port }: PortResult): string => {
  const names = [...new Set(adapters.flatMap((_) => _.laws.map(({ law }) => law)))]
  const cell = ({ laws }: AdapterResult, name: string): string => {
    const outcome = laws.find((_) => _.law === name)
    return outcome === undefined ? "not run" : marks[outcome.result]
  }
  const remarks = adapters.map(({ adapter, capabilities, laws, missing }) => {
    if (missing !== undefined) return `${adapter}: NOT RUN, ${missing}`
    const count = (result: string) => laws.filter((_) => _.result === result).length
    const declared = Object.entries(capabilities as Record<string, unknown>).map(([name, value]) => `${name} ${value}`)
    const promise = declared.length === 0 ? "" : `; declares ${declared.join(", ")}`
    return `${adapter}: ${count("holds")} hold, ${count("skipped")} not asked, ${count("broken")} broken${promise}`
  })
  return [
    table(
      [`${port}, by adapter`, ...adapters.map((_) => _.adapter)],
      names.map((name) => [name, ...adapters.map((adapter) => cell(adapter, name))])
    ),
    ...remarks
  ].join("\n")
}

const byDefect = ({ defects, port }: PortResult): string => {
  const laws = [...new Set(defects.map((_) => _.law))]
  const rows = laws.flatMap((law) =>
    defects
      .filter((_) => _.law === law)
      .map(({ caught, defect }, i) => [i === 0 ? law : "", defect, caught ? "caught" : "MISSED"])
  )
  const caught = defects.filter((_) => _.caught).length
  return `${table([`${port}, by defect`, "defect", ""], rows)}\n${caught} of ${defects.length} defects caught, by ${laws.length} laws`
}

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)))
  const line = (row: ReadonlyArray<string>) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join("  ")
      .trimEnd()
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n")
}
