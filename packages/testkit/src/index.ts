export * as CryptoBroken from "./CryptoBroken.ts"
export * as CryptoLaws from "./CryptoLaws.ts"
export * as Facts from "./Facts.ts"
export * as Law from "./Law.ts"
