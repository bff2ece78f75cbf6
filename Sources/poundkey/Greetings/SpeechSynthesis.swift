import Files
import GreetingAudio
import VerificationCore

/// Text to speech, by espeak-ng.
struct SpeechSynthesis {
  private let program: String
  /// Given up after this.
  private static let limit = Duration.seconds(30)

  /// - Throws: exit code 4 where it is not installed.
  init() throws(Failure) {
    guard let program = ProgramPath.find("espeak-ng") else {
      throw Failure(.environment, "error: espeak-ng is not here, and it speaks: apt-get install espeak-ng")
    }
    self.program = program
  }

  /// A WAV file of the text, whose header does not know its length.
  ///
  /// - Parameters:
  ///   - voices: names of voices, the first known one speaks. None begins with a hyphen.
  ///   - rate: words a minute.
  /// - Throws: 2 where it knows none of the voices, 4 where it fails.
  func speak(_ text: String, voices: [String], rate: Int) throws(Failure) -> [UInt8] {
    // Neither the folder nor the voice is to stay behind.
    StopSignal.watch()
    defer { StopSignal.ignore() }
    let folder = try ScratchFolder()
    guard let input = folder.file("text", content: { Array(text.utf8) }) else {
      throw Failure(.environment, "error: \(folder.path) cannot be written")
    }
    let output = "\(folder.path)/speech.wav"
    for voice in voices {
      // UTF-8 whatever the locale; the text on standard input, where nothing of it is taken for an option.
      let arguments = ["-b", "1", "-v", voice, "-s", String(rate), "--stdin", "--stdout"]
      guard let process = ChildProcess(program, arguments, input: input, output: output) else {
        throw Failure(.environment, "error: \(program) cannot be started")
      }
      guard let ending = process.ending(within: Self.limit) else {
        if let number = StopSignal.number { throw Failure(.stopped(by: number)) }
        throw Failure(.environment, "error: espeak-ng did not end within 30 s")
      }
      if ending == .exited(0), let sound = content(of: output) { return sound }
    }
    throw Failure(
      .usage,
      "error: espeak-ng speaks with no voice \(voices.joined(separator: " or ")); espeak-ng --voices lists those it has"
    )
  }

  private func content(of path: String) -> [UInt8]? {
    guard var file = try? OpenFile(path: path), let bytes = try? file.read(upTo: GreetingMender.maxBytes),
      !bytes.isEmpty
    else { return nil }
    return bytes
  }
}

/// What a voice is given to read.
enum SpokenText {
  /// More than this is far beyond 20 s at any rate.
  static let longest = 1_000

  /// Words that a voice of this language would spell, as it is to say them.
  private static let said = ["en": ["PIN": "pin"], "fr": ["PIN": "[[p'in]]"]]

  /// What is wrong with a text; nil where it can be spoken.
  static func problem(_ text: String) -> String? {
    if !text.contains(where: { $0.isLetter || $0.isNumber }) { return "the text has no word" }
    if text.count > longest { return "the text has \(text.count) characters: at most \(longest) are spoken" }
    if text.contains("[[") { return "[[ begins phonemes, which are not taken: write words" }
    let isControl = text.unicodeScalars.contains {
      $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
    }
    return isControl ? "the text holds control characters" : nil
  }

  static func pronounced(_ text: String, _ language: Language) -> String {
    guard let words = said[language.parent.tag] else { return text }
    var (result, word) = ("", "")
    for character in text {
      if character.isLetter || character.isNumber {
        word.append(character)
      } else {
        result += words[word] ?? word
        result.append(character)
        word = ""
      }
    }
    return result + (words[word] ?? word)
  }
}
