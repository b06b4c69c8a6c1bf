/**
 * The rooms that are mutated, and the tests that have to notice.
 */

export const rooms = ["eligibility", "contribution", "membership"] as const

export type Room = (typeof rooms)[number]

/** Modules of a room: everything that decides something. */
export const modulesOf = (room: Room): ReadonlyArray<string> => [
  `packages/core/src/${room}/**/*.ts`,
  // Only `export * as X from "./X.ts"`.
  `!packages/core/src/${room}/index.ts`
]

/** A room's own tests, and the golden cases: those of other rooms would notice late what these must notice. */
export const testsOf = (room: Room): ReadonlyArray<string> => [
  `packages/core/test/${room}/**/*.test.ts`,
  "packages/core/test/golden/**/*.test.ts",
  "packages/testkit/test/**/Golden*.test.ts"
]

export const roomOf = (file: string): Room | undefined => rooms.find((room) => file.includes(`/src/${room}/`))
