import { Checklist, Counterfactual, Eligibility, Facts, Options } from "@kis/core/eligibility"
import {
  FamilyCardNumber,
  Nik,
  ParticipantNumber,
  PhoneNumber,
  Region,
  Segment,
  Sex,
  VirtualAccount
} from "@kis/core/identity"
import { PlainDate } from "@kis/core/time"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { type Answer, ask } from "./goldenAsk.ts"

const Text = Schema.Struct({ text: Schema.String })

/** Questions about people and their numbers. */
export const people = {
  nik: ask(
    Schema.Struct({
      text: Schema.String,
      birthDate: Schema.optionalKey(PlainDate.PlainDate),
      sex: Schema.optionalKey(Sex.Sex),
      district: Schema.optionalKey(Region.DistrictCode)
    }),
    ({ text, ...known }, { asOf, regions }) =>
      Result.match(Nik.parse(text), {
        onFailure: ({ problems }): Answer => ({ valid: false, problems }),
        onSuccess: (nik) => ({
          valid: true,
          problems: [],
          ...Nik.read(nik, asOf.appliesOn),
          warnings: Nik.warnings(nik, known, regions),
          masked: Nik.mask(nik)
        })
      })
  ),
  "family-card": ask(Text, ({ text }) => read(FamilyCardNumber.parse(text), FamilyCardNumber.mask)),
  "card-number": ask(Text, ({ text }) => read(ParticipantNumber.parse(text), ParticipantNumber.mask)),
  phone: ask(Text, ({ text }) => {
    const number = PhoneNumber.parse(text)
    const mobile = Result.isSuccess(number) ? { mobile: PhoneNumber.isMobile(number.success) } : {}
    return { ...read(number, PhoneNumber.mask), ...mobile }
  }),
  "virtual-account": ask(
    Schema.Struct({
      number: ParticipantNumber.ParticipantNumber,
      bank: VirtualAccount.Bank,
      segment: Segment.Segment
    }),
    ({ bank, number, segment }) =>
      Option.match(VirtualAccount.of(number, bank, segment), {
        onNone: (): Answer => ({ result: "None" }),
        onSome: (account) => ({ result: "Account", account })
      })
  ),
  eligibility: ask(Facts.Facts, (facts, { asOf, policy }) => {
    const decision = Eligibility.evaluate(facts, asOf, policy)
    return {
      ...chosen(decision.choice),
      verdicts: mapped(decision.verdicts, ({ _tag }) => _tag.toLowerCase()),
      why: mapped(decision.verdicts, ({ reasons }) => reasons),
      reasons: decision.reasons,
      missing: decision.missing,
      contradictions: decision.contradictions ?? [],
      papers: Checklist.papersFor(decision, policy),
      notes: decision.notes
    }
  }),
  options: ask(Facts.Facts, (facts, { asOf, policy }) => {
    const ways = Options.of(Eligibility.evaluate(facts, asOf, policy), {}, policy)
    return { ways, segments: [...new Set(ways.map(({ segment }) => segment))], first: ways[0], last: ways.at(-1) }
  }),
  counterfactual: ask(
    Schema.Struct({ facts: Facts.Facts, segment: Segment.Segment }),
    ({ facts, segment }, { asOf, policy }) => ({
      changes: Counterfactual.of(Eligibility.evaluate(facts, asOf, policy), segment, policy)?.changes
    })
  )
}

const read = <N extends string>(
  number: Result.Result<N, { readonly problems: ReadonlyArray<string> }>,
  mask: (number: N) => string
): Answer =>
  Result.match(number, {
    onFailure: ({ problems }): Answer => ({ valid: false, problems }),
    onSuccess: (valid) => ({ valid: true, problems: [], number: valid, masked: mask(valid) })
  })

const chosen = (choice: Eligibility.Decision["choice"]): Answer => {
  switch (choice._tag) {
    case "Chosen":
      return { choice: choice.segment, ground: choice.ground }
    case "Undecided":
      return { choice: "undecided" }
    case "NoneFits":
      return { choice: "none" }
  }
}

const mapped = <A, B>(record: { readonly [key: string]: A }, map: (value: A) => B): { readonly [key: string]: B } =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
