/**
 * Cover: status machine and cards.
 *
 * @since 0.1.0
 */
export * as Machine from "./Machine.ts"
export * as Membership from "./Membership.ts"
