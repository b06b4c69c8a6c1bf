/**
 * One hash over a list of leaves (RFC 6962, section 2.1), made as the leaves come, in memory that
 * grows with the logarithm of their number.
 *
 * @since 0.1.0
 */
import type { Crypto } from "../privacy/Crypto.ts"

// --- models ---

/**
 * A tree that grows at its end.
 *
 * @category models
 * @since 0.1.0
 */
export interface Merkle {
  readonly add: (leaf: Uint8Array) => void
  /** How many leaves it has. */
  readonly size: () => number
  /** The hash over all leaves so far; of no leaf, the hash of nothing. */
  readonly root: () => Uint8Array
}

// --- constructors ---

/**
 * @category constructors
 * @since 0.1.0
 */
export const make = ({ hash }: Pick<Crypto["Service"], "hash">): Merkle => {
  // whole subtrees from left to right, each larger than the next
  const subtrees: Array<{ readonly size: number; readonly hash: Uint8Array }> = []
  let size = 0

  const node = (left: Uint8Array, right: Uint8Array): Uint8Array => {
    const data = new Uint8Array(1 + left.length + right.length)
    data[0] = NODE
    data.set(left, 1)
    data.set(right, 1 + left.length)
    return hash(data)
  }

  return {
    add: (leaf) => {
      const data = new Uint8Array(1 + leaf.length)
      data[0] = LEAF
      data.set(leaf, 1)
      let last = { size: 1, hash: hash(data) }
      while (subtrees.at(-1)?.size === last.size) {
        last = { size: last.size * 2, hash: node(subtrees.pop()!.hash, last.hash) }
      }
      subtrees.push(last)
      size++
    },
    size: () => size,
    root: () => {
      if (subtrees.length === 0) return hash(new Uint8Array(0))
      return subtrees.map((_) => _.hash).reduceRight((right, left) => node(left, right))
    }
  }
}

// --- private ---

// A leaf and a node are hashed apart, so that no node passes for a leaf.
const LEAF = 0
const NODE = 1
