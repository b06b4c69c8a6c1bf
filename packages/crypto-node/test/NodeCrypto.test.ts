import { Crypto } from "@kis/core/privacy"
import { CryptoLaws } from "@kis/testkit/laws"
import * as NodeCrypto from "../src/NodeCrypto.ts"

CryptoLaws.suite("node:crypto", NodeCrypto.layer)
CryptoLaws.sameBytesSuite("noble and node:crypto", Crypto.layer, NodeCrypto.layer)
