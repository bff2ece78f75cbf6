/// The recordings of one call, chosen when it is dialled (CALL-16): one for each message.
public struct PromptBook: Hashable, Sendable {
  public let languages: [Language]
  private let choice: GreetingChoice

  init(choice: GreetingChoice, languages: [Language]) {
    self.choice = choice
    self.languages = languages
  }

  public func recording(for message: MessageType) -> Recording {
    choice.recording(for: message, languages: languages)
  }

  /// The digits of an extension, in the language of the message that introduces them (EXT-2).
  public func digitClips(_ digits: some StringProtocol) -> [DigitClip] {
    GreetingChoice.digitClips(digits, recording(for: .extensionPromptBeforeDigits).language)
  }
}
