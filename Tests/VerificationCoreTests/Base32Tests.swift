import Testing
import VerificationCore

@Suite("Base32")
struct Base32Tests {
  private static func problem(_ text: String) -> Base32.Problem? {
    do {
      _ = try Base32.decode(text)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "TEN-8: the vectors of RFC 4648, 10, with padding, without, and in lower case",
    arguments: [
      ("", ""), ("f", "MY======"), ("fo", "MZXQ===="), ("foo", "MZXW6==="), ("foob", "MZXW6YQ="),
      ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI======"),
    ])
  func vectors(plain: String, encoded: String) throws {
    let bytes = Array(plain.utf8)
    #expect(try Base32.decode(encoded) == bytes)
    #expect(try Base32.decode(encoded.filter { $0 != "=" }) == bytes)
    #expect(try Base32.decode(encoded.lowercased()) == bytes)
  }

  @Test("TEN-8: every value of five bits has its character")
  func alphabet() throws {
    let expected: [UInt8] = [
      0x00, 0x44, 0x32, 0x14, 0xC7, 0x42, 0x54, 0xB6, 0x35, 0xCF, 0x84, 0x65, 0x3A, 0x56, 0xD7, 0xC6, 0x75, 0xBE,
      0x77, 0xDF,
    ]
    #expect(try Base32.decode("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == expected)
  }

  @Test(
    "TEN-8: the digits that Base32 leaves out are each explained",
    arguments: [
      (
        "MZX1", "character 4 is 1, and Base32 has the digits 2 to 7 only",
        "export the key again; descriptions of this file that allow 1 to 7 are wrong, the standard (RFC 4648) has 2 to 7, so a 1 may be a mistyped I or L"
      ),
      (
        "0ZXW", "character 1 is 0, and Base32 has the digits 2 to 7 only",
        "export the key again; a 0 may be a mistyped O"
      ),
      (
        "M8XW", "character 2 is 8, and Base32 has the digits 2 to 7 only",
        "export the key again; an 8 may be a mistyped B"
      ),
      (
        "MZ9W", "character 3 is 9, and Base32 has the digits 2 to 7 only",
        "export the key again as Base32; one with a 9 may be hexadecimal or decimal"
      ),
    ])
  func digits(text: String, message: String, remedy: String) {
    let problem = Self.problem(text)
    #expect(problem?.message == message)
    #expect(problem?.remedy == remedy)
  }

  @Test(
    "TEN-8: any other character is named with its position",
    arguments: [
      ("MZ XW", "character 3 is a space, and Base32 has a to z, A to Z and 2 to 7 only"),
      ("MZ-XW", "character 3 is -, and Base32 has a to z, A to Z and 2 to 7 only"),
      ("MZXWé", "character 5 is U+00E9, and Base32 has a to z, A to Z and 2 to 7 only"),
      ("MZ\u{1B}", "character 3 is U+001B, and Base32 has a to z, A to Z and 2 to 7 only"),
      ("ıMZX", "character 1 is U+0131, and Base32 has a to z, A to Z and 2 to 7 only"),
      ("MZ=W6===", "the = at character 3 is not the padding of a last group of 8"),
      ("MZXQ===", "the = at character 5 is not the padding of a last group of 8"),
      ("MZXW6YTB========", "the = at character 9 is not the padding of a last group of 8"),
      ("=", "the = at character 1 is not the padding of a last group of 8"),
      ("MZXW6Y", "Base32 is never 6 characters long: groups of 8 leave 6 over"),
      ("M", "Base32 is never 1 character long: groups of 8 leave 1 over"),
    ])
  func others(text: String, message: String) {
    #expect(Self.problem(text)?.message == message)
  }

  @Test("TEN-8: a key has at most 128 characters as typed, and is not empty")
  func secretLength() throws {
    #expect(try TokenSecret(String(repeating: "A", count: 128)).revealedBytes.count == 80)
    #expect(throws: TokenSecret.Problem.tooLong(characters: 129)) {
      try TokenSecret(String(repeating: "A", count: 129))
    }
    #expect(throws: TokenSecret.Problem.tooLong(characters: 136)) {
      try TokenSecret(String(repeating: "A", count: 128) + "========")
    }
    #expect(throws: TokenSecret.Problem.empty) { try TokenSecret("") }
  }

  @Test("A key prints as dots, however it is printed")
  func masked() throws {
    let secret = try TokenSecret("MZXW6YTB")
    var dumped = ""
    dump(secret, to: &dumped)
    for shown in ["\(secret)", String(reflecting: secret), dumped] {
      #expect(shown.contains("••••"))
      #expect(!shown.contains("102") && !shown.contains("MZXW"))
    }
  }
}
