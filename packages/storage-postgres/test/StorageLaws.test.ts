import { describe } from "@effect/vitest"
import { StorageLaws } from "@kis/testkit/laws"
import * as PostgresStorage from "../src/PostgresStorage.ts"
import * as Place from "./Place.ts"

describe.skipIf(Place.isSkipped)(Place.onPostgres, () => {
  StorageLaws.suite("PostgreSQL", Place.layer(), PostgresStorage.capabilities)
})

describe.skipIf(Place.isSkipped)(`${Place.onPostgres}, in parts`, () => {
  StorageLaws.suite("PostgreSQL in parts", Place.layer({ partitions: 3 }), PostgresStorage.capabilities)
})
