import Reports
import Testing
import VerificationCore

/// Two seconds: silence, a second of full sound from -1/2 to 1/2, silence.
private func portrait(findings: [Finding] = [], seconds: Int = 2, file: String = "hello.wav") -> GreetingPortrait {
  var report = GreetingReport(file: file, bytes: 32_044, findings: findings)
  report.container = "WAV"
  report.duration = .seconds(seconds)
  let columns = (0..<80).map { index in
    (20..<60).contains(index)
      ? Waveform.Column(low: -0.5, high: 0.5, rms: 0.25) : Waveform.Column(low: 0, high: 0, rms: 0)
  }
  let duration = Duration.seconds(seconds)
  return GreetingPortrait(
    report: report,
    waveform: Waveform(
      columns: columns, duration: duration, speech: [duration / 4..<duration * 3 / 4], speechLevel: -12.04,
      peakLevel: -6.02))
}

private let tone = Finding(.toneDTMF, .warn, "# can be heard", remedy: "Cut it out.", at: .milliseconds(1_500))
private let limit = Finding(.durationLimit, .reject, "21.00 s: cut 1.1 s", remedy: "Shorten it.", at: .seconds(20))
private let near = Finding(.sizeNear, .warn, "1,000,000 bytes", remedy: "Export it.")

@Suite("A waveform in columns")
struct WaveformColumnTests {
  @Test("Fewer columns keep the extremes and the power")
  func merged() {
    let columns = [(-0.5, 0.1, 0.3), (-0.1, 0.7, 0.4), (0, 0, 0), (0, 0.2, 0.1)].map {
      Waveform.Column(low: $0.0, high: $0.1, rms: $0.2)
    }
    let waveform = Waveform(columns: columns, duration: .seconds(1))
    let half = waveform.columns(2)
    #expect(half.map(\.low) == [-0.5, 0] && half.map(\.high) == [0.7, 0.2])
    #expect(abs(half[0].rms - 0.353_553) < 1e-5)
    #expect(waveform.columns(8).map(\.high) == [0.1, 0.1, 0.7, 0.7, 0, 0, 0.2, 0.2])
    #expect(waveform.columns(0) == [] && Waveform(columns: [], duration: .zero).columns(5) == [])
    #expect(waveform.peak == 0.7)
  }

  @Test("Columns that stand to either side of the middle are strong together")
  func variance() {
    let columns = [Float(0.5), -0.5].map { Waveform.Column(low: $0, high: $0, mean: $0, rms: 0) }
    let one = Waveform(columns: columns, duration: .seconds(1)).columns(1)
    #expect(one.map(\.mean) == [0] && one.map(\.rms) == [0.5])
  }

  @Test("JSON has no more columns than were measured")
  func jsonColumns() {
    let columns = [Float(0.25), 0.5].map { Waveform.Column(low: -$0, high: $0, rms: $0) }
    let portrait = GreetingPortrait(
      report: GreetingReport(file: "a.wav"), waveform: Waveform(columns: columns, duration: .seconds(1)))
    #expect(portrait.jsonLine(columns: 8).contains(#""columns":[[-250,250,250],[-500,500,500]]"#))
  }
}

