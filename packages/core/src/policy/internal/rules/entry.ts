import type { Citation } from "../../Citation.ts"

/** One row of the catalogue; its confidence is that of the source. */
export const rule = <const Id extends string>(
  id: Id,
  where: string,
  title: { readonly id: string; readonly en: string },
  citation: Citation
) => ({ id, where, title, confidence: citation.confidence, citation: { ...citation, rule: id } })
