import Reports
import ScenarioModel
import Simulation
import VerificationCore

/// What a call looks like in a terminal: as many lines as it has rows, none wider than it. Knows nothing of terminals.
///
/// Where there is little room, the keypad goes first, then the journal, then all but the first line of the words; who
/// calls, how it stands and what the keys do stay.
struct CallScreen {
  let title: String
  let isScripted: Bool
  let start: Instant
  let style: Style
  /// For what no frame may show.
  let mask: SecretMask

  /// All that one frame shows.
  struct Frame {
    var board: Switchboard
    var now: Instant
    var isPaused: Bool
    /// What keeps the sound from being heard.
    var trouble: String?
    /// Of the terminal.
    var width: Int
    var rows: Int
  }

  func lines(_ frame: Frame) -> [String] {
    let width = min(frame.width, 100)
    let room = max(0, frame.rows - 1)
    var lines = head(frame, width) + (frame.rows > 12 ? [rule(width)] : []) + who(frame, width)
    let words = sound(frame, width)
    lines += frame.rows > 16 ? [""] + words + [""] : Array(words.prefix(max(0, room - lines.count)))
    let left = room - lines.count - (frame.rows > 20 ? 1 : 0)
    if left > 0 { lines += body(frame, width, rows: left) }
    lines = lines.prefix(room).map { StyledText.clipped($0, width) }
    lines += Array(repeating: "", count: max(0, room - lines.count))
    return lines + [StyledText.clipped(help(frame), width)]
  }

  private func body(_ frame: Frame, _ width: Int, rows: Int) -> [String] {
    let keypad = keypad(frame)
    guard rows >= keypad.count, width >= 60 else { return log(frame, width - 2, rows: rows).map { " \($0)" } }
    return beside(keypad, log(frame, width - 20, rows: rows), rows: rows)
  }

  private func rule(_ width: Int) -> String { style.dim(" " + String(repeating: "─", count: max(0, width - 2))) }

  private func head(_ frame: Frame, _ width: Int) -> [String] {
    let mode = frame.isPaused ? "❚❚ paused" : isScripted ? "▶ replay" : "▶ live"
    let right = "\((frame.now - start).stopwatch.dropLast(2))  \(mode)"
    let left = clipped("poundkey · \(mask(title))", width - right.count - 4)
    let gap = String(repeating: " ", count: max(1, width - left.count - right.count - 2))
    return [" \(style.bold(left))\(gap)\(frame.isPaused ? style.yellow(right) : right)"]
  }

  private func who(_ frame: Frame, _ width: Int) -> [String] {
    guard let call = frame.board.service.calls.last else {
      guard let outcome = frame.board.lastOutcome else { return [" ", " "] }
      let word = outcome == .approved ? style.green("✓ approved") : style.red("■ \(outcome.rawValue)")
      return [" The call is over: \(word)", " \(style.dim(clipped(outcome.recordText, width - 2)))"]
    }
    let caller = frame.board.shownCallerID ?? "unknown"
    let state = call.state.situation(call.request.policy)
    let situation = call.state.outcome == nil ? style.yellow(state) : style.bold(state)
    return [" ☎ \(caller)  →  \(call.request.upn), \(call.request.phone.masked)", " ● \(situation)"]
  }

  /// The message that plays, its progress and its words: always five rows, so that nothing jumps.
  private func sound(_ frame: Frame, _ width: Int) -> [String] {
    guard let heard = frame.board.heard.last, heard.ended == nil, !frame.board.service.calls.isEmpty else {
      return Array(repeating: "", count: 5)
    }
    let recording = heard.recording
    let name = "♪ \(recording.message.rawValue)"
    let facts = "\(recording.language) · \(recording.source.rawValue)"
    let played = max(.zero, min(frame.now - heard.started, recording.length))
    let times = "\(tenths(played)) / \(tenths(recording.length)) s"
    let room = max(6, width - name.count - facts.count - times.count - 8)
    let filled = min(room, Int(Int64(room) * played.count / max(1, recording.length.count)))
    let bar = String(repeating: "━", count: filled) + style.dim(String(repeating: "─", count: room - filled))
    let words = Wrapping.wrap(recording.script.map { mask($0) } ?? "(words not known)", width: width - 5)
    let captions = (0..<4).map { $0 < words.count ? "   \(words[$0])" : "" }
    return [" \(style.bold(name)) \(style.dim(facts))  \(style.green(bar))  \(times)"] + captions
  }

  private func tenths(_ length: Milliseconds) -> String { "\(length.count / 1_000).\(length.count / 100 % 10)" }

  /// The key that was pressed a moment ago.
  private func recentKey(_ frame: Frame) -> Key? {
    for entry in frame.board.journal.reversed() {
      if entry.at + Milliseconds(400) < frame.now { return nil }
      if case .key(let key) = entry.fact { return key }
    }
    return nil
  }

  private func keypad(_ frame: Frame) -> [String] {
    let pressed = recentKey(frame)
    let rows: [[Key]] = [
      [.one, .two, .three], [.four, .five, .six], [.seven, .eight, .nine], [.star, .zero, .pound],
    ]
    let cells = rows.map { row in
      "   │" + row.map { $0 == pressed ? style.yellow("[\($0)]") : " \($0) " }.joined(separator: "│") + "│"
    }
    return ["   ┌───┬───┬───┐"] + cells.flatMap { [$0, "   ├───┼───┼───┤"] }.dropLast() + ["   └───┴───┴───┘"]
  }

  private func log(_ frame: Frame, _ width: Int, rows: Int) -> [String] {
    let text = JournalText(style: .plain, start: start, mask: mask)
    let lines = frame.board.journal.suffix(rows * 3).compactMap { entry in
      text.text(entry.fact).map { "\((entry.at - start).stopwatch.dropLast(2))  \($0)" }
    }
    return lines.suffix(rows).map { coloured(clipped($0, width)) }
  }

  /// By the sign in front: cutting a line must not cut its colours.
  private func coloured(_ line: String) -> String {
    let text = line.dropFirst(9)
    switch text.first(where: { $0 != " " }) {
    case "✓": return style.green(line)
    case "✗", "■": return style.red(line)
    case "⌨": return style.yellow(line)
    case "♪": return style.blue(line)
    default: return line
    }
  }

  private func beside(_ left: [String], _ right: [String], rows: Int) -> [String] {
    (0..<max(left.count, min(rows, right.count))).map { row in
      let pad = row < left.count ? left[row] : String(repeating: " ", count: 16)
      return row < right.count ? "\(pad)   \(right[row])" : pad
    }
  }

  private func help(_ frame: Frame) -> String {
    if let trouble = frame.trouble { return " \(style.red(trouble))   \(style.dim("q quit"))" }
    if frame.isPaused { return " \(style.yellow("paused: p goes on"))\(style.dim("   q quit"))" }
    let keys =
      isScripted
      ? "p pause   q quit" : "a answer   0-9 * # keys   h hang up   c cancel   s sign in   p pause   q quit"
    return " \(style.dim(keys))"
  }

  private func clipped(_ text: String, _ width: Int) -> String { StyledText.clipped(text, width) }
}
