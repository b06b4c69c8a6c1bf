import { background, cite } from "../../Citation.ts"
import { rule } from "./entry.ts"

const article42 = "Perpres 82/2018 art. 42"

export const contributions = [
  rule(
    "TARIFF",
    "4.1",
    {
      id: "Iuran mandiri menurut kelas dan masa, dan siapa yang membayar bagian kelas III",
      en: "The self-paid contribution by class and period, and who pays the parts of class III"
    },
    cite("Perpres 82/2018, 75/2019, 64/2020 art. 34; MA 7P/HUM/2020", "high", {
      seen: "tribunnews 2020/05/14; kabariku 2020/04; bacakoran 28266; star.grid 452223870; detik d-4959869"
    })
  ),
  rule(
    "PPU-1",
    "4.2",
    {
      id: "Iuran pekerja: bagian pemberi kerja dan bagian pekerja dari upah",
      en: "A worker's contribution: the employer's and the worker's share of the wage"
    },
    cite("Perpres 82/2018; Perpres 75/2019", "high", { seen: "lamanriau 2020/03/10" })
  ),
  rule(
    "PPU-2",
    "4.2",
    {
      id: "Dasar iuran: upah pokok dan tunjangan tetap; pada pegawai negara gaji dan tunjangannya",
      en: "The base: basic wage and fixed allowances; for state employees pay and their allowances"
    },
    cite("Perpres 82/2018; Perpres 75/2019", "high", { seen: "suara 2025/11/21; cpu-data (payslip list)" })
  ),
  rule(
    "PPU-3",
    "4.2",
    { id: "Upah dihitung sampai batas atas", en: "The wage counts up to a cap" },
    cite("Perpres 82/2018; Perpres 75/2019 art. 32", "high", { seen: "suara; namaguerizka" })
  ),
  rule(
    "PPU-4",
    "4.2",
    {
      id: "Upah dihitung paling sedikit UMK, atau UMP bila tidak ada UMK",
      en: "The wage counts at least as the UMK, or the UMP where there is none"
    },
    cite("Perpres 82/2018", "medium", { seen: `suara says UMP; UMK ${background}` })
  ),
  rule(
    "PPU-5",
    "4.2",
    { id: "Keluarga tambahan: bagian dari dasar yang sama", en: "Extra family: a share of the same base each" },
    cite("Perpres 82/2018; Perpres 75/2019", "high", { seen: "suara (worked example)" })
  ),
  rule(
    "PPU-6",
    "4.2",
    { id: "Kelas rawat menurut upah atau golongan", en: "The ward class by wage or grade" },
    cite("Perpres 82/2018", "medium", { seen: "namaguerizka; pasienbpjs.com" })
  ),
  rule(
    "PBI-1",
    "4.2",
    { id: "Iuran PBI-JK, sama untuk PBPU-PD", en: "The contribution for PBI-JK, the same for PBPU-PD" },
    cite("Perpres 82/2018; Perpres 75/2019", "high", { seen: "egindo.com; lamanriau" })
  ),
  rule(
    "BP-1",
    "4.2",
    {
      id: "Veteran, perintis kemerdekaan dan penerusnya: bagian dari gaji pokok acuan, dibayar pemerintah",
      en: "Veterans, pioneers of independence and survivors: a share of a reference pay, paid by the government"
    },
    cite("Perpres 82/2018", "high", { seen: "channel8news" })
  ),
  rule(
    "BP-2",
    "4.2",
    {
      id: "Penerima pensiun negara: bagian pemerintah dan bagian pensiunan",
      en: "State pensioners: the government's and the pensioner's share"
    },
    cite("Perpres 82/2018", "low", { seen: background })
  ),
  rule(
    "ROUND",
    "4.2",
    { id: "Rupiah bulat; aturan pembulatan tidak ditemukan", en: "Whole rupiah; no rounding rule was found" },
    cite("No rule found", "unverified")
  ),
  rule(
    "KRIS",
    "4.3",
    {
      id: "Sampai ada tarif baru untuk ruang standar, kelas I sampai III dan tarifnya berlaku",
      en: "Until a new tariff for the standard ward exists, classes I to III and theirs apply"
    },
    cite("Perpres 59/2024 art. 46A, 103B", "high", { seen: "corenews 2025/05/31; glitik.com" })
  )
] as const

