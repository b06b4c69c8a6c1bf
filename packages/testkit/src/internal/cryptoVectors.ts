/** Published test vectors, in hex. */

/**
 * AES-256-GCM. The first four: McGrew and Viega, "The Galois/Counter Mode of Operation", test cases
 * 13 to 16. The others: NIST CAVP gcmEncryptExtIV256.rsp, first of their group.
 */
export const gcm = [
  {
    source: "McGrew-Viega 13",
    key: "00".repeat(32),
    nonce: "00".repeat(12),
    plain: "",
    aad: "",
    text: "",
    tag: "530f8afbc74536b9a963b4f1c4cb738b"
  },
  {
    source: "McGrew-Viega 14",
    key: "00".repeat(32),
    nonce: "00".repeat(12),
    plain: "00".repeat(16),
    aad: "",
    text: "cea7403d4d606b6e074ec5d3baf39d18",
    tag: "d0d1c8a799996bf0265b98b5d48ab919"
  },
  {
    source: "McGrew-Viega 15",
    key: "feffe9928665731c6d6a8f9467308308".repeat(2),
    nonce: "cafebabefacedbaddecaf888",
    plain:
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" +
      "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
    aad: "",
    text:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa" +
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
    tag: "b094dac5d93471bdec1a502270e3cc6c"
  },
  {
    source: "McGrew-Viega 16",
    key: "feffe9928665731c6d6a8f9467308308".repeat(2),
    nonce: "cafebabefacedbaddecaf888",
    plain:
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" +
      "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    aad: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    text:
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa" +
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
    tag: "76fc6ece0f4e1768cddf8853bb2d551b"
  },
  {
    source: "CAVP PTlen 0, AADlen 0, Count 0",
    key: "b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4",
    nonce: "516c33929df5a3284ff463d7",
    plain: "",
    aad: "",
    text: "",
    tag: "bdc1ac884d332457a1d2664f168c76f0"
  },
  {
    source: "CAVP PTlen 128, AADlen 0, Count 0",
    key: "31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22",
    nonce: "0d18e06c7c725ac9e362e1ce",
    plain: "2db5168e932556f8089a0622981d017d",
    aad: "",
    text: "fa4362189661d163fcd6a56d8bf0405a",
    tag: "d636ac1bbedd5cc3ee727dc2ab4a9489"
  },
  {
    source: "CAVP PTlen 128, AADlen 128, Count 0",
    key: "92e11dcdaa866f5ce790fd24501f92509aacf4cb8b1339d50c9c1240935dd08b",
    nonce: "ac93a1a6145299bde902f21a",
    plain: "2d71bcfa914e4ac045b2aa60955fad24",
    aad: "1e0889016f67601c8ebea4943bc23ad6",
    text: "8995ae2e6df3dbf96fac7b7137bae67f",
    tag: "eca5aa77d51d4a0a14d9c51e1da474ab"
  }
] as const

const ascii = (text: string): string => Array.from(text, (_) => _.charCodeAt(0).toString(16).padStart(2, "0")).join("")

const run = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => (from + i).toString(16).padStart(2, "0")).join("")

/** HMAC-SHA-256, RFC 4231 test cases 1 to 7. Case 5 is published truncated to 16 bytes. */
export const hmac = [
  {
    case: 1,
    key: "0b".repeat(20),
    data: ascii("Hi There"),
    mac: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
  },
  {
    case: 2,
    key: ascii("Jefe"),
    data: ascii("what do ya want for nothing?"),
    mac: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
  },
  {
    case: 3,
    key: "aa".repeat(20),
    data: "dd".repeat(50),
    mac: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
  },
  {
    case: 4,
    key: run(0x01, 0x19),
    data: "cd".repeat(50),
    mac: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
  },
  { case: 5, key: "0c".repeat(20), data: ascii("Test With Truncation"), mac: "a3b6167473100ee06e0c796c2955552b" },
  {
    case: 6,
    key: "aa".repeat(131),
    data: ascii("Test Using Larger Than Block-Size Key - Hash Key First"),
    mac: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
  },
  {
    case: 7,
    key: "aa".repeat(131),
    data: ascii(
      "This is a test using a larger than block-size key and a larger than block-size data. " +
        "The key needs to be hashed before being used by the HMAC algorithm."
    ),
    mac: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
  }
] as const

/** HKDF-SHA-256, RFC 5869 appendix A.1 to A.3. */
export const hkdf = [
  {
    case: "A.1",
    key: "0b".repeat(22),
    salt: run(0x00, 0x0c),
    info: run(0xf0, 0xf9),
    length: 42,
    derived: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
  },
  {
    case: "A.2",
    key: run(0x00, 0x4f),
    salt: run(0x60, 0xaf),
    info: run(0xb0, 0xff),
    length: 82,
    derived:
      "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09" +
      "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
  },
  {
    case: "A.3",
    key: "0b".repeat(22),
    salt: "",
    info: "",
    length: 42,
    derived: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
  }
] as const

/** SHA-256, the examples of FIPS 180 and the empty text. */
export const sha256 = [
  { text: "", hash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
  { text: "abc", hash: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  {
    text: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    hash: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  },
  {
    text:
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn" +
      "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
    hash: "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
  },
  { text: "a".repeat(1_000_000), hash: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" }
] as const
