/** Whom to tell about somebody: on their own phone, on another of the same registration, or on the helper's. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Participant from "../../deduplication/Participant.ts"
import type { PhoneNumber } from "../../identity/PhoneNumber.ts"
import * as RegistrationRecord from "../../registration/RegistrationRecord.ts"
import type { Storage } from "../../storage/Storage.ts"

export const recordOf = Effect.fnUntraced(function* (storage: Storage["Service"], command: string) {
  return Option.getOrUndefined(yield* storage.findBy(RegistrationRecord.aggregate, "command", command))
})

export const fallbackOf = (record: RegistrationRecord.RegistrationRecord | undefined): PhoneNumber | undefined =>
  record?.phones[0] ?? record?.help[0]?.helper.phone

export const phoneOf = Effect.fnUntraced(function* (
  storage: Storage["Service"],
  { person, reference }: Participant.Participant
) {
  if (person.phone !== undefined) return person.phone
  return fallbackOf((yield* recordOf(storage, RegistrationRecord.commandOf(reference)))?.value)
})
