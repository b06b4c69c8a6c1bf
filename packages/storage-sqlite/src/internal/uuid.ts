/**
 * Ids between text, as core writes them, and the 16 bytes that are stored.
 */
import type { Id } from "@kis/core/storage"

const VALUES = new Uint8Array(128)
for (let digit = 0; digit < 16; digit++) VALUES[digit.toString(16).charCodeAt(0)] = digit

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"))

// Where the two digits of each byte stand in the text.
const POSITIONS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]

export const toBytes = (id: string): Uint8Array => {
  const bytes = new Uint8Array(16)
  for (let i = 0; i < 16; i++) {
    const at = POSITIONS[i]!
    bytes[i] = (VALUES[id.charCodeAt(at)]! << 4) | VALUES[id.charCodeAt(at + 1)]!
  }
  return bytes
}

export const fromBytes = (bytes: Uint8Array): Id.Id => {
  let text = ""
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += "-"
    text += HEX[bytes[i]!]!
  }
  return text as Id.Id
}
