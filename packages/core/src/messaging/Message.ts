/**
 * A message on its way, from the unit of work that decided it to the receipt of the phone.
 *
 * It is stored with the fact that it tells and sent afterwards, so it exists if and only if the fact
 * does. Its id is the provider's idempotency key. States, in the order in which they only ever
 * advance: waiting, sending, unknown, sent, failed or expired, delivered, read. From sending a
 * message goes back to waiting only when the channel said that it did not take it.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { PhoneNumber } from "../identity/PhoneNumber.ts"
import { Language } from "../policy/Reason.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"
import type { Accepted, Capabilities, ChannelError, ReceiptStatus } from "./MessageChannel.ts"
import * as Template from "./Template.ts"

// --- models ---

/**
 * The lane decides what goes first: somebody waits at the screen for a code, nobody for a notice.
 *
 * @category models
 * @since 0.1.0
 */
export const Lane = Schema.Literals(["otp", "notice"])

/**
 * @category models
 * @since 0.1.0
 */
export type Lane = typeof Lane.Type

/**
 * @category models
 * @since 0.1.0
 */
export const State = Schema.Literals([
  "waiting",
  "sending",
  "unknown",
  "sent",
  "failed",
  "expired",
  "delivered",
  "read"
])

/**
 * @category models
 * @since 0.1.0
 */
export type State = typeof State.Type

/**
 * Why a message did not arrive: a code, never a provider's words.
 *
 * @category models
 * @since 0.1.0
 */
export const FailureCode = Schema.Literals([
  "NotOnChannel",
  "Blocked",
  "InvalidDestination",
  "Refused",
  "Misconfigured",
  /** Every attempt failed. */
  "GaveUp",
  /** It may be out; the channel cannot tell and sending again would risk a second one. */
  "UnknownOutcome",
  /** The provider reported that it could not deliver. */
  "NotDelivered",
  /** Its arguments do not fit its template. */
  "Unrenderable"
])

/**
 * @category models
 * @since 0.1.0
 */
export type FailureCode = typeof FailureCode.Type

/**
 * Instants are epoch milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export const Message = Schema.Struct({
  to: PhoneNumber,
  template: Template.TemplateId,
  /** Empty once a secret message is out. */
  arguments: Template.Arguments,
  language: Language,
  lane: Lane,
  /** What the message is about: a registration, a participant, a challenge. */
  subject: Schema.optionalKey(Id),
  /** One message a fact: the same key is never enqueued twice. */
  dedupKey: Schema.NonEmptyString,
  state: State,
  /** When a dispatcher may take it: for the first time, again, or after another one died with it. */
  dueAt: Schema.Int,
  /** Not sent from this instant on: a code that comes late is worse than none. */
  expiresAt: Schema.optionalKey(Schema.Int),
  attempts: Schema.Int,
  channel: Schema.optionalKey(Schema.String),
  reference: Schema.optionalKey(Schema.String),
  sentAt: Schema.optionalKey(Schema.Int),
  failure: Schema.optionalKey(FailureCode)
})

/**
 * @category models
 * @since 0.1.0
 */
export interface Message extends Schema.Schema.Type<typeof Message> {}

/**
 * What to tell whom. `dueAt` defaults to now.
 *
 * @category models
 * @since 0.1.0
 */
export type Draft = Template.Content & {
  readonly to: PhoneNumber
  readonly language: Language
  readonly lane: Lane
  readonly dedupKey: string
  readonly subject?: Id
  readonly dueAt?: number
  readonly expiresAt?: number
}

/**
 * How long and how often is tried. Milliseconds.
 *
 * @category models
 * @since 0.1.0
 */
export interface Patience {
  readonly attempts: number
  /** Wait after the first failure; doubles each time. */
  readonly firstWait: number
  readonly longestWait: number
  /** How long a dispatcher that took a message owns it. Longer than a send can take. */
  readonly lease: number
  /** How long a receipt may take to settle an unknown outcome. */
  readonly settle: number
}

// --- aggregate ---

/**
 * The outbox. Finished messages leave the `due` index by having no lane in it.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("message", {
  schema: Message,
  unique: {
    dedupKey: (_) => [_.dedupKey],
    reference: (_) =>
      _.channel === undefined || _.reference === undefined ? [] : [referenceKey(_.channel, _.reference)]
  },
  blind: { to: (_) => [_.to] },
  ordered: {
    lane: { text: (_) => (isFinished(_) ? undefined : _.lane) },
    state: { text: (_) => _.state },
    dueAt: { number: (_) => _.dueAt }
  },
  indexes: { due: ["lane", "dueAt"], state: ["state", "dueAt"] }
})

/**
 * The unique key that a provider's reference is found by.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const referenceKey = (channel: string, reference: string): string => `${channel}:${reference}`

// --- constructors ---

/**
 * A message that waits to be sent.
 *
 * @category constructors
 * @since 0.1.0
 */
