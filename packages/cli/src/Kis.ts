/**
 * The command `kis` with all that is under it.
 *
 * @since 0.1.0
 */
import { Command } from "effect/cli"
import * as Db from "./commands/Db.ts"
import * as Eligibility from "./commands/Eligibility.ts"
import * as Golden from "./commands/Golden.ts"
import * as Jobs from "./commands/Jobs.ts"
import * as Nik from "./commands/Nik.ts"
import * as Policy from "./commands/Policy.ts"
import * as Register from "./commands/Register.ts"
import * as Replay from "./commands/Replay.ts"
import * as Sla from "./commands/Sla.ts"
import * as ExitCode from "./ExitCode.ts"

/**
 * @category commands
 * @since 0.1.0
 */
export const command = Command.make("kis").pipe(
  Command.withDescription(
    "The register of Indonesia's health card (KIS): registers households from files, decides eligibility, reads " +
      `NIKs, replays decisions, checks the rules against golden cases, shows the law of a day, lists and does what is due, and takes care of the database.\n\n${ExitCode.help}`
  ),
  Command.withExamples([
    { command: "kis register households.csv --db sqlite:register.db", description: "Register a file of households" },
    { command: "kis sla due --db sqlite:register.db", description: "See what is owed to whom, and by when" }
  ]),
  Command.withSubcommands([
    Register.command,
    Eligibility.command,
    Replay.command,
    Golden.command,
    Nik.command,
    Policy.command,
    Sla.command,
    Jobs.command,
    Db.command
  ])
)
