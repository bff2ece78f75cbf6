/// A text as the network would cut and send it (SMS-3): 3GPP TS 23.038 for the alphabets, TS 23.040, 9.2.3.24.1 for the
/// parts of a long text, whose header of six bytes (8-bit reference) takes 7 septets or 3 UTF-16 units from each.
public struct Segments: Hashable, Sendable {
  public enum Encoding: String, Hashable, Sendable, CaseIterable {
    /// 7 bits a septet; characters of the extension table take two.
    case gsm7 = "GSM-7"
    /// 16 bits a unit; characters beyond U+FFFF take two, as phones in fact send UTF-16.
    case ucs2 = "UCS-2"

    /// Units in a message that is sent whole.
    public var singleLimit: Int {
      switch self {
      case .gsm7: 160
      case .ucs2: 70
      }
    }

    /// Units in each part of a longer one.
    public var partLimit: Int {
      switch self {
      case .gsm7: 153
      case .ucs2: 67
      }
    }
  }

  /// One message of those that make up the text.
  public struct Segment: Hashable, Sendable {
    public let text: String
    /// Septets or UTF-16 units, by the encoding.
    public let units: Int
  }

  /// A character that GSM-7 does not hold.
  public struct Forcing: Hashable, Sendable {
    public let scalar: Unicode.Scalar
    /// Where it stands, the first Unicode scalar of the text being 1; ascending, never empty.
    public internal(set) var places: [Int]
  }

  /// The header counts parts in one byte.
  public static let maxParts = 255

  public let encoding: Encoding
  /// Unicode scalars of the text.
  public let characters: Int
  /// Septets or UTF-16 units of the text, without headers. Parts that end early, so as to split nothing, leave room
  /// that is not counted here.
  public let units: Int
  /// In order, their texts together are the text; one, empty, for an empty text.
  public let segments: [Segment]
  /// What forces UCS-2, in the order of first appearance; empty with GSM-7.
  public let forcing: [Forcing]

  public init(_ text: String) {
    let scalars = text.unicodeScalars
    characters = scalars.count
    forcing = Self.forcing(in: scalars)
    let encoding: Encoding = forcing.isEmpty ? .gsm7 : .ucs2
    self.encoding = encoding
    let units = scalars.reduce(0) { $0 + Self.units(of: $1, encoding) }
    self.units = units
    segments =
      units <= encoding.singleLimit ? [Segment(text: text, units: units)] : Self.parts(scalars, encoding)
  }

  /// Whether a network can send it at all.
  public var canBeSent: Bool { segments.count <= Self.maxParts }

  private static func units(of scalar: Unicode.Scalar, _ encoding: Encoding) -> Int {
    switch encoding {
    case .gsm7: GSM7.septets(of: scalar)?.count ?? 0
    case .ucs2: UTF16.width(scalar)
    }
  }

  private static func forcing(in scalars: String.UnicodeScalarView) -> [Forcing] {
    var found: [Forcing] = []
    var known: [Unicode.Scalar: Int] = [:]
    for (index, scalar) in scalars.enumerated() where GSM7.septets(of: scalar) == nil {
      if let entry = known[scalar] {
        found[entry].places.append(index + 1)
      } else {
        known[scalar] = found.count
        found.append(Forcing(scalar: scalar, places: [index + 1]))
      }
    }
    return found
  }

  /// Whole characters only: an escape stays with what it escapes, and so do the halves of a surrogate pair.
  private static func parts(_ scalars: String.UnicodeScalarView, _ encoding: Encoding) -> [Segment] {
    var parts: [Segment] = []
    var (start, used) = (scalars.startIndex, 0)
    for index in scalars.indices {
      let needed = units(of: scalars[index], encoding)
      if used + needed > encoding.partLimit {
        parts.append(Segment(text: String(scalars[start..<index]), units: used))
        (start, used) = (index, 0)
      }
      used += needed
    }
    return parts + [Segment(text: String(scalars[start...]), units: used)]
  }
}
