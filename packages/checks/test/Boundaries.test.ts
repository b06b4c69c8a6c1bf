import { assert, describe, it } from "@effect/vitest"
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { judge, rules } from "../src/Boundaries.ts"
import { rooms } from "../src/Rooms.ts"
import { inRoot, projects } from "../src/Workspace.ts"

/** A house of a few files: path -> source. */
type House = Readonly<Record<string, string>>

const declared = `{ "peerDependencies": { "effect": "^4.1.0" } }`

/** Builds the house in an empty folder, judges it, and names the rules that it broke. */
const broken = async (house: House): Promise<ReadonlyArray<string>> => {
  const base = mkdtempSync(join(tmpdir(), "kis-house-"))
  try {
    symlinkSync(inRoot("packages/checks/node_modules"), join(base, "node_modules"))
    for (const [path, source] of Object.entries({ "package.json": declared, ...house })) {
      mkdirSync(dirname(join(base, path)), { recursive: true })
      writeFileSync(join(base, path), source)
    }
    const { violations } = await judge(
      base,
      readdirSync(base).filter((_) => _ === "packages" || _ === "examples")
    )
    return [...new Set(violations.map((_) => _.rule))]
  } finally {
    rmSync(base, { recursive: true })
  }
}

const nothing = "export const nothing = 0\n"

/** One room imports the room above it: every room but the topmost. */
const uphill = rooms.slice(1).map((room, index): readonly [rule: string, house: House] => [
  `room-${room.name}`,
  {
    [`packages/core/src/${room.name}/Low.ts`]: `import type { nothing } from "../${rooms[index]!.name}/High.ts"\nexport type A = typeof nothing\n`,
    [`packages/core/src/${rooms[index]!.name}/High.ts`]: nothing
  }
])

const violations: ReadonlyArray<readonly [rule: string, house: House]> = [
  ...uphill,
  [
    "known-room",
    {
      "packages/core/src/attic/A.ts": `export { nothing } from "./B.ts"\n`,
      "packages/core/src/attic/B.ts": nothing
    }
  ],
  [
    "module-not-barrel",
    {
      "packages/core/src/identity/A.ts": `export { nothing } from "../time/index.ts"\n`,
      "packages/core/src/time/index.ts": nothing
    }
  ],
  [
    "room-internals",
    {
      "packages/core/src/identity/A.ts": `export { nothing } from "../time/internal/zones.ts"\n`,
      "packages/core/src/time/internal/zones.ts": nothing
    }
  ],
  ["core-without-node", { "packages/core/src/time/A.ts": `export { join } from "node:path"\n` }],
  ["core-stable-effect", { "packages/core/src/time/A.ts": `export * as Sql from "effect/sql/SqlClient"\n` }],
  ["core-stable-effect", { "packages/core/src/time/A.ts": `export * as Bytes from "effect/Bytes"\n` }],
  ["core-stable-effect", { "packages/core/src/time/A.ts": `export { Effect } from "effect"\n` }],
  ["wide-range-stable", { "packages/crypto-node/src/A.ts": `export * as Path from "effect/Path"\n` }],
  [
    "core-alone",
    {
      "packages/core/test/A.test.ts": `export { nothing } from "../../testkit/src/B.ts"\n`,
      "packages/testkit/src/B.ts": nothing
    }
  ],
  [
    "adapter-on-core",
    {
      "packages/testkit/src/A.ts": `export { nothing } from "../../storage-sqlite/src/B.ts"\n`,
      "packages/storage-sqlite/src/B.ts": nothing
    }
  ],
  [
    "way-in-apart",
    {
      "packages/cli/src/A.ts": `export { nothing } from "../../http/src/B.ts"\n`,
      "packages/http/src/B.ts": nothing
    }
  ],
  [
    "way-in-apart",
    {
      "packages/cli/src/A.ts": `export { nothing } from "../../testkit/src/Laws.ts"\n`,
      "packages/testkit/src/Laws.ts": nothing
    }
  ],
  [
    "examples-on-top",
    {
      "packages/cli/test/A.test.ts": `export { nothing } from "../../../examples/quickstart/src/B.ts"\n`,
      "examples/quickstart/src/B.ts": nothing
    }
  ],
  [
    "checks-apart",
    {
      "packages/cli/test/A.test.ts": `export { nothing } from "../../checks/src/B.ts"\n`,
      "packages/checks/src/B.ts": nothing
    }
  ],
  [
    "src-without-tests",
    {
      "packages/cli/src/A.ts": `export { nothing } from "../test/fakes.ts"\n`,
      "packages/cli/test/fakes.ts": nothing
    }
  ],
  [
    "src-declares",
    {
      "packages/cli/src/A.ts": `export * as fc from "fast-check"\n`,
      "packages/cli/package.json": `{ "devDependencies": { "fast-check": "4" } }`
    }
  ],
  ["src-declares", { "packages/cli/src/A.ts": `export * as fc from "fast-check"\n` }],
  [
    "no-circle",
    {
      "packages/core/src/time/A.ts": `export { nothing } from "./B.ts"\n`,
      "packages/core/src/time/B.ts": `export { nothing } from "./A.ts"\n`
    }
  ],
  ["resolvable", { "packages/core/src/time/A.ts": `export { nothing } from "./Gone.ts"\n` }]
]

