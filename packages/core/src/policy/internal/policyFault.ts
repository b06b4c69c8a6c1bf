import type { Problem } from "../Policy.ts"

/** A fault in words, without a full stop. */
export const sentence = ({ day, entry, kind, knownOn, parameter }: Problem): string => {
  const of = parameter === undefined ? "" : `"${parameter}"${entry === undefined ? "" : `, entry ${entry + 1}`}: `
  return `${of}${says[kind]}${day === undefined ? "" : ` from ${day} on, as known on ${knownOn}`}`
}

const says: { readonly [K in Problem["kind"]]: string } = {
  SilentGap: "it has neither a value nor a stated gap",
  Ambiguous: "another entry of the same announcement speaks of the same days",
  OutOfOrder: "it was announced before the entry in front of it",
  DatesReversed: "its last day is before its first",
  NoSource: "its citation names no source",
  UnknownRule: "its citation names no rule of the catalogue",
  NoWhy: "the gap does not say why, in Indonesian and English",
  NoVersion: "there is no version",
  NoLayerName: "a layer needs a name of lower-case letters, digits and hyphens",
  LayerTaken: "a layer of this name is there already"
}
