/**
 * Cryptography that hides nothing and is fast: for a simulation, which asks whether things are lost or
 * doubled and never whether they are secret. What is altered or moved is still found.
 */
import { Crypto } from "@kis/core/privacy"
import * as Result from "effect/Result"
import type { Dice } from "../../Dice.ts"

export const make = (dice: Dice): Crypto.Crypto["Service"] => {
  const randomBytes = (length: number) => {
    const bytes = new Uint8Array(length)
    for (let i = 0; i < length; i += 3) {
      const thrown = dice.roll(0x1_00_00_00)
      bytes[i] = thrown
      bytes[i + 1] = thrown >>> 8
      bytes[i + 2] = thrown >>> 16
    }
    return bytes
  }

  return Crypto.Crypto.of({
    seal: (key, plain, aad) => {
      const sealed = new Uint8Array(NONCE + plain.length + TAG)
      sealed.set(randomBytes(NONCE))
      sealed.set(plain, NONCE)
      sealed.set(digest(TAG, key, aad, plain), NONCE + plain.length)
      return sealed
    },
    open: (key, sealed, aad) => {
      if (sealed.length < NONCE + TAG) return Result.fail(new Crypto.Tampered({ reason: "Truncated" }))
      const plain = sealed.subarray(NONCE, sealed.length - TAG)
      return Crypto.sameBytes(sealed.subarray(sealed.length - TAG), digest(TAG, key, aad, plain))
        ? Result.succeed(plain.slice())
        : Result.fail(new Crypto.Tampered({ reason: "Forged" }))
    },
    mac: (key, data) => digest(32, key, data),
    hash: (data) => digest(32, data),
    derive: (key, info, length, salt) =>
      digest(length, key, typeof info === "string" ? encoder.encode(info) : info, salt ?? new Uint8Array(0)),
    randomBytes
  })
}

// --- private ---

const NONCE = Crypto.NONCE_LENGTH
const TAG = Crypto.TAG_LENGTH
const encoder = new TextEncoder()

/** Two 32-bit lanes over all bytes, stirred until there are enough. */
const digest = (length: number, ...parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  let one = 0x811c9dc5
  let two = 0x9e3779b9
  for (const part of parts) {
    one = Math.imul(one ^ part.length, 0x85ebca6b)
    // four bytes a step: it is asked for every row that is read
    const whole = part.length & ~3
    for (let i = 0; i < whole; i += 4) {
      const word = part[i]! | (part[i + 1]! << 8) | (part[i + 2]! << 16) | (part[i + 3]! << 24)
      one = Math.imul(one ^ word, 0x01000193) ^ (one >>> 17)
      two = Math.imul(two + word + (one >>> 15), 0xc2b2ae35)
    }
    for (let i = whole; i < part.length; i++) {
      one = Math.imul(one ^ part[i]!, 0x01000193)
      two = Math.imul(two + part[i]! + (one >>> 15), 0xc2b2ae35)
    }
  }
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) {
    if (i % 4 === 0) {
      one = Math.imul(one ^ (one >>> 16) ^ two, 0x45d9f3b)
      two = Math.imul(two ^ (two >>> 13), 0x27d4eb2f) + i
    }
    bytes[i] = one >>> ((i % 4) * 8)
  }
  return bytes
}
