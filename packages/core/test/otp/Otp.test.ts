import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { TestClock } from "effect/testing"
import type { PhoneNumber } from "../../src/identity/PhoneNumber.ts"
import * as Inbox from "../../src/messaging/Inbox.ts"
import * as MessageChannel from "../../src/messaging/MessageChannel.ts"
import * as Challenge from "../../src/otp/Challenge.ts"
import * as Ledger from "../../src/otp/Ledger.ts"
import * as Limits from "../../src/otp/Limits.ts"
import * as Otp from "../../src/otp/Otp.ts"
import * as Storage from "../../src/storage/Storage.ts"
import * as StorageMemory from "../../src/storage/StorageMemory.ts"
import type { Id } from "../../src/storage/Id.ts"
import { dispatchDue, house, messages, phone, received } from "../messaging/house.ts"

const MINUTE = 60_000

const purpose = Challenge.Purpose.make("confirm-phone")

const limits: Limits.Table = {
  ...Limits.standard,
  sendsPerPhone: Limits.standard.sendsPerPhone.map((_) => ({ ..._, value: 1_000 }))
}

const roomy = { otp: { limits } }

const start = (subject = "p1", to = phone(1), more: Partial<Otp.Start> = {}) =>
  Effect.flatMap(Otp.Otp, (_) => _.start({ purpose, destination: to, subject, language: "id", ...more }))

const check = (challenge: Id, code: string) => Effect.flatMap(Otp.Otp, (_) => _.check({ challenge, code }))

const reply = (destination: PhoneNumber, code: string) => Effect.flatMap(Otp.Otp, (_) => _.check({ destination, code }))

/** What the phone shows: the codes of all messages that it got, oldest first. */
const codesAt = (to: PhoneNumber) =>
  Effect.gen(function* () {
    yield* dispatchDue
    const all = yield* received
    return all.filter((_) => _.to === to).map((_) => _.text.slice(0, 6))
  })

const lastCodeAt = (to: PhoneNumber) => Effect.map(codesAt(to), (_) => _.at(-1)!)

/** Some code that is not the given one. */
const notThe = (code: string, shift = 1) => String((Number(code) + shift) % 1_000_000).padStart(6, "0")

const outcome = (checked: Otp.Checked) => (checked._tag === "Verified" ? "Verified" : checked.reason)

describe("Otp", () => {
  it.effect("verifies the phone that got the code, for the account that asked", () =>
    Effect.gen(function* () {
      const { challenge, expiresAt } = yield* start()
      assert.strictEqual(expiresAt, 10 * MINUTE)
      yield* TestClock.adjust(1_000)
      assert.deepStrictEqual(yield* check(challenge, yield* lastCodeAt(phone(1))), {
        _tag: "Verified",
        challenge,
        purpose,
        destination: phone(1),
        subject: "p1",
        at: 1_000
      })
    }).pipe(Effect.provide(house()))
  )

  it.effect("a code works once", () =>
    Effect.gen(function* () {
      const { challenge } = yield* start()
      const code = yield* lastCodeAt(phone(1))
      assert.strictEqual(outcome(yield* check(challenge, code)), "Verified")
      assert.strictEqual(outcome(yield* check(challenge, code)), "Ended")
      assert.strictEqual(outcome(yield* reply(phone(1), code)), "Ended")
    }).pipe(Effect.provide(house()))
  )

  it.effect("the code of one request is wrong in another", () =>
    Effect.gen(function* () {
      const a = yield* start("p1", phone(1))
      const b = yield* start("p2", phone(2))
      const c = yield* start("p1", phone(1), { purpose: Challenge.Purpose.make("change-phone") })
      const code = (yield* codesAt(phone(1)))[0]!
      assert.strictEqual(outcome(yield* check(b.challenge, code)), "Wrong")
      assert.strictEqual(outcome(yield* check(c.challenge, code)), "Wrong")
      assert.strictEqual(outcome(yield* check(a.challenge, code)), "Verified")
    }).pipe(Effect.provide(house()))
  )

  it.effect("five wrong guesses end a code, also for who then knows it", () =>
    Effect.gen(function* () {
      const { challenge } = yield* start()
      const code = yield* lastCodeAt(phone(1))
      const left: Array<unknown> = []
      for (let i = 1; i <= 5; i++) {
        const checked = yield* check(challenge, notThe(code, i))
        left.push(checked._tag === "Refused" && checked.reason === "Wrong" ? checked.guessesLeft : checked)
      }
      assert.deepStrictEqual(left, [4, 3, 2, 1, 0])
      assert.strictEqual(outcome(yield* check(challenge, code)), "Ended")
    }).pipe(Effect.provide(house()))
  )

  it.effect("what holds no code costs no guess", () =>
    Effect.gen(function* () {
      const { challenge } = yield* start()
      const code = yield* lastCodeAt(phone(1))
      for (const text of ["", "halo", "12345", `${code}9`, `${code} ${notThe(code)}`]) {
        assert.strictEqual(outcome(yield* check(challenge, text)), "Unreadable", text)
      }
      const wrong = yield* check(challenge, notThe(code))
      assert.deepInclude(wrong, { reason: "Wrong", guessesLeft: 4 })
    }).pipe(Effect.provide(house()))
  )

  it.effect("reads the digits of any script", () =>
    Effect.gen(function* () {
      const { challenge } = yield* start()
      const code = yield* lastCodeAt(phone(1))
      const arabic = Array.from(code, (_) => String.fromCodePoint(0x660 + Number(_))).join(" ")
      assert.strictEqual(outcome(yield* check(challenge, `kode: ${arabic}.`)), "Verified")
    }).pipe(Effect.provide(house()))
  )
})

