export * as FileChannel from "./FileChannel.ts"
