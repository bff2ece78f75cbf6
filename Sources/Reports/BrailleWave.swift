import VerificationCore

/// A waveform in the dots of braille characters, two across and four down in each.
struct BrailleWave {
  /// Row by row from the top; the low byte of a character from U+2800 on.
  let cells: [[UInt8]]

  /// The bits of a character's dots, from the top, left and right.
  private static let bits: [(UInt8, UInt8)] = [(0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80)]

  /// - Parameters:
  ///   - width: characters across the whole span, which may be longer than the sound.
  ///   - rows: characters from top to bottom.
  init(_ waveform: Waveform, _ scale: WaveformScale, width: Int, rows: Int) {
    var cells = [[UInt8]](repeating: [UInt8](repeating: 0, count: width), count: rows)
    let share = min(1, waveform.duration / .seconds(1) / scale.span)
    let height = 4 * rows
    for (x, column) in waveform.columns(Int((Double(2 * width) * share).rounded())).enumerated() {
      let upper = Self.row(column.high, scale, height)
      for y in upper...max(upper, Self.row(column.low, scale, height)) {
        let bits = Self.bits[y % 4]
        cells[y / 4][x / 2] |= x % 2 == 0 ? bits.0 : bits.1
      }
    }
    self.cells = cells
  }

  /// Silence is a line of one dot, just below the middle.
  private static func row(_ sample: Float, _ scale: WaveformScale, _ height: Int) -> Int {
    let part = max(-1, min(1, sample.isFinite ? sample / scale.top : 0))
    return min(height - 1, max(0, Int((Float(height) / 2 * (1 - part)).rounded(.down))))
  }
}
