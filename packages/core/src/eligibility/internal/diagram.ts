import type { Answer, Formula } from "../Condition.ts"
import type { Day } from "../Day.ts"
import type { Facts } from "../Facts.ts"
import type { FactClasses } from "./classes.ts"

/**
 * What a formula answers for every person there can be, as a decision diagram: one node a
 * question, one branch for each class of the fact, and one for a fact that is not known.
 *
 * From it can be read which questions an answer truly hangs on, which no look at one
 * person's facts tells.
 */
export interface Diagrams {
  readonly of: (formula: Formula) => Diagram
  readonly any: (parts: ReadonlyArray<Diagram>) => Diagram
  /** Yes as soon as the first that is not a no is a yes: whether a choice is settled. */
  readonly first: (parts: ReadonlyArray<Diagram>) => Diagram
  readonly answer: (self: Diagram, person: Person) => Answer
  /** The fewest questions whose answers, whatever they are, leave nothing to ask. */
  readonly minimal: (self: Diagram, person: Person) => ReadonlyArray<number>
  /** The cheapest way to a yes, as branches to take instead of the person's own. */
  readonly cheapest: (self: Diagram, person: Person, cost: Cost) => ReadonlyArray<readonly [number, number]> | undefined
  readonly size: () => number
}

/** A node, by its number; the first four are the ends. */
export type Diagram = number

/** What it costs to take a branch of a question; infinite where it cannot be taken. */
export type Cost = (variable: number, branch: number) => number

/** The class of each fact, in the order of the classes; 0 where it is not known. */
export type Person = ReadonlyArray<number>

export const personOf = (classes: ReadonlyArray<FactClasses>, facts: Facts): Person =>
  classes.map(({ fact, indexOf }) => indexOf(facts[fact]))

// `closed`: unknown, and no fact can help, since the policy has no value.
const [no, yes, unknown, closed] = [0, 1, 2, 3] as const
const ends = 4

