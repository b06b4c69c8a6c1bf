/** Whom to tell about somebody: on their own phone, on another of the same registration, or on the helper's. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Participant from "../../deduplication/Participant.ts"
import * as RegistrationRecord from "../../registration/RegistrationRecord.ts"
import type { Storage } from "../../storage/Storage.ts"

export const recordOf = Effect.fnUntraced(function* (storage: Storage["Service"], command: string) {
  return Option.getOrUndefined(yield* storage.findBy(RegistrationRecord.aggregate, "command", command))
})

export const phoneOf = Effect.fnUntraced(function* (
  storage: Storage["Service"],
  { person, reference }: Participant.Participant
) {
  if (person.phone !== undefined) return person.phone
  return RegistrationRecord.familyPhone((yield* recordOf(storage, RegistrationRecord.commandOf(reference)))?.value)
})
