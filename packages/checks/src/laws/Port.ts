/**
 * A port's laws run on each of its adapters, and on each layer that is broken on purpose.
 */
import { Law } from "@kis/testkit/laws"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"

// --- models ---

/** What a law is asked of; or why it cannot be on this machine. */
export type Tested<R, C> =
  | { readonly layer: Layer.Layer<R, unknown>; readonly capabilities: C; readonly missing?: undefined }
  | { readonly missing: string }

export interface Adapter<R, C> {
  readonly name: string
  readonly load: () => Promise<Tested<R, C>>
}

export interface Port {
  readonly name: string
  readonly run: (say: (progress: string) => void) => Promise<PortResult>
}

export interface PortResult {
  readonly port: string
  readonly adapters: ReadonlyArray<AdapterResult>
  readonly defects: ReadonlyArray<DefectResult>
  /** Laws that no broken layer is meant for: they may be none. */
  readonly lawsWithoutDefect: ReadonlyArray<string>
}

export interface AdapterResult {
  readonly adapter: string
  readonly capabilities: unknown
  /** Why it did not run. */
  readonly missing?: string
  readonly laws: ReadonlyArray<Law.Outcome>
}

export interface DefectResult {
  readonly defect: string
  readonly law: string
  readonly caught: boolean
}

// --- constructors ---

export const portOf = <R, C, Defect extends string>(given: {
  readonly name: string
  readonly laws: (capabilities: C) => ReadonlyArray<Law.Law<R, C>>
  readonly adapters: ReadonlyArray<Adapter<R, C>>
  readonly caughtBy: Record<Defect, string>
  readonly layerBroken: (defect: NoInfer<Defect>) => Layer.Layer<R, unknown>
  readonly lawsOfDefects: ReadonlyArray<Law.Law<R, C>>
}): Port => ({
  name: given.name,
  run: async (say) => {
    const adapters: Array<AdapterResult> = []
    for (const { load, name } of given.adapters) {
      say(`${given.name}: ${name}`)
      const tested = await load()
      if (tested.missing !== undefined) {
        adapters.push({ adapter: name, capabilities: undefined, missing: tested.missing, laws: [] })
        continue
      }
      const { capabilities, layer } = tested
      const laws = await Effect.runPromise(Law.run(given.laws(capabilities), layer, capabilities))
      adapters.push({ adapter: name, capabilities, laws })
    }
    say(`${given.name}: broken on purpose`)
    const defects: Array<DefectResult> = []
    for (const defect of Object.keys(given.caughtBy) as Array<Defect>) {
      const law = given.caughtBy[defect]
      const meant = given.lawsOfDefects.filter((_) => _.name === law)
      const broken = await Effect.runPromise(Law.broken(meant, given.layerBroken(defect)))
      defects.push({ defect, law, caught: broken.length === 1 })
    }
    const meant = new Set(defects.map((_) => _.law))
    const lawsWithoutDefect = given.lawsOfDefects.map((_) => _.name).filter((name) => !meant.has(name))
    return { port: given.name, adapters, defects, lawsWithoutDefect }
  }
})

// --- judging ---

/** What is wrong, in sentences. An adapter that could not run is wrong only where it must. */
export const problemsOf = (
  { adapters, defects, lawsWithoutDefect, port }: PortResult,
  mustRun: boolean
): ReadonlyArray<string> => [
  ...adapters.flatMap(({ adapter, laws, missing }) => [
    ...(missing !== undefined && mustRun ? [`${port}, ${adapter}: did not run: ${missing}`] : []),
    ...laws
      .filter((_) => _.result === "broken")
      .map(({ law, why }) => `${port}, ${adapter}: breaks "${law}"\n${why ?? ""}`)
  ]),
  ...defects.filter((_) => !_.caught).map(({ defect, law }) => `${port}: ${defect} is not caught by "${law}"`),
  ...lawsWithoutDefect.map((law) => `${port}: no broken layer fails "${law}"`)
]
