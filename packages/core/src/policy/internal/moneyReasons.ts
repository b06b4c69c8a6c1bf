import { background, cite } from "../Citation.ts"
import type { Entry } from "../Reason.ts"

const wageBase = cite("Perpres 82/2018", "high", { rule: "PPU-2", seen: "suara 2025/11/21; cpu-data (payslip list)" })
const tariff = cite("Perpres 82/2018 and its amendments", "high", { rule: "TARIFF", seen: "tribunnews 2020/05/14" })
const assisted = cite("Perpres 82/2018; Perpres 75/2019", "high", { rule: "PBI-1", seen: "egindo.com; lamanriau" })
const pensioner = cite("Perpres 82/2018", "low", { rule: "BP-2", seen: background })
const veteran = cite("Perpres 82/2018", "high", { rule: "BP-1", seen: "channel8news" })

/** How an amount was reached, line by line. Read through `Reason`. */
export const catalogue = {
  WageGiven: {
    id: "Dasar iuran: upah pokok dan tunjangan tetap Rp{wage:.} sebulan.",
    en: "Base: basic wage and fixed allowances of Rp{wage:,} a month.",
    citation: wageBase,
    action: "pay-contribution"
  },
  WageCapped: {
    id: "Batas atas upah Rp{cap:.} menjadi dasar iuran.",
    en: "The cap of Rp{cap:,} is the base.",
    citation: cite("Perpres 82/2018; Perpres 75/2019 art. 32", "high", { rule: "PPU-3", seen: "suara; namaguerizka" }),
    action: "pay-contribution"
  },
  WageRaised: {
    id: "Upah minimum setempat Rp{floor:.} menjadi dasar iuran.",
    en: "The local minimum wage of Rp{floor:,} is the base.",
    citation: cite("Perpres 82/2018", "medium", { rule: "PPU-4", seen: `suara says UMP; UMK is ${background}` }),
    action: "pay-contribution"
  },
  FloorNotChecked: {
    id: "Upah minimum setempat ({floor}) tidak disebutkan; iuran tidak dibandingkan dengannya.",
    en: "The local minimum wage ({floor}) was not given; the base was not compared with it.",
    citation: cite("Perpres 82/2018", "medium", { rule: "PPU-4", seen: `suara says UMP; UMK is ${background}` }),
    action: "check-status"
  },
  EmployerShare: {
    id: "Pemberi kerja membayar {percent} % dari Rp{base:.}.",
    en: "The employer pays {percent} % of Rp{base:,}.",
    citation: cite("Perpres 82/2018; Perpres 75/2019", "high", { rule: "PPU-1", seen: "lamanriau 2020/03/10" }),
    action: "pay-contribution"
  },
  WorkerShare: {
    id: "Pekerja membayar {percent} % dari Rp{base:.}.",
    en: "The worker pays {percent} % of Rp{base:,}.",
    citation: cite("Perpres 82/2018; Perpres 75/2019", "high", { rule: "PPU-1", seen: "lamanriau 2020/03/10" }),
    action: "pay-contribution"
  },
  ExtraFamilyShare: {
    id: "Pekerja membayar {percent} % dari Rp{base:.} untuk anggota keluarga tambahan ini.",
    en: "The worker pays {percent} % of Rp{base:,} for this extra member of the family.",
    citation: cite("Perpres 82/2018; Perpres 75/2019", "high", {
      rule: "FAM-3",
      seen: "channel8news.id; suara.com 2025/11/21"
    }),
    action: "pay-contribution"
  },
  CoveredByWorker: {
    id: "Sudah ditanggung iuran pekerja; tidak ada iuran tersendiri.",
    en: "Covered by the worker's contribution; nothing of its own is due.",
    citation: cite("Perpres 82/2018 art. 5", "high", { rule: "FAM-1", seen: "hariansib; nasional.kontan.co.id" }),
    action: "check-status"
  },
  SelfPayClass: {
    id: "Iuran kelas {class}: Rp{amount:.} sebulan, dibayar peserta.",
    en: "Class {class}: Rp{amount:,} a month, paid by the member.",
    citation: tariff,
    action: "pay-contribution"
  },
  ThirdClassMember: {
    id: "Kelas 3, bagian peserta: Rp{amount:.} dari Rp{total:.} sebulan.",
    en: "Class 3, the member's part: Rp{amount:,} of Rp{total:,} a month.",
    citation: tariff,
    action: "pay-contribution"
  },
  ThirdClassSubsidy: {
    id: "Kelas 3, bagian pemerintah: Rp{amount:.}, hanya untuk peserta aktif.",
    en: "Class 3, the government's part: Rp{amount:,}, for active members only.",
    citation: tariff,
    action: "pay-contribution"
  },
  ThirdClassUnsubsidised: {
    id: "Kelas 3, peserta tidak aktif: Rp{amount:.} sebulan tanpa bantuan pemerintah.",
    en: "Class 3, member not active: Rp{amount:,} a month without the government's part.",
    citation: tariff,
    action: "pay-contribution"
  },
  PaidByCentral: {
    id: "Rp{amount:.} sebulan, dibayar pemerintah pusat.",
    en: "Rp{amount:,} a month, paid by the central government.",
    citation: assisted,
    action: "check-status"
  },
  PaidByLocal: {
    id: "Rp{amount:.} sebulan, dibayar pemerintah daerah.",
    en: "Rp{amount:,} a month, paid by the local government.",
    citation: assisted,
    action: "check-status"
  },
  PensionGovernment: {
    id: "Pemerintah membayar {percent} % dari pensiun Rp{base:.}.",
    en: "The government pays {percent} % of the pension of Rp{base:,}.",
    citation: pensioner,
    action: "check-status"
  },
  PensionPensioner: {
    id: "Penerima pensiun membayar {percent} % dari pensiun Rp{base:.}.",
    en: "The pensioner pays {percent} % of the pension of Rp{base:,}.",
    citation: pensioner,
    action: "pay-contribution"
  },
  VeteranGovernment: {
    id: "Pemerintah membayar {percent} % dari {share} % gaji pokok PNS III/a masa kerja 14 tahun, Rp{base:.}.",
    en: "The government pays {percent} % of {share} % of the base pay of PNS III/a with 14 years, Rp{base:,}.",
    citation: veteran,
    action: "check-status"
  },
  MissingActive: {
    id: "Belum diketahui apakah peserta aktif; bantuan iuran kelas 3 hanya untuk peserta aktif.",
    en: "It is not known whether the member is active; the class 3 subsidy is for active members only.",
    citation: tariff,
    action: "check-status"
  },
  MissingPension: {
    id: "Besar pensiun belum diisi.",
    en: "The pension is not given.",
    citation: pensioner,
    action: "complete-facts"
  },
  MissingReferencePay: {
    id: "Gaji pokok PNS III/a masa kerja 14 tahun belum diisi.",
    en: "The base pay of PNS III/a with 14 years' service is not given.",
    citation: veteran,
    action: "complete-facts"
  }
} as const satisfies Record<string, Entry>
