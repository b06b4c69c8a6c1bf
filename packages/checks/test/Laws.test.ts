import { Crypto } from "@kis/core/privacy"
import { CryptoBroken, CryptoLaws } from "@kis/testkit/laws"
import { globSync } from "node:fs"
import { basename } from "node:path"
import { assert, describe, it } from "vitest"
import { portOf, problemsOf } from "../src/laws/Port.ts"
import { ports } from "../src/laws/Ports.ts"
import { tablesOf } from "../src/laws/Table.ts"

const another = "another key is Tampered"
const places = "another place is Tampered"
const laws = CryptoLaws.laws.filter((law) => [another, places].includes(law.name))

const port = portOf({
  name: "Crypto",
  laws: () => [...laws, { ...laws[0]!, name: "of another sort", needs: () => false }],
  adapters: [
    { name: "whole", load: () => Promise.resolve({ layer: Crypto.layer, capabilities: {} }) },
    {
      name: "broken",
      load: () => Promise.resolve({ layer: CryptoBroken.layerBroken("ignoresAad"), capabilities: {} })
    },
    { name: "elsewhere", load: () => Promise.resolve({ missing: "no such machine" }) }
  ],
  // the second is meant for a law that does not catch it
  caughtBy: { ignoresAad: places, doubleHash: places },
  layerBroken: CryptoBroken.layerBroken,
  lawsOfDefects: laws
})

const ran = port.run(() => {})

describe("pnpm test:laws", () => {
  it("tells what became of each law on each adapter", async () => {
    const { adapters } = await ran
    const results = adapters.map((_) => [_.adapter, ..._.laws.map(({ law, result }) => `${law}: ${result}`)])
    assert.deepStrictEqual(results, [
      ["whole", `${places}: holds`, `${another}: holds`, "of another sort: skipped"],
      ["broken", `${places}: broken`, `${another}: holds`, "of another sort: skipped"],
      ["elsewhere"]
    ])
  })

  it("names a broken law, a defect that is missed, and a law that nothing fails", async () => {
    const problems = problemsOf(await ran, false).map((_) => _.split("\n")[0])
    assert.deepStrictEqual(problems, [
      `Crypto, broken: breaks "${places}"`,
      `Crypto: doubleHash is not caught by "${places}"`,
      `Crypto: no broken layer fails "${another}"`
    ])
  })

  it("an adapter that could not run is named where it must run", async () => {
    assert.include(problemsOf(await ran, true), "Crypto, elsewhere: did not run: no such machine")
  })

  it("shows both as tables", async () => {
    const lines = tablesOf(await ran).split("\n")
    assert.include(lines, "another place is Tampered  holds  BROKEN  not run")
    assert.include(lines, "of another sort            -      -       not run")
    assert.include(lines, "elsewhere: NOT RUN, no such machine")
    assert.include(lines, "another place is Tampered  ignoresAad  caught")
    assert.include(lines, "                           doubleHash  MISSED")
  })

  it("knows every port that has laws", () => {
    const suites = globSync("../../testkit/src/*Laws.ts", { cwd: import.meta.dirname }).map((file) =>
      basename(file, "Laws.ts")
    )
    assert.isAbove(suites.length, 0)
    assert.sameMembers(
      ports.map((_) => _.name),
      suites
    )
  })
})
