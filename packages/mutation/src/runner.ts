/**
 * Stryker's own runner for vitest, with one thing told otherwise: a mutant that one test of a file reaches is tried on
 * all tests of that file.
 *
 * The rooms keep what they have worked out once, a day's policy or an outcome. The first test of a file that asks is
 * the only one that runs the code in between; all others use what it left behind, and one of them may be the one that
 * notices. Each file has its modules to itself, so nothing is kept beyond it.
 */
import {
  commonTokens,
  declareFactoryPlugin,
  type Injector,
  type PluginContext,
  PluginKind,
  tokens
} from "@stryker-mutator/api/plugin"
import { DryRunStatus, type DryRunResult, type TestRunner } from "@stryker-mutator/api/test-runner"
import * as Vitest from "@stryker-mutator/vitest-runner"

// --- plugin ---

const [vitest] = Vitest.strykerPlugins
if (vitest === undefined) throw new Error("Stryker's runner for vitest is not where it was; see its release notes.")
const { factory: ofVitest } = vitest

const factory = (injector: Injector<PluginContext>): TestRunner => {
  const inner = injector.injectFunction(ofVitest)
  return {
    capabilities: () => inner.capabilities(),
    init: async () => inner.init?.(),
    dryRun: async (options) => byFile(await inner.dryRun(options)),
    mutantRun: (options) => inner.mutantRun(options),
    dispose: async () => inner.dispose?.()
  }
}
factory.inject = tokens(commonTokens.injector)

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, "vitest-by-file", factory)]

export const strykerValidationSchema = Vitest.strykerValidationSchema

// --- private ---

const byFile = (result: DryRunResult): DryRunResult => {
  if (result.status !== DryRunStatus.Complete || result.mutantCoverage === undefined) return result
  const { perTest, static: atLoad } = result.mutantCoverage
  const ofFile = new Map<string, Record<string, number>>()
  for (const [test, hits] of Object.entries(perTest)) {
    const file = fileOf(test)
    const all = ofFile.get(file) ?? {}
    for (const [mutant, count] of Object.entries(hits)) all[mutant] = (all[mutant] ?? 0) + count
    ofFile.set(file, all)
  }
  const widened = Object.fromEntries(result.tests.map(({ id }) => [id, ofFile.get(fileOf(id)) ?? {}]))
  return { ...result, mutantCoverage: { perTest: widened, static: atLoad } }
}

const fileOf = (test: string): string => test.split("#", 1)[0]!
