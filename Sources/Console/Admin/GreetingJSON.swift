import VerificationCore

extension GreetingReport {
  /// What pages are told of a file.
  var facts: JSON {
    .object([
      "file": .text(file), "verdict": .text(verdict.rawValue), "container": .text(container), "codec": .text(codec),
      "sampleRate": .optional(sampleRate), "channels": .optional(channels), "bitDepth": .optional(bitDepth),
      "duration": .optional(duration?.wholeMilliseconds), "bytes": .optional(bytes),
      "findings": .list(findings.map(\.facts)),
    ])
  }
}

extension Finding {
  fileprivate var facts: JSON {
    .object(
      [
        "id": .text(id.rawValue), "severity": .text(severity.rawValue), "at": .optional(at?.wholeMilliseconds),
      ].saying(("message", said), ("remedy", advice)))
  }
}

extension Duration {
  /// Rounded down, so that 19.9999 s never reads as the forbidden 20.
  fileprivate var wholeMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
    return overflow ? .max : whole + attoseconds / 1_000_000_000_000_000
  }
}

extension JSON {
  static func optional(_ number: (some BinaryInteger)?) -> JSON { number.map { .count($0) } ?? .null }
}

extension GreetingTable {
  func facts(_ limits: SoundLimits) -> JSON {
    .object([
      "limit": .count(limits.greeting), "uploadLimit": .count(limits.upload),
      "languages": .list(
        coverage.columns.map { column in
          .object([
            "language": .text(column.language.tag), "speakers": .list(column.speakers.map { .text($0.text) }),
          ])
        }),
      "rows": .list(coverage.rows.map(facts)),
    ])
  }

  private func facts(_ row: GreetingCoverage.Row) -> JSON {
    .object([
      "message": .text(row.message.rawValue), "plays": .flag(row.plays), "waitsFor": .text(row.message.waitsFor),
      "cells": .list(row.cells.map { facts($0, own.contains(GreetingPlace(row.message, $0.language))) }),
    ])
  }

  private func facts(_ cell: GreetingCoverage.Cell, _ isOwn: Bool) -> JSON {
    .object([
      "language": .text(cell.language.tag), "heard": .text(cell.recording.language.tag),
      "source": .text(cell.recording.source.rawValue), "covered": .flag(cell.isCovered), "own": .flag(isOwn),
      "length": .number(cell.recording.length.count), "gap": .flag(cell.isGap), "hearers": .count(cell.hearers.count),
    ])
  }
}

extension GreetingFacts {
  var json: JSON {
    .object([
      "message": .text(place.message.rawValue), "language": .text(place.language.tag),
      "heard": .text(recording.language.tag), "source": .text(recording.source.rawValue), "own": .flag(isOwn),
      "name": .text(name), "length": .number(recording.length.count), "text": .text(recording.script),
      "report": report?.facts ?? .null,
    ])
  }
}

extension GreetingProspect {
  /// Who hears it, or why nobody does, and what is heard in its place.
  var facts: JSON {
    let (hearers, why, instead, language): (Int, String?, MessageType?, Language?) =
      switch self {
      case .heard(let count): (count, nil, nil, nil)
      case .noCalls: (0, "noCalls", nil, nil)
      case .neverPlays(let instead): (0, "neverPlays", instead, nil)
      case .nobodySpeaks: (0, "nobodySpeaks", nil, nil)
      case .another(let language): (0, "another", nil, language)
      }
    return .object([
      "hearers": .count(hearers), "why": .text(why), "instead": .text(instead?.rawValue),
      "language": .text(language?.tag),
    ])
  }
}
