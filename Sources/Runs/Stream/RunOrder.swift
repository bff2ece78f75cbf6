import Simulation

extension RunHeader {
  /// The numbers of all cases in the order in which they are run.
  public var order: [Int] {
    let numbers = Array(1..<(cases + 1))
    guard let shuffle else { return numbers }
    var chance = Chance(seed: shuffle)
    return numbers.shuffled(using: &chance)
  }
}