describe("Otp, expiry", () => {
  const at = (millis: number) =>
    Effect.gen(function* () {
      const { challenge } = yield* start()
      const code = yield* lastCodeAt(phone(1))
      yield* TestClock.setTime(millis)
      return outcome(yield* check(challenge, code))
    }).pipe(Effect.provide(house()))

  it.effect("to the millisecond", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* at(10 * MINUTE - 1), "Verified")
    })
  )
  it.effect("at its last instant it is over", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* at(10 * MINUTE), "Ended")
    })
  )
  it.effect("and after it", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* at(10 * MINUTE + 1), "Ended")
    })
  )

  it.effect("a server whose clock is five minutes late still takes it", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(10 * MINUTE)
      const { challenge } = yield* start()
      const code = yield* lastCodeAt(phone(1))
      yield* TestClock.setTime(5 * MINUTE)
      assert.strictEqual(outcome(yield* check(challenge, code)), "Verified")
    }).pipe(Effect.provide(house()))
  )

  it.effect("a clock that steps back revives nothing that was seen to be over", () =>
    Effect.gen(function* () {
      const { challenge } = yield* start()
      const code = yield* lastCodeAt(phone(1))
      yield* TestClock.setTime(9 * MINUTE)
      assert.strictEqual(outcome(yield* check(challenge, notThe(code))), "Wrong")
      // the phone's next code is made when this one is over; the clock then steps back 5 minutes
      yield* TestClock.setTime(12 * MINUTE)
      yield* start("p2")
      yield* TestClock.setTime(7 * MINUTE)
      assert.strictEqual(outcome(yield* check(challenge, code)), "Ended")
    }).pipe(Effect.provide(house()))
  )

  it.effect("a clock that steps back gives no guesses back", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(60 * MINUTE)
      yield* spendGuesses("p1", phone(1), 20)
      yield* TestClock.setTime(55 * MINUTE)
      const failed = yield* Effect.flip(start())
      assert.deepInclude(failed, { reason: "TooManyGuesses" })
    }).pipe(Effect.provide(house(roomy)))
  )

  it.effect("nor is it sent again", () =>
    Effect.gen(function* () {
      const over = yield* start()
      yield* TestClock.setTime(12 * MINUTE)
      yield* start("p2")
      yield* TestClock.setTime(7 * MINUTE)
      const fresh = yield* start()
      assert.notStrictEqual(fresh.challenge, over.challenge)
      assert.strictEqual(fresh.expiresAt, 22 * MINUTE)
    }).pipe(Effect.provide(house()))
  )

  it.effect("expired copies are forgotten", () =>
    Effect.gen(function* () {
      const otp = yield* Otp.Otp
      yield* start("p1")
      yield* start("p2")
      yield* TestClock.setTime(5 * MINUTE)
      const { challenge } = yield* start("p3")
      yield* TestClock.setTime(10 * MINUTE)
      assert.strictEqual(yield* otp.endExpired, 2)
      assert.strictEqual(yield* otp.endExpired, 0)
      const storage = yield* Storage.Storage
      const { rows } = yield* storage.snapshot(storage.scan(Challenge.aggregate, "id", {}, { limit: 10 }))
      assert.deepStrictEqual(
        rows.map((_) => [_.id === challenge, _.value.state, _.value.copy === undefined]),
        [
          [false, "ended", true],
          [false, "ended", true],
          [true, "open", false]
        ]
      )
    }).pipe(Effect.provide(house()))
  )
})