export const paying = [
  rule(
    "PAY-1",
    "4.4",
    { id: "Jatuh tempo tiap bulan; tanpa denda keterlambatan", en: "Due each month; no fee for paying late" },
    cite("Perpres 82/2018", "high", { seen: "glitik; muslimiina" })
  ),
  rule(
    "PAY-2",
    "4.4",
    {
      id: "Belum dibayar sampai akhir bulan: jaminan berhenti tanggal 1 bulan berikutnya",
      en: "Unpaid at the month's end: cover stops on the 1st of the next"
    },
    cite(article42, "high", { seen: "baroindo.id" })
  ),
  rule(
    "PAY-3",
    "4.4",
    {
      id: "Aktif kembali setelah tunggakan dibayar, sampai batas bulan yang ditagih",
      en: "Active again on paying the arrears, up to the months that are billed"
    },
    cite(article42, "high", { seen: "baroindo; seru.co.id 68227" })
  ),
  rule(
    "PAY-4",
    "4.4",
    { id: "Iuran boleh dibayar di muka", en: "Contributions may be paid ahead" },
    cite("BPJS branch FAQ", "medium", { seen: "kcjakpus FAQ" })
  ),
  rule(
    "PAY-5",
    "4.4",
    {
      id: "Pembayaran pertama PBPU baru dalam jangka hari setelah mendaftar; aktif saat dibayar",
      en: "A new PBPU first pays within a window of days after registration; active on payment"
    },
    cite("Perban BPJS", "high", { seen: "jombangnews (Tempo, quoting the BPJS site)" })
  ),
  rule(
    "PAY-6",
    "4.4",
    { id: "Autodebit wajib untuk kelas tertentu", en: "Auto-debit is mandatory for some classes" },
    cite("BPJS branch FAQ", "medium", { seen: "kcjakpus FAQ; jombangnews" })
  ),
  rule(
    "PAY-7",
    "4.4",
    {
      id: "Lama di luar negeri: boleh berhenti sementara; lapor dan bayar setelah kembali",
      en: "A long stay abroad may suspend membership; report and pay after the return"
    },
    cite("Perpres 82/2018 art. 37 as amended", "high", { seen: "finansial.bisnis 20200513" })
  ),
  rule(
    "PAY-8",
    "4.4",
    {
      id: "Tunggakan ikut saat pindah segmen; ke PBI tetap ditagih tanpa menahan jaminan",
      en: "Arrears survive a change of segment; into PBI they stay owed without blocking cover"
    },
    cite("BPJS statement of 8 January 2026", "high", { seen: "liramedia.co.id" })
  ),
  rule(
    "PAY-9",
    "4.4",
    {
      id: "PBPU menunggak yang menjadi PPU aktif di PPU; tunggakan tetap",
      en: "A PBPU in arrears who becomes PPU is active there; the arrears remain"
    },
    cite("Practice", "medium", { seen: background })
  )
] as const

export const penaltyAndInstalments = [
  rule(
    "PEN-1",
    "4.4",
    {
      id: "Denda layanan: hanya rawat inap dalam masa setelah aktif kembali, menurut bulan tunggakan, sampai batas",
      en: "Service penalty: only inpatient care in the time after reactivation, by months of arrears, up to a cap"
    },
    cite("Perpres 82/2018 art. 42(6)", "high", { seen: "arikamedia; kcjakpus FAQ; baroindo" })
  ),
  rule(
    "PEN-2",
    "4.4",
    {
      id: "Denda layanan PPU dibayar pemberi kerja; tidak untuk PBI, PBPU-PD, dan yang dinyatakan tidak mampu",
      en: "A worker's penalty is the employer's; none for PBI, PBPU-PD and the certified poor"
    },
    cite(article42, "high", { seen: "baroindo" })
  ),
  rule(
    "PEN-3",
    "4.4",
    {
      id: "Bulan yang didenda bukan bulan yang ditagih; cara menghitung hari tidak disebut",
      en: "Months penalised are not months billed; how days are counted is not stated"
    },
    cite("No rule found", "unverified")
  ),
  rule(
    "REH-1",
    "4.4",
    {
      id: "REHAB: tunggakan dicicil; aktif hanya setelah cicilan terakhir",
      en: "REHAB: arrears by instalments; active only after the last"
    },
    cite("New REHAB 2.0", "high", { seen: "kompas.tv 573247; seru.co.id 68227" })
  ),
  rule(
    "REH-2",
    "4.4",
    { id: "Relaksasi 2020-2021 sudah berakhir", en: "The relaxation of 2020 and 2021 has ended" },
    cite("Perpres 64/2020", "high", { seen: "seru.co.id 68227" })
  ),
  rule(
    "WRT-1",
    "4.4",
    { id: "Penghapusan tunggakan belum berlaku", en: "A write-off of arrears is not in force" },
    cite("Draft Perpres, unsigned on 11 February 2026", "high", { seen: "samudrafakta; jpnn 2026-02-10; kayonews" })
  )
] as const

export const dismissal = [
  rule(
    "PHK",
    "4.5",
    {
      id: "Setelah PHK jaminan berlanjut tanpa iuran, dengan bukti; bukan karena mengundurkan diri atau kontrak habis",
      en: "After dismissal cover goes on without contribution, on proof; not after resignation or a contract's end"
    },
    cite("UU 40/2004 art. 21; Perpres 82/2018 art. 27; Perpres 59/2024", "high", {
      seen: "keuangannews.id; trenasia; rri.co.id"
    })
  )
] as const
