/** What the errors of life events say, what an event must hold to be read, and by what its rows are found. */
import { assert, describe, it } from "@effect/vitest"
import { Account } from "@kis/core/contribution"
import { Decree, DecreeRun, Household, Life, LifeEvent, LifePlan, LifeRecord } from "@kis/core/membership"
import { Month } from "@kis/core/time"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { day, father, first, granny, known, mother, second, today } from "./families.ts"

describe("an error", () => {
  it("says what is wrong and what to do about it", () => {
    const messages = [
      [
        new Life.HouseholdUnknown({ household: "h-1" }),
        "There is no household h-1. Find it by one of its people with householdOf, or enrol it."
      ],
      [
        new Life.PersonElsewhere({ participant: "p-1", household: "h-1" }),
        "The participant p-1 is in household h-1. Report first that they leave it, then what brings them here."
      ],
      [
        new Life.PersonElsewhere({ participant: "p-1" }),
        "The participant p-1 has a membership already. Report first that they leave it, then what brings them here."
      ],
      [
        new Life.KeyReused({ record: "r-1" }),
        "This idempotency key belongs to the event r-1. Send another event under a new key."
      ],
      [
        new LifePlan.PlanStale({ planned: 3, found: 5 }),
        "The plan was made of revision 3 of the family, which is at 5. Make the plan again, show it again, and carry that one out."
      ],
      [
        new Decree.DecreeDiffers({ decree: "3/HUK/2026" }),
        "The decree 3/HUK/2026 was begun with other lines. Go on with the lines that it was begun with."
      ],
      [
        new LifeEvent.EventRefused({
          event: "Death",
          reasons: [{ code: "PersonHasDied" }, { code: "EventAfterTheDay" }]
        }),
        "The event Death does not fit the family: PersonHasDied, EventAfterTheDay. Correct the event or the family's record."
      ]
    ] as const
    for (const [error, message] of messages) assert.strictEqual(error.message, message)
  })
})

describe("an event", () => {
  const codec = Schema.toCodecJson(LifeEvent.LifeEvent)
  const read = Schema.decodeUnknownResult(codec)
  const newcomer = { ref: granny, facts: known("2020-01-01"), verified: true }
  const whole: ReadonlyArray<LifeEvent.LifeEvent> = [
    { _tag: "Birth", ref: granny, birthDate: day("2026-01-01"), hasNik: false, mother },
    { _tag: "Adoption", child: newcomer },
    { _tag: "Marriage", of: father, spouse: newcomer, newCard: true },
    { _tag: "Divorce", leaves: [father, first] },
    { _tag: "Death", of: father, diedOn: day("2026-01-01") },
    { _tag: "ChildTurns", of: first, studies: true },
    { _tag: "NewJob", of: father, paidBy: "state", wage: 5_000_000, employer: "acme" },
    { _tag: "Dismissal", of: father, cause: "phk", proofs: ["court-ruling"], disputed: false },
    { _tag: "Retirement", of: father, as: "pensioner", pension: 3_000_000 },
    { _tag: "Retirement", of: father, as: "veteran", referencePay: 5_000_000 },
    { _tag: "Retirement", of: father, as: "none" },
    { _tag: "Move", residence: "9971", localScheme: false, facility: "0101" },
    { _tag: "PbiDecree", listed: [father], removed: [mother] },
    { _tag: "StartsSelfPay", of: [father, mother], wardClass: 2 },
    { _tag: "FactsCorrected", of: father, facts: { hasNik: true } },
    { _tag: "CareEnds", of: first }
  ]

  it("is read back as it was kept", () => {
    const encode = Schema.encodeSync(codec)
    for (const event of whole) assert.deepStrictEqual(read(encode(event)), Result.succeed(event), event._tag)
  })

  it("is not read without what it needs, and a newcomer neither", () => {
    for (const { _tag } of whole) assert.isTrue(Result.isFailure(read({ _tag })), _tag)
    for (const key of ["ref", "facts", "verified"] as const) {
      const { [key]: _, ...child } = newcomer
      assert.isTrue(Result.isFailure(read({ _tag: "Adoption", child })), key)
    }
    assert.isTrue(Result.isFailure(read({ _tag: "Retirement", of: father, as: "rich" })))
  })

  it("is not read with a residence that is no regency", () => {
    for (const residence of ["997", "99711", "x9971", "9971x", "99a1", ""]) {
      const found = read({ _tag: "Move", residence })
      const said = Result.isFailure(found) ? String(found.failure) : "read"
      assert.include(said, "expected a regency code of four digits", residence)
    }
  })
})

