/**
 * Writes docs/rules-and-sources.md from the policy, the reason catalogue, the precedence
 * and the channels. Nothing in that page is typed by hand; a test compares it.
 *
 * Run in packages/core: `pnpm exec node scripts/rules-and-sources.ts`
 */
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as Channel from "../src/channel/Channel.ts"
import * as Ways from "../src/channel/Ways.ts"
import * as Eligibility from "../src/eligibility/Eligibility.ts"
import * as Precedence from "../src/eligibility/Precedence.ts"
import * as Rules from "../src/eligibility/Rules.ts"
import * as Segment from "../src/identity/Segment.ts"
import { ActionId } from "../src/policy/ActionId.ts"
import type { Citation } from "../src/policy/Citation.ts"
import { type Dated, isKnown } from "../src/policy/Dated.ts"
import * as National from "../src/policy/National.ts"
import * as Policy from "../src/policy/Policy.ts"
import * as Reason from "../src/policy/Reason.ts"
import { make as day } from "../src/time/PlainDate.ts"

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => [
  `| ${head.join(" | ")} |`,
  `|${head.map(() => "---").join("|")}|`,
  ...rows.map((row) => `| ${row.map(cell).join(" | ")} |`),
  ""
]

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ")

const code = (text: string) => `\`${text}\``

const cited = ({ confidence, seen, source }: Citation): ReadonlyArray<string> => [source, confidence, seen ?? ""]

const written = (value: unknown): string => {
  if (typeof value === "number") return value.toLocaleString("en")
  if (typeof value === "string") return value
  if (typeof value === "boolean") return value ? "yes" : "no"
  if (Array.isArray(value)) return value.map(written).join("; ")
  if (typeof value !== "object" || value === null) return String(value)
  if ("payer" in value && "amount" in value) return `${written(value.amount)} (${written(value.payer)})`
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${written(inner)}`)
    .join(", ")
}

const parameters = (): ReadonlyArray<string> =>
  Policy.names(National.policy).flatMap((name) => {
    const { history, rule, title, unit } = National.policy.parameters[name]
    const entries: Dated<unknown> = history
    const notes = entries.flatMap((entry) =>
      entry.note === undefined ? [] : [`- From ${entry.appliesFrom}: ${entry.note}`]
    )
    return [
      `### ${title.en}`,
      "",
      `${title.id}. Rule ${rule}, parameter ${code(name)}${unit === "name" ? "" : `, in ${unit}`}.`,
      "",
      ...table(
        ["From", "To", "Value", "Known since", "Written in", "Confidence", "Seen", "Verified through"],
        entries.map((entry) => [
          entry.appliesFrom,
          entry.appliesTo ?? "",
          isKnown(entry) ? written(entry.value) : `not known: ${entry.unknown.en}`,
          entry.announcedAt,
          ...cited(entry.citation),
          isKnown(entry) ? (entry.verifiedThrough ?? "") : ""
        ])
      ),
      ...(notes.length === 0 ? [] : [...notes, ""])
    ]
  })

const precedence = (): ReadonlyArray<string> => [
  `${Precedence.citation.source}; confidence ${Precedence.citation.confidence}.`,
  "",
  ...table(
    ["", "Ground", "Segment", "Segmen", "In English"],
    Precedence.national.map((ground, i) => {
      const segment = Rules.segmentOf(ground)
      return [String(i + 1), code(ground), segment, Segment.name(segment, "id"), Segment.name(segment, "en")]
    })
  )
]

const reasons = (): ReadonlyArray<string> =>
  table(
    ["Code", "Indonesian", "English", "Rule", "Written in", "Confidence", "Seen", "Next step"],
    Reason.codes.map((reason) => {
      const { action, citation, en, id } = Reason.entry(reason)
      return [code(reason), id, en, citation.rule ?? "", ...cited(citation), code(action)]
    })
  )

// Any date does: a test proves that each step has such a way on every date.
const someDay = day("2026-02-02")

const steps = (): ReadonlyArray<string> =>
  table(
    ["Next step", "Indonesian", "English", "Ways without a smartphone", "Other ways"],
    ActionId.literals.map((action) => {
      const ways = Ways.waysFor(action, someDay)
      const named = (open: boolean) =>
        ways
          .filter((way) => Channel.isOpenToAll(way.channel) === open)
          .map((way) => Channel.get(way.channel).name.en)
          .join("; ")
      return [code(action), Ways.step(action, "id"), Ways.step(action, "en"), named(true), named(false)]
    })
  )

const channels = (): ReadonlyArray<string> =>
  table(
    ["Channel", "Saluran", "Needs", "Hours", "Address", "Certain since", "Written in", "Confidence", "Seen", "Note"],
    Channel.ids.map((id) => {
      const channel: Channel.Channel = Channel.get(id)
      return [
        channel.name.en,
        channel.name.id,
        channel.needs,
        hours(channel.hours),
        channel.address ?? "",
        channel.existsFrom ?? "",
        ...cited(channel.citation),
        channel.note ?? ""
      ]
    })
  )

const hours = (of: Channel.Hours): string => {
  switch (of._tag) {
    case "Always":
      return "at any hour"
    case "Office":
      return "office hours"
    case "Weekdays":
      return `Monday to Friday, ${clock(of.from)} to ${clock(of.to)}`
  }
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`

/** The text of the page; a test compares it with the committed one. */
export const generate = (): string =>
  [
    "<!-- Generated by packages/core/scripts/rules-and-sources.ts: do not edit. -->",
    "",
    "# Rules and sources",
    "",
    `Policy ${code(National.policy.version)}, rules version ${code(Eligibility.rulesVersion)}.`,
    "",
    "No official gazette was read end to end. Every number and every sentence below names the instrument it is",
    "ascribed to, where it was seen, and how sure we are. A value applies from a day and is known since a day; past",
    "the day through which it was verified the last value goes on applying, and each decision that used it says so.",
    "",
    "## Numbers of the law",
    "",
    ...parameters(),
    "## Which segment comes first",
    "",
    ...precedence(),
    "## What a decision says",
    "",
    ...reasons(),
    "## Next steps",
    "",
    ...steps(),
    "## Service channels",
    "",
    ...channels()
  ]
    .join("\n")
    .trimEnd()
    .concat("\n")

const target = fileURLToPath(new URL("../../../docs/rules-and-sources.md", import.meta.url))
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, generate())
