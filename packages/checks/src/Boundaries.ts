/**
 * The import graph against the floors of the house, by dependency-cruiser.
 *
 * dependency-cruiser reads TypeScript through the compiler's API, which version 7 does not
 * have: with 7 alone it sees no import at all and passes in silence. So the check also
 * demands that it saw the edges which it is there to judge.
 */
import { globSync, readFileSync } from "node:fs"
import { basename } from "node:path"
import { cruise, type ICruiseResult, type IRegularForbiddenRuleType } from "dependency-cruiser"
import { rooms, waysIn } from "./Rooms.ts"
import type { Report, Step } from "./Step.ts"
import { inRoot, published, root, tooling } from "./Workspace.ts"

// --- effect's stable modules ---

type From = IRegularForbiddenRuleType["from"]
type To = IRegularForbiddenRuleType["to"]

/** The first stability tag of a module is the module's own; those after it are its symbols'. */
const isStable = (file: string) => /@stability (\w+)/.exec(readFileSync(file, "utf8"))?.[1] === "stable"

/** Modules of effect that are stable as a whole, without those in folders (sql, http, crypto, ...). */
export const stableEffectModules = (): ReadonlyArray<string> =>
  globSync(inRoot("node_modules/effect/src/*.ts"))
    .filter((file) => basename(file) !== "index.ts" && isStable(file))
    .map((file) => basename(file, ".ts"))

const unstableEffect = (): To => ({
  path: "node_modules/effect/",
  pathNot: `node_modules/effect/(dist|src)/(${stableEffectModules().join("|")})[.](js|ts|d[.]ts)$`
})

/** Packages other than core that promise their users any effect 4. */
const wideRange = published
  .filter((_) => _.manifest.peerDependencies?.["effect"]?.startsWith("^"))
  .map((_) => basename(_.path))
  .filter((name) => name !== "core")

// --- rules ---

const core = "^packages/core/src/"

/** How a package is built is said by the checks, which also look at what comes out. */
const buildConfiguration = "^packages/[^/]+/tsup[.]config[.]ts$"

const forbidden = (name: string, comment: string, from: From, to: To): IRegularForbiddenRuleType => ({
  name,
  comment,
  severity: "error",
  from,
  to
})

/** The topmost room has nothing above it to import. */
const roomRules = rooms.slice(1).map((room, index) => {
  const below = rooms.slice(index + 1).map((_) => _.name)
  return forbidden(
    `room-${room.name}`,
    `${room.name} may import only itself and the rooms below it`,
    { path: `${core}${room.name}/` },
    { path: core, pathNot: `${core}(${below.join("|")})/` }
  )
})

