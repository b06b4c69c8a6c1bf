/**
 * Who acts on the register.
 *
 * @since 0.1.0
 */
export * as Actor from "./Actor.ts"
