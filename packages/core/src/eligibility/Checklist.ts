/**
 * The papers to bring, said before anybody sets out.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import { background, cite, type Citation } from "../policy/Citation.ts"
import * as Dated from "../policy/Dated.ts"
import * as National from "../policy/National.ts"
import type { Policy } from "../policy/Policy.ts"
import type { Language, ReasonCode } from "../policy/Reason.ts"
import { addYears, notAfter } from "../time/PlainDate.ts"
import type { Decision } from "./Eligibility.ts"
import type { Facts } from "./Facts.ts"
import type { GroundId } from "./Rules.ts"

// --- models ---

/**
 * @category models
 * @since 0.1.0
 */
export type PaperId = keyof typeof papers

/**
 * @category models
 * @since 0.1.0
 */
export interface Paper {
  readonly id: string
  readonly en: string
  readonly citation: Citation
  /** What to know before going for it. */
  readonly note?: { readonly id: string; readonly en: string }
}

// --- reading ---

/**
 * The papers for the segment that was chosen, or for finding out when none was: who
 * cannot be placed yet brings what shows who they are.
 *
 * @example
 * const today = PlainDate.make("2026-02-10")
 * const decision = Eligibility.evaluate({ citizenship: "WNA" }, { appliesOn: today, knownOn: today })
 * Checklist.papersFor(decision).map((paper) => Checklist.text(paper, "en")) // => ["Valid passport", "KITAS or KITAP"]
 *
 * @category reading
 * @since 0.1.0
 */
export const papersFor = (decision: Decision, policy: Policy = National.policy): ReadonlyArray<PaperId> => {
  const { choice, facts, reasons } = decision
  const says = (code: ReasonCode) => reasons.some((reason) => reason.code === code)
  const wanted = new Set<PaperId>(
    choice._tag === "Chosen"
      ? papersOf(choice.ground as GroundId, decision, policy)
      : identity(facts, hasIdentityCard(decision, policy))
  )
  if (says("StudentChild")) wanted.add("school-letter")
  if (says("EmployerFailed")) wanted.add("proof-of-work")
  if (says("NewbornOfPbiMother") || says("ChildOfLocalMember")) wanted.add("mother-card")
  return paperIds.filter((paper) => wanted.has(paper))
}

/**
 * The papers for one ground, whatever was chosen: identity, and what the segment asks for.
 *
 * @category reading
 * @since 0.1.0
 */
export const papersOf = (
  ground: GroundId,
  decision: Decision,
  policy: Policy = National.policy
): ReadonlyArray<PaperId> => {
  const { facts } = decision
  const wanted = new Set([...identity(facts, hasIdentityCard(decision, policy)), ...ofGround(ground, facts)])
  return paperIds.filter((paper) => wanted.has(paper))
}

/**
 * @category reading
 * @since 0.1.0
 */
export const text = (paper: PaperId, language: Language): string => papers[paper][language]

/**
 * What to know before going for the paper, or `undefined`.
 *
 * @category reading
 * @since 0.1.0
 */
export const note = (paper: PaperId, language: Language): string | undefined => {
  const { note }: Paper = papers[paper]
  return note?.[language]
}

/**
 * Where it is written that the paper is asked for.
 *
 * @category reading
 * @since 0.1.0
 */
export const citation = (paper: PaperId): Citation => papers[paper].citation

// --- private ---

const selfPay = cite("Perban BPJS 6/2018 art. 17", "high", {
  rule: "PBPU",
  seen: "jombangnews.co.id; ilalanggrass.com"
})
const state = cite("BPJS registration of PPU-PN", "high", { rule: "PPU-PN", seen: "cpu-data.info (Kompas)" })
const company = cite("BPJS registration of PPU-BU", "high", { rule: "PPU-BU", seen: "rri.co.id/medan/daerah/1086382" })
const foreigner = cite("Perban BPJS 6/2018 art. 5, 17", "high", { rule: "WNA", seen: "ilalanggrass.com" })
const newborn = cite("BPJS service guide", "high", { rule: "NB-5", seen: "suara 2023/02/04; detik d-6182984" })
const employerFails = cite("Perpres 82/2018 art. 13", "high", { rule: "EMPLOYER", seen: "scribd 727280151" })
const autoDebit = cite("BPJS branch FAQ", "medium", { rule: "PAY-6", seen: "kcjakpus FAQ; jombangnews.co.id" })
const others = cite("Perpres 82/2018 art. 4(4)-(5)", "medium", { rule: "BP", seen: background })

