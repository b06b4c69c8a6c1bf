/**
 * Draws the picture of the house anew.
 */
import { write } from "../src/House.ts"

write()
