/**
 * The places and lines through which a person deals with the scheme: what each needs,
 * when it answers, and how sure we are of that.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type { Citation } from "../policy/Citation.ts"
import type { PlainDate } from "../time/PlainDate.ts"
import { channels } from "./internal/channels.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type ChannelId = keyof typeof channels

/**
 * @category models
 * @since 0.1.0
 */
export const ChannelId: Schema.Codec<ChannelId> = Schema.Literals(Object.keys(channels) as Array<ChannelId>)

/**
 * What a person must have or do: a smartphone, any phone, a computer, or go there. Only
 * `phone` and `visit` are open to everybody.
 *
 * @category models
 * @since 0.1.0
 */
export type Needs = "smartphone" | "phone" | "computer" | "visit"

/**
 * When a channel answers. `Daily` has minutes of the local day and means Monday to
 * Friday; `Office` means the hours of the office asked, which its calendar knows.
 *
 * @category models
 * @since 0.1.0
 */
export type Hours =
  | { readonly _tag: "Always" }
  | { readonly _tag: "Weekdays"; readonly from: number; readonly to: number }
  | { readonly _tag: "Office" }

/**
 * @category models
 * @since 0.1.0
 */
export interface Channel {
  readonly name: { readonly id: string; readonly en: string }
  /** Number or place to turn to, where there is one for the whole country. */
  readonly address?: string
  readonly needs: Needs
  readonly hours: Hours
  readonly citation: Citation
  /** First day on which it is certain to have existed; absent when it always did. */
  readonly existsFrom?: PlainDate
  readonly note?: string
}

// --- reading ---

/**
 * @category reading
 * @since 0.1.0
 */
export const get = (id: ChannelId): Channel => channels[id]

/**
 * Every channel, in the order of the catalogue.
 *
 * @category reading
 * @since 0.1.0
 */
export const ids: ReadonlyArray<ChannelId> = Object.keys(channels) as Array<ChannelId>

/**
 * Whether a person without a smartphone and without a computer can use it.
 *
 * @category reading
 * @since 0.1.0
 */
export const isOpenToAll = (id: ChannelId): boolean => {
  const { needs } = get(id)
  return needs === "phone" || needs === "visit"
}
