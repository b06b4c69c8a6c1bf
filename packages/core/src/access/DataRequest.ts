/**
 * What somebody asks about their own data: to see it, to have it corrected, to have it erased.
 *
 * Membership is compulsory, so the data that it rests on is kept while it lasts, whatever is asked; a correction
 * is always open. A request that is not met, or met in part, names its ground in the law.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Actor, label } from "./Actor.ts"
import { background, type Citation, cite } from "../policy/Citation.ts"
import * as Aggregate from "../storage/Aggregate.ts"
import { Id } from "../storage/Id.ts"
import * as Claim from "./Claim.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export const Kind = Schema.Literals(["access", "correction", "erasure"])

/**
 * @category models
 * @since 0.1.0
 */
export type Kind = typeof Kind.Type

/**
 * On what ground a request is limited or refused.
 *
 * - `legal-obligation`: the law itself makes us keep it, as for a compulsory membership;
 * - `public-interest`: a task in the public interest needs it;
 * - `legal-claim`: it is needed for a claim or a debt that is open;
 * - `rights-of-others`: it would give away another person's data.
 *
 * @category models
 * @since 0.1.0
 */
export const Ground = Schema.Literals(["legal-obligation", "public-interest", "legal-claim", "rights-of-others"])

/**
 * @category models
 * @since 0.1.0
 */
export type Ground = typeof Ground.Type

/**
 * A request is granted, or limited or refused on a ground.
 *
 * @category models
 * @since 0.1.0
 */
export const Outcome = Schema.Union([
  Schema.TaggedStruct("Granted", {}),
  Schema.TaggedStruct("Limited", { ground: Ground }),
  Schema.TaggedStruct("Refused", { ground: Ground })
])

/**
 * @category models
 * @since 0.1.0
 */
export type Outcome = typeof Outcome.Type

/**
 * What a granted erasure removed, by id, and what is kept on which ground.
 *
 * @category models
 * @since 0.1.0
 */
export const Erasure = Schema.Struct({
  erased: Schema.Array(Schema.Struct({ aggregate: Schema.NonEmptyString, id: Id })),
  kept: Schema.Array(Schema.Struct({ aggregate: Schema.NonEmptyString, id: Id, ground: Ground }))
})

/**
 * `about` is the participant whose data it is; `text` says what is wrong, for a correction.
 *
 * @category models
 * @since 0.1.0
 */
export const DataRequest = Schema.Struct({
  ...Claim.fields,
  kind: Kind,
  text: Schema.optionalKey(Schema.NonEmptyString),
  answer: Schema.optionalKey(
    Schema.Struct({
      command: Schema.NonEmptyString,
      outcome: Outcome,
      by: Actor,
      at: Schema.Int,
      erasure: Schema.optionalKey(Erasure)
    })
  )
})

/**
 * @category models
 * @since 0.1.0
 */
export interface DataRequest extends Schema.Schema.Type<typeof DataRequest> {}

// --- errors ---

/**
 * The data must be kept: erasing it cannot be granted. Nothing was written.
 *
 * @category errors
 * @since 0.1.0
 */
export class MustBeKept extends Schema.TaggedError<MustBeKept>("@kis/core/access/MustBeKept")("MustBeKept", {
  request: Schema.String,
  membership: Id
}) {
  override get message() {
    return (
      `Request ${this.request} cannot be granted: membership ${this.membership} is compulsory and lives. ` +
      "Answer it as limited on the ground legal-obligation, and offer a correction."
    )
  }
}

// --- aggregate ---

/**
 * The requests on the register.
 *
 * @category aggregate
 * @since 0.1.0
 */
export const aggregate = Aggregate.make("data-request", {
  schema: DataRequest,
  unique: { command: (_) => [_.command] },
  blind: { owner: (_) => [label(_.owner)], about: (_) => [_.about.id] },
  ordered: {
    state: { text: (_) => _.answer?.outcome._tag ?? "open" },
    office: { text: (_) => _.office },
    receivedAt: { number: (_) => _.receivedAt }
  },
  indexes: { byOffice: ["office", "state", "receivedAt"] }
})

// --- rules ---

/**
 * Where each ground is written.
 *
 * @example
 * DataRequest.citations["legal-obligation"].source // => "UU 27/2022 arts. 15, 20; UU 24/2011 art. 14"
 *
 * @category rules
 * @since 0.1.0
 */
export const citations: Readonly<Record<Ground, Citation>> = {
  "legal-obligation": cite("UU 27/2022 arts. 15, 20; UU 24/2011 art. 14", "medium", { seen: background }),
  "public-interest": cite("UU 27/2022 arts. 15, 20", "medium", { seen: background }),
  "legal-claim": cite("UU 27/2022 arts. 15, 43", "unverified", { seen: background }),
  "rights-of-others": cite("UU 27/2022 art. 33", "unverified", { seen: background })
}
