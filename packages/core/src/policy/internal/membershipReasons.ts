import type { Entry } from "../Reason.ts"

/** Why a membership moves, waits or stays. Read through `Reason`. */
export const catalogue = {} as const satisfies Record<string, Entry>
