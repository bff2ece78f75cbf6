public import VerificationCore

/// Settings as they stand: value, default, what they take and mean.
public struct SettingText: Sendable {
  private let style: Style
  private let width: Int

  public init(style: Style = .plain, width: Int = 80) {
    self.style = style
    self.width = width
  }

  public func lines(_ setting: Setting, in settings: Settings) -> [String] {
    let value = setting.value(in: settings)
    let isDefault = value == setting.defaultValue
    let printable = Printable.text(value)
    let shown = isDefault ? printable : style.yellow(printable) + style.dim(" (default \(setting.defaultValue))")
    let retired = setting.retiredSince.map { "; retired since \($0)" } ?? ""
    let details = "\(setting.meaning): \(setting.range) (\(setting.mark)\(retired))"
    return ["\(style.bold(setting.name))  \(shown)"] + Wrapping.wrap(details, width: width - 4).map { "    \($0)" }
  }
}

extension Setting {
  /// The setting as one line of JSON; keys in a fixed order, unknowns as `null`.
  public func jsonLine(in settings: Settings) -> String {
    JSONLine([
      ("name", .text(name)), ("value", .text(value(in: settings))), ("default", .text(defaultValue)),
      ("range", .text(range)), ("unit", .optional(unit)), ("meaning", .text(meaning)), ("mark", .text(mark)),
      ("retiredSince", .optional(retiredSince)),
    ]).text
  }
}
