/// Several samples at once. Positions are not checked: the caller keeps them within the buffer.
extension UnsafeBufferPointer<Float> {
  @inline(__always)
  func four(at position: Int) -> SIMD4<Float> {
    UnsafeRawPointer(baseAddress! + position).loadUnaligned(as: SIMD4<Float>.self)
  }

  @inline(__always)
  func eight(at position: Int) -> SIMD8<Float> {
    UnsafeRawPointer(baseAddress! + position).loadUnaligned(as: SIMD8<Float>.self)
  }
}

extension SIMD4<Float> {
  @inline(__always)
  var magnitudes: SIMD4<Float> {
    unsafeBitCast(unsafeBitCast(self, to: SIMD4<UInt32>.self) & 0x7FFF_FFFF, to: SIMD4<Float>.self)
  }

  /// The sums of neighbours in `left`, then in `right`.
  @inline(__always)
  static func neighbourSums(_ left: SIMD4<Float>, _ right: SIMD4<Float>) -> SIMD4<Float> {
    let both = SIMD8(lowHalf: left, highHalf: right)
    return both.evenHalf + both.oddHalf
  }
}
