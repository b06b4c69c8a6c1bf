/**
 * One hash over the ends of all logs and one over the versions of each aggregate's rows: what a
 * checkpoint and an export say of a register.
 */
import type { Crypto } from "../../privacy/Crypto.ts"
import type { Id } from "../../storage/Id.ts"
import * as Merkle from "../Merkle.ts"

// --- models ---

/** The end of a log by its last number and MAC in hex, or the version of a row. */
export type Leaf =
  | readonly [kind: "log", subject: Id, sequence: number, mac: string]
  | readonly [kind: "row", aggregate: string, id: Id, version: number]

export interface Content {
  readonly logs: { readonly root: string; readonly count: number; readonly lines: number }
  readonly rows: ReadonlyArray<{ readonly aggregate: string; readonly root: string; readonly count: number }>
}

export interface Roots {
  /** An aggregate without a row has a root too. */
  readonly begin: (aggregate: string) => void
  readonly add: (leaf: Leaf) => void
  readonly finish: () => Content
}

// --- constructors ---

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (_) => _.toString(16).padStart(2, "0")).join("")

/** In the order in which aggregates begin. */
export const make = (crypto: Crypto["Service"]): Roots => {
  const logs = Merkle.make(crypto)
  let logLines = 0
  const rows = new Map<string, Merkle.Merkle>()
  const treeOf = (aggregate: string): Merkle.Merkle => {
    let tree = rows.get(aggregate)
    if (tree === undefined) rows.set(aggregate, (tree = Merkle.make(crypto)))
    return tree
  }
  return {
    begin: (aggregate) => void treeOf(aggregate),
    add: (leaf) => {
      if (leaf[0] === "log") logLines += leaf[2]
      const tree = leaf[0] === "log" ? logs : treeOf(leaf[1])
      tree.add(encoder.encode(JSON.stringify(leaf)))
    },
    finish: () => ({
      logs: { root: hex(logs.root()), count: logs.size(), lines: logLines },
      rows: [...rows].map(([aggregate, tree]) => ({ aggregate, root: hex(tree.root()), count: tree.size() }))
    })
  }
}

/** Whether two say the same, in whatever order their aggregates are; one without a row counts as none. */
export const same = (a: Content, b: Content): boolean => text(a) === text(b)

// --- private ---

const encoder = new TextEncoder()

const text = ({ logs, rows }: Content): string =>
  JSON.stringify([
    [logs.root, logs.count, logs.lines],
    rows
      .filter((_) => _.count > 0)
      .map(({ aggregate, count, root }) => [aggregate, root, count] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
  ])
