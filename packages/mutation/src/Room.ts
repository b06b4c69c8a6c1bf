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

/**
 * A room's own tests, its laws over generated people, and the golden cases: others would notice late what these must
 * notice. In the order in which they are run.
 */
export const testsOf = (room: Room): ReadonlyArray<string> => [
  `packages/core/test/${room}/*.test.ts`,
  "packages/mutation/src/Cases.test.ts",
  ...laws[room]
]

export const roomOf = (file: string): Room | undefined => rooms.find((room) => file.includes(`/src/${room}/`))

// --- private ---

const laws: { readonly [R in Room]: ReadonlyArray<string> } = {
  eligibility: ["packages/testkit/test/Announcement.test.ts", "packages/testkit/test/Eligibility.test.ts"],
  contribution: [],
  // Without LifeDefects: it plants its own.
  membership: [
    "packages/core/test/membership/life/{Family,Life,LifeAllowed,LifePlan,LifePlanWork,Decree,DecreeRun,LifeModel,LifeStore}.test.ts"
  ]
}
