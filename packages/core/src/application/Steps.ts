/**
 * What is asked of an applicant, in which order: a form's pages as data, one path for each way onto the
 * register.
 *
 * A path only asks; who may be registered, and in which segment, is decided by the rules from what was
 * answered. Fields are the columns of an intake file by name, so a draft, a chat and a file are read
 * alike.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Segment } from "../identity/Segment.ts"
import type { ActionId } from "../policy/ActionId.ts"
import * as Dated from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Language } from "../policy/Reason.ts"
import type { Path } from "../registration/Draft.ts"
import type { Raw } from "../registration/Submission.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type StepId = keyof typeof catalogue

/**
 * One page of questions. `each` steps are asked of every person, the others once, on the first line.
 * Each list of `needs` is answered by any one of its fields; `asks` may stay empty.
 *
 * @category models
 * @since 0.1.0
 */
export interface Step {
  readonly id: string
  readonly en: string
  readonly each: boolean
  readonly needs: ReadonlyArray<readonly [string, ...ReadonlyArray<string>]>
  readonly asks: ReadonlyArray<string>
}

/**
 * A question without an answer: any one of the `fields` answers it.
 *
 * @category models
 * @since 0.1.0
 */
export const Missing = Schema.Struct({
  step: Schema.String,
  line: Schema.Int,
  fields: Schema.NonEmptyArray(Schema.String)
})

/**
 * @category models
 * @since 0.1.0
 */
export type Missing = typeof Missing.Type

// --- reading ---

/**
 * The steps of a path, in order.
 *
 * @example
 * Steps.of("newborn") // => ["mother", "newborn", "contact"]
 *
 * @category reading
 * @since 0.1.0
 */
export const of = (path: Path): ReadonlyArray<StepId> => paths[path].steps

/**
 * The questions of one step.
 *
 * @category reading
 * @since 0.1.0
 */
export const step = (id: StepId): Step => catalogue[id]

/**
 * What a step is called on its page.
 *
 * @category reading
 * @since 0.1.0
 */
export const text = (id: StepId, language: Language): string => catalogue[id][language]

/**
 * Where a path begins for somebody who cannot walk it alone: the worker's employer, the list of a
 * government.
 *
 * @category reading
 * @since 0.1.0
 */
export const actionsOf = (path: Path): readonly [ActionId, ...ReadonlyArray<ActionId>] => paths[path].actions

/**
 * The path of a person, from what the rules chose.
 *
 * @example
 * Steps.pathOf({ segment: "PBPU-PD" }) // => "listed"
 * Steps.pathOf({ segment: "PPU-BU", foreign: true }) // => "foreigner"
 *
 * @category reading
 * @since 0.1.0
 */
export const pathOf = (of: {
  readonly segment: Segment
  readonly newborn?: boolean
  readonly foreign?: boolean
}): Path => {
  if (of.newborn === true) return "newborn"
  if (of.foreign === true) return "foreigner"
  switch (of.segment) {
    case "PBI-JK":
    case "PBPU-PD":
      return "listed"
    case "PPU-PN":
    case "PPU-BU":
      return "employer"
    case "PBPU":
    case "BP":
      return "self-pay"
  }
}

/**
 * Everything that a path still asks, in the order of its steps. Somebody of class I or II is asked for
 * auto-debit where the policy has it so (PAY-6).
 *
 * @category reading
 * @since 0.1.0
 */
export const missing = (
  path: Path,
  lines: ReadonlyArray<Raw>,
  asOf: Dated.AsOf,
  policy: Policy = National.policy
): ReadonlyArray<Missing> => {
  const [first = { line: 1, fields: {} }, ...others] = lines
  return of(path).flatMap((id) => {
    const { each, needs } = step(id)
    if (id === "auto-debit" && !autoDebitAsked([first, ...others], asOf, policy)) return []
    return (each ? [first, ...others] : [first]).flatMap(({ fields, line }) =>
      needs
        .filter((anyOf) => anyOf.every((field) => !answered(fields[field])))
        .map((anyOf): Missing => ({ step: id, line, fields: anyOf }))
    )
  })
}

/**
 * The first step that still asks something; none when the application can be handed in.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const begun = [{ line: 1, fields: { mother_participant: "0001481620001" } }]
 * Steps.next("newborn", begun, { appliesOn: today, knownOn: today }) // => "newborn"
 *
 * @category reading
 * @since 0.1.0
 */
