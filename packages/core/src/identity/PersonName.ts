/**
 * How an Indonesian name is read when two of them are compared.
 *
 * One person is written `Muhammad Rizki`, `M. Rizki` and `Moh. Rizqi`; `Djoko Soetjipto` is
 * `Joko Sucipto` in the spelling of 1972; `H. Ahmad Fauzi, S.Pd` carries a title and a degree.
 * String similarity cannot separate such variants from neighbours (`Sri Wahyuni` and
 * `Sri Wahyudi` score higher than any of them), so names are read into tokens first, and tokens
 * are compared one by one.
 *
 * The stored name is never changed: what is made here serves comparison only. Entries made
 * before Permendagri 73/2022 stay valid, so mononyms, single letters and abbreviations occur.
 *
 * @since 0.1.0
 */

// --- models ---

/**
 * A name, read.
 *
 * @category models
 * @since 0.1.0
 */
export interface PersonName {
  /** Tokens in modern spelling, abbreviations expanded, titles and degrees off, in written order. */
  readonly tokens: ReadonlyArray<string>
  /** The father's name after `bin` or `binti`, kept apart as evidence. */
  readonly father: ReadonlyArray<string>
  /** Not a name but a stand-in, such as `Bayi Ny. Siti`: compares with nothing. */
  readonly placeholder: boolean
}

/**
 * How two names relate.
 *
 * - `same`: every telling token agrees in sound; head names (Muhammad, Siti, ...) may be missing.
 * - `variant`: one token is an initial of the other, was dropped, or is joined to its neighbour.
 * - `typo`: as many tokens, all alike but for one slip of the keyboard.
 * - `similar`: some telling token agrees and another does not, as with brothers and sisters.
 * - `different`: nothing telling agrees.
 * - `unknown`: one of the two is no name.
 *
 * @category models
 * @since 0.1.0
 */
export type Level = "same" | "variant" | "typo" | "similar" | "different" | "unknown"

// --- reading ---

/**
 * Reads a name as written. Never fails: what cannot be read as a name is a placeholder.
 *
 * @example
 * import { PersonName } from "@kis/core/identity"
 *
 * PersonName.parse("H. Moh. Rizki, S.Pd").tokens // => ["muhammad", "rizki"]
 *
 * @category reading
 * @since 0.1.0
 */
