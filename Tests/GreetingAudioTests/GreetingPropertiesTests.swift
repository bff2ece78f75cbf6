import Files
import GreetingProperties
import TestSupport
import Testing

@Suite("What holds for every content")
struct GreetingPropertiesTests {
  /// Inputs of the fuzzer, each of which reaches something that no other does, and all that it ever found.
  private var kept: [String] { Folder.files(below: "\(Repository.root)/Tests/Fuzz", endings: ["bin"])?.files ?? [] }

  @Test("Every input that the fuzzer kept is judged twice alike, in order, within its length, and as it is decoded")
  func corpus() throws {
    let kept = kept
    #expect(kept.count > 100)
    for path in kept {
      var file = try OpenFile(path: path)
      let violations = GreetingProperties(of: try file.read(upTo: 1 << 20)).violations
      #expect(violations == [], "\(path)")
    }
  }

  @Test("Good files of every kind have the properties, too")
  func good() throws {
    let files = try [
      [], Tone.wav(), Tone.wav(samples: 160_000), Tone.wav() + [0], Tools.lame(), Tools.lame(["-b", "32", "-t"]),
      Tools.sox(["-e", "ms-adpcm"], to: "wav"), Tools.sox(["-e", "gsm"], to: "wav"), Tools.sox([], to: "ogg"),
    ]
    for bytes in files { #expect(GreetingProperties(of: bytes).violations == []) }
  }
}
