public import ArgumentParser
public import GreetingAudio

/// The format that was asked for, by name or by the ending of the file to write.
enum FormatChoice {
  /// - Parameters:
  ///   - format: as given with `--format`.
  ///   - output: as given with `-o`; nil, `-` and folders say nothing about the format.
  /// - Throws: 2 where the two contradict each other, or the ending is neither `.wav` nor `.mp3`.
  static func of(_ format: GreetingFormat?, output: String?) throws(Failure) -> GreetingFormat {
    guard let output, output != "-", !output.hasSuffix("/"), !GreetingTarget.isFolder(output) else {
      return format ?? .wav
    }
    let ending = output.split(separator: "/").last?.split(separator: ".").dropFirst().last?.lowercased()
    guard let ending, let implied = GreetingFormat.allCases.first(where: { $0.ending == ending }) else {
      throw Failure(.usage, "error: \(output): a greeting ends in .wav or .mp3")
    }
    guard let format else { return implied }
    guard format.ending == ending else {
      throw Failure(
        .usage, "error: --format \(format.rawValue) is no .\(ending): name it .\(format.ending), or leave --format out")
    }
    return format
  }
}

extension GreetingFormat: ExpressibleByArgument {}
extension TelephonePreview.Law: ExpressibleByArgument {}
