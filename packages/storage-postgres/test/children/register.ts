/**
 * The process that the tests kill, on a database by its address.
 */
import * as Crash from "@kis/testkit/crash"
import * as Place from "../Place.ts"

await Crash.child(Place.ports)