@Suite("A greeting drawn for a terminal")
struct WaveformTextTests {
  @Test("Sound, silence, speech, time and level have their places")
  func plain() {
    #expect(
      WaveformText(width: 48).lines(portrait()) == [
        "✓ hello.wav",
        "  2.00 s · WAV · 32044 bytes",
        "",
        " -6 dB           ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿",
        "                 ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿",
        "-12 dB           ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿",
        "                 ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿",
        "       ⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉",
        "                 ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿",
        "                 ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿",
        "                 ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿",
        "       ┬─────────┯━━━━━━━━━┯━━━━━━━━━┬────────┬",
        "       0 s      0.5        1        1.5       2",
        "",
        "  speech 1.00 of 2.00 s at -12.0 dBov (aim for",
        "  -26 to -18), peak at -6.0 dBFS",
      ])
  }

  @Test("Findings are numbered by their places, and explained below with what has no place")
  func findings() {
    let lines = WaveformText(width: 60).lines(portrait(findings: [near, tone]))
    #expect(lines[0] == "! hello.wav")
    #expect(lines[3] == String(repeating: " ", count: 7 + 39) + "1")
    #expect(lines[4].hasSuffix("⣿┊"))
    #expect(
      lines.suffix(8) == [
        "", "  1  tone.dtmf at 1.50 s", "     # can be heard", "     → Cut it out.",
        "", "  ·  size.near", "     1,000,000 bytes", "     → Export it.",
      ])
  }

  @Test("What is found at the very end has its number in the last column")
  func atTheEnd() {
    let last = Finding(.silenceTail, .warn, "silent", remedy: "Cut it.", at: .seconds(2))
    let lines = WaveformText(width: 60).lines(portrait(findings: [last]))
    #expect(lines[3] == String(repeating: " ", count: 7 + 51) + "1")
  }

  @Test("Where the limit is near, it is a line behind the sound, and what comes after it is red")
  func limitLine() {
    let lines = WaveformText(width: 60).lines(portrait(seconds: 18))
    #expect(lines[3].hasSuffix("too long"))
    #expect(lines[4].hasSuffix("│"))
    let over = WaveformText(style: Style(isColoured: true), width: 60).lines(portrait(findings: [limit], seconds: 21))
    #expect(over[0] == "\u{1B}[31m✗\u{1B}[0m \u{1B}[1mhello.wav\u{1B}[0m  \u{1B}[31mrejected\u{1B}[0m")
    #expect(over[3] == String(repeating: " ", count: 7 + 49) + "\u{1B}[31m1\u{1B}[0m")
    #expect(over[8].hasSuffix("\u{1B}[2m⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉\u{1B}[0m\u{1B}[31m⠉⠉\u{1B}[0m"))
    #expect(!WaveformText(width: 60).lines(portrait(seconds: 14)).contains { $0.contains("│") })
  }

  @Test("Lines keep within the width, and end without blanks", arguments: [40, 60, 80, 120, 400])
  func width(width: Int) {
    let many = (0..<30).map { index in
      Finding(.toneDTMF, .warn, "a message of many words, number \(index)", remedy: "Cut it.", at: .seconds(index % 7))
    }
    for seconds in [1, 2, 14, 16, 19, 20, 30, 120] {
      let lines = WaveformText(width: width).lines(portrait(findings: many, seconds: seconds))
      #expect(lines.allSatisfy { $0.count <= width && !$0.hasSuffix(" ") })
    }
  }

  @Test("A width beyond reason is brought within it")
  func oddWidth() {
    #expect(WaveformText(width: 0).lines(portrait()) == WaveformText(width: 40).lines(portrait()))
    #expect(WaveformText(width: .max).lines(portrait()) == WaveformText(width: 400).lines(portrait()))
  }

  @Test("Without sound there is the reason alone, and a name cannot draw")
  func noSound() {
    var report = GreetingReport(file: "a\u{1B}[31m.wav", findings: [near])
    report.container = "FLAC"
    let lines = WaveformText(width: 60).lines(GreetingPortrait(report: report, waveform: nil))
    #expect(
      lines == ["! a\\u{1B}[31m.wav", "  FLAC", "", "  ·  size.near", "     1,000,000 bytes", "     → Export it."])
  }

  @Test("Odd sounds are drawn too: empty, no numbers, beyond full scale")
  func odd() {
    let report = GreetingReport(file: "a.wav")
    for column in [
      Waveform.Column(low: -.infinity, high: .infinity, rms: .infinity),
      Waveform.Column(low: .nan, high: .nan, rms: .nan), Waveform.Column(low: 3, high: -3, rms: 1),
      Waveform.Column(low: -8, high: 8, rms: 8),
    ] {
      for duration in [Duration.zero, .nanoseconds(1), .seconds(1), .seconds(1_000_000)] {
        let waveform = Waveform(
          columns: [column], duration: duration, speech: [], speechLevel: .nan, peakLevel: .infinity)
        let portrait = GreetingPortrait(report: report, waveform: waveform)
        #expect(WaveformText().lines(portrait).count > 10)
        #expect(WaveformSVG().text(portrait).hasSuffix("</svg>\n"))
      }
    }
    let empty = GreetingPortrait(report: report, waveform: Waveform(columns: [], duration: .zero))
    #expect(WaveformText().lines(empty).contains("  no speech"))
    #expect(WaveformSVG().text(empty).contains("no speech"))
  }
}

