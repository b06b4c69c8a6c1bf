import { defineConfig } from "tsup"

// Declarations come from tsc: tsup's bundled ones rename namespaces.
export default defineConfig({
  entry: {
    "access/index": "src/access/index.ts",
    "audit/index": "src/audit/index.ts",
    "calendar/index": "src/calendar/index.ts",
    "channel/index": "src/channel/index.ts",
    "contribution/index": "src/contribution/index.ts",
    "deduplication/index": "src/deduplication/index.ts",
    "eligibility/index": "src/eligibility/index.ts",
    "identity/index": "src/identity/index.ts",
    "membership/index": "src/membership/index.ts",
    "messaging/index": "src/messaging/index.ts",
    "otp/index": "src/otp/index.ts",
    "policy/index": "src/policy/index.ts",
    "privacy/index": "src/privacy/index.ts",
    "registration/index": "src/registration/index.ts",
    "registry/index": "src/registry/index.ts",
    "sla/index": "src/sla/index.ts",
    "storage/index": "src/storage/index.ts",
    "time/index": "src/time/index.ts"
  },
  format: "esm",
  target: "es2023",
  platform: "neutral",
  dts: false,
  splitting: true,
  sourcemap: true,
  clean: true
})