describe("Boundaries", () => {
  it.each(violations)("%s bites", async (rule, house) => {
    assert.deepStrictEqual(await broken(house), [rule])
  })

  it("has a failing fixture for every rule", () => {
    const bitten = new Set(violations.map(([rule]) => rule))
    assert.deepStrictEqual(
      rules()
        .map((_) => _.name)
        .filter((name) => !bitten.has(name!)),
      []
    )
  })

  it("lets a well-built house stand", async () => {
    const house: House = {
      "packages/core/tsup.config.ts": `export { nothing } from "../checks/src/Build.ts"\n`,
      "packages/checks/src/Build.ts": nothing,
      "packages/core/src/time/Day.ts": `import * as Effect from "effect/Effect"\nexport const day = Effect.void\n`,
      "packages/core/src/identity/Nik.ts": `import { day } from "../time/Day.ts"\nexport const nik = day\n`,
      "packages/core/src/identity/index.ts": `export * as Nik from "./Nik.ts"\n`,
      "packages/storage-sqlite/src/Store.ts": `export { Nik } from "../../core/src/identity/index.ts"\nexport { join } from "node:path"\n`,
      "packages/storage-sqlite/test/Store.test.ts": `export { nothing } from "../../testkit/src/Laws.ts"\n`,
      "packages/testkit/src/Laws.ts": `export { nik as nothing } from "../../core/src/identity/Nik.ts"\n`,
      "packages/cli/src/bin.ts": `export * from "../../storage-sqlite/src/Store.ts"\n`,
      "packages/cli/src/Golden.ts": `export * from "../../testkit/src/Golden.ts"\n`,
      "packages/testkit/src/Golden.ts": `export { nik as golden } from "../../core/src/identity/Nik.ts"\n`,
      "examples/quickstart/src/demo.ts": `export * from "../../../packages/cli/src/bin.ts"\n`
    }
    assert.deepStrictEqual(await broken(house), [])
  })

  it("types alone may point back", async () => {
    const house: House = {
      "packages/core/src/time/A.ts": `export { nothing } from "./B.ts"\nexport type A = 1\n`,
      "packages/core/src/time/B.ts": `import type { A } from "./A.ts"\nexport const nothing: A = 1\n`
    }
    assert.deepStrictEqual(await broken(house), [])
  })
})

describe("Rooms", () => {
  it("names every folder of core, and every folder is offered as a subpath", () => {
    const folders = readdirSync(inRoot("packages/core/src")).toSorted()
    const named = new Set(rooms.map((_) => _.name))
    assert.deepStrictEqual(
      folders.filter((_) => !named.has(_)),
      []
    )
    const core = projects.find((_) => _.manifest.name === "@kis/core")!
    const offered = Object.keys(core.manifest.exports ?? {})
      .filter((_) => !/internal|[.]json$/.test(_))
      .map((_) => _.slice(2))
    assert.deepStrictEqual(offered.toSorted(), folders)
  })
})
