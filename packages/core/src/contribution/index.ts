export * as Amount from "./Amount.ts"
export * as Arrears from "./Arrears.ts"
export * as Bill from "./Bill.ts"
