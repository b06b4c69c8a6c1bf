/**
 * Long numbers that passed through a spreadsheet.
 *
 * A spreadsheet keeps 15 significant digits. A 16-digit number that it took for a
 * quantity has lost its last digit, and often shows only the first few. What merely
 * decorates the digits is repaired here; what shows that digits may be gone is named,
 * so that the sender can be told how to export the column as text.
 *
 * @since 0.1.0
 */

// --- models ---

/**
 * `SpreadsheetNumber`: scientific notation (`3,67105E+15`) or a decimal part
 * (`3671051203950001.0`). `ThousandSeparators`: `3.671.051.203.950.001`.
 *
 * @category models
 * @since 0.1.0
 */
export type Defect = "SpreadsheetNumber" | "ThousandSeparators"

/**
 * Text with its decoration removed, or the trace of a lost number.
 *
 * @category models
 * @since 0.1.0
 */
export type Read =
  | { readonly _tag: "Text"; readonly text: string }
  | { readonly _tag: "Mangled"; readonly defect: Defect }

// --- reading ---

/**
 * Repairs what is harmless: a leading apostrophe, an `="..."` formula around the digits,
 * ordinary and no-break spaces, full-width digits, dashes and dots between groups.
 *
 * @example
 * SpreadsheetNumber.read("'9901011203950001") // => { _tag: "Text", text: "9901011203950001" }
 * SpreadsheetNumber.read("9,90101E+15") // => { _tag: "Mangled", defect: "SpreadsheetNumber" }
 *
 * @category reading
 * @since 0.1.0
 */
export const read = (raw: string): Read => {
  const text = undecorate(raw)
  if (/^[+-]?\d+([.,]\d+)?\s*e\s*\+?\s*\d+$/i.test(text)) return { _tag: "Mangled", defect: "SpreadsheetNumber" }
  if (/^\d{7,}[.,]\d{1,2}$/.test(text)) return { _tag: "Mangled", defect: "SpreadsheetNumber" }
  if (/^\d{1,3}([.,' ]\d{3}){2,}([.,]0+)?$/.test(text)) return { _tag: "Mangled", defect: "ThousandSeparators" }
  return { _tag: "Text", text: text.replace(/[\s.\-‐-―]/g, "") }
}

// --- private ---

// Compatibility normalisation turns full-width digits and no-break spaces into plain ones.
const undecorate = (raw: string) =>
  raw
    .normalize("NFKC")
    .replace(/[\u200B-\u200F\u2060\uFEFF]/g, "")
    .trim()
    .replace(/^="(.*)"$/, "$1")
    .replace(/^['’‘`]+/, "")
    .trim()
