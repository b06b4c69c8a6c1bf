import { defineConfig } from "tsup"
import { modules } from "../checks/src/Build.ts"

export default defineConfig(modules("node"))
