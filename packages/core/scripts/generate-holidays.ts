/**
 * Writes src/calendar/internal/official.ts from the published lists in data/.
 * Run it with: node packages/core/scripts/generate-holidays.ts
 */
import { writeFileSync } from "node:fs"
import decrees from "../data/decrees-id.json" with { type: "json" }
import lists from "../data/holidays-id-2024-2027.json" with { type: "json" }
import { render } from "./holidays.ts"

writeFileSync(new URL("../src/calendar/internal/official.ts", import.meta.url), render(lists, decrees))
