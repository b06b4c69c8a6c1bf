/**
 * How soon a NIK is read out of a plain hash: a NIK is a district, a birth date, a sex and a serial, and there are few
 * of those. Measures on one core how many guesses a second can be tried, finds one NIK among those of a district
 * whose holder's year of birth is known, and reckons the rest. `node packages/checks/scripts/guess-niks.ts`
 */
import { createHash, createHmac, randomBytes } from "node:crypto"

// --- how many there are ---

/** Districts (kecamatan) of Indonesia, as Kepmendagri 300.2.2-2138/2025 counts them. */
const DISTRICTS = 7_285

/** Birth dates of living people: a hundred years, each for two sexes. */
const DAYS = 36_525
const SEXES = 2

/** Serials run from 0001 on a day and district; hardly any day of a district goes beyond these. */
const SERIALS = 20

const space = DISTRICTS * DAYS * SEXES * SERIALS

// --- guessing ---

const pad = (number: number, digits: number) => String(number).padStart(digits, "0")

/** Every NIK of province 99's first district for one year of birth. */
function* niksOf(year: number): Generator<string> {
  for (let month = 1; month <= 12; month++) {
    for (let day = 1; day <= 31; day++) {
      for (const sex of [0, 40]) {
        for (let serial = 1; serial <= SERIALS; serial++) {
          yield `990101${pad(day + sex, 2)}${pad(month, 2)}${pad(year % 100, 2)}${pad(serial, 4)}`
        }
      }
    }
  }
}

const hash = (nik: string) => createHash("sha256").update(nik).digest("hex")

const key = randomBytes(32)
const mac = (nik: string) => createHmac("sha256", key).update(nik).digest("hex")

const stolen = hash("9901014203870007")

let tried = 0
let found: string | undefined
const began = performance.now()
for (let year = 1970; year < 2000; year++) {
  for (const nik of niksOf(year)) {
    tried++
    if (hash(nik) === stolen) found = nik
  }
}
const seconds = (performance.now() - began) / 1_000
const rate = tried / seconds

// the same guesses against a key index: without the key none of them can be checked
let matched = 0
const blind = mac("9901014203870007").slice(0, 32)
for (const nik of niksOf(1987)) if (hash(nik).slice(0, 32) === blind) matched++

console.log(
  JSON.stringify(
    {
      found: found !== undefined,
      tried,
      guessesASecond: Math.round(rate),
      niksThatExist: space,
      allOfThemHours: Number((space / rate / 3_600).toFixed(1)),
      oneDistrictSeconds: Number(((DAYS * SEXES * SERIALS) / rate).toFixed(1)),
      knownBirthDateSeconds: Number(((DISTRICTS * SEXES * SERIALS) / rate).toFixed(1)),
      matchedAgainstBlindKey: matched
    },
    undefined,
    2
  )
)
