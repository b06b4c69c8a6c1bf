/**
 * What all commands on a database share: its flags, and the register opened.
 */
import { Audit } from "@kis/core/audit"
import { Register } from "@kis/core/registration"
import { Storage } from "@kis/core/storage"
import type * as Option from "effect/Option"
import * as Layer from "effect/Layer"
import * as Database from "../../Database.ts"
import * as Flags from "../../Flags.ts"

// --- models ---

export interface Place {
  readonly database: Database.Address
  readonly keys: Option.Option<string>
}

export const flags = { database: Flags.database, keys: Flags.keys }

// --- layers ---

/** The store and the record of a register that is there. */
export const layer = ({
  database,
  keys
}: Place): Layer.Layer<Storage.Storage | Audit.Audit | Database.Ports, Database.Unopened> =>
  Audit.layer.pipe(
    Layer.provideMerge(Storage.layer(Register.aggregates)),
    Layer.provideMerge(Database.layerExisting(Database.placeOf(database, keys)))
  )
