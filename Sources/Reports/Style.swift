/// How text for people is dressed: in colour on a terminal, plain otherwise.
public struct Style: Hashable, Sendable {
  public var isColoured: Bool

  public init(isColoured: Bool) { self.isColoured = isColoured }

  public static let plain = Style(isColoured: false)

  public func bold(_ text: String) -> String { dressed(text, "1") }
  public func dim(_ text: String) -> String { dressed(text, "2") }
  public func red(_ text: String) -> String { dressed(text, "31") }
  public func green(_ text: String) -> String { dressed(text, "32") }
  public func yellow(_ text: String) -> String { dressed(text, "33") }
  public func blue(_ text: String) -> String { dressed(text, "36") }

  private func dressed(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
