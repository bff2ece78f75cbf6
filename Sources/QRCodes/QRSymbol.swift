import CQRencode

/// A text as a QR Code (ISO/IEC 18004), made by libqrencode.
public struct QRSymbol: Hashable, Sendable {
  /// Light modules that a reader needs on every side (ISO/IEC 18004, 9.1).
  public static let quietZone = 4

  /// Modules on a side, without the quiet zone; 21 to 177.
  public let side: Int
  /// Row by row from the top; true is dark.
  private let modules: [Bool]

  /// - Parameter text: as bytes; error correction is level M, which bears with 15 % of damage.
  /// - Returns: nil for what no symbol holds: nothing at all, a NUL, more than 2,331 bytes.
  public init?(_ text: String) {
    guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
    guard let code = unsafe QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
    defer { unsafe QRcode_free(code) }
    let side = Int(unsafe code.pointee.width)
    guard let data = unsafe code.pointee.data, side > 0 else { return nil }
    self.side = side
    // The lowest bit says whether a module is dark; the others tell what it is for.
    modules = unsafe UnsafeBufferPointer(start: data, count: side * side).map { $0 & 1 == 1 }
  }

  /// Whether a module is dark; outside of the symbol none is.
  public func isDark(column: Int, row: Int) -> Bool {
    (0..<side).contains(column) && (0..<side).contains(row) && modules[row * side + column]
  }
}
