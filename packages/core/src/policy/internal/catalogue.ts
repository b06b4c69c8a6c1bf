import type { Entry, ReasonCode } from "../Reason.ts"
import { catalogue as life } from "./lifeReasons.ts"
import { catalogue as membership } from "./membershipReasons.ts"
import { catalogue as money } from "./moneyReasons.ts"
import { catalogue as policies } from "./policyReasons.ts"
import { catalogue as decisions } from "./reasons.ts"

/** The text, law and next step of every code. */
export const catalogue: { readonly [C in ReasonCode]: Entry } = {
  ...decisions,
  ...money,
  ...membership,
  ...life,
  ...policies
}
