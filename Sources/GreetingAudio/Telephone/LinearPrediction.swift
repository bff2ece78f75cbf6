/// Predicting a sample from those before it.
enum LinearPrediction {
  /// The Levinson-Durbin recursion.
  ///
  /// - Parameter correlation: autocorrelation from lag 0 on; the first value above 0.
  /// - Returns: the weights of the last sample, the one before it and so on, as many as there are lags above 0; and the
  ///   power of what cannot be predicted, in the unit of the first value.
  static func levinson(_ correlation: [Float]) -> (predictor: [Float], error: Float) {
    var predictor = [Float](repeating: 0, count: correlation.count - 1)
    var error = correlation[0]
    for order in 0..<predictor.count where error > 0 {
      var rest = correlation[order + 1]
      for lag in 0..<order { rest -= predictor[lag] * correlation[order - lag] }
      let reflection = rest / error
      let shorter = predictor
      for lag in 0..<order { predictor[lag] = shorter[lag] - reflection * shorter[order - 1 - lag] }
      predictor[order] = reflection
      error *= 1 - reflection * reflection
    }
    return (predictor, max(error, .leastNormalMagnitude))
  }
}