describe("the rows", () => {
  const keys = <A>(
    of: ReadonlyArray<{ readonly name: string; readonly of: (value: A) => ReadonlyArray<string> }>,
    value: A
  ) => Object.fromEntries(of.map((key) => [key.name, key.of(value)]))

  it("of a household are found by its people and listed by office", () => {
    const card: Household.Household = {
      revision: 0,
      office: "0903",
      members: [
        { ref: father, relation: "head", facts: {} },
        { ref: second, relation: "child", facts: {} }
      ]
    }
    assert.deepStrictEqual(keys(Household.aggregate.uniqueKeys, card), { memberOf: [father, second] })
    assert.deepStrictEqual(Household.aggregate.columnsOf(card), ["0903"])
    assert.deepStrictEqual(Household.aggregate.declaration.indexes, [{ name: "byOffice", columns: ["office"] }])
  })

  it("of an account are one for each reference, and found by the holder", () => {
    const account = { participant: father, account: Account.open(`${father}:1`) }
    assert.deepInclude(keys(Household.accounts.uniqueKeys, account), { ref: [`${father}:1`] })
    assert.deepStrictEqual(keys(Household.accounts.blindKeys, account), { holder: [father] })
    // one for each payment of a person, whichever account it was posted to; bills have none
    const entry = { on: today.appliesOn, amount: 35_000 }
    const paid = { ...entry, _tag: "Paid", reference: "bank-1" } as const
    const billed = { ...entry, _tag: "Billed", month: Month.make("2026-02"), reference: "bill-1" } as const
    const used = Result.getOrThrow(Account.postAll(account.account, [billed, paid]))
    assert.deepInclude(keys(Household.accounts.uniqueKeys, { ...account, account: used }), {
      payment: [Household.paymentKey(father, "bank-1")]
    })
  })

  it("of an event are one for each order, found by household and by person, and listed by day", () => {
    const record: LifeRecord.LifeRecord = {
      command: "counter-7:41",
      content: "hash",
      household: granny,
      actor: { kind: "officer", id: "417" },
      event: { _tag: "GraceEnds" },
      appliesOn: today.appliesOn,
      knownOn: day("2026-02-11"),
      policyVersion: "1",
      changes: [father, mother, father].map((ref) => ({
        ref,
        kind: "stays",
        effectiveOn: today.appliesOn,
        reasons: [{ code: "CoverStaysUntilAnswered" }],
        missing: []
      }))
    }
    assert.deepStrictEqual(keys(LifeRecord.aggregate.uniqueKeys, record), { command: ["counter-7:41"] })
    assert.deepStrictEqual(keys(LifeRecord.aggregate.blindKeys, record), {
      household: [granny],
      person: [father, mother]
    })
    assert.deepStrictEqual(LifeRecord.aggregate.columnsOf(record), ["2026-02-10"])
    assert.deepStrictEqual(LifeRecord.aggregate.declaration.indexes, [{ name: "byDay", columns: ["on"] }])
  })

  it("of a decree are one for each number, and listed by day", () => {
    const run: DecreeRun.DecreeRun = {
      decree: "3/HUK/2026",
      digest: "d",
      batch: 500,
      actor: { kind: "system", id: "decree" },
      on: today.appliesOn,
      counts: DecreeRun.none,
      finished: false
    }
    assert.deepStrictEqual(keys(DecreeRun.aggregate.uniqueKeys, run), { decree: ["3/HUK/2026"] })
    assert.deepStrictEqual(DecreeRun.aggregate.columnsOf(run), ["2026-02-10"])
    assert.deepStrictEqual(DecreeRun.aggregate.declaration.indexes, [{ name: "byDay", columns: ["on"] }])
  })
})
