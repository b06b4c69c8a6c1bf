/**
 * Mutation testing of the rules' rooms, on demand.
 *
 *     pnpm mutation [--room eligibility|contribution|membership] [--file packages/core/src/contribution/Amount.ts]
 *
 * Keeps the results of what it ran in `results.json` beside those of earlier runs, and writes
 * `docs/mutation.md` from them and from the reasons in `survivors.json`.
 */
import { parseArgs } from "node:util"
import * as Copy from "./Copy.ts"
import * as Page from "./Page.ts"
import { type Room, modulesOf, roomOf, rooms, testsOf } from "./Room.ts"
import * as Stryker from "./Stryker.ts"

const { values } = parseArgs({ options: { room: { type: "string" }, file: { type: "string" } } })

interface Job {
  readonly room: Room
  readonly mutate: ReadonlyArray<string>
}

const jobs = (): ReadonlyArray<Job> => {
  if (values.file !== undefined) {
    const room = roomOf(values.file)
    return room === undefined ? [] : [{ room, mutate: [values.file] }]
  }
  return rooms
    .filter((room) => values.room === undefined || values.room === room)
    .map((room) => ({ room, mutate: modulesOf(room) }))
}

const wanted = jobs()
if (wanted.length === 0) {
  console.error(`Nothing to mutate. Rooms: ${rooms.join(", ")}; files: those below packages/core/src of these rooms.`)
  process.exit(2)
}

const copy = Copy.make()
try {
  for (const { mutate, room } of wanted) {
    const began = performance.now()
    const modules = Stryker.run(copy.folder, mutate, testsOf(room))
    Page.keep(room, modules, values.file === undefined)
    const mutants = modules.reduce((sum, one) => sum + one.detected + one.refused + one.survivors.length, 0)
    const seconds = (performance.now() - began) / 1000
    console.log(`${room}: ${mutants} mutants in ${seconds.toFixed(0)} s, ${(seconds / mutants).toFixed(2)} s each`)
  }
} finally {
  copy.remove()
}
console.log(Page.write())
