import Testing
import VerificationCore

@Suite("Whether a greeting's words name its keys")
struct SpokenKeysTests {
  private func missing(_ text: String, _ message: MessageType, _ tag: String) -> [SpokenKeys.Key] {
    Language(tag).map { SpokenKeys.missing(in: text, of: message, $0) } ?? []
  }

  @Test("Our own words name every key, in every language that has them")
  func ownWords() {
    var count = 0
    for recording in DefaultRecording.everyRecording {
      count += SpokenKeys.keys(of: recording.message).count
      #expect(
        SpokenKeys.missing(in: recording.script, of: recording.message, recording.language) == [],
        "\(recording.language) \(recording.message)")
    }
    #expect(count > 25)
  }

  @Test(
    "A key is named by a word of the language, or by its sign",
    arguments: [
      ("en", "Press the Pound key.", true), ("en-GB", "press hash", true), ("en", "press #", true),
      ("en", "Press dièse.", false), ("fr", "Appuyez sur dièse", true), ("fr", "die\u{300}se", true),
      ("fr", "appuyez sur la touche carrée", false), ("de", "die Rautetaste", true), ("de", "Raute", true),
      ("es", "pulse almohadilla", true), ("it", "premi cancelletto", true), ("pt-BR", "tecla cardinal", true),
      ("pt", "tecla jogo", false), ("ja", "nothing known", true),
    ])
  func pound(tag: String, text: String, isNamed: Bool) {
    #expect(missing(text, .greetingStandard, tag).isEmpty == isNamed)
  }

  @Test("A fraud greeting says zero too, a confirmation one; what waits for nothing needs no key")
  func others() {
    #expect(missing("Press pound.", .fraudGreetingStandard, "en") == [.reportCode])
    #expect(missing("Press 0 or pound.", .fraudGreetingPIN, "en") == [])
    #expect(missing("", .fraudGreetingPIN, "en") == [.reportCode, .pound])
    #expect(missing("Everyone", .fraudConfirmation, "en") == [.one])
    #expect(missing("Press 1", .fraudConfirmation, "en") == [])
    #expect(missing("Goodbye.", .authenticationDenied, "en") == [])
  }
}
