/**
 * The page of one group of rules: for each rule what it says, its numbers by date, the
 * sentences that stand on it and the golden cases that pin it.
 */
import { Ways } from "@kis/core/channel"
import { Precedence, Rules } from "@kis/core/eligibility"
import { Segment } from "@kis/core/identity"
import { Machine } from "@kis/core/membership"
import { type Citation, Dated, National, type Policy, PolicyText, Reason, type Rule } from "@kis/core/policy"
import type * as Golden from "@kis/testkit/golden"
import { code, flow, heading, plain, table } from "./Markdown.ts"
import { layers, type Material, parametersOf, reasonsOf } from "./Material.ts"
import { effective, pins, say } from "./Words.ts"

type Language = Reason.Language

// --- the page ---

export const groupPage = (group: Rule.Group, material: Material, language: Language): ReadonlyArray<string> => [
  `# ${group.title[language]}`,
  "",
  ...table(
    [say("rule", language), say("says", language), say("confidence", language), say("goldenCases", language)],
    group.rules.map((rule) => [
      `[${rule.id}](#${rule.id.toLowerCase()})`,
      plain(rule.title[language]),
      PolicyText.confidence(rule.confidence, language),
      String(casesOf(rule, material).length)
    ])
  ),
  ...group.rules.flatMap((rule) => section(rule, material, language))
]

export const casesOf = (rule: Rule.Rule, { cases }: Material): ReadonlyArray<Golden.Placed> =>
  cases.filter((_) => _.case.rule === rule.id)

const section = (rule: Rule.Rule, material: Material, language: Language): ReadonlyArray<string> => [
  ...heading(2, `${rule.id}: ${rule.title[language]}`, rule.id),
  `- ${say("source", language)}: ${cited(rule.citation)}`,
  `- ${say("confidence", language)}: ${PolicyText.confidence(rule.confidence, language)}`,
  `- ${say("section", language)}: ${rule.where}`,
  ...apart(rule, material, language),
  "",
  ...(rule.id === "PRECEDENCE" ? precedence(language) : []),
  ...(rule.id === "STATES" ? machine(language) : []),
  ...numbers(parametersOf(rule.id), language),
  ...sentences(reasonsOf(rule.id), rule.id, language),
  ...cases(casesOf(rule, material), language)
]

const cited = ({ seen, source }: Citation.Citation): string =>
  plain(seen === undefined ? source : `${source} (${seen})`)

const apart = (rule: Rule.Rule, { notRules }: Material, language: Language): ReadonlyArray<string> =>
  notRules.filter((_) => _.rule === rule.id).map(({ why }) => `- ${say("notRule", language)}: ${plain(why)}`)

// --- numbers ---

export const numbers = (names: ReadonlyArray<Policy.ParameterName>, language: Language): ReadonlyArray<string> =>
  names.flatMap((name) => {
    const { history, title, unit: of } = National.policy.parameters[name]
    return [
      `**${title[language]}** (${say("parameter", language)} ${code(name)}, ${PolicyText.unit(of, language)})`,
      "",
      ...entries(history, of, language),
      ...layers.flatMap((layer) => {
        const own = layer.parameters[name]
        const title = say("layer", language, { name: layer.name, version: layer.version })
        return own === undefined ? [] : [`${title}:`, "", ...entries(own, of, language)]
      })
    ]
  })

const entries = (history: Dated.Dated<unknown>, of: Policy.Unit, language: Language): ReadonlyArray<string> => {
  const notes = history.flatMap((entry) => (entry.note === undefined ? [] : [{ entry, note: entry.note }]))
  return [
    ...table(
      (["from", "to", "value", "knownSince", "writtenIn", "confidence", "verifiedThrough"] as const).map((label) =>
        say(label, language)
      ),
      history.map((entry) => [
        entry.appliesFrom,
        entry.appliesTo ?? "",
        Dated.isKnown(entry)
          ? PolicyText.value(entry.value, of, language)
          : `${say("notKnown", language)}: ${plain(entry.unknown[language])}`,
        entry.announcedAt,
        cited(entry.citation),
        PolicyText.confidence(entry.citation.confidence, language),
        Dated.isKnown(entry) ? (entry.verifiedThrough ?? "") : ""
      ])
    ),
    ...(notes.length === 0
      ? []
      : [
          `${say("notes", language)}:`,
          "",
          ...notes.map(({ entry, note }) => `- ${entry.appliesFrom}: ${plain(note)}`),
          ""
        ])
  ]
}

// --- sentences ---

