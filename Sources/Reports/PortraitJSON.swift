public import VerificationCore

extension GreetingPortrait {
  /// The report's line of JSON with the sound beside it: `waveform` is null where there is none, its `columns` are lowest
  /// sample, highest sample and strength in thousandths of full scale, its times are seconds.
  ///
  /// - Parameter columns: how many, 1 or more.
  public func jsonLine(columns: Int) -> String {
    JSONLine([
      ("report", .object(report.json)), ("waveform", waveform.map { .object(Self.json($0, columns)) } ?? .null),
    ])
    .text
  }

  private static func json(_ waveform: Waveform, _ columns: Int) -> JSONLine {
    let shape = waveform.columns(min(max(1, columns), waveform.columns.count)).map { column in
      JSONLine.Value.list([column.low, column.high, column.rms].map { .number(thousandths($0)) })
    }
    let speech = waveform.speech.map { JSONLine.Value.list([.seconds($0.lowerBound), .seconds($0.upperBound)]) }
    return JSONLine([
      ("duration", .seconds(waveform.duration)), ("speechLevel", level(waveform.speechLevel)),
      ("peakLevel", level(waveform.peakLevel)), ("speech", .list(speech)), ("columns", .list(shape)),
    ])
  }

  private static func thousandths(_ sample: Float) -> Int64 {
    sample.isFinite ? Int64((max(-8, min(8, sample)) * 1_000).rounded()) : 0
  }

  private static func level(_ level: Double?) -> JSONLine.Value {
    // A decimal with three places is what seconds are too.
    level.map { .seconds(.milliseconds(Int64((max(-1e6, min(1e6, $0)) * 1_000).rounded()))) } ?? .null
  }
}
