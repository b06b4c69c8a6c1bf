/** That a thousand registrations of one person make one card, in memory; and that whatever may go wrong is found. */
import { assert, describe, it } from "@effect/vitest"
import { Permission } from "@kis/core/access"
import { Crypto } from "@kis/core/privacy"
import { StorageMemory } from "@kis/core/storage"
import { StorageBroken } from "@kis/testkit/laws"
import * as OneCard from "@kis/testkit/one-card"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

const ports = Layer.merge(StorageMemory.layer, Crypto.layer)

const rushed = (count: number) =>
  Effect.gen(function* () {
    const all = OneCard.contenders(count)
    return yield* OneCard.verify(all, yield* OneCard.rush(all))
  })

describe("a person whom 1,000 register at once", () => {
  it.live("has one card and one welcome, and only who may know is told", () =>
    Effect.gen(function* () {
      const report = yield* rushed(1_000)
      assert.deepStrictEqual(report.findings, [])
      assert.strictEqual(report.told + report.neutral, 1_000)
      assert.isAbove(report.told, 300)
      assert.isAbove(report.neutral, 300)
    }).pipe(Effect.provide(OneCard.layer(ports)))
  )

  it.live.each(Array.from({ length: 10 }, (_, i) => i))("whoever comes first: kind %d", (first) =>
    Effect.gen(function* () {
      const all = OneCard.contenders(100)
      const [winner, ...others] = [...all.slice(first), ...all.slice(0, first)]
      const before = yield* OneCard.rush(winner === undefined ? [] : [winner])
      const report = yield* OneCard.verify(all, [...before, ...(yield* OneCard.rush(others))])
      assert.deepStrictEqual(report.findings, [])
      assert.strictEqual(report.winner, before[0]?.label)
    }).pipe(Effect.provide(OneCard.layer(ports)))
  )
})

describe("what goes wrong is found", () => {
  it.live.each(["noUniqueIndex", "checksThenWrites"] as const)("a store that %s", (defect) =>
    Effect.gen(function* () {
      const report = yield* rushed(40)
      assert.isTrue(
        report.findings.some((it) => /cards were issued/.test(it)),
        report.findings.join("\n")
      )
      assert.isTrue(report.findings.some((it) => /welcomes were sent/.test(it)))
    }).pipe(Effect.provide(OneCard.layer(Layer.merge(StorageBroken.layerBroken(defect), Crypto.layer))))
  )

  it.live("an organisation that gives everybody every area", () => {
    const every = Layer.succeed(Permission.Mandates, { of: () => Effect.succeed({ offices: "every", employers: [] }) })
    return Effect.gen(function* () {
      const report = yield* rushed(40)
      assert.isTrue(report.findings.some((it) => /may not know/.test(it)))
    }).pipe(Effect.provide(OneCard.layerOf(ports, every)))
  })

  const wrong: ReadonlyArray<readonly [string, RegExp, (answer: OneCard.Answer, won: string) => OneCard.Answer]> = [
    ["no answer", /got no answer/, ({ key, label }) => ({ key, label, failed: "Contention" })],
    [
      "the registration that won, to a stranger",
      /may not know|an id of/,
      (answer, won) => ({ ...answer, registration: won })
    ],
    [
      "that somebody is known, to a stranger",
      /may not know/,
      (answer) => ({
        ...answer,
        outcomes: [
          { _tag: "Received", line: 1 },
          { _tag: "Received", line: 2 }
        ]
      })
    ]
  ]
  it.live.each(wrong)("%s", ([, finding, spoil]) =>
    Effect.gen(function* () {
      const all = OneCard.contenders(40)
      const answers = yield* OneCard.rush(all)
      const [first] = answers
      const won = first !== undefined && "registration" in first ? first.registration : ""
      const spoilt = answers.map((it) => (it.label.startsWith("citizen:stranger") ? spoil(it, won) : it))
      const report = yield* OneCard.verify(all, spoilt)
      assert.isTrue(
        report.findings.some((it) => finding.test(it)),
        report.findings.join("\n")
      )
    }).pipe(Effect.provide(OneCard.layer(ports)))
  )

  it.live("an answer that is missing", () =>
    Effect.gen(function* () {
      const all = OneCard.contenders(20)
      const report = yield* OneCard.verify(all, (yield* OneCard.rush(all)).slice(1))
      assert.deepStrictEqual(report.findings, ["20 asked, 19 were answered"])
    }).pipe(Effect.provide(OneCard.layer(ports)))
  )
})
