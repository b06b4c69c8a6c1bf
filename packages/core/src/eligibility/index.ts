export * as Facts from "./Facts.ts"