export const draft = ({ dueAt, ...rest }: Draft, now: number): Message => ({
  ...rest,
  state: "waiting",
  dueAt: dueAt ?? now,
  attempts: 0
})

// --- rules ---

/**
 * Whether nothing more will be sent. A receipt may still move it on.
 *
 * @category rules
 * @since 0.1.0
 */
export const isFinished = (self: Message): boolean => rank[self.state] >= rank.sent

/**
 * Takes a due message for sending, or ends it: expired, or with an outcome that nobody can tell any
 * more on a channel that would send it twice. The same message when it is not due or finished.
 *
 * @category rules
 * @since 0.1.0
 */
export const claim = (self: Message, now: number, can: Capabilities, patience: Patience): Message => {
  if (isFinished(self) || self.dueAt > now) return self
  if (self.state !== "waiting" && !can.idempotent) {
    return self.state === "sending" && can.receipts
      ? { ...self, state: "unknown", dueAt: now + patience.settle }
      : finish(self, "failed", "UnknownOutcome")
  }
  if (self.expiresAt !== undefined && self.expiresAt <= now) return finish(self, "expired")
  return { ...self, state: "sending", attempts: self.attempts + 1, dueAt: now + patience.lease }
}

/**
 * After the channel took the message. A receipt that was faster is not undone.
 *
 * @category rules
 * @since 0.1.0
 */
export const accepted = (self: Message, channel: string, by: Accepted, now: number): Message => ({
  ...advance(self, "sent"),
  channel,
  sentAt: self.sentAt ?? now,
  ...(by.reference === undefined ? {} : { reference: by.reference })
})

/**
 * After the channel failed: tried again later, settled by a receipt, or given up. A message that
 * moved on meanwhile is left as it is.
 *
 * @category rules
 * @since 0.1.0
 */
export const refused = (
  self: Message,
  { channel, reason }: ChannelError,
  now: number,
  can: Capabilities,
  patience: Patience
): Message => {
  if (self.state !== "sending") return self
  const marked = { ...self, channel }
  switch (reason._tag) {
    case "Permanent":
      return finish(marked, "failed", reason.code)
    case "RateLimited":
      // waiting in line is not an attempt
      return { ...marked, state: "waiting", attempts: self.attempts - 1, dueAt: Math.max(reason.until, now + 1) }
    case "UnknownOutcome":
      if (can.idempotent) return again(marked, "unknown", now, patience)
      return can.receipts
        ? { ...marked, state: "unknown", dueAt: now + patience.settle }
        : finish(marked, "failed", "UnknownOutcome")
    case "Transient":
      return again(marked, "waiting", now, patience)
  }
}

/**
 * After a receipt. A receipt that is seen twice, or comes after a later one, changes nothing.
 *
 * @category rules
 * @since 0.1.0
 */
export const receipt = (self: Message, status: ReceiptStatus): Message =>
  status === "failed" && rank[self.state] < rank.failed ? finish(self, "failed", "NotDelivered") : advance(self, status)

/**
 * Ends a message that cannot be put into words.
 *
 * @category rules
 * @since 0.1.0
 */
export const unrenderable = (self: Message): Message => finish(self, "failed", "Unrenderable")

// --- private ---

// delivered beats failed: a provider that reports both delivered it on another path
const rank: Record<State, number> = {
  waiting: 0,
  sending: 1,
  unknown: 2,
  sent: 3,
  failed: 4,
  expired: 4,
  delivered: 5,
  read: 6
}

const advance = (self: Message, state: State): Message => {
  if (rank[state] <= rank[self.state]) return self
  const { failure: _, ...rest } = self
  return forget({ ...rest, state })
}

const finish = (self: Message, state: "failed" | "expired", failure?: FailureCode): Message =>
  forget({ ...self, state, ...(failure === undefined ? {} : { failure }) })

const forget = (self: Message): Message => (Template.isSecret(self.template) ? { ...self, arguments: {} } : self)

const again = (self: Message, state: "waiting" | "unknown", now: number, patience: Patience): Message =>
  self.attempts >= patience.attempts
    ? finish(self, "failed", state === "unknown" ? "UnknownOutcome" : "GaveUp")
    : { ...self, state, dueAt: now + Math.min(patience.firstWait * 2 ** (self.attempts - 1), patience.longestWait) }
