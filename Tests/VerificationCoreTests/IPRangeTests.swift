import Testing
import VerificationCore

@Suite("Addresses and ranges")
struct IPRangeTests {
  @Test(
    "TEN-3, TEN-4: an address is read, and written as RFC 5952 has it",
    arguments: [
      ("203.0.113.7", "203.0.113.7"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
      ("2001:DB8::7", "2001:db8::7"), ("2001:0db8:0:0:0:0:0:7", "2001:db8::7"), ("::", "::"), ("::1", "::1"),
      ("1::", "1::"), ("2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
      ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
      ("64:ff9b::203.0.113.7", "64:ff9b::cb00:7107"), ("1:2:3:4:5:6:203.0.113.7", "1:2:3:4:5:6:cb00:7107"),
      ("::ffff:203.0.113.7", "203.0.113.7"),
      ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ])
  func address(text: String, written: String) {
    #expect(IPAddress(text)?.description == written)
  }

  @Test(
    "What is no address",
    arguments: [
      "", "203.0.113", "203.0.113.7.1", "203.0.113.256", "203.0.113.07", "203.0.113.+7", "203.0.113.", "203.0.113.７",
      "203.0.113.7 ", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "1::2::3", "12345::",
      "g::", "+1::", "-1::", "1:", ":1", "fe80::1%eth0", "203.0.113.7::", "1.2.3.4:5::", "::1.2.3.4:5", "::1.2.3",
      "[::1]",
    ])
  func noAddress(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(
    "A range holds its first and its last address, and neither neighbour",
    arguments: [
      ("203.0.113.64/26", "203.0.113.64", "203.0.113.127", "203.0.113.63", "203.0.113.128"),
      ("203.0.113.7/32", "203.0.113.7", "203.0.113.7", "203.0.113.6", "203.0.113.8"),
      ("128.0.0.0/1", "128.0.0.0", "255.255.255.255", "127.255.255.255", "::8000:0"),
      ("2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff::", "2001:db9::"),
      ("2001:db8::7/128", "2001:db8::7", "2001:db8::7", "2001:db8::6", "2001:db8::8"),
    ])
  func holds(text: String, first: String, last: String, before: String, after: String) throws {
    let range = try IPRange(text)
    for inside in [first, last] { #expect(range.contains(try #require(IPAddress(inside)))) }
    for outside in [before, after] { #expect(!range.contains(try #require(IPAddress(outside)))) }
    #expect(range.description == text)
  }

  @Test(
    "A range of all addresses is of one family",
    arguments: [("0.0.0.0/0", "1.2.3.4", "::1"), ("::/0", "::1", "1.2.3.4")])
  func all(text: String, inside: String, outside: String) throws {
    let range = try IPRange(text)
    #expect(range.contains(try #require(IPAddress(inside))))
    #expect(!range.contains(try #require(IPAddress(outside))))
  }

  @Test(
    "What is no range says why, and what to write",
    arguments: [
      ("office", .noAddress), ("", .noAddress), ("/24", .noAddress), ("203.0.113.0", .noPrefix(max: 32)),
      ("203.0.113.0/", .noPrefix(max: 32)), ("203.0.113.0/33", .noPrefix(max: 32)),
      ("203.0.113.0/-1", .noPrefix(max: 32)), ("203.0.113.0/24/1", .noPrefix(max: 32)),
      ("203.0.113.0/99999999999999999999", .noPrefix(max: 32)), ("2001:db8::/129", .noPrefix(max: 128)),
      ("203.0.113.7/24", .hostBits(meant: "203.0.113.0/24")), ("2001:db8::1/64", .hostBits(meant: "2001:db8::/64")),
      ("203.0.113.1/0", .hostBits(meant: "0.0.0.0/0")),
    ] as [(String, IPRange.Mistake)])
  func noRange(text: String, mistake: IPRange.Mistake) {
    #expect(throws: mistake) { try IPRange(text) }
  }

  @Test(
    "Each mistake is explained",
    arguments: [
      (.noAddress, "is no range of addresses; write one in CIDR notation, as in 203.0.113.0/24"),
      (.noPrefix(max: 32), "needs the length of its prefix, 0 to 32, as in 203.0.113.0/24"),
      (.noPrefix(max: 128), "needs the length of its prefix, 0 to 128, as in 2001:db8::/32"),
      (.hostBits(meant: "203.0.113.0/24"), "names one address of a range; the range is 203.0.113.0/24"),
    ] as [(IPRange.Mistake, String)])
  func explained(mistake: IPRange.Mistake, explanation: String) {
    #expect(mistake.explanation == explanation)
  }

  @Test(
    "TEN-3: which ranges are private, and which hold private addresses beside others",
    arguments: [
      ("10.0.0.0/8", true, true), ("10.9.0.0/16", true, true), ("10.0.0.0/7", false, true),
      ("11.0.0.0/8", false, false),
      ("172.16.0.0/12", true, true), ("172.32.0.0/12", false, false), ("172.0.0.0/8", false, true),
      ("192.168.0.0/16", true, true), ("192.169.0.0/16", false, false), ("100.64.0.0/10", true, true),
      ("100.128.0.0/10", false, false), ("127.0.0.1/32", true, true), ("169.254.0.0/16", true, true),
      ("203.0.113.0/24", false, false), ("0.0.0.0/0", false, true), ("fc00::/7", true, true), ("fd12::/16", true, true),
      ("fe80::/10", true, true), ("::1/128", true, true), ("2001:db8::/32", false, false), ("::/0", false, true),
    ])
  func privateRanges(text: String, isPrivate: Bool, touchesPrivate: Bool) throws {
    let range = try IPRange(text)
    #expect(range.isPrivate == isPrivate)
    #expect(range.touchesPrivate == touchesPrivate)
  }
}
