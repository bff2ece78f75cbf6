import Files
import GreetingAudio
import ScenarioModel
import ScenarioYAML
import VerificationCore

/// Scenario and tenant files from disk.
struct SourceFiles: SourceLoading {
  static let limit = ScenarioReader.sizeLimit

  /// What may be read; nil for all.
  private let enclosure: Enclosure?

  init(within enclosure: Enclosure? = nil) { self.enclosure = enclosure }

  func load(_ path: String) throws(SourceFailure) -> [UInt8] {
    do {
      if let enclosure, !enclosure.holds(path) { throw SourceFailure.outside }
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
    case .noPermission, .nameNotUTF8, .system: .unreadable(reason)
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .missing: .usage
    case .noPermission, .nameNotUTF8, .system: .environment
    }
  }
}

/// The greeting check, for those who only want to know whether and how long (MSG-7).
struct GreetingMeter: GreetingMeasuring {
  private let helpers = GreetingHelpers()
  /// What may be listened to; nil for all.
  private let enclosure: Enclosure?

  init(within enclosure: Enclosure? = nil) { self.enclosure = enclosure }

  func measure(_ path: String) -> GreetingMeasurement {
    if let enclosure, !enclosure.holds(path) { return .outside }
    do {
      let report = try helpers.check(path)
      if let finding = report.findings.first(where: { $0.severity == .reject }) {
        return .rejected(reason: "\(finding.id.rawValue), \(finding.message)", remedy: finding.remedy)
      }
      return .accepted(Milliseconds(nearest: report.duration ?? .zero))
    } catch let error as FileError {
      return .unreadable(error.reason)
    } catch {
      return .unreadable((error as? Failure)?.message ?? "\(error)")
    }
  }
}
