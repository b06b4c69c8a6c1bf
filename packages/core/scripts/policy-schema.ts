/**
 * Writes the published JSON Schemas of a policy and of a layer from their Effect schemas; a
 * test compares them.
 *
 * Run in packages/core: `pnpm exec node scripts/policy-schema.ts`
 */
import { writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as PolicyJson from "../src/policy/PolicyJson.ts"

/** The files with their texts. */
export const files = (): ReadonlyArray<{ readonly url: URL; readonly text: string }> =>
  Object.entries({
    "policy.schema.json": PolicyJson.policySchema(),
    "policy-layer.schema.json": PolicyJson.layerSchema()
  }).map(([name, schema]) => ({
    url: new URL(`../schemas/${name}`, import.meta.url),
    text: `${JSON.stringify(schema, null, 2)}\n`
  }))

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const { text, url } of files()) writeFileSync(url, text)
