import * as Result from "effect/Result"
import { isNode, isSeq, LineCounter, parseDocument } from "yaml"

/** One item of a list in YAML, with the lines of what is inside of it. */
export interface Item {
  readonly value: unknown
  readonly line: number
  /** The line of a place inside, or of the nearest place around it that is written. */
  readonly lineAt: (path: ReadonlyArray<PropertyKey>) => number
}

export interface Fault {
  readonly line: number
  readonly text: string
}

/** The items of a YAML file that is one list, or every fault of its form. */
export const items = (text: string): Result.Result<ReadonlyArray<Item>, ReadonlyArray<Fault>> => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineOf = (offset: number) => Math.max(lines.linePos(offset).line, 1)
  if (document.errors.length > 0) {
    return Result.fail(document.errors.map(({ message, pos }) => ({ line: lineOf(pos[0]), text: message })))
  }
  const { contents } = document
  if (!isSeq(contents)) return Result.fail([{ line: 1, text: "the file is not a list; begin each item with a dash" }])
  return Result.succeed(
    contents.items.map((item): Item => {
      const start = isNode(item) ? lineOf(item.range?.[0] ?? 0) : 1
      return {
        value: isNode(item) ? item.toJS(document) : item,
        line: start,
        lineAt: (path) => {
          for (let length = path.length; length > 0; length--) {
            const node: unknown = nodeAt(item, path.slice(0, length))
            if (isNode(node) && node.range) return lineOf(node.range[0])
          }
          return start
        }
      }
    })
  )
}

const nodeAt = (item: unknown, path: ReadonlyArray<PropertyKey>): unknown => {
  let node = item
  for (const step of path) {
    if (!isNode(node) || !("get" in node) || typeof node.get !== "function") return undefined
    node = node.get(step, true)
  }
  return node
}
