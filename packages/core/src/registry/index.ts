/**
 * Ports to others' registers: population, card numbers, care, and the shelf of documents.
 *
 * @since 0.1.0
 */
export * as CardNumbers from "./CardNumbers.ts"
export * as CareStatus from "./CareStatus.ts"
export * as Documents from "./Documents.ts"
export * as DocumentStore from "./DocumentStore.ts"
export * as PopulationRegistry from "./PopulationRegistry.ts"
export * as RegistryError from "./RegistryError.ts"
