import VerificationCore

/// Where an instant of a case stands on its timeline.
///
/// A stretch in which nothing happens for long is drawn short, with a break: a day between two calls must not press the
/// calls together.
struct TimeScale {
  /// A longer stretch without an event is broken.
  private static let longest: Int64 = 20_000
  /// What a broken one is drawn as.
  private static let broken: Int64 = 5_000

  struct Break {
    let x: Double
    let length: Milliseconds
  }

  struct Tick {
    let x: Double
    let at: Milliseconds
  }

  /// The instants at which something happens, ascending, and where they stand.
  private let knots: [(at: Int64, x: Double)]
  let breaks: [Break]
  /// Pixels a millisecond, outside of breaks.
  private let density: Double

  /// - Parameters:
  ///   - times: of all that happens, in any order; none is negative.
  ///   - range: in pixels.
  init(times: [Milliseconds], range: ClosedRange<Double>) {
    let sorted = Set(times.map(\.count)).union([0]).sorted()
    let gaps = zip(sorted, sorted.dropFirst()).map { $1 - $0 }
    let weights = gaps.map { $0 > Self.longest ? Self.broken : $0 }
    let total = max(1, weights.reduce(0, +))
    density = (range.upperBound - range.lowerBound) / Double(total)
    var (knots, breaks, weight) = ([(at: Int64(0), x: range.lowerBound)], [Break](), Int64(0))
    for (index, gap) in gaps.enumerated() {
      let before = weight
      weight += weights[index]
      knots.append((sorted[index + 1], range.lowerBound + Double(weight) * density))
      guard gap > Self.longest else { continue }
      let middle = range.lowerBound + Double(before + weights[index] / 2) * density
      breaks.append(Break(x: middle, length: Milliseconds(gap)))
    }
    self.knots = knots
    self.breaks = breaks
  }

  /// - Parameter at: one of the instants that it was made of, or one between.
  func x(_ at: Milliseconds) -> Double {
    var (low, high) = (0, knots.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if knots[middle].at <= at.count { low = middle } else { high = middle - 1 }
    }
    let knot = knots[low]
    guard low + 1 < knots.count, knot.at < at.count else { return knot.x }
    let next = knots[low + 1]
    return knot.x + (next.x - knot.x) * Double(at.count - knot.at) / Double(next.at - knot.at)
  }

  /// At whole seconds, so far apart that their labels do not touch.
  func ticks(apart: Double) -> [Tick] {
    let steps: [Int64] = [1, 2, 5, 10, 20, 60].map { $0 * 1_000 }
    let step = steps.first { Double($0) * density >= apart } ?? 60_000
    var ticks = [Tick(x: knots[0].x, at: .zero)]
    for (knot, next) in zip(knots, knots.dropFirst()) where next.at - knot.at <= Self.longest {
      var at = (knot.at / step + 1) * step
      while at <= next.at {
        let x = x(Milliseconds(at))
        if let last = ticks.last, x - last.x >= apart { ticks.append(Tick(x: x, at: Milliseconds(at))) }
        at += step
      }
    }
    return ticks
  }
}
