/**
 * Documents as files of one folder.
 *
 * @since 0.1.0
 */
export * as FileDocuments from "./FileDocuments.ts"
