import Runs
import VerificationCore

/// The timeline of a case: messages as bars, rings, keys as marks, what was written down, outcomes as flags.
///
/// 960 units wide; colours and fonts come from the page's style sheet.
struct TimelineSVG {
  private static let width = 960.0
  private static let plot = 74.0...940.0
  private static let lane = 30.0
  /// How wide a letter of 12 units is, about.
  private static let letter = 6.6
  /// And one of a flag, which is bold.
  private static let boldLetter = 7.9

  /// From top to bottom.
  private enum Lane: String, CaseIterable { case phone, heard, pressed, page, written }

  private let played: CaseRecord
  private let scale: TimeScale
  /// Of the drawing.
  private let end: Milliseconds
  private let lanes: [Lane]
  private let flagRows: Int
  private let flags: [(x: Double, row: Int, outcome: String)]

  init(_ played: CaseRecord) {
    self.played = played
    let ends: [Milliseconds] = played.moments.compactMap { moment in
      switch moment.what {
      case .message(_, let until, _): until
      case .spokenExtension(_, let length): moment.at + length
      default: nil  // takes no time
      }
    }
    // What still plays when a case fails needs some room to be seen.
    end = played.moments.contains(where: Self.isOpen) ? played.length + .seconds(2) : played.length
    scale = TimeScale(times: played.moments.map(\.at) + ends + [played.length, end], range: Self.plot)
    let used = Set(played.moments.compactMap { Self.lane(of: $0.what) })
    lanes = Lane.allCases.filter(used.contains)
    (flags, flagRows) = Self.flags(played, scale)
  }

  private static func isOpen(_ moment: Moment) -> Bool {
    if case .message(_, nil, _) = moment.what { true } else { false }
  }

  /// nil for what only stands among the captions.
  private static func lane(of what: Moment.What) -> Lane? {
    switch what {
    case .dial, .ring, .answer, .failed, .unanswered, .hangUp, .machine: .phone
    case .message, .spokenExtension, .dialledExtension: .heard
    case .key, .wrong, .ignored, .pin: .pressed
    case .ask, .textSent, .text, .textLost, .textRejected, .reply, .typed, .resend, .notify, .device, .codeExpired,
      .codeRefused, .cancel:
      .page
    case .record: .written
    case .outcome, .decided, .pinIsReportCode, .refused: nil
    }
  }

  /// A flag that would cover the one before it goes a row up.
  private static func flags(
    _ played: CaseRecord, _ scale: TimeScale
  ) -> ([(x: Double, row: Int, outcome: String)], rows: Int) {
    var marked: [(at: Milliseconds, outcome: String)] = played.moments.compactMap { moment in
      switch moment.what {
      case .outcome(let name), .decided(_, let name): (moment.at, name)
      default: nil  // no outcome
      }
    }
    if let problem = played.problems.first { marked.append((played.length, problem.id)) }
    var flags: [(x: Double, row: Int, outcome: String)] = []
    var ends: [Double] = []
    for (at, outcome) in marked {
      let (x, width) = (scale.x(at), Double(outcome.count + 2) * boldLetter + 12)
      let start = x + width > Self.width ? x - width : x
      // The fourth in one place covers another: there is no end of rows.
      let row = ends.firstIndex { $0 <= start } ?? min(ends.count, 3)
      if row < ends.count { ends[row] = start + width } else { ends.append(start + width) }
      flags.append((x, row, outcome))
    }
    return (flags, ends.count)
  }

  private var top: Double { Double(flagRows) * 22 + 6 }
  private var bottom: Double { top + Double(lanes.count) * Self.lane }

  private func y(_ lane: Lane) -> Double { top + Double(lanes.firstIndex(of: lane) ?? 0) * Self.lane }

  /// Where an instant stands, for the player.
  func x(_ at: Milliseconds) -> String { Self.unit(scale.x(at)) }

  var svg: String {
    let height = bottom + 24
    var svg = "<svg class=tl viewBox=\"0 0 \(Self.unit(Self.width)) \(Self.unit(height))\" role=img "
    svg += "aria-label=\"\(XML.escaped(summary))\">"
    for lane in lanes { svg += "<text class=ln x=0 y=\(Self.unit(y(lane) + 19))>\(lane.rawValue)</text>" }
    svg += axis + flagPoles + breaks + phone
    for moment in played.moments { svg += bar(moment) }
    svg += pressed + marks(.page) + marks(.written) + flagMarks
    if played.trace != nil {
      svg += "<line class=now x1=\(Self.unit(Self.plot.lowerBound)) x2=\(Self.unit(Self.plot.lowerBound)) y1=2 "
      svg += "y2=\(Self.unit(bottom)) hidden></line>"
    }
    return svg + "</svg>"
  }

  private var summary: String {
    let heard = played.moments.count { if case .message = $0.what { true } else { false } }
    let keys: [String] = played.moments.compactMap { moment in
      if case .key(let key) = moment.what { key ?? "•" } else { nil }
    }
    let pressed = keys.isEmpty ? "no keys" : "keys \(keys.joined(separator: " "))"
    return "Timeline of \(played.length.short): \(heard) \(heard == 1 ? "message" : "messages"), \(pressed), "
      + "ends \(played.result). The captions below say it in words."
  }

