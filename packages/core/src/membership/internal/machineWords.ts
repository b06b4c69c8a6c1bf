import type { State, Trigger } from "../Machine.ts"

interface Words {
  readonly id: string
  readonly en: string
}

/** What a state is called on a screen. Read through `Machine`. */
export const states: { readonly [S in State]: Words } = {
  UNREGISTERED: { id: "Belum terdaftar", en: "Not registered" },
  PENDING_VERIFICATION: { id: "Menunggu verifikasi", en: "Pending verification" },
  AWAITING_FIRST_PAYMENT: { id: "Menunggu iuran pertama", en: "Awaiting first payment" },
  EXPIRED: { id: "Pendaftaran hangus", en: "Registration lapsed" },
  ACTIVE: { id: "Aktif", en: "Active" },
  SUSPENDED_ARREARS: { id: "Berhenti sementara karena tunggakan", en: "Suspended for arrears" },
  GRACE_PHK: { id: "Dijamin sementara setelah PHK", en: "Covered for a time after dismissal" },
  ENDED_EMPLOYMENT: { id: "Tidak bekerja lagi", en: "Employment ended" },
  REMOVED_PBI: { id: "Dihapus dari PBI", en: "Removed from PBI" },
  TRANSFERRED: { id: "Pindah segmen", en: "Moved to another segment" },
  SUSPENDED_ABROAD: { id: "Berhenti sementara di luar negeri", en: "Paused while abroad" },
  BLOCKED_DUPLICATE: { id: "Ditahan karena diduga ganda", en: "Held as a possible double" },
  CLOSED_DUPLICATE: { id: "Ditutup karena ganda", en: "Closed as a double" },
  BLOCKED_DATA: { id: "Ditahan karena data", en: "Held because of its data" },
  DECEASED: { id: "Meninggal dunia", en: "Deceased" }
}

/** What happens, in a few words: the labels of the diagram. */
export const triggers: { readonly [T in Trigger]: Words } = {
  "register-unverified": { id: "didaftarkan, data belum cocok", en: "registered, data not matched yet" },
  "register-verified": { id: "didaftarkan, data cocok", en: "registered, data matched" },
  verified: { id: "data cocok dengan Dukcapil", en: "data matched" },
  "first-payment": { id: "iuran pertama dibayar", en: "first contribution paid" },
  "first-payment-missed": { id: "iuran pertama tidak dibayar", en: "first contribution not paid" },
  withdrawn: { id: "pendaftaran dibatalkan", en: "registration taken back" },
  "month-unpaid": { id: "iuran sebulan tidak dibayar", en: "a month not paid by its end" },
  "arrears-paid": { id: "tunggakan dibayar", en: "arrears paid" },
  "last-instalment-paid": { id: "cicilan terakhir dibayar", en: "last instalment paid" },
  dismissed: { id: "PHK dengan bukti", en: "dismissed, with proof" },
  "employment-ended": { id: "mengundurkan diri atau kontrak habis", en: "resigned, or contract ended" },
  "grace-ended": { id: "masa jaminan setelah PHK habis", en: "time after dismissal over" },
  "pbi-removed": { id: "dihapus dari PBI", en: "removed from PBI" },
  "pbi-reactivated": { id: "diaktifkan kembali sebagai PBI", en: "put back on PBI" },
  transferred: { id: "pindah segmen", en: "moved to another segment" },
  "went-abroad": { id: "tinggal di luar negeri", en: "living abroad" },
  returned: { id: "kembali, lapor, bayar", en: "returned, reported, paid" },
  "duplicate-found": { id: "diduga ganda", en: "possible double found" },
  "duplicate-kept": { id: "kartu ini dipilih", en: "this card kept" },
  "duplicate-closed": { id: "kartu lain dipilih", en: "other card kept" },
  "duplicate-reopened": { id: "keberatan diterima untuk diperiksa", en: "objection taken up" },
  "data-blocked": { id: "NIK tidak ada, tidak cocok atau tidak aktif", en: "NIK missing, not matched or inactive" },
  "data-corrected": { id: "data diperbaiki", en: "data corrected" },
  died: { id: "meninggal dunia", en: "died" },
  "death-corrected": { id: "catatan kematian keliru", en: "false death corrected" }
}

/** Two boxes of the diagram that are no states. */
export const anyOpen: Words = { id: "Setiap status terbuka", en: "Any open status" }
export const before: Words = { id: "Status sebelumnya", en: "The status before" }
