/** What people of a synthetic household work, earn, and which ward class they ask for. */
import type { Living, Member } from "../Member.ts"
import * as words from "./words.ts"

export const work = (
  occupation: Member["occupation"],
  dice: number
): Pick<Member, "occupation" | "wage" | "employer"> => {
  if (occupation !== "state" && occupation !== "private") return { occupation }
  const wage = 2_400_000 + (dice % 190) * 50_000
  const employer =
    occupation === "state"
      ? ["Dinas Kesehatan", "Dinas Pendidikan", "SD Negeri Contoh", "Polsek Contoh"][dice % 4]
      : `PT ${words.employers[dice % words.employers.length]} ${words.employers[(dice >> 3) % words.employers.length]}`
  return { occupation, wage, ...(employer === undefined ? {} : { employer }) }
}

export const headWork = (living: Living, dice: number): Member["occupation"] => {
  switch (living) {
    case "state":
      return "state"
    case "company":
      return "private"
    case "own-account":
      return "own-account"
    case "retired":
      return (["pensioner", "pensioner", "veteran", "employer", "investor"] as const)[dice % 5] ?? "pensioner"
    default:
      return dice % 3 === 0 ? "none" : "own-account"
  }
}

export const spouseWork = (living: Living, dice: number): Member["occupation"] => {
  const roll = (dice >> 5) % 100
  if (living === "state" || living === "company") return roll < 65 ? "none" : roll < 85 ? "private" : "own-account"
  return living === "retired" || roll < 60 ? "none" : "own-account"
}

export const classOf = (dice: number): 1 | 2 | 3 => {
  const roll = dice % 10
  return roll === 0 ? 1 : roll < 3 ? 2 : 3
}