  // MARK: Axis

  private var axis: String {
    let y = Self.unit(bottom)
    var svg = "<path class=ax d=\"M\(Self.unit(Self.plot.lowerBound)) \(y)H\(Self.unit(Self.plot.upperBound))\"/>"
    for tick in scale.ticks(apart: played.length.count < 3_600_000 ? 56 : 96) {
      let x = Self.unit(tick.x)
      svg += "<path class=tk d=\"M\(x) \(Self.unit(top))V\(Self.unit(bottom + 4))\"/>"
      svg += "<text class=at x=\(x) y=\(Self.unit(bottom + 18))>\(tick.at.short)</text>"
    }
    return svg
  }

  private var breaks: String {
    scale.breaks.map { gap in
      let (x, y) = (gap.x, bottom)
      return "<path class=bk d=\"M\(Self.unit(x - 6)) \(Self.unit(y + 5))l5 -10m2 10l5 -10\"/>"
        + "<text class=bt x=\(Self.unit(x)) y=\(Self.unit(y - 8))>\(gap.length.rough)</text>"
    }.joined()
  }

  // MARK: Lanes

  /// Ringing is hatched, the call that was answered a plain bar.
  private var phone: String {
    guard lanes.contains(.phone) else { return "" }
    var svg = ""
    var open: [Int: (ringing: Milliseconds?, talking: Milliseconds?)] = [:]
    for moment in played.moments {
      let call = moment.verification
      switch moment.what {
      case .dial, .ring: open[call] = (open[call]?.ringing ?? moment.at, nil)
      case .answer:
        svg += stretch("rg", open[call]?.ringing ?? moment.at, moment.at, "rings")
        open[call] = (nil, moment.at)
      case .failed, .unanswered, .outcome, .cancel:
        // What ends before it was answered.
        guard let ringing = open[call]?.ringing else { continue }
        svg += stretch("rg", ringing, moment.at, "rings")
        open[call] = nil
      case .hangUp:
        guard let talking = open[call]?.talking else { continue }
        svg += stretch("tk2", talking, moment.at, "answered")
        open[call] = nil
      default: continue  // not the telephone's
      }
    }
    for call in open.keys.sorted() {
      if let talking = open[call]?.talking { svg += stretch("tk2", talking, end, "answered") }
      if let ringing = open[call]?.ringing { svg += stretch("rg", ringing, played.length, "rings") }
    }
    return svg
  }

  private func stretch(_ style: String, _ start: Milliseconds, _ end: Milliseconds, _ name: String) -> String {
    let (x, width) = (scale.x(start), max(2, scale.x(end) - scale.x(start)))
    let y = y(.phone)
    var svg = "<g><title>\(name) \(start.short) to \(end.short)</title><rect class=\(style) x=\(Self.unit(x)) "
    svg += "y=\(Self.unit(y + 8)) width=\(Self.unit(width)) height=14 rx=3 /></g>"
    if width > Double(name.count) * Self.letter + 14 {
      let half = Double(name.count) * Self.letter / 2 + 4
      svg +=
        "<rect class=\"pl \(style)\" x=\(Self.unit(x + width / 2 - half)) y=\(Self.unit(y + 8)) width=\(Self.unit(half * 2)) height=14 />"
      svg += "<text class=sm x=\(Self.unit(x + width / 2)) y=\(Self.unit(y + 19))>\(name)</text>"
    }
    return svg
  }

  private func bar(_ moment: Moment) -> String {
    switch moment.what {
    case .message(let key, let until, let isCut):
      let end = until ?? self.end
      var source =
        switch key.source {
        case .default: "ms"
        case .custom: "ms cu"
        }
      if until == nil { source += " op" }
      let how = isCut ? ", cut" : until == nil ? ", still playing" : ""
      return bar(
        source, moment.at, end, key.message,
        "\(key.message) (\(key.language)), \(moment.at.short) to \(min(end, played.length).short)\(how)")
        + (isCut ? cut(end) : "")
    case .spokenExtension(_, let length):
      return bar("ms", moment.at, moment.at + length, "extension", "the extension, spoken")
    default: return ""  // takes no time
    }
  }

  private func bar(
    _ style: String, _ start: Milliseconds, _ end: Milliseconds, _ name: String, _ title: String
  ) -> String {
    let (x, width) = (scale.x(start), max(3, scale.x(end) - scale.x(start)))
    let y = y(.heard)
    var svg = "<g><title>\(XML.escaped(title))</title><rect class=\"\(style)\" x=\(Self.unit(x)) y=\(Self.unit(y + 3)) "
    svg += "width=\(Self.unit(width)) height=24 rx=4 />"
    let room = Int((width - 12) / Self.letter)
    if room >= 4 {
      let shown = name.count <= room ? name : name.prefix(room - 1) + "…"
      svg += "<text class=mt x=\(Self.unit(x + 6)) y=\(Self.unit(y + 19))>\(XML.escaped(String(shown)))</text>"
    }
    return svg + "</g>"
  }

