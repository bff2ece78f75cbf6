/// The looks of the SVG, light unless the reader's system is dark; the dark ones are those of the pictures in `docs`.
enum WaveformColours {
  // Every rule names the drawing: inside a page, styles of one SVG reach everything else.
  static let css =
    rules([
      ("text", "font:13px \(font);fill:#1f2328;white-space:pre"), (".name", "font-size:17px;font-weight:bold"),
      (".small", "font-size:12px"), (".strong", "font-weight:bold"), (".ground", "fill:#ffffff;stroke:#d0d7de"),
      (".grid", "stroke:#d0d7de;stroke-width:1;stroke-opacity:.7"), (".speech", "fill:#0969da;fill-opacity:.06"),
      (".over", "fill:#cf222e;fill-opacity:.07"), (".limit", "stroke:#cf222e;stroke-width:1.5"),
      (".peak", "fill-opacity:.38"), (".voice", "fill:#0969da"), (".pause", "fill:#818b98"), (".long", "fill:#cf222e"),
      (".lead", "fill:none;stroke-width:1.5;stroke-dasharray:3 3"), (".lead.warn", "stroke:#9a6700"),
      (".lead.reject", "stroke:#cf222e"), (".pill.good", "fill:#1a7f37"), (".pill.warn", "fill:#9a6700"),
      (".pill.reject", "fill:#cf222e"), ("text.onpill", "fill:#ffffff;font-weight:bold"), ("text.dim", "fill:#59636e"),
      ("text.reject,tspan.reject", "fill:#cf222e"), ("tspan.warn", "fill:#9a6700"),
    ])
    + "@media(prefers-color-scheme:dark){"
    + rules([
      ("text", "fill:#e6e8ec"), (".ground", "fill:#14161b;stroke:#14161b"), (".grid", "stroke:#31363f"),
      (".speech", "fill:#79c0ff;fill-opacity:.07"), (".over", "fill:#ff7b72;fill-opacity:.1"),
      (".limit", "stroke:#ff7b72"), (".voice", "fill:#79c0ff"), (".pause", "fill:#8b919c"), (".long", "fill:#ff7b72"),
      (".lead.warn", "stroke:#f2cc60"), (".lead.reject", "stroke:#ff7b72"), (".pill.good", "fill:#7ee787"),
      (".pill.warn", "fill:#f2cc60"), (".pill.reject", "fill:#ff7b72"), ("text.onpill", "fill:#14161b"),
      ("text.dim", "fill:#8b919c"), ("text.reject,tspan.reject", "fill:#ff7b72"), ("tspan.warn", "fill:#f2cc60"),
    ]) + "}"

  private static let font = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"

  private static func rules(_ rules: [(selector: String, look: String)]) -> String {
    rules.map { rule in
      let selectors = rule.selector.split(separator: ",").map { ".greeting \($0)" }.joined(separator: ",")
      return "\(selectors){\(rule.look)}"
    }.joined()
  }
}
