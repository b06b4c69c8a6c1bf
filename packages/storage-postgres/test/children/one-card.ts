/**
 * One of the processes that register one person at once, in a database.
 */
import * as OneCard from "@kis/testkit/one-card"
import * as Place from "../Place.ts"

await OneCard.child(Place.ports)