@Suite("A greeting drawn as SVG")
struct WaveformSVGTests {
  private let document = WaveformSVG(width: 600).text(
    portrait(findings: [near, tone], file: "<b>&\"a\u{1}\".wav"))

  @Test("It has a title and a description of everything that it shows")
  func accessible() {
    #expect(document.contains(#"role="img""#))
    #expect(document.contains("<title>&lt;b&gt;&amp;&quot;a\u{FFFD}&quot;.wav: accepted, 2.00 s</title>"))
    #expect(
      document.contains(
        "<desc>The waveform of a greeting: speech 1.00 of 2.00 s at -12.0 dBov (aim for -26 to -18), peak at -6.0 dBFS."
          + " size.near: 1,000,000 bytes. tone.dtmf at 1.50 s: # can be heard.</desc>"))
    #expect(!document.contains("<b>"))
  }

  @Test("It stands alone, light and dark, and no style of it reaches beyond it")
  func alone() {
    #expect(document.contains("@media(prefers-color-scheme:dark){"))
    for outside in ["href", "url(", "@import", "<script", "<image", " id="] { #expect(!document.contains(outside)) }
    let style = document.split(separator: "<style>")[1].split(separator: "</style>")[0]
    let selectors = style.split(separator: "}").flatMap { $0.split(separator: "{").dropLast() }
      .flatMap { $0.split(separator: ",") }
    #expect(selectors.allSatisfy { $0.hasPrefix(".greeting ") || $0.hasPrefix("@media") })
    #expect(selectors.count > 30)
  }

  @Test("The sound stands where its time is: silence, speech, silence")
  func shapes() {
    // From 88 to 572 for two seconds; the speech from a quarter to three quarters.
    #expect(document.contains(#"<rect class="speech" x="209" y="112" width="242" height="208"/>"#))
    #expect(document.contains(#"<path class="peak pause" d="M88.5 215.6L89.5 215.6"#))
    #expect(document.contains(#"<path class="peak voice" d="M209.5 111.6L210.5 111.6"#))
    #expect(document.contains(#"<path class="mean voice" d="M209.5 163.6L210.5 163.6"#))
    #expect(document.components(of: "<path class=\"peak").count == 4)
  }

  @Test("What has a place is marked there with the number of its explanation")
  func marks() {
    #expect(document.contains(#"<path class="lead warn" d="M451 96L451 112V320"/>"#))
    #expect(document.contains(#"<tspan class="warn strong">tone.dtmf</tspan> at 1.50 s</text>"#))
    #expect(document.components(of: #"text-anchor="middle">1</text>"#).count == 4)
    #expect(!document.contains("too long"))
    let long = WaveformSVG().text(portrait(findings: [limit], seconds: 21))
    #expect(long.contains(#"<line class="limit""#) && long.contains(#"class="peak long""#))
  }

  @Test("Discs that have no room stand beside one another")
  func crowded() {
    let text = WaveformSVG().text(portrait(findings: [tone, tone, tone]))
    let places = text.components(of: #"<path class="lead warn" d="M"#).dropFirst().map { part in
      Double(part.prefix { $0 != " " }) ?? 0
    }
    #expect(places.count == 3 && places[1] - places[0] == 22 && places[2] - places[1] == 22)
  }
}

extension String {
  fileprivate func components(of separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