export const parse = (written: string): PersonName => {
  const text = written
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’‘`´]/g, "")
    .trim()
  if (isPlaceholder(text)) return { tokens: [], father: [], placeholder: true }
  const words = withoutTitles(withoutDegrees(text))
  const cut = words.findIndex((word, i) => i > 0 && i < words.length - 1 && patronymic.has(word))
  const own = cut === -1 ? words : words.slice(0, cut)
  const father = cut === -1 ? [] : words.slice(cut + 1)
  const tokens = expand(own)
  return { tokens, father: expand(father), placeholder: tokens.length === 0 }
}

/**
 * The telling tokens: those that are not head names. A name of head names only keeps them.
 *
 * @category reading
 * @since 0.1.0
 */
export const telling = (name: PersonName): ReadonlyArray<string> => {
  const rest = name.tokens.filter((token) => !headNames.has(token))
  return rest.length > 0 ? rest : name.tokens
}

/**
 * The sound of a token: spellings that Indonesian clerks use for one name share it.
 *
 * @example
 * import { PersonName } from "@kis/core/identity"
 *
 * PersonName.sound("soetjipto") === PersonName.sound("sucipto") // => true
 *
 * @category reading
 * @since 0.1.0
 */
export const sound = (token: string): string => {
  const known = sounds.get(token)
  if (known !== undefined) return known
  const made = soundOf(token)
  // Names repeat: a register has far fewer tokens than people. The bound keeps a hostile file harmless.
  if (sounds.size >= 50_000) sounds.clear()
  sounds.set(token, made)
  return made
}

/**
 * The sounds of the telling tokens in one order, whatever order they were written in.
 *
 * @category reading
 * @since 0.1.0
 */
export const key = (name: PersonName): string => telling(name).map(sound).sort().join(" ")

// --- comparing ---

/**
 * Compares two names by the best pairing of their tokens.
 *
 * @example
 * import { PersonName } from "@kis/core/identity"
 *
 * PersonName.compare(PersonName.parse("Joko Sucipto"), PersonName.parse("Djoko Soetjipto")) // => "same"
 * PersonName.compare(PersonName.parse("Dewi Lestari"), PersonName.parse("Dedi Lestari")) // => "typo"
 * PersonName.compare(PersonName.parse("Dewi Lestari"), PersonName.parse("Rina Lestari")) // => "similar"
 *
 * @category comparing
 * @since 0.1.0
 */
export const compare = (self: PersonName, that: PersonName): Level => {
  if (self.placeholder || that.placeholder) return "unknown"
  const [one, other] = inOrder(self.tokens, that.tokens)
  if (!headsClash(self, that)) {
    if (key(self) === key(that)) return "same"
    if (one.map(sound).join("") === other.map(sound).join("")) return "same"
  }
  const level = comparePairs(...inOrder(telling(self), telling(that)))
  // Ahmad Fauzi and Muhammad Fauzi, Wayan Arta and Made Arta: brothers, where the rest agrees
  return headsClash(self, that) && level !== "different" ? "similar" : level
}

// --- private ---

/** The shorter first, and of equally long ones always the same: what follows is symmetric. */
const inOrder = (
  self: ReadonlyArray<string>,
  that: ReadonlyArray<string>
): [few: ReadonlyArray<string>, many: ReadonlyArray<string>] => {
  if (self.length !== that.length) return self.length < that.length ? [self, that] : [that, self]
  return self.join(" ") <= that.join(" ") ? [self, that] : [that, self]
}

/** Both names have head names, and none in common: a dropped one is a variant, another one is not. */
const headsClash = (self: PersonName, that: PersonName): boolean => {
  const [heads, others] = [self, that].map((name) => name.tokens.filter((token) => distinguishing.has(token)))
  return (
    heads !== undefined &&
    others !== undefined &&
    heads.length > 0 &&
    others.length > 0 &&
    !heads.some((head) => others.includes(head))
  )
}

const comparePairs = (few: ReadonlyArray<string>, many: ReadonlyArray<string>): Level => {
  const left = [...many]
  const take = (test: (token: string) => boolean) => {
    const at = left.findIndex(test)
    if (at === -1) return false
    left.splice(at, 1)
    return true
  }
  const unmatched = few.filter((token) => !take((it) => sound(it) === sound(token)))
  const agreed = few.length - unmatched.length
  const noInitials = unmatched.filter((token) => !take((it) => isInitial(token, it)))
  const initials = unmatched.length - noInitials.length
  const noSlips = noInitials.filter((token) => !take((it) => isSlip(token, it)))
  const slips = noInitials.length - noSlips.length
  if (noSlips.length > 0) return agreed > 0 ? "similar" : "different"
  if (slips > 1) return agreed > 0 ? "similar" : "different"
  if (slips === 1) return left.length === 0 ? "typo" : agreed > 0 ? "similar" : "different"
  // Initials alone say little: one whole token has to agree.
  const whole = agreed > 0 || unmatched.some((token) => token.length > 3 && !many.some((it) => it.length === 1))
  return whole && initials + left.length <= agreed + 1 ? "variant" : agreed > 0 ? "similar" : "different"
}

/** `M` for `Mulyadi`; `Trisno` for `Sutrisno`, whose Javanese prefix comes and goes. */
const isInitial = (one: string, other: string) =>
  (one.length === 1 && other.startsWith(one)) ||
  (other.length === 1 && one.startsWith(other)) ||
  (one.length > 3 && other === `su${one}`) ||
  (other.length > 3 && one === `su${other}`)

/** One letter changed, missing, added or swapped with its neighbour, in a token long enough to carry it. */
const isSlip = (one: string, other: string): boolean => {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length < 4 || long.length - short.length > 1) return false
  let from = 0
  while (from < short.length && short[from] === long[from]) from++
  let ends = 0
  while (ends < short.length - from && short[short.length - 1 - ends] === long[long.length - 1 - ends]) ends++
  const rest = short.length - from - ends
  if (rest <= (short.length === long.length ? 1 : 0)) return true
  return short.length === long.length && rest === 2 && short[from] === long[from + 1] && short[from + 1] === long[from]
}

const isPlaceholder = (text: string) =>
  text === "" || /^(bayi|by|baby)\b/.test(text) || /^anak\s+ke\b/.test(text) || !/\p{L}/u.test(text)

/** Cuts `, S.Pd., M.Kom` and a trailing `S.Pd` without a comma. */
const withoutDegrees = (text: string): ReadonlyArray<string> => {
  const [first = "", ...rest] = text.split(",")
  const named = [first, ...rest.filter((part) => part.trim() !== "" && !part.trim().split(/\s+/).every(isDegree))]
  const words = named
    .join(" ")
    .split(/[\s/_-]+/)
    .filter((word) => word !== "")
  let end = words.length
  while (end > 1 && isDegree(words[end - 1] ?? "") && (words[end - 1] ?? "").includes(".")) end--
  return words.slice(0, end)
}

const isDegree = (word: string) =>
  /^(s|m|a|d|sp|ph|b|lc)\.\w[\w.]*$/.test(word) || degrees.has(word.replaceAll(".", ""))

const withoutTitles = (words: ReadonlyArray<string>): ReadonlyArray<string> => {
  let from = 0
  while (from < words.length - 1 && titles.has((words[from] ?? "").replaceAll(".", ""))) from++
  return words
    .slice(from)
    .flatMap((word, i, all) =>
      word === "b." && i > 0 && i < all.length - 1 ? ["bin"] : word.split(".").flatMap(withDot)
    )
}

/** `m.rizki` is `m` and `rizki`; an empty piece comes from a closing dot. */
const withDot = (piece: string) => {
  const letters = piece.replace(/[^\p{L}]/gu, "")
  return letters === "" ? [] : [letters]
}

const expand = (words: ReadonlyArray<string>): ReadonlyArray<string> => {
  const balinese = words[0] === "i" || words[0] === "ni"
  return words.flatMap((word, i) => {
    if (balinese && balineseShort.has(word)) return [balineseShort.get(word) ?? word]
    if (i === 0 && words.length > 1 && (word === "m" || word === "md")) return ["muhammad"]
    if (i === 0 && words.length > 1 && word === "st") return ["siti"]
    const whole = wholeNames.get(word) ?? word
    return splitHead(whole)
  })
}

/** `abdurrahman` is `abdul rahman`, `nuraini` is `nur aini`. */
const splitHead = (word: string): ReadonlyArray<string> => {
  const abdul = /^abd[ou]e?[lr](.{4,})$/.exec(word)
  if (abdul?.[1] !== undefined) return ["abdul", abdul[1].replace(/^(.)\1/, "$1")]
  const nur = /^n(?:u|oe|oo)r(.{4,})$/.exec(word)
  if (nur?.[1] !== undefined && !nur[1].startsWith("ul")) return ["nur", nur[1]]
  return [word]
}

const soundOf = (token: string): string =>
  token
    .replaceAll("oe", "u")
    .replaceAll("tj", "c")
    .replaceAll("dj", "y")
    .replaceAll("nj", "ny")
    .replaceAll("sj", "s")
    .replaceAll("sy", "s")
    .replaceAll("ch", "k")
    .replaceAll("kh", "k")
    .replaceAll("dz", "s")
    .replaceAll("z", "s")
    .replaceAll("th", "t")
    .replaceAll("dh", "d")
    .replaceAll("q", "k")
    .replaceAll("x", "ks")
    .replaceAll("f", "p")
    .replaceAll("v", "p")
    .replaceAll("ie", "i")
    .replaceAll("j", "y")
    .replaceAll("y", "i")
    .replace(/(.)\1+/g, "$1")
    .replace(/(?<=.)h$/, "")

const sounds = new Map<string, string>()

const patronymic = new Set(["bin", "binti", "bt", "bte", "binte", "ibn", "ibnu"])

const titles = new Set([
  "h",
  "hj",
  "haji",
  "hajjah",
  "kh",
  "drs",
  "dra",
  "ir",
  "dr",
  "drg",
  "drh",
  "prof",
  "ust",
  "ustad",
  "ustadz",
  "ustadzah",
  "bpk",
  "bapak",
  "ibu",
  "sdr",
  "sdri",
  "tn",
  "ny",
  "nn",
  "kol",
  "serka",
  "brig",
  "letkol",
  "mayor",
  "kapten",
  "apt",
  "ns"
])

const degrees = new Set([
  "spd",
  "sh",
  "se",
  "st",
  "skom",
  "skm",
  "sked",
  "ssos",
  "sip",
  "sag",
  "mpd",
  "mm",
  "msi",
  "mh",
  "mkom",
  "mt",
  "amd",
  "amkeb",
  "phd",
  "spog",
  "spa",
  "ns",
  "skep",
  "lc",
  "ba",
  "str"
])

const wholeNames = new Map<string, string>([
  ...["mohammad", "mohamad", "muhamad", "muhammed", "mohammed", "mohd", "moh", "muh", "mhd", "muhd"].map(
    (it) => [it, "muhammad"] as const
  ),
  ...["abd", "abdoel", "abdur", "abdu"].map((it) => [it, "abdul"] as const),
  ...["sitti", "sti"].map((it) => [it, "siti"] as const),
  ...["noer", "nor", "noor"].map((it) => [it, "nur"] as const),
  ...["achmad", "akhmad", "ahmed", "achmed"].map((it) => [it, "ahmad"] as const),
  ["srie", "sri"],
  ["dwie", "dwi"],
  ["trie", "tri"]
])

const balineseShort = new Map([
  ["md", "made"],
  ["kt", "ketut"],
  ["wy", "wayan"],
  ["nym", "nyoman"],
  ["pt", "putu"]
])

/** Heads that tell brothers and sisters apart: another one is another person, a missing one is not. */
const distinguishing = new Set([
  "muhammad",
  "abdul",
  "siti",
  "nur",
  "ahmad",
  "sri",
  "dwi",
  "tri",
  "made",
  "ketut",
  "wayan",
  "nyoman",
  "putu"
])

const headNames = new Set([...distinguishing, "i", "ni", "raden", "rd", "rr"])
