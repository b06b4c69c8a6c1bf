/**
 * `kis db`: the care of a register's database.
 *
 * @since 0.1.0
 */
import { Command } from "effect/cli"
import * as Checkpoint from "./db/Checkpoint.ts"
import * as Erasures from "./db/Erasures.ts"
import * as Export from "./db/Export.ts"
import * as Import from "./db/Import.ts"
import * as Migrate from "./db/Migrate.ts"
import * as RotateKeys from "./db/RotateKeys.ts"
import * as Status from "./db/Status.ts"
import * as Verify from "./db/Verify.ts"

// --- commands ---

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make("db").pipe(
  Command.withDescription(
    "The care of a register's database: what it holds, whether it is whole, its keys, its back-ups"
  ),
  Command.withSubcommands([
    Status.command,
    Verify.command,
    Checkpoint.command,
    Export.command,
    Import.command,
    Erasures.list,
    Erasures.again,
    Migrate.command,
    RotateKeys.command
  ])
)
