/**
 * The people on the register whom an application was found to name: which registration brought them, whether who
 * applies may know it, and what the holder is told when not.
 */
import * as Effect from "effect/Effect"
import type { Actor } from "../../access/Actor.ts"
import * as Consent from "../../access/Consent.ts"
import * as Permission from "../../access/Permission.ts"
import * as Participant from "../../deduplication/Participant.ts"
import * as Membership from "../../membership/Membership.ts"
import * as Message from "../../messaging/Message.ts"
import type { Id } from "../../storage/Id.ts"
import type { Storage } from "../../storage/Storage.ts"
import type { Command } from "../Command.ts"
import type * as Plan from "../Plan.ts"
import * as RegistrationRecord from "../RegistrationRecord.ts"

export interface Holder {
  /** None for who came otherwise: by an event of life. */
  readonly registration: Id | undefined
  readonly isStranger: boolean
  /** What is to be told; nothing when the holder was told today, or has no phone. */
  readonly notice: Message.Draft | undefined
}

interface Planned {
  readonly command: Command
  readonly plans: ReadonlyArray<Plan.Planned>
}

/** Looks up the holders of a wave, all in one go. */
export const makeHolders = (storage: Storage["Service"]) => {
  const lookUp = Effect.fnUntraced(function* (ids: ReadonlyArray<Id>) {
    const people = yield* storage.getMany(Participant.aggregate, ids)
    const live = yield* storage.findMany(Membership.aggregate, "liveOf", ids)
    const keys = [...people.values()].map(({ value }) => RegistrationRecord.commandOf(value.reference))
    const records = yield* storage.findMany(RegistrationRecord.aggregate, "command", [...new Set(keys)])
    const consents = yield* storage.getMany(
      Consent.aggregate,
      [...records.values()].flatMap(({ value }) => value.consent ?? [])
    )
    return (id: Id) => {
      const person = people.get(id)?.value
      const record = person && records.get(RegistrationRecord.commandOf(person.reference))
      const given = record?.value.consent === undefined ? undefined : consents.get(record.value.consent)
      return {
        registration: record?.id,
        by: record?.value.actor,
        owner: given?.value.giver ?? record?.value.actor,
        office: live.get(id)?.value.office ?? record?.value.office,
        phone: person?.person.phone ?? RegistrationRecord.familyPhone(record?.value)
      }
    }
  })

  return Effect.fnUntraced(function* (planned: ReadonlyArray<Planned>) {
    const ids = [...new Set(planned.flatMap(({ plans }) => plans.flatMap((plan) => holderIn(plan) ?? [])))]
    // most waves are of new people
    const known = ids.length === 0 ? undefined : yield* lookUp(ids)
    const found: Array<Map<Id, Holder>> = []
    for (const { command, plans } of planned) {
      const holders = new Map<Id, Holder>()
      for (const plan of known === undefined ? [] : plans) {
        const id = holderIn(plan)
        if (id === undefined || known === undefined) continue
        const { by, office, owner, phone, registration } = known(id)
        const isStranger = !(yield* mayLearn(command.actor, { by, office, owner }))
        // a near match without a NIK names nobody
        const isNamed = plan._tag === "Already" || (plan._tag === "Hold" && plan.comparison.nik === "same")
        holders.set(id, {
          registration,
          isStranger,
          notice:
            isStranger && isNamed && phone !== undefined
              ? noticeOf(id, command, phone, registration)
              : holders.get(id)?.notice
        })
      }
      found.push(holders)
    }
    const told = yield* storage.findMany(
      Message.aggregate,
      "dedupKey",
      found.flatMap((holders) => [...holders.values()].flatMap(({ notice }) => notice?.dedupKey ?? []))
    )
    return found.map(
      (holders): ReadonlyMap<Id, Holder> =>
        new Map(
          [...holders].map(([id, { notice, ...holder }]) => [
            id,
            { ...holder, notice: notice === undefined || told.has(notice.dedupKey) ? undefined : notice }
          ])
        )
    )
  })
}

const holderIn = (plan: Plan.Planned): Id | undefined =>
  (plan._tag === "Already" || plan._tag === "Hold") && plan.match._tag === "Participant" ? plan.match.id : undefined

/** A helper's own consent was asked for when the command came: here it counts who registered the person. */
const mayLearn = (
  actor: Actor,
  {
    by,
    office,
    owner
  }: {
    readonly by: Actor | undefined
    readonly office: string | undefined
    readonly owner: Actor | undefined
  }
) =>
  Permission.demand(actor, "learn-registration", {
    ...(office === undefined ? {} : { office }),
    ...(owner === undefined ? {} : { owner }),
    consent: by !== undefined && by.kind === actor.kind && by.id === actor.id ? [] : ["AnotherHelper"]
  }).pipe(Effect.match({ onFailure: () => false, onSuccess: () => true }))

/** Once a day, however often it is tried. */
const noticeOf = (id: Id, { on }: Command, to: Message.Draft["to"], registration: Id | undefined): Message.Draft => ({
  template: "registered-again",
  arguments: { day: on, reference: RegistrationRecord.numberOf(registration ?? id) },
  to,
  language: "id",
  lane: "notice",
  dedupKey: `registered-again:${id}:${on}`,
  subject: id
})
