#!/usr/bin/env -S node --disable-warning=ExperimentalWarning --max-semi-space-size=16
/**
 * The executable `kis`.
 *
 * The first flag is for Node 22, which warns at every start that its SQLite is new. The second keeps a
 * long import small: left to itself, Node lets the space for new objects grow to 134 MB, which an
 * import fills as fast as it is given.
 *
 * @since 0.1.0
 */
import { enableCompileCache } from "node:module"

// Loading takes most of the time of a short command; the cache has to be on before anything is loaded.
enableCompileCache()
const { main } = await import("./Main.ts")
main()