export const make = (classes: ReadonlyArray<FactClasses>, day: Day): Diagrams => {
  const variables: Array<number> = [-1, -1, -1, -1]
  const branches: Array<ReadonlyArray<Diagram>> = [[], [], [], []]
  const unique = new Map<string, Diagram>()

  const node = (variable: number, children: ReadonlyArray<Diagram>): Diagram => {
    if (children.every((child) => child === children[0])) return children[0]!
    const key = `${variable}:${children.join()}`
    const known = unique.get(key)
    if (known !== undefined) return known
    const made = variables.push(variable) - 1
    branches.push(children)
    unique.set(key, made)
    return made
  }

  const combine = (end: (a: Diagram, b: Diagram) => Diagram | undefined) => {
    const done = new Map<number, Diagram>()
    const apply = (a: Diagram, b: Diagram): Diagram => {
      const short = end(a, b)
      if (short !== undefined) return short
      const key = a * 0x200_0000 + b
      const known = done.get(key)
      if (known !== undefined) return known
      const [va, vb] = [variables[a]!, variables[b]!]
      const variable = va === -1 ? vb : vb === -1 ? va : Math.min(va, vb)
      const children: Array<Diagram> = []
      const width = classes[variable]!.values.length + 1
      for (let i = 0; i < width; i++) {
        children.push(apply(va === variable ? branches[a]![i]! : a, vb === variable ? branches[b]![i]! : b))
      }
      const made = node(variable, children)
      done.set(key, made)
      return made
    }
    return apply
  }

  const and = combine((a, b) => {
    if (a === no || b === no) return no
    if (a === yes) return b
    if (b === yes || a === b) return a
    return a < ends && b < ends ? unknown : undefined
  })
  const or = combine((a, b) => {
    if (a === yes || b === yes) return yes
    if (a === no) return b
    if (b === no || a === b) return a
    return a < ends && b < ends ? unknown : undefined
  })
  const then = combine((a, b) => (a === no ? b : a < ends ? a : undefined))
  const not = combine((a) => (a === no ? yes : a === yes ? no : a < ends ? a : undefined))

  const end = (holds: boolean | undefined): Diagram => (holds === undefined ? closed : holds ? yes : no)
  const made = new Map<Formula, Diagram>()
  const build = (formula: Formula): Diagram => {
    switch (formula._tag) {
      case "Condition": {
        const variable = classes.findIndex(({ fact }) => fact === formula.fact)
        const { answers, conditions } = classes[variable]!
        const column = conditions.indexOf(formula)
        const children = answers.map((row) => end(row[column]))
        return node(variable, [children.every((child) => child === closed) ? closed : unknown, ...children])
      }
      case "Term":
        return end(formula.holds(day))
      case "Not":
        return not(of(formula.part), no)
      case "Because":
        return of(formula.part)
      case "All":
        return formula.parts.map(of).reduce(and, yes)
      case "Any":
        return formula.parts.map(of).reduce(or, no)
    }
  }
  const of = (formula: Formula): Diagram => {
    const known = made.get(formula)
    if (known !== undefined) return known
    const diagram = build(formula)
    made.set(formula, diagram)
    return diagram
  }

  const endOf = (self: Diagram, person: Person): Diagram => {
    let at = self
    while (at >= ends) at = branches[at]![person[variables[at]!]!]!
    return at
  }

  /** Questions that some answers to the others make matter. */
  const open = (self: Diagram, person: Person): ReadonlySet<number> => {
    const found = new Set<number>()
    const seen = new Set<Diagram>()
    const visit = (at: Diagram): void => {
      if (at < ends || seen.has(at)) return
      seen.add(at)
      const variable = variables[at]!
      const known = person[variable]!
      if (known !== 0) return visit(branches[at]![known]!)
      found.add(variable)
      for (const child of branches[at]!) visit(child)
    }
    visit(self)
    return found
  }

  const suffices = (self: Diagram, person: Person, asked: ReadonlySet<number>): boolean => {
    const seen = new Set<Diagram>()
    const visit = (at: Diagram): boolean => {
      if (at < ends) return at !== unknown
      if (seen.has(at)) return true
      seen.add(at)
      const variable = variables[at]!
      const children = branches[at]!
      const known = person[variable]!
      if (known !== 0 || !asked.has(variable)) return visit(children[known]!)
      for (let i = 1; i < children.length; i++) if (!visit(children[i]!)) return false
      return true
    }
    return visit(self)
  }

  return {
    of,
    any: (parts) => parts.reduce(or, no),
    first: (parts) => parts.reduceRight((rest, part) => then(part, rest), yes as Diagram),
    answer: (self, person) => (["no", "yes", "unknown", "unknown"] as const)[endOf(self, person)]!,
    minimal: (self, person) => {
      if (endOf(self, person) !== unknown) return []
      const asked = new Set(open(self, person))
      // What is asked first stays, if either of two would do.
      for (const variable of [...asked].sort((a, b) => b - a)) {
        asked.delete(variable)
        if (!suffices(self, person, asked)) asked.add(variable)
      }
      return [...asked].sort((a, b) => a - b)
    },
    cheapest: (self, person, cost) => {
      const known = new Map<Diagram, readonly [total: number, branch: number]>()
      const visit = (at: Diagram): number => {
        if (at < ends) return at === yes ? 0 : Infinity
        const done = known.get(at)
        if (done !== undefined) return done[0]
        const variable = variables[at]!
        // Of ways as cheap, the one that changes what is asked first.
        let [least, taken] = [Infinity, person[variable]!]
        for (let i = 1; i < branches[at]!.length; i++) {
          const price = i === person[variable] ? Infinity : cost(variable, i)
          const total = price === Infinity ? price : price + visit(branches[at]![i]!)
          if (total < least) [least, taken] = [total, i]
        }
        const staying = visit(branches[at]![person[variable]!]!)
        if (staying < least) [least, taken] = [staying, person[variable]!]
        known.set(at, [least, taken])
        return least
      }
      if (visit(self) === Infinity) return undefined
      const path: Array<readonly [number, number]> = []
      for (let at = self; at >= ends;) {
        const variable = variables[at]!
        const taken = known.get(at)![1]
        if (taken !== person[variable]) path.push([variable, taken])
        at = branches[at]![taken]!
      }
      return path
    },
    size: () => variables.length
  }
}
