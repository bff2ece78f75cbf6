import VerificationCore

/// How a text would be sent, for people and for scripts.
public struct SegmentsText: Sendable {
  /// Of the places of one character, and of the characters that force UCS-2, no more than this are listed for people.
  static let listed = 8

  private let text: String
  private let segments: Segments
  /// With every forcing character replaced; nil where there is none, or one that has no replacement.
  private let remedied: Segments?
  private let remediedText: String?

  public init(_ text: String) {
    self.text = text
    segments = Segments(text)
    remediedText = segments.forcing.isEmpty ? nil : Replacement.applied(to: text)
    remedied = remediedText.map { Segments($0) }
  }

  public var canBeSent: Bool { segments.canBeSent }

  /// `GSM-7, 54 characters in 54 of 160 septets, 1 segment`, each segment with its text, what forces UCS-2, what to do.
  public func lines(width: Int, style: Style = .plain) -> [String] {
    [style.bold(Self.summary(segments))] + segmentLines(width, style) + forcingLines(width, style)
  }

  private static func summary(_ segments: Segments) -> String {
    let encoding = segments.encoding
    let unit = encoding == .gsm7 ? "septets" : "UTF-16 units"
    let characters = counted(segments.characters, "character")
    guard segments.segments.count > 1 else {
      return "\(encoding.rawValue), \(characters) in \(segments.units) of \(encoding.singleLimit) \(unit), 1 segment"
    }
    return "\(encoding.rawValue), \(characters) in \(segments.units) \(unit), "
      + "\(segments.segments.count) segments of at most \(encoding.partLimit)"
  }

  private func segmentLines(_ width: Int, _ style: Style) -> [String] {
    guard segments.canBeSent else {
      return [
        style.red("too long: a text has at most \(Segments.maxParts) parts"),
        "  → shorten it by \(segments.segments.count - Segments.maxParts) segments",
      ]
    }
    return segments.segments.enumerated().flatMap { index, segment in
      let head = "  \(index + 1)  \(style.dim("\(segment.units)"))  "
      let indent = "  \(index + 1)  \(segment.units)  ".count
      let pieces = Self.pieces(Self.shown(segment.text), of: max(20, width - indent))
      return pieces.enumerated().map { ($0 == 0 ? head : String(repeating: " ", count: indent)) + $1 }
    }
  }

  /// The end of a line shows as ⏎ and goes on below; a segment's own blanks are kept, since they count.
  private static func shown(_ text: String) -> [String] {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    return lines.enumerated().map { Printable.text($1) + ($0 < lines.count - 1 ? "⏎" : "") }
  }

  private static func pieces(_ lines: [String], of width: Int) -> [String] {
    lines.flatMap { line -> [String] in
      var (pieces, rest) = ([String](), Substring(line))
      while rest.count > width {
        pieces.append(String(rest.prefix(width)))
        rest = rest.dropFirst(width)
      }
      return rest.isEmpty && !pieces.isEmpty ? pieces : pieces + [String(rest)]
    }
  }

  private func forcingLines(_ width: Int, _ style: Style) -> [String] {
    guard !segments.forcing.isEmpty else { return [] }
    var lines = [style.yellow("UCS-2 is forced by:")]
    for forcing in segments.forcing.prefix(Self.listed) {
      lines.append("  \(Self.name(forcing.scalar)) at \(Self.places(forcing.places))")
      lines.append("    → \(Self.remedy(forcing.scalar))")
    }
    let more = segments.forcing.count - Self.listed
    if more > 0 { lines.append("  and \(Self.counted(more, "other character"))") }
    if let remedied, let remediedText, !remediedText.isEmpty {
      lines.append("With all of them replaced: \(Self.summary(remedied))")
      if remedied.segments.count == 1 {
        lines += Self.pieces(Self.shown(remediedText), of: max(20, width - 2)).map { "  \($0)" }
      }
    }
    return lines
  }

  private static func places(_ places: [Int]) -> String {
    let more = places.count - listed
    let shown = places.prefix(listed).map(String.init).joined(separator: ", ")
    return "\(places.count == 1 ? "character" : "characters") \(shown)\(more > 0 ? " and \(more) more" : "")"
  }

  /// `ê (U+00EA)`; what draws nothing by itself is named by its code alone.
  private static func name(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark,
      .privateUse, .unassigned, .surrogate:
      codePoint(scalar)
    default: "\(scalar) (\(codePoint(scalar)))"
    }
  }

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func remedy(_ scalar: Unicode.Scalar) -> String {
    if scalar == "\u{FFFD}" { return "this stands for bytes that were no UTF-8 text; mend them where they come from" }
    if scalar.properties.generalCategory == .nonspacingMark {
      return "an accent as a character of its own; write letter and accent as one character, or leave it out"
    }
    guard let replacement = Replacement.of(scalar) else {
      return "nothing in GSM-7 comes near; leave it out, reword, or accept UCS-2"
    }
    switch replacement {
    case "": return "leave it out"
    case " ": return "write a space"
    case "\n": return "write a line feed"
    default:
      let reword = scalar.properties.isAlphabetic ? ", or reword" : ""
      return "write \(replacement)\(reword)"
    }
  }

  private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension SegmentsText {
  /// Everything, whatever its length; every key is always there.
  public func json(sender: String, language: String?) -> String {
    JSONLine([
      ("text", .text(text)), ("language", language.map(JSONLine.Value.text) ?? .null), ("sender", .text(sender)),
      ("encoding", .text(segments.encoding.rawValue)), ("characters", .number(Int64(segments.characters))),
      ("units", .number(Int64(segments.units))), ("canBeSent", .flag(segments.canBeSent)),
      ("segments", .list(segments.segments.map { .object(Self.object($0)) })),
      ("forcing", .list(segments.forcing.map { .object(Self.object($0)) })),
      ("replaced", remedied.map { .object(Self.object($0, remediedText ?? "")) } ?? .null),
    ]).text
  }

  private static func object(_ segment: Segments.Segment) -> JSONLine {
    JSONLine([("units", .number(Int64(segment.units))), ("text", .text(segment.text))])
  }

  private static func object(_ forcing: Segments.Forcing) -> JSONLine {
    JSONLine([
      ("character", .text(String(forcing.scalar))), ("codePoint", .text(codePoint(forcing.scalar))),
      ("places", .list(forcing.places.map { .number(Int64($0)) })), ("remedy", .text(remedy(forcing.scalar))),
    ])
  }

  private static func object(_ segments: Segments, _ text: String) -> JSONLine {
    JSONLine([
      ("text", .text(text)), ("encoding", .text(segments.encoding.rawValue)),
      ("segments", .number(Int64(segments.segments.count))),
    ])
  }
}
