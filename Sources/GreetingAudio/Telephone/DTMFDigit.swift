/// The signals of a telephone's keypad (ITU-T Q.23).
enum DTMF {
  /// In hertz: a row of the keypad each.
  static let lowGroup: [Double] = [697, 770, 852, 941]
  /// In hertz: a column of the keypad each.
  static let highGroup: [Double] = [1_209, 1_336, 1_477, 1_633]

  private static let keys: [[Character]] = [
    ["1", "2", "3", "A"], ["4", "5", "6", "B"], ["7", "8", "9", "C"], ["*", "0", "#", "D"],
  ]

  /// The key whose row and column these are, both from 0 to 3.
  static func key(row: Int, column: Int) -> Character { keys[row & 3][column & 3] }
}

/// A digit that a receiver of tones would hear in a sound.
struct DTMFDigit: Hashable, Sendable {
  let key: Character
  /// Where both tones are on, in samples at 8 kHz, to about 2 ms.
  let span: Range<Int>
}
