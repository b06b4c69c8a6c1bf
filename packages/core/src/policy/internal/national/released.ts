import type { Entry } from "../../Dated.ts"
import type { Parameters, Policy } from "../../Policy.ts"
import { belonging } from "./belonging.ts"
import { contributions } from "./contributions.ts"

/** What a version did not hold has no entries in it: a rule that needs it answers unknown. */
const withoutEntries = (parameters: Parameters): Parameters =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, { ...parameter, history: [] }])
  ) as unknown as Parameters

/** The first version left the end of class III's half-year of 2020 open. */
const { appliesTo: _, ...openHalfYear } = contributions.selfPayThird.history[4]
const thirdClass = contributions.selfPayThird.history.map((entry: Entry<unknown>) =>
  entry === contributions.selfPayThird.history[4] ? openHalfYear : entry
) as Parameters["selfPayThird"]["history"]

/** The versions of the national policy before this one, oldest first, as they were released. */
export const released = (now: Parameters): ReadonlyArray<Policy> => [
  {
    version: "national-2026.02",
    parameters: {
      ...withoutEntries(now),
      ...belonging,
      ...contributions,
      selfPayThird: { ...contributions.selfPayThird, history: thirdClass }
    }
  }
]
