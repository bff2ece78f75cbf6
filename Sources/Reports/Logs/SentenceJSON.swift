import VerificationCore

extension JSONBytes {
  /// In the form in which the console has sentences: `{"template": ..., "figures": [...]}`.
  mutating func sentence(_ sentence: Sentence) {
    open()
    member("template", sentence.template)
    key("figures")
    figures(sentence.figures)
    close()
  }

  private mutating func figures(_ figures: [Sentence.Figure]) {
    openList()
    for figure in figures { self.figure(figure) }
    closeList()
  }

  private mutating func figure(_ figure: Sentence.Figure) {
    switch figure {
    case .text(let text): self.text(text)
    case .sentence(let sentence): self.sentence(sentence)
    case .list(let figures): self.figures(figures)
    case .count(let count, _):
      open()
      member("count", count)
      close()
    case .day(let day):
      open()
      member("day", day)
      close()
    case .instant:
      open()
      member("instant", figure.text)
      close()
    case .decimal(let steps, let digits): scaled("decimal", steps, digits)
    case .seconds(let steps, let digits): scaled("seconds", steps, digits)
    case .percent(let steps, let digits): scaled("percent", steps, digits)
    }
  }

  private mutating func scaled(_ name: String, _ steps: Int64, _ digits: Int) {
    open()
    member(name, steps)
    member("digits", digits)
    close()
  }
}
