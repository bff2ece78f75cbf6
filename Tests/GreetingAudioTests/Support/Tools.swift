import Foundation
import Synchronization
import TestSupport

/// Sound made by other people's encoders, each kind once a run.
enum Tools {
  enum Failure: Error {
    case exit(String, Int32)
  }

  /// Runs `tool` with `input` as a file and gives the file it wrote. `IN` and `OUT` in the arguments stand for them.
  static func convert(_ tool: String, _ arguments: [String], input: [UInt8], from: String, to: String) throws -> [UInt8]
  {
    let key = [tool, from, to, "\(input.hashValue)"] + arguments
    // Under the lock: one tool at a time, each conversion once.
    return try cache.withLock { cache in
      if let known = cache[key] { return known }
      let made = try make(tool, arguments, input: input, from: from, to: to)
      cache[key] = made
      return made
    }
  }

  private static func make(
    _ tool: String, _ arguments: [String], input: [UInt8], from: String, to: String
  ) throws -> [UInt8] {
    try TemporaryFolder.with { folder in
      let source = try folder.file("in.\(from)", input)
      let target = folder.path("out.\(to)")
      try run(tool, arguments.map { $0 == "IN" ? source : $0 == "OUT" ? target : $0 })
      return try [UInt8](Data(contentsOf: URL(fileURLWithPath: target)))
    }
  }

  /// MP3 by LAME. Without options: 32 kbit/s, mono, with an Info frame.
  static func lame(samples: Int = 16_000, rate: Int = 8_000, _ options: [String] = ["-b", "32"]) throws -> [UInt8] {
    let pcm = Tone.pcm16(Tone.samples(samples, rate: rate))
    return try lame(pcm: pcm, rate: rate, options)
  }

  static func lame(pcm: [UInt8], rate: Int = 8_000, _ options: [String] = ["-b", "32"]) throws -> [UInt8] {
    let wav = WAVBuilder().fmt(rate: UInt32(rate)).data(pcm).bytes
    return try convert("lame", ["--quiet"] + options + ["IN", "OUT"], input: wav, from: "wav", to: "mp3")
  }

  /// Any format sox writes, from two seconds of tone.
  static func sox(_ options: [String], to suffix: String, samples: Int = 16_000) throws -> [UInt8] {
    try convert("sox", ["-D", "IN"] + options + ["OUT"], input: Tone.wav(samples: samples), from: "wav", to: suffix)
  }

  private static let cache = Mutex<[[String]: [UInt8]]>([:])

  private static func run(_ tool: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool] + arguments
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw Failure.exit(tool, process.terminationStatus) }
  }
}
