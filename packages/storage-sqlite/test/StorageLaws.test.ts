import { StorageLaws } from "@kis/testkit/laws"
import * as Tested from "./Tested.ts"

StorageLaws.suite("SQLite", Tested.layer, Tested.capabilities)
