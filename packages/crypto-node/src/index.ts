export * as FileKeyRing from "./FileKeyRing.ts"
export * as NodeCrypto from "./NodeCrypto.ts"
