import ArgumentParser
import GreetingAudio
import Reports
import VerificationCore

struct GreetingShowVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Draw a greeting: its waveform, where somebody speaks, what is wrong where.",
    discussion: """
      Numbers above the waveform are explained below it. The drawing is of what a telephone carries: one channel at \
      8 kHz. --svg writes it as a picture, light or dark as its reader's system is.

      Examples:
        poundkey greeting show welcome.wav
        poundkey greeting show welcome.wav --svg welcome.svg

      Exit codes: 0 accepted, 1 rejected, 2 a path does not exist or is the greeting itself, 4 a file cannot be read \
      or written.
      """)

  @Argument(help: ArgumentHelp("A greeting; - reads it from standard input.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Write a picture too; - is standard output, instead of the drawing.", valueName: "path"))
  var svg: String?

  @Option(help: "Columns of the drawing, 40 to 400; with --svg, pixels of the picture, 640 to 4000.")
  var width: Int?

  @Flag(help: "One JSON object: the report, and the waveform in --width columns, 200 unless given.")
  var json = false

  mutating func validate() throws {
    let range = svg == nil ? 40...400 : 640...4_000
    if let width, !range.contains(width) {
      throw ValidationError("--width is from \(range.lowerBound) to \(range.upperBound).")
    }
    if json, svg == "-" { throw ValidationError("Either --json or --svg - goes to standard output.") }
  }

  func run() throws {
    let portrait = try portrait()
    if let svg {
      try WrittenFile.refuseRecording(svg, for: "--svg")
      let text = WaveformSVG(width: width ?? 960).text(portrait)
      if svg != "-", WrittenFile.isOneFile(file, svg) {
        throw Failure(.usage, "error: \(svg) is the greeting itself, which is never replaced: name another file")
      }
      try WrittenFile.replace(svg, with: text)
    }
    if json {
      Output.line(portrait.jsonLine(columns: svg == nil ? width ?? 200 : 200))
    } else if svg != "-" {
      let columns = svg == nil ? width ?? Output.width : Output.width
      Output.lines(WaveformText(style: Output.style, width: columns).lines(portrait))
      if let svg { Output.line("\nwrote \(svg)") }
    }
    if portrait.report.verdict == .rejected { throw Failure(.contentAtFault) }
  }

  private func portrait() throws -> GreetingPortrait {
    let source = try GreetingSource(file)
    var portrait = try GreetingHelpers().portrait(of: source.bytes, name: source.name)
    portrait.report.file = file
    return portrait
  }
}
