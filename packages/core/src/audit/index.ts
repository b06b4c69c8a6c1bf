export * as Audit from "./Audit.ts"
export * as Checkpoint from "./Checkpoint.ts"
export * as Inspection from "./Inspection.ts"
export * as Merkle from "./Merkle.ts"
