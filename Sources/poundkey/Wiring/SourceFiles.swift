import Files
import GreetingAudio
import ScenarioModel
import VerificationCore

/// Scenario and tenant files from disk.
struct SourceFiles: SourceLoading {
  static let limit = 1 << 20

  func load(_ path: String) throws(SourceFailure) -> [UInt8] {
    do {
      var file = try OpenFile(path: path)
      guard file.kind == .regular else { throw SourceFailure.notAFile }
      guard file.size <= Self.limit else { throw SourceFailure.tooLarge(limit: Self.limit) }
      return try file.read(upTo: Self.limit + 1)
    } catch let error as SourceFailure {
      throw error
    } catch let error as FileError {
      throw error.sourceFailure
    } catch {
      throw .unreadable("\(error)")
    }
  }
}

extension FileError {
  var sourceFailure: SourceFailure {
    switch self {
    case .missing: .missing
    case .noPermission, .system: .unreadable(reason)
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .missing: .usage
    case .noPermission, .system: .environment
    }
  }
}

/// The greeting check, for those who only want to know whether and how long (MSG-7).
struct GreetingMeter: GreetingMeasuring {
  func measure(_ path: String) -> GreetingMeasurement {
    do {
      let report = try GreetingChecker().check(path: path)
      if let finding = report.findings.first(where: { $0.severity == .reject }) {
        return .rejected(reason: "\(finding.id.rawValue), \(finding.message)", remedy: finding.remedy)
      }
      return .accepted(Milliseconds((report.duration ?? .zero).wholeMilliseconds))
    } catch {
      return .unreadable(error.reason)
    }
  }
}

extension Duration {
  /// Rounded to the nearest.
  var wholeMilliseconds: Int64 {
    components.seconds * 1_000 + (components.attoseconds + 500_000_000_000_000) / 1_000_000_000_000_000
  }
}
