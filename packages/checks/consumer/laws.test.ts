/**
 * What a user of the testkit writes, run in a project that has only the packed packages.
 */
import { Crypto } from "@kis/core/privacy"
import { NodeCrypto } from "@kis/crypto-node"
import { CryptoLaws } from "@kis/testkit"

CryptoLaws.suite("Crypto in JavaScript", Crypto.layer)
CryptoLaws.suite("Crypto on Node", NodeCrypto.layer)
