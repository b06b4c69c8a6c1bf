import { cite } from "../Citation.ts"
import type { Entry } from "../Reason.ts"

/** The catalogue of reasons. Texts, law and next step; read through `Reason`. */
export const catalogue = {
  WageWorker: {
    id: "Bekerja dan menerima upah.",
    en: "Works for a wage.",
    citation: cite("UU 24/2011 art. 14-15", "high"),
    action: "ask-employer"
  }
} as const satisfies Record<string, Entry>
