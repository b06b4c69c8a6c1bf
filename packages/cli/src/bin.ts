#!/usr/bin/env node
/**
 * The executable `kis`.
 *
 * @since 0.1.0
 */
import { enableCompileCache } from "node:module"

// Loading takes most of the time of a short command; the cache has to be on before anything is loaded.
enableCompileCache()
const { main } = await import("./Main.ts")
main()
