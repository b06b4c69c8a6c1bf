/**
 * The first of the rule pages, and that of next steps and service channels.
 */
import { Channel, Ways } from "@kis/core/channel"
import { Eligibility } from "@kis/core/eligibility"
import { ActionId, National, PolicyText, type Reason, Rule } from "@kis/core/policy"
import { PlainDate } from "@kis/core/time"
import { casesOf, numbers, sentences } from "./GroupPage.ts"
import { code, heading, plain, table } from "./Markdown.ts"
import { homeless, type Material } from "./Material.ts"
import { needs, say } from "./Words.ts"

type Language = Reason.Language

// --- the first page ---

export const firstPage = (material: Material, language: Language): ReadonlyArray<string> => [
  `# ${say("rulesAndSources", language)}`,
  "",
  say("version", language, { policy: code(National.policy.version), rules: code(Eligibility.rulesVersion) }),
  "",
  say("gazette", language),
  "",
  say("cases", language),
  "",
  ...table(
    [say("group", language), say("rules", language), "", say("goldenCases", language)],
    Rule.groups.map((group) => [
      `[${group.title[language]}](./${group.id})`,
      String(group.rules.length),
      group.rules.map((rule) => `[${rule.id}](./${group.id}#${rule.id.toLowerCase()})`).join(", "),
      String(group.rules.reduce((sum, rule) => sum + casesOf(rule, material).length, 0))
    ])
  ),
  `[${say("nextSteps", language)}](./next-steps)`,
  "",
  ...(homeless.parameters.length === 0 ? [] : heading(2, say("otherNumbers", language), "other-numbers")),
  ...numbers(homeless.parameters, language),
  ...(homeless.reasons.length === 0 ? [] : heading(2, say("others", language), "other")),
  ...sentences(homeless.reasons, "other", language)
]

// --- next steps and channels ---

// Any date does: a test proves that each step has such a way on every date.
const someDay = PlainDate.make("2026-02-02")

export const stepsPage = (language: Language): ReadonlyArray<string> => [
  `# ${say("nextSteps", language)}`,
  "",
  ...table(
    [say("nextStep", language), "", say("withoutSmartphone", language), say("otherWays", language)],
    ActionId.ActionId.literals.map((action) => {
      const ways = Ways.waysFor(action, someDay)
      const named = (open: boolean) =>
        ways
          .filter((way) => Channel.isOpenToAll(way.channel) === open)
          .map((way) => Channel.get(way.channel).name[language])
          .join("; ")
      return [code(action), plain(Ways.step(action, language)), named(true), named(false)]
    })
  ),
  ...heading(2, say("channels", language), "channels"),
  ...table(
    (["channel", "needs", "hours", "address", "certainSince", "writtenIn", "confidence", "seen", "note"] as const).map(
      (label) => say(label, language)
    ),
    Channel.ids.map((id) => {
      const channel: Channel.Channel = Channel.get(id)
      const { citation } = channel
      return [
        channel.name[language],
        needs(channel.needs, language),
        hours(channel.hours, language),
        channel.address ?? "",
        channel.existsFrom ?? "",
        plain(citation.source),
        PolicyText.confidence(citation.confidence, language),
        plain(citation.seen ?? ""),
        plain(channel.note ?? "")
      ]
    })
  )
]

const hours = (of: Channel.Hours, language: Language): string => {
  switch (of._tag) {
    case "Always":
      return say("anyHour", language)
    case "Office":
      return say("officeHours", language)
    case "Weekdays":
      return say("weekdays", language, { from: clock(of.from), to: clock(of.to) })
  }
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`
