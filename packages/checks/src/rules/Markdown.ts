/**
 * Markdown as the rule pages write it.
 */

/** A table. Cells are put on one line, and a bar in them does not end them. */
export const table = (
  head: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>
): ReadonlyArray<string> => [
  `| ${head.join(" | ")} |`,
  `|${head.map(() => "---").join("|")}|`,
  ...rows.map((row) => `| ${row.map(cell).join(" | ")} |`),
  ""
]

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ")

/** Text from elsewhere, so that the site does not read it as a tag. */
export const plain = (text: string): string => text.replaceAll("<", "&lt;")

export const code = (text: string): string => `\`${text.replaceAll("`", "'")}\``

/** A value of a case as YAML writes it on one line, cut where it gets long. */
export const flow = (value: unknown, length = 240): string => {
  const whole = flowOf(value)
  return whole.length <= length ? whole : `${whole.slice(0, length)}…`
}

const flowOf = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(flowOf).join(", ")}]`
  if (typeof value !== "object" || value === null) return String(value)
  const fields = Object.entries(value).map(([name, inner]) => `${name}: ${flowOf(inner)}`)
  return `{ ${fields.join(", ")} }`
}

/** A heading whose anchor is the same in both languages. */
export const heading = (level: number, text: string, anchor: string): ReadonlyArray<string> => [
  `${"#".repeat(level)} ${plain(text)} {#${anchor.toLowerCase()}}`,
  ""
]
