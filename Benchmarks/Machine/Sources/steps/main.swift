import VerificationCore

/// `steps COUNT`: hands facts to the plain machine, calls one after the other, and says how many a second.
///
/// One call is dialled and answered, wrong twice, reports fraud, confirms the block, and ends: 16 steps.
func play(_ policy: CallPolicy, calls: Int) -> (steps: Int, orders: Int) {
  var (steps, orders) = (0, 0)
  let keys: [Key] = [.one, .two, .pound]
  for _ in 0..<calls {
    var state = CallState.idle
    func say(_ input: CallInput) {
      let transition = next(state, input, at: .virtualStart, policy: policy)
      state = transition.state
      orders += transition.orders.count
      steps += 1
    }
    say(.dial)
    say(.answered)
    for _ in 0..<2 {
      for key in keys { say(.key(key)) }
      say(.finished(Ticket(UInt16(truncatingIfNeeded: steps))))  // stale: an old message ends late
    }
    say(.key(.zero))
    say(.key(.pound))
    say(.key(.nine))
    say(.key(.one))
    say(.remoteHungUp)
    say(.key(.pound))
  }
  return (steps, orders)
}

guard CommandLine.arguments.count == 2, let calls = Int(CommandLine.arguments[1]) else {
  fatalError("usage: steps CALLS")
}
let policy = CallPolicy(reporting: .confirmingBlock(blocksUnconfirmed: false))
let clock = ContinuousClock()
let start = clock.now
let (steps, orders) = play(policy, calls: calls)
let time = start.duration(to: clock.now)
let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
print("\(steps) steps, \(orders) orders, \(Int(Double(steps) / seconds)) steps/s")
