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
import type { Language } from "../policy/Reason.ts"
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
  const { choice, facts } = decision
  const wanted = new Set<PaperId>(identity(facts, hasIdentityCard(decision, policy)))
  if (choice._tag === "Chosen") for (const paper of ofGround(choice.ground as GroundId, facts)) wanted.add(paper)
  if (decision.reasons.some((reason) => reason.code === "StudentChild")) wanted.add("school-letter")
  return paperIds.filter((paper) => wanted.has(paper))
}

/**
 * @category reading
 * @since 0.1.0
 */
export const text = (paper: PaperId, language: Language): string => papers[paper][language]

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
const others = cite("Perpres 82/2018 art. 4(4)-(5)", "medium", { rule: "BP", seen: background })

const papers = {
  "identity-card": { id: "KTP elektronik", en: "Electronic identity card", citation: selfPay },
  "family-card": { id: "Kartu Keluarga", en: "Family card", citation: selfPay },
  "birth-letter": { id: "Surat keterangan lahir", en: "Birth letter", citation: newborn },
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
    citation: company
  },
  "court-order": {
    id: "Penetapan pengadilan bagi anak angkat yang tidak tercantum di Kartu Keluarga",
    en: "Court order for an adopted child who is not on the family card",
    citation: state
  },
  "school-letter": {
    id: "Surat keterangan sekolah atau kampus",
    en: "Letter from school or university",
    citation: state
  },
  "bank-account": {
    id: "Buku tabungan untuk autodebet (BRI, Mandiri, BNI, BTN atau BCA)",
    en: "Savings account for auto-debit (BRI, Mandiri, BNI, BTN or BCA)",
    citation: selfPay
  },
  contact: {
    id: "Nomor telepon dan alamat surel, bila ada",
    en: "Phone number and e-mail address, if there are any",
    citation: selfPay
  },
  "facility-and-class": {
    id: "Pilihan fasilitas kesehatan pertama dan kelas",
    en: "Choice of first health facility and class",
    citation: selfPay
  },
  "pension-proof": {
    id: "Bukti pensiun, atau tanda veteran atau perintis kemerdekaan",
    en: "Proof of pension, or of being a veteran or pioneer of independence",
    citation: others
  }
} as const satisfies Record<string, Paper>

const paperIds: ReadonlyArray<PaperId> = Object.keys(papers) as Array<PaperId>

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
      return ["bank-account", "contact", "facility-and-class"]
  }
}

const workPermit = (facts: Facts): ReadonlyArray<PaperId> => (facts.citizenship === "WNA" ? ["work-permit"] : [])

const adopted = (facts: Facts): ReadonlyArray<PaperId> => (facts.relation === "child" ? ["court-order"] : [])
