import type { Id } from "@kis/core/storage"
import * as fc from "fast-check"
import { arbitrary } from "./families.ts"
import type { LawName, Life } from "./laws.ts"
import { commands, worldOf } from "./world.ts"

/** So many events a run has at most. */
export const longest = 50

/** Two families to whom things happen, one after another: `seen` counts what did, `asked` says which laws look on. */
export const lives = (life: Life, seen = new Map<string, number>(), asked?: ReadonlyArray<LawName>) =>
  fc.property(arbitrary(100), arbitrary(200), commands(longest), (one, other, of) => {
    fc.modelRun(
      () => ({ model: { owed: 0, dead: new Set<Id.Id>() }, real: worldOf(life, [one, other], seen, asked) }),
      of
    )
  })
