/** A house moved: the first facility goes along, from the first of the next month (FKTP). */
import * as Change from "../Change.ts"
import type { Of } from "../LifeEvent.ts"
import * as Machine from "../Machine.ts"
import type { Person, Scene } from "./scene.ts"
import { type Step, step } from "./steps.ts"
import { standingOf } from "./scene.ts"

export const facilityStep = (scene: Scene, person: Person, event: Of<"Move">): Step | undefined => {
  const { membership } = person.member
  if (event.facility === undefined || membership === undefined || !Machine.isLive(membership.state)) return undefined
  if (membership.facility === event.facility) return undefined
  const since = membership.facilitySince ?? membership.since
  const judged = Change.facility({ since, moved: true }, scene.asOf, scene.policy)
  const said = { to: standingOf(membership), reasons: judged.reasons }
  if (judged._tag !== "Allowed") {
    return step(scene, person, { ...said, kind: "stays", effectiveOn: scene.asOf.appliesOn })
  }
  const { effectiveOn, notes, papers } = judged
  return step(scene, person, {
    ...said,
    kind: "facility",
    effectiveOn,
    after: { ...membership, facility: event.facility, facilitySince: effectiveOn },
    notes,
    papers
  })
}
