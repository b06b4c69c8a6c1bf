/**
 * The links of a log: each line's MAC covers the line and the MAC before it.
 *
 * The key is not in the store, so whoever can write the store can remove a log's tail or the whole
 * log, but cannot change, add, move or drop a line in it unseen. What is removed at the end is found
 * as far back as the last checkpoint that is held outside.
 *
 * @since 0.1.0
 */
import { type Crypto, KEY_LENGTH } from "../privacy/Crypto.ts"
import type { KeyRing } from "../privacy/KeyRing.ts"
import type { Id } from "./Id.ts"
import type { Head, Line } from "./StorageAdapter.ts"

// --- models ---

/**
 * The line that follows `head` in the log of `subject`.
 *
 * @category models
 * @since 0.1.0
 */
export type Link = (subject: Id, head: Head | undefined, body: Uint8Array) => Line

// --- constructors ---

/**
 * HMAC-SHA-256, cut to 16 bytes, over subject, sequence, previous MAC and body, under a key of its
 * own derived from the audit root.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (crypto: Crypto["Service"], ring: KeyRing["Service"]): Link => {
  const key = crypto.derive(ring.audit, "@kis/core log chain", KEY_LENGTH)
  return (subject, head, body) => {
    const sequence = (head?.sequence ?? 0) + 1
    const data = new Uint8Array(PREFIX_LENGTH + body.length)
    encoder.encodeInto(subject, data)
    writeSequence(data, sequence)
    if (head !== undefined) data.set(head.mac, SUBJECT_LENGTH + SEQUENCE_LENGTH)
    data.set(body, PREFIX_LENGTH)
    return { sequence, mac: crypto.mac(key, data).slice(0, MAC_LENGTH), body }
  }
}

// --- private ---

const SUBJECT_LENGTH = 36
const SEQUENCE_LENGTH = 8
const MAC_LENGTH = 16
const PREFIX_LENGTH = SUBJECT_LENGTH + SEQUENCE_LENGTH + MAC_LENGTH

const encoder = new TextEncoder()

// All parts before the body have a fixed length, so no two lines give one text.
const writeSequence = (data: Uint8Array, sequence: number) => {
  let rest = sequence
  for (let at = SUBJECT_LENGTH + SEQUENCE_LENGTH - 1; at >= SUBJECT_LENGTH; at--) {
    data[at] = rest & 0xff
    rest = Math.floor(rest / 0x100)
  }
}