export const next = (
  path: Path,
  lines: ReadonlyArray<Raw>,
  asOf: Dated.AsOf,
  policy: Policy = National.policy
): StepId | undefined => {
  const still = new Set(missing(path, lines, asOf, policy).map((it) => it.step))
  return of(path).find((id) => still.has(id))
}

// --- private ---

const answered = (cell: string | undefined) => cell !== undefined && cell.trim() !== ""

const autoDebitAsked = (lines: ReadonlyArray<Raw>, asOf: Dated.AsOf, policy: Policy): boolean => {
  const classes = Option.getOrUndefined(Dated.at(policy.parameters.autoDebitClasses.history, asOf))?.value ?? []
  return lines.some(({ fields }) => {
    const cell = /\b([123]|i{1,3})\b/i.exec(fields.class ?? "")?.[1]
    return classes.some((it) => cell === String(it) || cell?.toLowerCase() === "i".repeat(it))
  })
}

// --- catalogue ---

const identity = [["relation"], ["name"], ["sex"], ["birth_date"], ["citizenship"]] as const

const catalogue = {
  household: {
    id: "Nomor Kartu Keluarga",
    en: "Family card number",
    each: false,
    needs: [["family_card"]],
    asks: ["address", "district"]
  },
  people: {
    id: "Semua orang di Kartu Keluarga",
    en: "Everybody on the family card",
    each: true,
    needs: [...identity, ["nik"]],
    asks: ["mother_name", "marital_status", "studies"]
  },
  support: {
    id: "Bantuan pemerintah",
    en: "Government support",
    each: true,
    needs: [["pbi_decree"], ["local_scheme"]],
    asks: []
  },
  work: {
    id: "Pekerjaan",
    en: "Work",
    each: true,
    needs: [["occupation"]],
    asks: ["employer", "wage"]
  },
  employer: {
    id: "Pemberi kerja dan upah",
    en: "Employer and wage",
    each: false,
    needs: [["occupation"], ["employer"], ["wage"]],
    asks: []
  },
  list: {
    id: "Daftar pemerintah",
    en: "The government's list",
    each: true,
    needs: [["pbi_decree", "local_scheme"]],
    asks: []
  },
  mother: {
    id: "Nomor peserta ibu",
    en: "The mother's number",
    each: true,
    needs: [["mother_participant"]],
    asks: ["family_card"]
  },
  newborn: {
    id: "Bayi yang didaftarkan",
    en: "The newborn",
    each: true,
    needs: identity,
    asks: ["nik", "mother_name"]
  },
  foreigner: {
    id: "Paspor dan izin tinggal",
    en: "Passport and permits",
    each: true,
    needs: [...identity, ["passport"], ["permit"], ["stay_months"]],
    asks: ["marital_status"]
  },
  class: {
    id: "Kelas rawat",
    en: "Ward class",
    each: true,
    needs: [["class"]],
    asks: []
  },
  facility: {
    id: "Fasilitas kesehatan tingkat pertama",
    en: "First-level health facility",
    each: true,
    needs: [["facility"]],
    asks: []
  },
  "auto-debit": {
    id: "Rekening autodebit",
    en: "Account for auto-debit",
    each: false,
    needs: [["auto_debit"]],
    asks: []
  },
  contact: {
    id: "Nomor HP",
    en: "Phone number",
    each: false,
    needs: [],
    asks: ["phone"]
  }
} as const satisfies Record<string, Step>

const paths: {
  readonly [K in Path]: {
    readonly steps: ReadonlyArray<StepId>
    readonly actions: readonly [ActionId, ...ReadonlyArray<ActionId>]
  }
} = {
  "self-pay": {
    steps: ["household", "people", "support", "work", "class", "facility", "auto-debit", "contact"],
    actions: ["register-self-pay"]
  },
  employer: {
    steps: ["household", "people", "support", "employer", "facility", "contact"],
    actions: ["ask-employer", "register-with-proof-of-work"]
  },
  listed: { steps: ["household", "people", "list", "contact"], actions: ["propose-for-pbi", "ask-local-government"] },
  newborn: { steps: ["mother", "newborn", "contact"], actions: ["register-newborn"] },
  foreigner: { steps: ["foreigner", "employer", "contact"], actions: ["bring-foreigner-papers"] }
}
