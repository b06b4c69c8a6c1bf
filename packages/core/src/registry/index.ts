/**
 * Ports to others' registers: population, card numbers, care.
 *
 * @since 0.1.0
 */
export * as CardNumbers from "./CardNumbers.ts"
export * as CareStatus from "./CareStatus.ts"
export * as PopulationRegistry from "./PopulationRegistry.ts"
export * as RegistryError from "./RegistryError.ts"