/** Guesses wrongly `times`, asking for a new code whenever one is spent. */
const spendGuesses = (subject: string, to: PhoneNumber, times: number) =>
  Effect.gen(function* () {
    let { challenge } = yield* start(subject, to)
    let code = yield* lastCodeAt(to)
    for (let i = 0; i < times; i++) {
      let checked = yield* check(challenge, notThe(code, i + 1))
      if (outcome(checked) === "Ended") {
        challenge = (yield* start(subject, to)).challenge
        code = yield* lastCodeAt(to)
        checked = yield* check(challenge, notThe(code, i + 1))
      }
      assert.strictEqual(outcome(checked), "Wrong", `guess ${i + 1}`)
    }
  })

describe("Otp, guess budgets", () => {
  it.effect("asking again sends the same code and gives no guess back", () =>
    Effect.gen(function* () {
      const first = yield* start()
      const code = yield* lastCodeAt(phone(1))
      for (let i = 1; i <= 3; i++) yield* check(first.challenge, notThe(code, i))
      yield* TestClock.adjust(MINUTE)
      const again = yield* start()
      assert.deepInclude(again, { challenge: first.challenge, expiresAt: first.expiresAt, sentNow: true })
      assert.deepStrictEqual(yield* codesAt(phone(1)), [code, code])
      assert.deepInclude(yield* check(first.challenge, notThe(code, 4)), { reason: "Wrong", guessesLeft: 1 })
      assert.strictEqual(outcome(yield* check(again.challenge, code)), "Verified")
    }).pipe(Effect.provide(house()))
  )

  it.effect("asking again at once sends nothing and says when", () =>
    Effect.gen(function* () {
      yield* start()
      const again = yield* start()
      assert.deepInclude(again, { sentNow: false, resendAt: 30_000 })
      assert.lengthOf(yield* codesAt(phone(1)), 1)
      for (let i = 0; i < 10; i++) {
        yield* TestClock.adjust(MINUTE / 2)
        yield* start()
      }
      assert.lengthOf(yield* codesAt(phone(1)), 4, "sent four times and no more")
      assert.notProperty(yield* start(), "resendAt")
    }).pipe(Effect.provide(house()))
  )

  it.effect("new codes do not refill the account: closed after 20, for a bounded time", () =>
    Effect.gen(function* () {
      yield* spendGuesses("p1", phone(1), 20)
      const closed = yield* Effect.flip(start())
      assert.deepInclude(closed, { reason: "TooManyGuesses", until: 24 * 60 * MINUTE })
      // neither another phone nor another purpose helps the same account
      assert.deepInclude(yield* Effect.flip(start("p1", phone(2))), { reason: "TooManyGuesses" })
      const other = start("p1", phone(3), { purpose: Challenge.Purpose.make("change-phone") })
      assert.deepInclude(yield* Effect.flip(other), { reason: "TooManyGuesses" })
      yield* TestClock.setTime(24 * 60 * MINUTE)
      yield* start()
    }).pipe(Effect.provide(house(roomy)))
  )

  it.effect("an open code does not outlive the budget", () =>
    Effect.gen(function* () {
      yield* spendGuesses("p1", phone(1), 18)
      const elsewhere = yield* start("p1", phone(2))
      const code = yield* lastCodeAt(phone(2))
      yield* check(elsewhere.challenge, notThe(code, 1))
      yield* check(elsewhere.challenge, notThe(code, 2))
      const checked = yield* check(elsewhere.challenge, code)
      assert.deepInclude(checked, { reason: "Closed", action: "confirm-phone" })
    }).pipe(Effect.provide(house(roomy)))
  )

  it.effect("a phone is closed after 50, whatever the accounts", () =>
    Effect.gen(function* () {
      for (const subject of ["p1", "p2", "p3", "p4", "p5"]) yield* spendGuesses(subject, phone(1), 10)
      assert.deepInclude(yield* Effect.flip(start("p6")), { reason: "TooManyGuesses" })
      yield* start("p6", phone(2))
    }).pipe(Effect.provide(house(roomy)))
  )

  it.effect("success with a code gives no guesses back, a proof of another kind does", () =>
    Effect.gen(function* () {
      yield* spendGuesses("p1", phone(1), 19)
      const { challenge } = yield* start()
      const code = yield* lastCodeAt(phone(1))
      assert.strictEqual(outcome(yield* check(challenge, code)), "Verified")
      yield* spendGuesses("p1", phone(1), 1)
      assert.deepInclude(yield* Effect.flip(start()), { reason: "TooManyGuesses" })
      yield* (yield* Otp.Otp).refill({ destination: phone(1), subject: "p1" })
      yield* spendGuesses("p1", phone(1), 20)
    }).pipe(Effect.provide(house(roomy)))
  )

  it.effect("a phone gets a bounded number of messages a day", () =>
    Effect.gen(function* () {
      let sent = 0
      let refused = 0
      for (let i = 0; i < 60; i++) {
        yield* TestClock.adjust(11 * MINUTE)
        const started = yield* Effect.option(start())
        if (Option.isSome(started)) sent++
        else refused++
      }
      assert.deepStrictEqual([sent, refused], [20, 40])
      assert.deepInclude(yield* Effect.flip(start()), { reason: "TooManyCodes" })
    }).pipe(Effect.provide(house()))
  )
})

