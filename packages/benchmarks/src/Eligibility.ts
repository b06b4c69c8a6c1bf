/**
 * Decisions a second, with reasons and trace, one core: ours, and thirty rules that decide the same in two rules
 * engines.
 *
 *     node src/Eligibility.ts [people of ours] [people of the engines]
 *
 * One line of JSON a measurement, after all have given the same answers about the same people.
 */
import { Eligibility, Precedence } from "@kis/core/eligibility"
import * as People from "./People.ts"
import * as JsonRulesEngine from "./rules/JsonRulesEngine.ts"
import * as ThirtyRules from "./rules/ThirtyRules.ts"
import * as Zen from "./rules/Zen.ts"

// --- models ---

/** What one line of the output holds. */
export interface Measurement {
  readonly name: string
  readonly decisionsPerSecond: number
}

// --- deciding ---

const asOf = { appliesOn: People.day, knownOn: People.day }

const ours = (facts: Parameters<typeof Eligibility.evaluate>[0]) => Eligibility.traced(facts, asOf)

/** Every ground that fits, the chosen one first. */
const answerOf = ({ decision, trace }: ReturnType<typeof ours>): string => {
  const fitting = trace.filter(({ tree }) => tree.answer === "yes").map(({ ground }) => ground)
  const answer = ThirtyRules.answerOf(fitting, Precedence.national)
  const { choice } = decision
  const chosen = choice._tag === "Chosen" ? choice.ground : choice._tag === "NoneFits" ? "none" : "undecided"
  return answer.split(" ")[0] === chosen ? answer : `${chosen}, of ${answer}`
}

/** As many people at a time as serve an engine best. */
const engines = [
  { name: "json-rules-engine", decide: JsonRulesEngine.make(ThirtyRules.rules), atOnce: 1 },
  { name: "@gorules/zen-engine", decide: Zen.make(ThirtyRules.rules), atOnce: 64 }
] as const

// --- measuring ---

const [many = 1_000_000, few = 4000] = process.argv.slice(2).map(Number)

if (ThirtyRules.rules.length !== 30) throw new Error(`There are ${ThirtyRules.rules.length} rules, not thirty.`)

const people = Array.from({ length: many }, (_, no) => People.facts(no))
const others = Array.from({ length: Math.floor(many / 5) }, (_, no) => People.facts(many + no))
const given = people.slice(0, few).map(ThirtyRules.given)
const answers = people.slice(0, few).map((facts) => answerOf(ours(facts)))
for (const { decide, name } of engines) {
  for (const [no, one] of given.entries()) {
    const answer = ThirtyRules.answerOf(await decide(one), Precedence.national)
    if (answer !== answers[no]) {
      throw new Error(`${name} answers "${answer}" and we "${answers[no]}" about ${JSON.stringify(people[no])}`)
    }
  }
}

const print = (name: string, decisions: number, began: number) => {
  const measurement: Measurement = { name, decisionsPerSecond: (decisions * 1000) / (performance.now() - began) }
  console.log(JSON.stringify(measurement))
}

for (const facts of others) ours(facts)
{
  const began = performance.now()
  let reasons = 0
  for (const facts of people) {
    const { decision, trace } = ours(facts)
    reasons += decision.reasons.length + trace.length
  }
  print("@kis/core", many, began)
  if (reasons < many) throw new Error("A decision has no reason.")
}

// What was checked above has warmed the engines up.
for (const { atOnce, decide, name } of engines) {
  const began = performance.now()
  for (let no = 0; no < given.length; no += atOnce) await Promise.all(given.slice(no, no + atOnce).map(decide))
  print(name, given.length, began)
}
