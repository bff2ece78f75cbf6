import Reports
import Testing

@Suite("A word for a shell")
struct ShellWordTests {
  @Test(
    "is left alone, quoted, or written out where it cannot be seen",
    arguments: [
      ("a/b-1.yaml:16", "a/b-1.yaml:16"), ("", "''"), ("it's", "'it'\\''s'"), ("$HOME", "'$HOME'"),
      ("é x", "'é x'"), ("y\n::error::x.yaml", "$'y\\n::error::x.yaml'"), ("\t\r\\'", "$'\\t\\r\\\\\\''"),
      ("\u{1B}7", "$'\\0337'"), ("\u{85}\u{202E}é", "$'\\302\\205\\342\\200\\256é'"),
    ])
  func quoted(word: String, written: String) {
    #expect(ShellWord.quoted(word) == written)
  }
}
