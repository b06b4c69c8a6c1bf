import type { Entry } from "../Reason.ts"

/** What an event of life changes. Read through `Reason`. */
export const catalogue = {} as const satisfies Record<string, Entry>
