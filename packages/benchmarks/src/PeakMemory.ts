/**
 * Loaded before a program, tells on file descriptor 3 how much memory it had at most, in kilobytes, when it ends.
 */
import { writeSync } from "node:fs"
import { isMainThread } from "node:worker_threads"

if (isMainThread) process.on("exit", () => void writeSync(3, String(process.resourceUsage().maxRSS)))
