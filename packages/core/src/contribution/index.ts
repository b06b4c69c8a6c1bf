export * as Amount from "./Amount.ts"
export * as Bill from "./Bill.ts"
