export * as Channel from "./Channel.ts"
export * as Ways from "./Ways.ts"
