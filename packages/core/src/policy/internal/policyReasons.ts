import { cite } from "../Citation.ts"
import type { Entry } from "../Reason.ts"

/** What is said of the policy itself, beside what a rule says. */
export const catalogue = {
  FromLayer: {
    id: "Nilai aturan {rule} berasal dari aturan tambahan {layer}, bukan dari aturan nasional.",
    en: "The value of rule {rule} is that of the layer {layer}, not of the national rules.",
    citation: cite("This project's policy", "high", { rule: "LAYER" }),
    action: "object"
  }
} as const satisfies Record<string, Entry>
