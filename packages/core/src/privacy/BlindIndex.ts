/**
 * Blind keys: how a sealed field is found again.
 *
 * A blind key is HMAC-SHA-256 of the field under a key of its own per index, cut to 16 bytes.
 * Equal text gives an equal key, so equality can be asked of a store that never sees the text;
 * nothing else can, no range and no prefix. A plain hash would not do: all NIKs are hashed in
 * minutes.
 *
 * Text is taken as it comes: fold and normalise before. A key over little information (sex, a
 * single name, a year) is broken by counting, whatever the MAC: join facts to about 20 bits or more.
 *
 * @since 0.1.0
 */
import { type Crypto, KEY_LENGTH } from "./Crypto.ts"
import type { KeyRing } from "./KeyRing.ts"

// --- models ---

/**
 * Bytes of a blind key.
 *
 * @category models
 * @since 0.1.0
 */
export const BLIND_KEY_LENGTH = 16

/**
 * Makes blind keys with the index root of one ring. Synchronous, and remembers the derived keys.
 *
 * @category models
 * @since 0.1.0
 */
export interface BlindIndex {
  /** 16 bytes. The same text under another index name gives an unrelated key. */
  readonly key: (indexName: string, text: string) => Uint8Array
}

// --- constructors ---

/**
 * @example
 * const index = BlindIndex.make(yield* Crypto.Crypto, yield* KeyRing.KeyRing)
 * const key = index.key("participant.nik", "9901012345670001")
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (crypto: Crypto["Service"], ring: Pick<KeyRing["Service"], "index">): BlindIndex => {
  const indexes = new Map<string, { readonly key: Uint8Array; readonly recent: Map<string, Uint8Array> }>()
  return {
    key: (indexName, text) => {
      let index = indexes.get(indexName)
      if (index === undefined) {
        const key = crypto.derive(ring.index, `@kis/core index ${indexName}`, KEY_LENGTH)
        indexes.set(indexName, (index = { key, recent: new Map() }))
      }
      const { key, recent } = index
      const known = recent.get(text)
      if (known !== undefined) return known
      // slice, not subarray: the other half of the MAC must not travel to the store
      const fresh = crypto.mac(key, encoder.encode(text)).slice(0, BLIND_KEY_LENGTH)
      if (recent.size === RECENT) recent.clear()
      recent.set(text, fresh)
      return fresh
    }
  }
}

// --- private ---

const encoder = new TextEncoder()

// Who is registered was looked for just before, by the same texts.
const RECENT = 1024
