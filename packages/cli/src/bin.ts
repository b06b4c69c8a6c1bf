#!/usr/bin/env node
/**
 * The executable `kis`.
 *
 * @since 0.1.0
 */
import { main } from "./Main.ts"

main()
