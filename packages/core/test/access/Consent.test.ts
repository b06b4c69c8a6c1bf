import { assert, describe, it } from "@effect/vitest"
import { Consent } from "@kis/core/access"
import { Nik } from "@kis/core/identity"
import { PlainDate } from "@kis/core/time"

const day = (text: string) => PlainDate.make(text)
const on = (text: string) => ({ appliesOn: day(text), knownOn: day(text) })

const elder: Consent.Subject = {
  name: "Siti Aminah",
  birthDate: day("1949-02-11"),
  nik: Nik.Nik.make("9971015102490001")
}
const child: Consent.Subject = { name: "Budi", birthDate: day("2010-06-01") }

const consent: Consent.Consent = {
  command: "c1",
  people: [elder],
  giver: { kind: "citizen", id: "siti" },
  helper: { kind: "proxy", id: "cadre-7" },
  helperName: "Rina",
  office: "0903",
  purposes: ["fill-in", "register"],
  data: ["identity", "contact"],
  from: 1000,
  until: 2000,
  how: "spoken",
  language: "id",
  notice: "2026-1",
  recordedBy: { kind: "officer", id: "417" },
  recordedAt: 1000,
  uses: 0
}

const deed: Consent.Deed = { actor: consent.helper, purpose: "register", data: ["identity"], people: [elder] }

describe("Consent", () => {
  it("covers what it says, from its first instant to before its last", () => {
    assert.deepStrictEqual(Consent.refusals(consent, deed, 1000), [])
    assert.deepStrictEqual(Consent.refusals(consent, deed, 1999), [])
    assert.deepStrictEqual(Consent.refusals(consent, deed, 999), ["ConsentNotBegun"])
    assert.deepStrictEqual(Consent.refusals(consent, deed, 2000), ["ConsentExpired"])
    const ended = Consent.end(consent, consent.giver, 1500)
    assert.deepStrictEqual(Consent.refusals(ended, deed, 1600), ["ConsentEnded"])
    assert.isFalse(Consent.stands(ended, 1600))
    assert.strictEqual(Consent.end(ended, consent.helper, 1700), ended)
  })

  it("names everything that it does not cover", () => {
    const other: Consent.Deed = {
      actor: { kind: "proxy", id: "cadre-8" },
      purpose: "object",
      data: ["identity", "health"],
      people: [elder, { name: "Agus", birthDate: day("1985-04-03") }]
    }
    assert.deepStrictEqual(Consent.refusals(consent, other, 1500), [
      "AnotherHelper",
      "AnotherPurpose",
      "DataNotCovered",
      "PersonNotCovered"
    ])
  })

  it("knows its people by name and birth date, and by NIK where both have one", () => {
    const about = (person: Consent.Person) => Consent.refusals(consent, { ...deed, people: [person] }, 1500)
    const { nik: _, ...unnumbered } = elder
    assert.deepStrictEqual(about(unnumbered), [])
    assert.deepStrictEqual(about({ ...elder, name: "SITI  AMINAH" }), [])
    // one NIK, another person: a helper of one is not the helper of the other
    assert.deepStrictEqual(about({ ...elder, name: "Joko Susilo" }), ["PersonNotCovered"])
    assert.deepStrictEqual(about({ ...elder, birthDate: day("1949-02-12") }), ["PersonNotCovered"])
    assert.deepStrictEqual(about({ ...elder, nik: Nik.Nik.make("9971015102490002") }), ["PersonNotCovered"])
  })

  it("asks a guardian for a child, on the day before coming of age and not on it", () => {
    const faults = (subject: Consent.Subject, date: string) =>
      Consent.faults({ ...consent, people: [elder, subject] }, on(date))
    assert.deepStrictEqual(faults(child, "2028-05-31"), ["ChildWithoutGuardian"])
    assert.deepStrictEqual(faults(child, "2028-06-01"), [])
    const guarded = { ...child, guardian: { name: "Dewi", relation: "ibu" } }
    assert.deepStrictEqual(faults(guarded, "2026-11-24"), [])
    assert.deepStrictEqual(faults({ ...guarded, birthDate: day("2027-01-01") }, "2026-11-24"), ["NotBornYet"])
  })

  it("names every fault at once", () => {
    const faulty = { ...consent, people: [child] as const, helper: consent.giver, until: consent.from }
    assert.deepStrictEqual(Consent.faults(faulty, on("2026-11-24")), [
      "EndsBeforeItBegins",
      "ChildWithoutGuardian",
      "HelperIsGiver"
    ])
  })
})