const papers = {
  "identity-card": { id: "KTP elektronik", en: "Electronic identity card", citation: selfPay },
  "family-card": { id: "Kartu Keluarga", en: "Family card", citation: selfPay },
  "birth-letter": {
    id: "Surat keterangan lahir",
    en: "Birth letter",
    citation: newborn,
    note: {
      id: "Menggantikan NIK hanya sementara: NIK bayi harus menyusul.",
      en: "It stands for the NIK only for a time: the baby's NIK must follow."
    }
  },
  "mother-card": { id: "Nomor peserta JKN ibu", en: "The mother's participant number", citation: newborn },
  passport: { id: "Paspor yang berlaku", en: "Valid passport", citation: foreigner },
  "stay-permit": { id: "KITAS atau KITAP", en: "KITAS or KITAP", citation: foreigner },
  "work-permit": { id: "Izin kerja", en: "Work permit", citation: foreigner },
  "appointment-decree": {
    id: "Surat keputusan pengangkatan terakhir",
    en: "Latest decree of appointment",
    citation: state
  },
  payslip: {
    id: "Daftar gaji dengan gaji pokok dan tunjangan",
    en: "Payslip with base pay and allowances",
    citation: state
  },
  "employer-upload": {
    id: "Tidak perlu datang: pemberi kerja mengunggah data lewat e-Dabu",
    en: "No visit needed: the employer uploads the data through e-Dabu",
    citation: company,
    note: {
      id: "Beri pemberi kerja NIK dan Kartu Keluarga, juga untuk keluarga yang ditanggung.",
      en: "Give the employer NIK and family card, also for the family that is covered."
    }
  },
  "proof-of-work": {
    id: "Bukti kerja: surat pengangkatan, perjanjian kerja atau slip gaji",
    en: "Proof of work: letter of appointment, contract or payslip",
    citation: employerFails,
    note: {
      id: "Hanya bila pemberi kerja tidak mendaftarkan; iuran tetap kewajiban pemberi kerja.",
      en: "Only where the employer does not register; the contribution stays the employer's duty."
    }
  },
  "court-order": {
    id: "Penetapan pengadilan bagi anak angkat yang tidak tercantum di Kartu Keluarga",
    en: "Court order for an adopted child who is not on the family card",
    citation: state,
    note: {
      id: "Tidak perlu untuk anak kandung dan anak yang tercantum di Kartu Keluarga.",
      en: "Not needed for a child by birth, nor for one who is on the family card."
    }
  },
  "school-letter": {
    id: "Surat keterangan sekolah atau kampus",
    en: "Letter from school or university",
    citation: state
  },
  "registration-form": {
    id: "Formulir Daftar Isian Peserta (FDIP)",
    en: "Registration form (FDIP)",
    citation: selfPay,
    note: {
      id: "Tersedia di loket; petugas membantu mengisi. Orang asing mengisi paspor, KITAS atau KITAP, dan izin kerja.",
      en: "To be had at the counter, where an officer helps. Foreigners give passport, KITAS or KITAP, and work permit."
    }
  },
  "bank-account": {
    id: "Buku tabungan untuk autodebet (BRI, Mandiri, BNI, BTN atau BCA)",
    en: "Savings account for auto-debit (BRI, Mandiri, BNI, BTN or BCA)",
    citation: autoDebit,
    note: {
      id: "Boleh atas nama kepala keluarga, anggota keluarga, atau orang lain yang membayar.",
      en: "It may be the head's, a family member's, or that of somebody else who pays."
    }
  },
  contact: {
    id: "Nomor telepon dan alamat surel, bila ada",
    en: "Phone number and e-mail address, if there are any",
    citation: selfPay,
    note: {
      id: "Tanpa telepon pun dapat mendaftar, di loket.",
      en: "Who has no phone can register at the counter."
    }
  },
  "facility-and-class": {
    id: "Pilihan fasilitas kesehatan pertama dan kelas",
    en: "Choice of first health facility and class",
    citation: selfPay,
    note: {
      id: "Satu kelas untuk seluruh anggota Kartu Keluarga.",
      en: "One class for everybody on the family card."
    }
  },
  "pension-proof": {
    id: "Bukti pensiun, atau tanda veteran atau perintis kemerdekaan, atau ahli warisnya",
    en: "Proof of pension, or of being a veteran or pioneer of independence, or their survivor",
    citation: others
  }
} as const satisfies Record<string, Paper>

/**
 * Every paper, in the order in which they are listed.
 *
 * @category reading
 * @since 0.1.0
 */
export const paperIds: ReadonlyArray<PaperId> = Object.keys(papers) as Array<PaperId>

/** KTP-el from 17 on, or with marriage (NIK-7); whose age is not known is asked for it. */
const hasIdentityCard = ({ appliesOn, facts: { birthDate, maritalStatus }, knownOn }: Decision, policy: Policy) => {
  const age = Option.getOrUndefined(Dated.at(policy.parameters.identityCardAge.history, { appliesOn, knownOn }))
  const married = maritalStatus !== undefined && maritalStatus !== "single"
  return married || birthDate === undefined || age === undefined || notAfter(addYears(birthDate, age.value), appliesOn)
}

const identity = (facts: Facts, card: boolean): ReadonlyArray<PaperId> => {
  if (facts.citizenship === "WNA") return ["passport", "stay-permit"]
  if (facts.hasNik === false) return ["birth-letter", "mother-card", "family-card"]
  return facts.relation === "child" || !card ? ["family-card"] : ["identity-card", "family-card"]
}

const ofGround = (ground: GroundId, facts: Facts): ReadonlyArray<PaperId> => {
  switch (ground) {
    case "state-work":
      return ["appointment-decree", "payslip", ...workPermit(facts)]
    case "private-work":
      return ["employer-upload", ...workPermit(facts)]
    case "state-family":
    case "state-extra":
      return ["appointment-decree", "payslip", ...adopted(facts)]
    case "private-family":
    case "private-extra":
      return ["employer-upload", ...adopted(facts)]
    case "state-paid":
      return ["pension-proof"]
    case "pbi":
    case "local":
      return []
    case "own-account":
    case "self-pay-family":
    case "non-worker":
      return ["registration-form", "bank-account", "contact", "facility-and-class", ...ofWorkingForeigner(facts)]
  }
}

const workPermit = (facts: Facts): ReadonlyArray<PaperId> => (facts.citizenship === "WNA" ? ["work-permit"] : [])

/** Who only stays here needs no permit to work. */
const ofWorkingForeigner = (facts: Facts): ReadonlyArray<PaperId> =>
  facts.occupation === "none" ? [] : workPermit(facts)

const adopted = (facts: Facts): ReadonlyArray<PaperId> => (facts.relation === "child" ? ["court-order"] : [])
