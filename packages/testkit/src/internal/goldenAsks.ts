import type { Ask } from "./goldenAsk.ts"
import { life } from "./goldenLife.ts"
import { membership } from "./goldenMembership.ts"
import { money } from "./goldenMoney.ts"
import { people } from "./goldenPeople.ts"

const all = { ...people, ...money, ...membership, ...life }

/** Every question that a golden case may ask. */
export const asks: { readonly [name: string]: Ask } = all

export const askNames: ReadonlyArray<string> = Object.keys(all)