export const sentences = (
  codes: ReadonlyArray<Reason.ReasonCode>,
  anchor: string,
  language: Language
): ReadonlyArray<string> =>
  codes.length === 0
    ? []
    : [
        ...heading(3, say("sentences", language), `${anchor}-sentences`),
        ...table(
          (["code", "sentence", "writtenIn", "confidence", "nextStep"] as const).map((label) => say(label, language)),
          codes.map((of) => {
            const { action, citation, [language]: sentence } = Reason.entry(of)
            const { confidence: sure } = citation
            // the separator of thousands is for machines
            const shown = sentence.replace(/\{(\w+):[.,]\}/g, "{$1}")
            return [
              code(of),
              plain(shown),
              cited(citation),
              PolicyText.confidence(sure, language),
              plain(Ways.step(action, language))
            ]
          })
        )
      ]

// --- golden cases ---

const cases = (of: ReadonlyArray<Golden.Placed>, language: Language): ReadonlyArray<string> => {
  const [first] = of
  if (first === undefined) return []
  const kinds = (["holds", "fails", "boundary"] as const).map((kind) => ({
    kind,
    found: of.filter((_) => _.case.pins === kind)
  }))
  const counts = kinds.map(({ found, kind }) => `${pins[kind][language].toLowerCase()} ${found.length}`).join(", ")
  return [
    ...heading(3, say("goldenCases", language), `${first.case.rule}-cases`),
    `::: details ${of.length}: ${counts}`,
    ...kinds.flatMap(({ found, kind }) => [
      "",
      `**${pins[kind][language]}**`,
      "",
      ...found.map((_) => caseLine(_, language))
    ]),
    ":::",
    ""
  ]
}

const caseLine = ({ case: one, file }: Golden.Placed, language: Language): string => {
  const known = one.known === undefined ? "" : `, ${say("knownSince", language).toLowerCase()} ${one.known}`
  const layer = one.layer === undefined ? "" : `, ${one.layer}`
  return (
    `- ${plain(one.name)} (${one.on}${known}${layer}): ${code(one.ask)} ${code(flow(one.given))} → ` +
    `${code(flow(one.expect))}. *${plain(one.citation)}*, ${code(file.slice(file.lastIndexOf("/") + 1))}`
  )
}

// --- precedence ---

const precedence = (language: Language): ReadonlyArray<string> => [
  ...heading(3, say("precedence", language), "precedence-order"),
  ...table(
    ["", say("ground", language), say("segment", language), ""],
    Precedence.national.map((ground, i) => {
      const segment = Rules.segmentOf(ground)
      return [String(i + 1), code(ground), segment, Segment.name(segment, language)]
    })
  )
]

// --- the state machine ---

const machine = (language: Language): ReadonlyArray<string> => [
  ...heading(3, say("machine", language), "state-machine"),
  "```mermaid",
  Machine.diagram(language).trimEnd(),
  "```",
  "",
  ...table(
    [say("state", language), "", say("covered", language)],
    Machine.State.literals.map((state) => [
      code(state),
      Machine.name(state, language),
      say(Machine.covers(state) ? "yes" : "no", language)
    ])
  ),
  ...heading(3, say("moves", language), "moves"),
  ...table(
    [
      ...(["from", "move", "to", "when", "segment", "effective", "endsCover"] as const).map((label) =>
        say(label, language)
      ),
      say("writtenIn", language)
    ],
    alike(Machine.edges).map(({ edge, from }) => [
      from.map(code).join(" "),
      code(edge.trigger),
      edge.to === "previous" ? say("previous", language) : code(edge.to),
      plain(edge.when[language]),
      edge.segments?.join(", ") ?? "",
      effective(edge.effective, language),
      say(edge.endsCover ? "yes" : "no", language),
      permission(edge)
    ])
  )
]

const permission = ({ reason }: Machine.Edge) => {
  const { citation } = Reason.entry(reason)
  return `${citation.rule ?? ""} ${cited(citation)}`.trim()
}

/** Edges that differ only in where they come from, together. */
const alike = (
  edges: ReadonlyArray<Machine.Edge>
): ReadonlyArray<{ readonly edge: Machine.Edge; readonly from: ReadonlyArray<Machine.State> }> => {
  const groups = new Map<string, { readonly edge: Machine.Edge; readonly from: Array<Machine.State> }>()
  for (const edge of edges) {
    const key = JSON.stringify({ ...edge, from: undefined })
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { edge, from: [edge.from] })
    else group.from.push(edge.from)
  }
  return [...groups.values()]
}
