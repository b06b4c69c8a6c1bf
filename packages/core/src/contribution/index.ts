export * as Amount from "./Amount.ts"
