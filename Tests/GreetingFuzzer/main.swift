import GreetingProperties

/// libFuzzer's own loop (compiler-rt, `FuzzerInterface.h`).
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
_ = runFuzzer(&count, &arguments) { start, length in
  let violations = GreetingProperties(of: Array(UnsafeBufferPointer(start: start, count: length))).violations
  // A trap is what libFuzzer takes for a finding.
  if !violations.isEmpty { fatalError(violations.joined(separator: "\n")) }
  return 0
}
