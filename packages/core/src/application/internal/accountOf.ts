import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Account from "../../contribution/Account.ts"
import * as Household from "../../membership/Household.ts"
import type * as Membership from "../../membership/Membership.ts"
import type { Stored } from "../../storage/Aggregate.ts"
import type { Storage } from "../../storage/Storage.ts"

/** The account of a membership: that of its household's member, its own, or a new one. */
export const accountOf = Effect.fnUntraced(function* (
  storage: Storage["Service"],
  membership: Stored<Membership.Membership>
) {
  const { participant } = membership.value
  const household = Option.getOrUndefined(yield* storage.findBy(Household.aggregate, "memberOf", participant))
  const member = household?.value.members.find((it) => it.ref === participant)
  const id = member?.bills ?? membership.value.account
  const stored = id === undefined ? undefined : Option.getOrUndefined(yield* storage.get(Household.accounts, id))
  return { household, stored, account: stored?.value.account ?? Account.open(membership.id) }
})
