import { assert, describe, it } from "@effect/vitest"
import { Membership } from "@kis/core/membership"

describe("Membership", () => {
  it("makes nobody active whom the population register did not confirm", () => {
    for (const selfPaid of [true, false]) {
      assert.strictEqual(Membership.opening({ verified: false, selfPaid }), "PENDING_VERIFICATION")
    }
  })

  it("waits for the first payment of whoever pays alone", () => {
    assert.strictEqual(Membership.opening({ verified: true, selfPaid: true }), "AWAITING_FIRST_PAYMENT")
    assert.strictEqual(Membership.opening({ verified: true, selfPaid: false }), "ACTIVE")
  })

  it("opens only along an edge that has a citation", () => {
    const opened = Membership.edges.filter((edge) => edge.from === "UNREGISTERED").map((edge) => edge.to)
    for (const verified of [true, false]) {
      for (const selfPaid of [true, false]) assert.include(opened, Membership.opening({ verified, selfPaid }))
    }
    assert.isTrue(Membership.edges.every((edge) => edge.citation.source !== ""))
  })

  it("comes to every state", () => {
    const reached = new Set<string>(["UNREGISTERED"])
    for (let grown = true; grown;) {
      const before = reached.size
      for (const { from, to } of Membership.edges) if (reached.has(from)) reached.add(to)
      grown = reached.size > before
    }
    assert.deepStrictEqual([...reached].sort(), ["UNREGISTERED", ...Membership.State.literals].sort())
  })
})
