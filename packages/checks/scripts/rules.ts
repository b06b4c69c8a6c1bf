/**
 * Writes the pages of the rules anew.
 */
import { write } from "../src/RulePages.ts"

write()
