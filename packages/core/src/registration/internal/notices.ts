/**
 * Who is told what about one application: one message for each phone and each kind of outcome, not
 * one for each person, so that a family phone does not ring five times.
 *
 * Whoever has no phone of their own is told on the household's, the head's first; then on the
 * helper's. A household without any phone is told at the counter.
 */
import type { PhoneNumber } from "../../identity/PhoneNumber.ts"
import type { Draft } from "../../messaging/Message.ts"
import type { Id } from "../../storage/Id.ts"
import type { Command } from "../Command.ts"
import { numberOf } from "../RegistrationRecord.ts"

/** What one line's person is told. `firstPayment` is rupiah for the first month. */
export type News =
  | { readonly kind: "pending" | "active" | "held" | "received" | "rejected"; readonly phone: PhoneNumber | undefined }
  | { readonly kind: "unpaid"; readonly phone: PhoneNumber | undefined; readonly firstPayment: number }

/**
 * `own` are the phones that registered people gave as theirs: only those can be confirmed, so only
 * those are asked to answer.
 */
export const noticesOf = (
  command: Command,
  registration: Id,
  news: ReadonlyArray<News>,
  own: ReadonlyArray<PhoneNumber>
): ReadonlyArray<Draft> => {
  const fallback = command.application.phone ?? command.application.helper?.phone
  const grouped = new Map<string, { readonly to: PhoneNumber; readonly news: Array<News> }>()
  for (const item of news) {
    const to = item.phone ?? fallback
    if (to === undefined) continue
    const key = `${item.kind} ${to}`
    const group = grouped.get(key)
    if (group === undefined) grouped.set(key, { to, news: [item] })
    else group.news.push(item)
  }
  const reference = numberOf(registration)
  return [...grouped.values()].map(({ news: told, to }, i) => ({
    ...content(told, command.on, reference, own.includes(to)),
    to,
    language: "id",
    lane: "notice",
    // the key must not hold the number
    dedupKey: `${command.key}:${i}`,
    subject: registration
  }))
}

const content = (news: ReadonlyArray<News>, day: string, reference: string, answers: boolean) => {
  const people = news.length
  switch (news[0]?.kind) {
    case "active": {
      const template = answers ? "registered-active" : "registered-active-relayed"
      return { template, arguments: { people, day, reference } } as const
    }
    case "unpaid": {
      const template = answers ? "registered-unpaid" : "registered-unpaid-relayed"
      const amount = news.reduce((sum, item) => sum + (item.kind === "unpaid" ? item.firstPayment : 0), 0)
      return { template, arguments: { people, day, amount, reference } } as const
    }
    case "held":
      return { template: "held-for-review", arguments: { people, reference } } as const
    case "received":
      return { template: "application-received", arguments: { people, day, reference } } as const
    case "rejected":
      return { template: "not-registered", arguments: { people, reference } } as const
    default: {
      const template = answers ? "registered-pending" : "registered-pending-relayed"
      return { template, arguments: { people, day, reference } } as const
    }
  }
}
