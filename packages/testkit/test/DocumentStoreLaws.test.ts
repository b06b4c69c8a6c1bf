import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as DocumentStoreBroken from "../src/DocumentStoreBroken.ts"
import * as DocumentStoreLaws from "../src/DocumentStoreLaws.ts"
import * as Law from "../src/Law.ts"

DocumentStoreLaws.suite("memory", DocumentStoreLaws.layerMemory)

describe("DocumentStore, broken on purpose", () => {
  for (const defect of DocumentStoreBroken.defects) {
    it.effect(`${defect} is caught`, () =>
      Effect.gen(function* () {
        const caught = yield* Law.broken(DocumentStoreLaws.laws, DocumentStoreBroken.layerBroken(defect))
        assert.include(caught, DocumentStoreBroken.caughtBy[defect])
      })
    )
  }

  it("every law is broken by one of them", () => {
    assert.sameMembers(
      DocumentStoreLaws.laws.map((_) => _.name),
      [...new Set<string>(Object.values(DocumentStoreBroken.caughtBy))]
    )
  })
})