describe("Otp, many at once", () => {
  it.live("50 right answers at the same time: one success", () =>
    Effect.gen(function* () {
      const { challenge } = yield* start()
      const code = yield* lastCodeAt(phone(1))
      const all = yield* Effect.all(
        Array.from({ length: 50 }, () => check(challenge, code)),
        {
          concurrency: "unbounded"
        }
      )
      assert.deepStrictEqual(all.map(outcome).toSorted(), [...Array<string>(49).fill("Ended"), "Verified"])
    }).pipe(Effect.provide(house()))
  )

  it.live("from four processes: one success", () =>
    Effect.gen(function* () {
      const memory = StorageMemory.make()
      const of = (seed: string) => house({ memory, seed, rehearse: false })
      const [challenge, code] = yield* Effect.gen(function* () {
        const started = yield* start()
        return [started.challenge, yield* lastCodeAt(phone(1))] as const
      }).pipe(Effect.provide(of("zero")))
      const each = ["a", "b", "c", "d"].map((seed) =>
        Effect.all([check(challenge, code), check(challenge, code)], { concurrency: "unbounded" }).pipe(
          Effect.provide(of(seed))
        )
      )
      const all = (yield* Effect.all(each, { concurrency: "unbounded" })).flat().map(outcome)
      assert.deepStrictEqual(all.toSorted(), [...Array<string>(7).fill("Ended"), "Verified"])
    })
  )

  it.live("wrong answers at the same time never exceed the guesses", () =>
    Effect.gen(function* () {
      const memory = StorageMemory.make()
      const of = (seed: string) => house({ memory, seed, rehearse: false })
      const [challenge, code] = yield* Effect.gen(function* () {
        const started = yield* start()
        return [started.challenge, yield* lastCodeAt(phone(1))] as const
      }).pipe(Effect.provide(of("zero")))
      const each = ["a", "b", "c"].map((seed, process) =>
        Effect.all(
          Array.from({ length: 8 }, (_, i) => check(challenge, notThe(code, 10 * process + i + 1))),
          { concurrency: "unbounded" }
        ).pipe(Effect.provide(of(seed)))
      )
      const all = (yield* Effect.all(each, { concurrency: "unbounded" })).flat().map(outcome)
      assert.lengthOf(
        all.filter((_) => _ === "Wrong"),
        5
      )
      assert.lengthOf(
        all.filter((_) => _ === "Ended"),
        19
      )
    })
  )

  it.live("two that ask at once for a new phone share one code", () =>
    Effect.gen(function* () {
      const memory = StorageMemory.make()
      const started = yield* Effect.all(
        ["a", "b", "c"].map((seed) => Effect.provide(start(), house({ memory, seed, rehearse: false }))),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(new Set(started.map((_) => _.challenge)).size, 1)
      assert.lengthOf(yield* Effect.provide(messages, house({ memory, seed: "look" })), 1)
    })
  )
})

describe("Otp, family phone", () => {
  const family = ["p1", "p2", "p3", "p4", "p5", "p6"]

  it.effect("six members confirm one phone, each on their own, by what comes back from it", () =>
    Effect.gen(function* () {
      for (const member of family) yield* start(member)
      const codes = yield* codesAt(phone(1))
      assert.strictEqual(new Set(codes).size, 6)
      const verified: Array<string> = []
      for (const code of codes.toReversed()) {
        const checked = yield* reply(phone(1), `kode ${code}`)
        if (checked._tag === "Verified") verified.push(checked.subject)
      }
      assert.deepStrictEqual(verified, family.toReversed())
    }).pipe(Effect.provide(house()))
  )

  it.effect("one wrong reply costs each of them one guess, and the phone as many as it tried", () =>
    Effect.gen(function* () {
      for (const member of family) yield* start(member)
      const codes = new Set(yield* codesAt(phone(1)))
      const wrongs = Array.from({ length: 60 }, (_, i) => notThe("500000", i)).filter((_) => !codes.has(_))
      const outcomes: Array<string> = []
      for (const wrong of wrongs.slice(0, 9)) outcomes.push(outcome(yield* reply(phone(1), wrong)))
      // 5 replies end all six codes, after 30 guesses
      assert.deepStrictEqual(outcomes, [...Array<string>(5).fill("Wrong"), ...Array<string>(4).fill("Ended")])
      for (const member of family.slice(0, 4)) yield* start(member)
      for (const wrong of wrongs.slice(9, 14)) yield* reply(phone(1), wrong)
      assert.deepInclude(yield* Effect.flip(start("p6")), { reason: "TooManyGuesses" })
    }).pipe(Effect.provide(house(roomy)))
  )

  it.effect("a reply tries no more codes than the phone has guesses left", () =>
    Effect.gen(function* () {
      for (const subject of ["q1", "q2", "q3", "q4"]) yield* spendGuesses(subject, phone(1), 12)
      for (const member of family.slice(0, 4)) yield* start(member)
      const codes = new Set(yield* codesAt(phone(1)))
      const wrong = Array.from({ length: 99 }, (_, i) => notThe("500000", i)).find((_) => !codes.has(_))!
      assert.strictEqual(outcome(yield* reply(phone(1), wrong)), "Wrong")
      const storage = yield* Storage.Storage
      const ledger = yield* storage.findBy(Ledger.aggregate, "key", Ledger.phoneKey(phone(1)))
      assert.lengthOf(Option.getOrThrow(ledger).value.wrong, 50)
    }).pipe(Effect.provide(house(roomy)))
  )

  it.effect("a reply for one purpose is not tried on another", () =>
    Effect.gen(function* () {
      const { check } = yield* Otp.Otp
      const change = Challenge.Purpose.make("change-phone")
      yield* start("p1", phone(1), { purpose: change })
      const code = yield* lastCodeAt(phone(1))
      const guess = { destination: phone(1), code }
      assert.strictEqual(outcome(yield* check({ ...guess, purpose })), "Ended")
      assert.strictEqual(outcome(yield* check({ ...guess, purpose: change })), "Verified")
    }).pipe(Effect.provide(house()))
  )

  it.effect("no other phone can answer for it", () =>
    Effect.gen(function* () {
      yield* start()
      const code = yield* lastCodeAt(phone(1))
      assert.strictEqual(outcome(yield* reply(phone(2), code)), "Ended")
      assert.strictEqual(outcome(yield* reply(phone(1), code)), "Verified")
    }).pipe(Effect.provide(house()))
  )

  it.effect("a crowd on one phone is bounded", () =>
    Effect.gen(function* () {
      for (let i = 0; i < 10; i++) yield* start(`p${i}`)
      assert.deepInclude(yield* Effect.flip(start("one too many")), { reason: "TooManyOpen", until: 10 * MINUTE })
    }).pipe(Effect.provide(house()))
  )

  it.effect("answers through the inbox, in the unit of work that reads it", () =>
    Effect.gen(function* () {
      const otp = yield* Otp.Otp
      const inbox = yield* Inbox.Inbox
      const { reply } = yield* MessageChannel.MemoryPhones
      yield* start("p1", phone(1))
      yield* start("p2", phone(2))
      yield* reply(phone(1), yield* lastCodeAt(phone(1)))
      yield* reply(phone(2), notThe(yield* lastCodeAt(phone(2))))
      yield* reply(phone(3), "123456")
      const outcomes: Array<string> = []
      const receive = inbox.receive(({ from, text }) =>
        Effect.map(otp.check({ destination: from, code: text }), (_) => void outcomes.push(outcome(_)))
      )
      yield* receive
      yield* receive
      assert.deepStrictEqual(outcomes, ["Verified", "Wrong", "Ended"])
    }).pipe(Effect.provide(house({ rehearse: false })))
  )
})

describe("Otp, strangers", () => {
  it.effect("gives the same answers, and writes as much, for an account that does not exist", () =>
    Effect.gen(function* () {
      const answers = (known: boolean, to: PhoneNumber) =>
        Effect.gen(function* () {
          const memory = StorageMemory.make()
          const steps = Effect.gen(function* () {
            const first = yield* start("typed", to, { known })
            const shapes: Array<unknown> = [Object.keys(first), first.expiresAt, first.resendAt, first.sentNow]
            yield* dispatchDue
            for (const code of ["halo", "111111", "222222", "333333", "444444", "555555", "666666"]) {
              shapes.push(yield* check(first.challenge, code))
            }
            const second = yield* start("typed", to, { known })
            shapes.push(Object.keys(second), second.expiresAt, second.sentNow)
            return shapes
          })
          const shapes = yield* Effect.provide(steps, house({ memory, rehearse: false, seed: "same" }))
          const rows = [...memory.tables.values()].map((_) => [..._.rows.values()].map((row) => row.body.length))
          return {
            shapes,
            rows,
            batches: memory.batches.size,
            sent: yield* Effect.provide(messages, house({ memory }))
          }
        })
      const known = yield* answers(true, phone(1))
      const unknown = yield* answers(false, phone(1))
      assert.deepStrictEqual(unknown.shapes, known.shapes)
      assert.deepStrictEqual(
        unknown.rows.map((_) => _.length),
        known.rows.map((_) => _.length)
      )
      assert.deepStrictEqual(
        known.sent.map((_) => _.state),
        ["sent", "waiting"]
      )
      assert.deepStrictEqual(
        unknown.sent.map((_) => _.state),
        ["expired", "waiting"]
      )
    })
  )

  it.effect("no code fits a decoy, not even its own, and nothing is sent", () =>
    Effect.gen(function* () {
      const { challenge } = yield* start("typed", phone(1), { known: false })
      const storage = yield* Storage.Storage
      const [message] = yield* messages
      const code = String(message!.arguments["code"])
      assert.strictEqual(outcome(yield* check(challenge, code)), "Wrong")
      assert.lengthOf(yield* codesAt(phone(1)), 0)
      const stored = Option.getOrThrow(yield* storage.get(Challenge.aggregate, challenge))
      assert.strictEqual(stored.value.wrong, 1)
    }).pipe(Effect.provide(house()))
  )

  it.effect("a challenge that nobody made is over", () =>
    Effect.gen(function* () {
      yield* start()
      assert.strictEqual(outcome(yield* check("0199c5a2-7d1c-7aaa-8bbb-0123456789ab" as Id, "123456")), "Ended")
    }).pipe(Effect.provide(house()))
  )
})
