import { StorageLaws } from "@kis/testkit/laws"
import * as Tested from "./Tested.ts"

StorageLaws.suite("LevelDB", Tested.layer, Tested.capabilities)