/** Every rule, by name; the test has a failing fixture for each. */
export const rules = (): ReadonlyArray<IRegularForbiddenRuleType> => [
  ...roomRules,
  forbidden(
    "known-room",
    "a module of core lies in a room that Rooms.ts names",
    {},
    { path: core, pathNot: `${core}(${rooms.map((_) => _.name).join("|")})/` }
  ),
  forbidden(
    "module-not-barrel",
    "inside core, import the module, not the room's index",
    { path: core },
    { path: `${core}[^/]+/index[.]ts$` }
  ),
  forbidden(
    "room-internals",
    "internal/ of a room is for that room",
    { path: `${core}([^/]+)/` },
    { path: `${core}[^/]+/internal/`, pathNot: `${core}$1/` }
  ),
  forbidden("core-without-node", "core runs in a browser", { path: core }, { dependencyTypes: ["core"] }),
  forbidden(
    "core-stable-effect",
    "core uses only modules of effect that are tagged stable, each by its own path",
    { path: core },
    unstableEffect()
  ),
  forbidden(
    "wide-range-stable",
    "a package whose peer is effect ^4 may not use what a minor release of effect may break",
    { path: `^packages/(${wideRange.join("|")})/src/` },
    unstableEffect()
  ),
  forbidden(
    "core-alone",
    "core imports no other package of the house, in its tests neither",
    { path: "^packages/core/", pathNot: buildConfiguration },
    { path: "^(packages/(?!core/)|examples/)" }
  ),
  forbidden(
    "adapter-on-core",
    "an adapter, or the testkit, imports core and itself",
    { path: "^packages/([^/]+)/src/", pathNot: `^packages/(core|${[...waysIn, ...tooling].join("|")})/` },
    { path: "^(packages|examples)/", pathNot: "^packages/(core|$1)/" }
  ),
  forbidden(
    "way-in-apart",
    "one way in does not import another, nor of the testkit more than what runs golden cases without a test runner",
    { path: `^packages/(${waysIn.join("|")})/src/` },
    {
      path: `^packages/(${[...waysIn, "testkit"].join("|")})/`,
      pathNot: ["^packages/$1/", "^packages/testkit/(src|dist)/Golden[.](ts|js|d[.]ts)$"]
    }
  ),
  forbidden(
    "examples-on-top",
    "nothing imports an example, but the example itself",
    { path: "^(packages/[^/]+|examples/[^/]+)/" },
    { path: "^examples/", pathNot: "^$1/" }
  ),
  forbidden(
    "checks-apart",
    "nothing imports the checks, but how a package is built",
    { pathNot: [`^packages/(${tooling.join("|")})/`, buildConfiguration] },
    { path: `^packages/(${tooling.join("|")})/` }
  ),
  forbidden(
    "src-without-tests",
    "what is published imports no test, script or build file",
    { path: "^packages/[^/]+/src/" },
    { path: "^packages/[^/]+/", pathNot: "^packages/[^/]+/src/" }
  ),
  forbidden(
    "src-declares",
    "what is published imports only what its package.json declares for its users",
    { path: "^packages/[^/]+/src/", pathNot: `^packages/(${tooling.join("|")})/` },
    { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm", "npm-peer"] }
  ),
  forbidden(
    "no-circle",
    "no import leads back to where it came from; one of types alone is gone when the code runs",
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } }
  ),
  forbidden("resolvable", "every import leads to a file", {}, { couldNotResolve: true })
]

// --- judging ---

export interface Violation {
  readonly rule: string
  readonly from: string
  readonly to: string
}

/** Cruises the folders of one house; `base` is its root. */
export const judge = async (
  base: string,
  folders: ReadonlyArray<string>
): Promise<{ readonly violations: ReadonlyArray<Violation>; readonly result: ICruiseResult }> => {
  const { output } = await cruise([...folders], {
    baseDir: base,
    ruleSet: { forbidden: [...rules()] },
    validate: true,
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(packages|examples)/[^/]+/(dist|coverage|out|node_modules|test/fixtures)/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] }
  })
  if (typeof output === "string") throw new Error(`dependency-cruiser answered with text: ${output.slice(0, 200)}`)
  const violations = output.summary.violations.map((_) => ({ rule: _.rule.name, from: _.from, to: _.to }))
  return { violations, result: output }
}

/** Edges that must be in the graph; without them it was not read. */
const proofs: ReadonlyArray<readonly [from: string, to: string]> = [
  ["^packages/core/src/", "^packages/core/src/"],
  ["^packages/core/src/", "node_modules/effect/dist/"],
  ["^packages/(storage-postgres|storage-sqlite|crypto-node)/src/", "^packages/core/src/"],
  ["^packages/testkit/src/", "^packages/core/src/"]
]

const unseen = (result: ICruiseResult) =>
  proofs.filter(
    ([from, to]) =>
      !result.modules.some(
        (module) =>
          new RegExp(from).test(module.source) && module.dependencies.some((_) => new RegExp(to).test(_.resolved))
      )
  )

const look = async (): Promise<Report> => {
  const folders = ["packages", "examples"]
  const { result, violations } = await judge(root, folders)
  const comments = new Map(rules().map((rule) => [rule.name, rule.comment]))
  return {
    problems: [
      ...violations.map((_) => `${_.from} -> ${_.to}\n     ${_.rule}: ${comments.get(_.rule)}`),
      ...unseen(result).map(([from, to]) => `the graph has no import from ${from} to ${to}: was TypeScript read?`)
    ],
    saw: `${result.summary.totalCruised} modules, ${result.summary.totalDependenciesCruised ?? 0} imports`
  }
}

export const boundaries: Step = { name: "boundaries", title: "Import graph", run: look }
