import { background, cite } from "../../Citation.ts"
import type { Parameters } from "../../Policy.ts"
import { fromPerpres82, perpres82, verifiedThrough } from "./instruments.ts"

/** What people have to show who they are. */
export const identity = {
  identityCardAge: {
    rule: "NIK-7",
    title: { id: "Usia wajib KTP elektronik", en: "Age from which a person has an identity card" },
    unit: "years",
    history: [
      {
        ...perpres82,
        verifiedThrough,
        value: 17,
        citation: cite("UU 23/2006 jo UU 24/2013", "medium", {
          rule: "NIK-7",
          seen: `nkripost; "or married" is ${background}`
        }),
        note: `Who is or was married has one earlier. ${fromPerpres82}`
      }
    ]
  }
} as const satisfies Partial<Parameters>