  /// The end of a message that did not come to its own.
  private func cut(_ at: Milliseconds) -> String {
    let (x, y) = (scale.x(at), y(.heard))
    return "<path class=ct d=\"M\(Self.unit(x)) \(Self.unit(y + 1))l-3 7 3 7 -3 7 3 7\"/>"
  }

  // MARK: Marks

  /// Keys as caps; those that are pressed close together share one. A wrong entry is a cross behind them.
  private var pressed: String {
    guard lanes.contains(.pressed) else { return "" }
    var svg = ""
    var cap: (x: Double, keys: String, at: Milliseconds)?
    func close(_ cap: (x: Double, keys: String, at: Milliseconds)?) -> String {
      cap.map { self.cap($0.x, $0.keys, $0.at) } ?? ""
    }
    for moment in played.moments {
      let x = scale.x(moment.at)
      switch moment.what {
      case .key(let key):
        if let open = cap, x - open.x < Double(open.keys.count) * 11 + 10 {
          cap = (open.x, open.keys + (key ?? "•"), open.at)
        } else {
          svg += close(cap)
          cap = (x, key ?? "•", moment.at)
        }
      case .wrong(_, let text, let number):
        let width = cap.map { Double($0.keys.count) * 11 + 8 } ?? 0
        svg += cross(max(x, (cap?.x ?? 0) + width) + 8, "wrong entry \(number): \(text)")
      default: continue  // a caption says it
      }
    }
    return svg + close(cap)
  }

  private func cap(_ x: Double, _ keys: String, _ at: Milliseconds) -> String {
    let width = Double(keys.count) * 11 + 8
    let y = y(.pressed)
    return "<g><title>\(XML.escaped("pressed \(keys)")) at \(at.short)</title><rect class=ky x=\(Self.unit(x - 2)) "
      + "y=\(Self.unit(y + 5)) width=\(Self.unit(width)) height=20 rx=5 />"
      + "<text class=kt x=\(Self.unit(x - 2 + width / 2)) y=\(Self.unit(y + 19.5))>\(XML.escaped(keys))</text></g>"
  }

  private func cross(_ x: Double, _ title: String) -> String {
    let y = y(.pressed) + 15
    return
      "<g><title>\(XML.escaped(title))</title><path class=wr d=\"M\(Self.unit(x - 4)) \(Self.unit(y - 4))l8 8m0 -8l-8 8\"/></g>"
  }

  /// A diamond for each instant at which something was written down or happened at the page; how many, where several.
  private func marks(_ lane: Lane) -> String {
    guard lanes.contains(lane) else { return "" }
    var groups: [(x: Double, texts: [String])] = []
    for moment in played.moments where Self.lane(of: moment.what) == lane {
      let (x, text) = (scale.x(moment.at), MomentWords(moment, recordings: [:]).text)
      if let last = groups.last, x - last.x < 14 {
        groups[groups.count - 1].texts.append(text)
      } else {
        groups.append((x, [text]))
      }
    }
    let y = y(lane) + 15
    return groups.map { group in
      let count =
        group.texts.count > 1
        ? "<text class=sm2 x=\(Self.unit(group.x + 8)) y=\(Self.unit(y + 4))>\(group.texts.count)</text>" : ""
      return "<g><title>\(XML.escaped(group.texts.joined(separator: "\n")))</title><path class=\"mk \(lane.rawValue)\" "
        + "d=\"M\(Self.unit(group.x)) \(Self.unit(y - 6))l6 6-6 6-6-6z\"/>\(count)</g>"
    }.joined()
  }

  /// Drawn first, so that nothing is struck through.
  private var flagPoles: String {
    flags.map { flag in
      let isGood = Outcome(rawValue: flag.outcome)?.kind == .admitted
      let y = Double(flagRows - 1 - flag.row) * 22 + 2
      return
        "<g class=\(isGood ? "fg" : "fb")><path d=\"M\(Self.unit(flag.x)) \(Self.unit(y))V\(Self.unit(bottom))\"/></g>"
    }.joined()
  }

  private var flagMarks: String {
    flags.map { flag in
      let outcome = Outcome(rawValue: flag.outcome)
      let isGood = outcome?.kind == .admitted
      // What is no outcome is what the case failed with.
      let name = "\(outcome == nil ? "✗" : isGood ? "✓" : "■") \(flag.outcome)"
      let width = Double(name.count) * Self.boldLetter + 12
      let x = flag.x + width > Self.width ? flag.x - width : flag.x
      let y = Double(flagRows - 1 - flag.row) * 22 + 2
      return "<g class=\(isGood ? "fg" : "fb")>"
        + "<rect x=\(Self.unit(x)) y=\(Self.unit(y)) width=\(Self.unit(width)) height=19 rx=3 />"
        + "<text x=\(Self.unit(x + 6)) y=\(Self.unit(y + 13.5))>\(XML.escaped(name))</text></g>"
    }.joined()
  }

  /// A number with at most one decimal.
  private static func unit(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }
}
