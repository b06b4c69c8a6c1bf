/**
 * The store on an empty database, with its witness: what the laws ask.
 */
import type { StorageAdapter } from "@kis/core/storage"
import * as PostgresServer from "@kis/testkit/postgres"
import * as PostgresStorage from "../src/PostgresStorage.ts"
import * as Place from "./Place.ts"

/** Why there is no server on this machine. */
export const missing: string | undefined = PostgresServer.missing()

export const capabilities: StorageAdapter.Capabilities = PostgresStorage.capabilities

export const layer: ReturnType<typeof Place.layer> = Place.layer()
